"""Who takes over a network, as people write it: «Ny leiar er Kari Nordmann», «Kari tek over»."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from msgspec import Struct

_NO_NAME: Final = (
    r"(?:ny|nye|new|eg|jeg|i|vi|me|we|hei|hallo|hello|takk|det|dette|the|it|den|men|og|no|nå|leiar"
    r"|leder|leader|nettverket|kommunen|føretaket|foretaket|nestleiar|nestleder|deputy|frå|fra)\b"
)
_NAME: Final = (
    rf"(?!(?i:{_NO_NAME}))[A-ZÆØÅ][\w'’-]*(?: (?:[A-ZÆØÅ][\w'’-]*|(?:de|von|van)\b)){{0,3}}"
)
_LED: Final = (
    r"(?:nettverks)?(?:leiar|leder|leader)(?:en)?|leiinga|ledelsen"
    r"|(?:leiar|leder)(?:vervet|rolla|rollen|ansvaret)"
)
_TAKES: Final = (
    r"(?:tek|tar|tok|har (?:teke|tatt)|skal ta|vil ta|takes?|took|is taking|has taken)\b"
    r"(?=[^.!?\n]{0,40}\b(?:over|etter meg)\b)|overtar\b|overtek\b|overtok\b"
)
_BECOMES: Final = r"(?:er|blir|vert|blei|ble|vart|is|becomes|has become|har blitt|har vorte)\b"
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zæøå])|\n+")
_NEW: Final = re.compile(
    rf"\b(?i:ny|nye|new)\s(?:(?i:and)\s)?(?i:{_LED})\b[^.!?\n]{{0,60}}?"
    rf"(?:(?i:er|blir|vert|heiter|heter|is|frå [^:\n]{{0,30}}|fra [^:\n]{{0,30}})|:)\s*:?\s*"
    rf"(?P<name>{_NAME})"
)
_BY_NAME: Final = re.compile(
    rf"(?P<name>{_NAME})[^.!?\n]{{0,60}}?\s(?i:{_TAKES}|{_BECOMES}[^.!?\n]{{0,20}}\b(?:{_LED})\b)"
)
_MYSELF: Final = re.compile(
    rf"\b(?:eg|jeg|i|undertegnede|underteikna)\s(?:(?:{_TAKES})|(?:er|blir|vert|am)\s(?:den\s|no\s|nå\s|the\s)?"
    rf"(?:nye?|new)\s(?:{_LED})\b)",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(rf"\b(?:{_LED})\b|\better meg\b|\bnettverket\b", re.IGNORECASE)
_NEW_ONE: Final = re.compile(rf"\b(?:nye?|new)\s(?:{_LED})\b", re.IGNORECASE)
_LEAVES: Final = re.compile(
    rf"\b(?:(?:ikkje|ikke|no|not)\s(?:lenger|lengre|longer|meir|mer)\s(?:the\s)?(?:{_LED})"
    rf"|(?:slutta?r?|sluttet|gå(?:r|tt)|gått|gjekk|gikk|trekk?e?r|gir|gjev|seier|sier)\b[^.!?\n]{{0,30}}"
    rf"\bsom\s(?:{_LED})|(?:sagt|seier|sier) (?:frå|fra) meg\b[^.!?\n]{{0,20}}(?:{_LED}))\b",
    re.IGNORECASE,
)
_DOUBT: Final = re.compile(
    r"\?|\b(?:ikkje|ikke|not|kanskje|maybe|dersom|viss|hvis|if|kven|hvem|who|enno|ennå|yet"
    r"|vurderer|vurderast|treng|trenger|ønskjer|ønsker|manglar|mangler|ingen|uklart)\b",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


class Successor(Struct, frozen=True, kw_only=True):
    """Who is to lead a network, as far as a mail says it."""

    name: str = ""
    address: str = ""


def successor_in(text: str, writer: str, known: Collection[str]) -> Successor | None:
    """Who takes over as leader by the words of `writer`; None where nobody does.

    `known` are addresses that mean nobody new. Nobody takes over by a question, a doubt or a no.
    """
    for sentence in _SENTENCES.split(text):
        leaves = _LEAVES.search(sentence)
        rest = _LEAVES.sub("", sentence)
        if not (_ABOUT.search(sentence) or _LEAVES.search(text)) or _DOUBT.search(rest):
            continue
        if _MYSELF.search(rest):
            return Successor(address=writer)
        address = address_in(text, {*known, writer})
        found = _NEW.search(rest) or _BY_NAME.search(rest)
        if found:
            return Successor(name=found["name"], address=address)
        if address and (_NEW_ONE.search(rest) or leaves):
            return Successor(address=address)
    return None


def leaves(text: str) -> bool:
    """Whether the writer says that they lead the network no longer."""
    return bool(_LEAVES.search(text))


def address_in(text: str, but: Collection[str]) -> str:
    """The one mail address in the text, those `but` left out; empty for none and for several."""
    found = {each.casefold().strip(".'") for each in _ADDRESS.findall(text)} - {*but}
    return found.pop() if len(found) == 1 else ""


def beside_address(text: str) -> str:
    """What stands beside the addresses in the text."""
    return _ADDRESS.sub("", text)

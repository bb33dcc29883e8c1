"""Who answers instead of the writer, as people name them: «Det er Per Hansen som skal svare»."""

from __future__ import annotations

import re
from typing import Final

from engine.domain.beside import asks
from engine.domain.opinions import address_in
from engine.domain.own_words import sentences

_NAME: Final = r"(?P<name>[A-ZÆØÅ][\w'’-]+(?: [A-ZÆØÅ][\w'’-]+){0,3})"
_THIS: Final = (
    r"(?:dette|denne|det|den|saken|saka|spørsmålet|henvendelsen|førespurnaden|forespørselen"
    r"|e-?posten|this|it|heller|gjerne|videre|vidare| )+"
)
_ANSWERS: Final = (
    r"(?:svarer|svarar|skal svare|må svare|overtar|overtek|tar over|tek over|tar seg av|tek seg av"
    r"|har ansvaret|har saken|har saka|er ansvarlig|er ansvarleg|er rette|er rett person"
    r"|is responsible|will answer|takes over)\b"
)
_SENT_ON: Final = (
    rf"(?:[Ss]end {_THIS}til|[Ss]end {_THIS}to|[Ss]kriv (?:heller )?til|[Ss]pør(?: heller)?"
    r"|[Kk]ontakt(?: heller)?|[Pp]røv(?: heller)?|[Hh]envend (?:dere|deg|dykk) til"
    r"|[Rr]ett (?:dette|henvendelsen) til|[Aa]sk|[Cc]ontact)"
)
_NAMED: Final = (
    re.compile(
        rf"\b[Dd]et er {_NAME} som (?:skal |må |bør |kan )?(?:svar|ha|ta|tek|ansvar|er|behandl)"
    ),
    re.compile(rf"^\W*(?:[Hh]ei\W+)?{_NAME} {_ANSWERS}"),
    re.compile(rf"\b{_SENT_ON}\s+{_NAME}"),
)
_TO_ADDRESS: Final = re.compile(
    rf"\b(?:{_SENT_ON}|som (?:skal )?svare?[rt]?|{_ANSWERS})", re.IGNORECASE
)
_NOBODY: Final = re.compile(
    r"(?:vi|me|jeg|eg|det|dette|den|de|dei|dere|han|hun|ho|hen|ingen|noen|nokon|kven|hvem|som|it|we"
    r"|i|they|he|she|nobody|\w*(?:enheten|eininga|miljøet|avdeling(?:en|a)|kommun(?:en|a)"
    r"|s(?:yke|juke)huset|helseforetaket|helseføretaket|sjefen|leder(?:en)?|leiar(?:en)?|legen"
    r"|rådet|redaksjonen|teamet|gruppa|gruppen|vikaren|KS|koordinatoren))\b",
    re.IGNORECASE,
)
"""Begins what is no person's name."""


_OFFER: Final = re.compile(
    r"\b(?:ved|hvis|dersom|viss|om det|if|spørsmål|questions)\b", re.IGNORECASE
)
"""An offer to be asked names nobody who answers instead."""


_LONGEST: Final = 300
"""Characters of a sentence that says who answers: longer ones say more, and cost more."""


def who_answers(text: str) -> str:
    """The address or the name of the person who `text` says shall be written to instead; empty
    where it names none.
    """
    for each in sentences(text):
        if len(each) > _LONGEST or asks(each) or _OFFER.search(each):
            continue
        address = address_in(each)
        if address and _TO_ADDRESS.search(each):
            return address
        found = next(filter(None, (named.search(each) for named in _NAMED)), None)
        if found is not None and not _NOBODY.match(found["name"]):
            return found["name"]
    return ""

"""Finds the party that a text means: by code, by number, or by name in any of its usual forms."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from engine.errors import NotFoundError
from engine.model import Party, Reason
from engine.plain import composed
from engine.wording.meant import NEAR

_KIND_WORDS: Final = frozenset({"hf", "rhf", "kommune", "kommunen", "municipality", "herad"})
_HOSPITAL_WORDS: Final = (("sjukehus", "sykehus"), ("føretak", "foretak"))
"""Nynorsk on the left; names are compared as if all were bokmål."""
_NO_PLACE: Final = frozenset("og and eller or helseforetak helseføretak".split())
_PLACE_WORDS: Final = 2
"""So many words a place may have."""
_LONGEST_NAME: Final = 5
"""So many words a party's name may have in a sentence."""
_BRACKETS = re.compile(r"\([^()]*\)")
_SPACES_IN_NUMBER = re.compile(r"(?<=\d)\s+(?=\d)")
_NUMBER_AND_NAME = re.compile(r"(\d{4}) +(\D+)")
_LAST: Final[dict[str, tuple[Mapping[str, Party], Mapping[str, Sequence[Party]]]]] = {}
"""The register that was asked last, with its names."""


def find_party(text: str, parties: Mapping[str, Party]) -> Party | None:
    """Return the one party that `text` means, or None where there is none, or more than one.

    Takes a code, a municipality's or an organisation's number, a name with or without HF or
    kommune, and number and name together; upper and lower case are equal, other letters are not.
    """
    wanted = _BRACKETS.sub(" ", text).strip()
    key = _key(wanted)
    if not key:
        return None
    if (by_id := _by_id(key, wanted, parties)) is not None:
        return by_id
    both = _NUMBER_AND_NAME.fullmatch(" ".join(wanted.split()))
    if both is not None:
        party = parties.get(both[1])
        return party if party is not None and _key(party.name) == _key(both[2]) else None
    names = _names(parties)
    number = _SPACES_IN_NUMBER.sub("", wanted)
    meant = {party.id: party for found in (key, number) for party in names.get(found, ())}
    meant = meant or {party.id: party for party in _at_a_place(key, names)}
    return next(iter(meant.values())) if len(meant) == 1 else None


def party_within(text: str, parties: Mapping[str, Party], but: Collection[str]) -> Party | None:
    """Return the one party that a text names among other words, those `but` left out; None where it
    names none, or several. Of «Sykehuset i Vestfold» the whole counts, not its last word.
    """
    found: dict[str, Party] = {}
    words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text)
    place = 0
    while place < len(words):
        longest = min(_LONGEST_NAME, len(words) - place)
        runs = (words[place : place + length] for length in range(longest, 0, -1))
        named = ((find_party(" ".join(run), parties), len(run)) for run in runs)
        party, length = next((each for each in named if each[0] is not None), (None, 1))
        if party is not None and party.id not in but:
            found[party.id] = party
        place += length
    return next(iter(found.values())) if len(found) == 1 else None


def nearest(text: str, parties: Mapping[str, Party]) -> str:
    """Return the name of the party that is most like `text`; empty where none is like it."""
    called = {name: party for party in parties.values() for name in (_key(party.name), party.id)}
    found = difflib.get_close_matches(_key(text), called, n=1, cutoff=NEAR)
    return called[found[0]].name if found else ""


def party_meant(text: str, parties: Mapping[str, Party]) -> str:
    """The id of the party that `text` means: by id, number or name, or as a list says it, behind a
    duty in brackets; NotFoundError names the nearest.
    """
    _, opened, inner = text.strip().removesuffix(")").rpartition("(")
    found = find_party(text, parties) or (find_party(inner, parties) if opened else None)
    if found is None:
        values = {"party": text, "nearest": nearest(text, parties)}
        reason = Reason("party_missing_near", values)
        raise NotFoundError(f"there is no party {text}", reason=reason)
    return found.id


def _at_a_place(key: str, names: Mapping[str, Sequence[Party]]) -> Iterator[Party]:
    """The trusts whose name the text begins with, a place behind it: «Sykehuset Innlandet Elverum»
    (R43).
    """
    words = key.split()
    for count in range(len(words) - 1, max(0, len(words) - 1 - _PLACE_WORDS), -1):
        rest = set(words[count:])
        for party in names.get(" ".join(words[:count]), ()):
            if party.side == "trust" and not rest & _NO_PLACE:
                yield party


def _by_id(key: str, wanted: str, parties: Mapping[str, Party]) -> Party | None:
    folded = composed(wanted).casefold()
    for candidate in (folded, key, folded.removesuffix("hf")):
        if candidate in parties:
            return parties[candidate]
    return None


def _names(parties: Mapping[str, Party]) -> Mapping[str, Sequence[Party]]:
    """Every name and organisation's number in the register → the parties that have it.

    The register is asked for each line of each form and hardly ever changes, so what was made for
    it last stands for as long as the very same register is asked for.
    """
    known = _LAST.get("register")
    if known is not None and known[0] is parties:
        return known[1]
    names: dict[str, list[Party]] = {}
    for party in parties.values():
        for name in {_key(party.name), party.organisation_number} - {""}:
            names.setdefault(name, []).append(party)
    _LAST["register"] = (parties, names)
    return names


@lru_cache(maxsize=2048)
def _key(name: str) -> str:
    """The name without case, kind words and punctuation; letters keep their marks (Vågå, Våler)."""
    text = composed(name).casefold()
    for nynorsk, bokmaal in _HOSPITAL_WORDS:
        text = text.replace(nynorsk, bokmaal)
    words = re.sub(r"[^\w-]+", " ", text).split()
    return " ".join(word for word in words if word not in _KIND_WORDS)

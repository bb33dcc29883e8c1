"""Whom people name: in the greeting of a mail, and in answer to the question who is to have it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

_GREETED: Final = re.compile(
    r"\W{0,3}(?:hei+|hallo|halla|heisann|kjære|hi|hello|dear|hej|til"
    r"|god (?:dag|morgen|morgon|kveld)|good (?:morning|afternoon|day))"
    r"(?: på deg)?,?\s+([^,.;:!?\n–]{2,80})",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r"\b(?:og|and)\s+[A-ZÆØÅ]|&|/")
_SPEAKS_TO: Final = frozenset("dere dykk dykkar deres de dei dem you your".split())
_NUMBER: Final = re.compile(r"\W*(?:nr\.?|nummer|number)?\s*(\d{1,2})\b")
_WORD: Final = re.compile(r"[\w-]+")
_BESIDE_NAME: Final = frozenset("til to takk thanks please hei er det den".split())
_ALSO_CALLED: Final = {
    "coordinator": "koordinator koordinatoren coordinator the",
    "nobody": "ingen inga nobody none no one ikke ikkje noen nokon av dem dei",
}


def greeted(first_line: str) -> str:
    """The one whom the first line of a mail greets, in small letters; empty where it greets nobody,
    or several.
    """
    found = _GREETED.match(first_line)
    if found is None or _SEVERAL.search(found[1]):
        return ""
    words = found[1].split()
    named = list(takewhile(lambda word: word[:1].isupper(), words)) or words
    return " ".join(named).casefold()


def is_called(name: str, said: str) -> bool:
    """Whether `said` is the person's whole name, or the first name alone."""
    names, words = name.casefold().split(), said.split()
    return bool(names) and words in (names, names[:1])


def speaks_to_somebody(text: str) -> bool:
    """Whether the text speaks to, or of, people beside the writer: «har dere fått det?»."""
    return bool(_SPEAKS_TO & set(_WORD.findall(text.casefold())))


def names_of(name: str, stands_for: str) -> frozenset[str]:
    """The words by which one of the people in a question may be meant; `stands_for` is
    `coordinator` or `nobody` for those two.
    """
    return frozenset(_WORD.findall(f"{name} {_ALSO_CALLED.get(stands_for, '')}".casefold()))


def chosen(offered: Sequence[frozenset[str]], said: str) -> int | None:
    """The place of the one that an answer means, by its number or its name; None where that is not
    certain.
    """
    text = said.casefold()
    number = _NUMBER.match(text)
    words = set(_WORD.findall(text[number.end() :] if number else text)) - _BESIDE_NAME
    if number:
        place = int(number[1]) - 1
        return place if place in range(len(offered)) and words <= offered[place] else None
    found = [n for n, names in enumerate(offered) if words and words <= names]
    return found[0] if len(found) == 1 else None

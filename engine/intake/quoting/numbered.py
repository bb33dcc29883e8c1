"""Answers line by line to a numbered letter: «3 TIL KD-2026-0004», «5 STOPP», «SLIPP ALLE»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from engine.intake.quoting.ownwords import is_greeting

Verb = Literal[
    "answer", "attach", "cases", "contact", "discard", "fire", "mine", "read", "release", "rest",
    "retry", "show", "stop", "unknown",
]  # fmt: skip
WORDS: Final[Mapping[Verb, tuple[str, ...]]] = {
    "attach": ("TIL", "TO"),
    "fire": ("ER", "IS"),
    "contact": ("NY KONTAKT", "NEW CONTACT"),
    "discard": ("FORKAST", "VRAK", "DISCARD"),
    "stop": ("STOPP", "STOP", "STANS"),
    "release": ("SLIPP", "SLEPP", "RELEASE"),
    "retry": ("PRØV IGJEN", "PRØV PÅ NYTT", "TRY AGAIN", "RETRY"),
    "show": ("VIS", "SYN", "SHOW"),
    "answer": ("SVAR", "REPLY", "ANSWER"),
    "mine": ("MIN", "MITT", "MI", "MINE"),
    "read": ("LEST", "LESE", "LESEN", "LEST INN", "LESE INN", "READ", "READ IN"),
}
"""What may stand after a number, in bokmål, nynorsk and English."""
MOST: Final = 500
"""How many lines of one mail are read, and how many numbers of one line."""
_MARKS: Final = " \t*_`«»\"“”'"
_DECOR: Final = re.compile(r"^[\s*_]*(?:[-–—•·]\s+)?[\s*_`]*")
_NUMBERS: Final = re.compile(
    r"(\d{1,3}(?:\s*(?:,|og|and|&|[-–—])\s*\d{1,3})*)\s*[.):]?(?=[\s:]|$)\s*:?\s*(.*)",
    re.IGNORECASE,
)
_SPAN: Final = re.compile(r"(\d{1,3})\s*[-–—]\s*(\d{1,3})|(\d{1,3})")
_ALL: Final = re.compile(r"(?:alle|alt|all|everything)", re.IGNORECASE)
_WITHOUT_NUMBER: Final[Mapping[Verb, re.Pattern[str]]] = {
    "rest": re.compile(r"(?:vis|syn|show)\s+(?:the\s+)?rest(?:en)?", re.IGNORECASE),
    "cases": re.compile(r"(?:saker|sakene|sakane|cases)", re.IGNORECASE),
}
"""What is asked for without the number of any line."""
_ENDING: Final = ".!" + _MARKS
_TAKES_TEXT: Final = frozenset({"answer", "fire", "discard", "read"})
"""Verbs whose text may go on over the lines below."""
_SMALL_WORD: Final = re.compile(
    r"\d[\s.):]*(?:til|to|er|is|min|mi|mitt|mine|vis|syn|svar)\b", re.IGNORECASE
)
"""A number and a word that begins many a line of a list; written in capitals it is a wish."""


class Line(Struct, frozen=True, kw_only=True):
    """One wish: for which numbers, what, and the text that goes with it."""

    numbers: tuple[int, ...]
    """Empty where the wish names none (SLIPP ALLE, VIS RESTEN, SAKER)."""
    verb: Verb
    text: str
    """What stands after the word: a request's number, a command with its text, or a reason."""
    said: str
    """The line as it was written, for the answer."""


def lines(own_text: str) -> tuple[Line, ...]:
    """Return the numbered lines in the sender's own words, in order; other text is passed over.

    A line that begins with a number and says nothing that is known has the verb `unknown`. Below
    ER and FORKAST, text goes on to the next numbered line or empty line; below LEST and a number
    alone stands a whole form, and below SVAR a whole letter, numbered lists and empty lines
    included.
    """
    found: list[Line] = []
    going_on = filling_in = False
    for written in own_text.split("\n")[:MOST]:
        line = _line(written)
        if line is not None and not (filling_in and _is_of_a_form(line)):
            found.append(line)
            bare = line.verb == "unknown" and not line.text
            filling_in = bare or line.verb in {"answer", "read"}
            going_on = line.verb in _TAKES_TEXT and ":" in line.text + line.said
        elif filling_in or (going_on and written.strip() and not is_greeting(written)):
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{written.strip()}".lstrip())
        else:
            going_on = False
    return tuple(replace(line, text=line.text.strip()) for line in found)


def _is_of_a_form(line: Line) -> bool:
    """Whether a numbered line inside a form is a line of a list there, and no wish of its own."""
    if line.verb == "unknown":
        return bool(line.text)
    small = _SMALL_WORD.match(line.said.lstrip("-–—•·*_` "))
    return small is not None and not small[0].isupper()


def numbered(own_text: str, names: Sequence[str]) -> tuple[tuple[str, ...], Mapping[int, str]]:
    """(the lines above the first number, what is written to each place of `names` from 1 on).

    A place begins with its number or its name at the start of a line («2 GODTATT», «KD-2026-0004:
    GODTATT») and goes on to the next one.
    """
    above: list[str] = []
    parts: dict[int, list[str]] = {}
    place = 0
    for written in own_text.split("\n"):
        begun = _begun(written, names)
        if begun is not None:
            place, rest = begun
            parts.setdefault(place, []).append(rest)
        elif place:
            parts[place].append(written)
        else:
            above.append(written)
    return tuple(above), {place: "\n".join(text).strip() for place, text in parts.items()}


def _begun(written: str, names: Sequence[str]) -> tuple[int, str] | None:
    bare = _DECOR.sub("", written, count=1)
    for place, name in enumerate(names, start=1):
        rest = bare[len(name) :]
        if bare[: len(name)].upper() == name and (not rest or not rest[0].isalnum()):
            return place, rest.lstrip(" \t:.)-–—*_")
    found = _NUMBERS.match(bare)
    if found is None or not found[1].isdecimal() or not 1 <= int(found[1]) <= len(names):
        return None
    return int(found[1]), found[2]


def _line(written: str) -> Line | None:
    bare = _DECOR.sub("", written[:4_000], count=1).strip(_MARKS)
    asked = bare.strip(_ENDING)
    for verb, words in _WITHOUT_NUMBER.items():
        if words.fullmatch(asked):
            return Line(numbers=(), verb=verb, text="", said=written.strip())
    released = _with_verb(bare, ("release", "show", "stop", "retry"))
    if released is not None:
        return _verb_first(released, written)
    found = _NUMBERS.fullmatch(bare)
    numbers = () if found is None else tuple(_numbers(found[1]))
    if found is None or not numbers:
        return None
    verb, text = _with_verb(found[2].strip(_MARKS), tuple(WORDS)) or ("unknown", found[2])
    if verb == "mine" and text:
        verb, text = "unknown", found[2]
    return Line(numbers=numbers, verb=verb, text=text.strip(), said=written.strip())


def _verb_first(found: tuple[Verb, str], written: str) -> Line | None:
    """«SLIPP ALLE», «SLIPP 4, 5»; None for the word alone, which is no wish of any number."""
    verb, text = found
    said = written.strip()
    bare = text.strip(_ENDING)
    if verb == "release" and _ALL.fullmatch(bare):
        return Line(numbers=(), verb=verb, text="", said=said)
    only = _NUMBERS.fullmatch(bare)
    if only is None or only[2]:
        return None
    return Line(numbers=tuple(_numbers(only[1])), verb=verb, text="", said=said)


def _with_verb(text: str, verbs: Sequence[Verb]) -> tuple[Verb, str] | None:
    """(the verb that `text` begins with, what follows it); the longest word goes first."""
    folded = text.casefold()
    known = [(word.casefold(), verb) for verb in verbs for word in WORDS[verb]]
    for word, verb in sorted(known, key=lambda pair: -len(pair[0])):
        rest = text[len(word) :]
        if folded.startswith(word) and (not rest or not rest[0].isalnum()):
            return verb, _after(verb, rest)
    return None


def _after(verb: Verb, rest: str) -> str:
    text = rest.lstrip(" \t:" + _MARKS)
    return text.strip(_MARKS) if verb in _TAKES_TEXT else text.strip(_ENDING)


def _numbers(text: str) -> Iterator[int]:
    """Each number of «3, 5–7 og 9» once, in order; a span backwards is none."""
    seen: dict[int, None] = {}
    for found in _SPAN.finditer(text):
        first, last = (found[1] or found[3]), (found[2] or found[3])
        span = range(int(first), int(last) + 1)
        seen.update(dict.fromkeys(span[:MOST]))
    yield from list(seen)[:MOST]

"""What a text means besides its words: marks that templates set and that no receiver ever sees.

A letter is written once, as marked text. The text part is that text without its marks; the HTML
part, the attached form and the calendar entries are made from the marks. The marks are Unicode
noncharacters, which `cleaning` takes out of all data: nobody can smuggle one in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from msgspec import Struct

HEADING: Final = "\ufdd0"
"""At the start of a line that is a heading."""
SUBHEADING: Final = "\ufdd1"
"""At the start of a line that is a heading below another."""
ANSWER: Final = ("\ufdd2", "\ufdd3")
"""Around what a receiver may write back, word for word."""
ROW: Final = ("\ufdd4", "\ufdd5")
"""Around the label of one line of a form; the value follows."""
REST: Final = "\ufdd6"
"""Alone on a line: here the answers that the text has not named can be chosen."""
FORM: Final = "\ufdd7"
"""Alone on a line: the form that follows is for the receiver to fill in."""
DAY: Final = ("\ufdd8", "\ufdd9", "\ufdda")
"""Before a day as data, between it and its words, and after them."""
CLOSING: Final = "\ufddb"
"""At the start of the line that ends a letter."""

EVERY: Final = "\ufdd0-\ufddf"
"""All of the marks, as a range of a regular expression."""

_ALONE: Final = re.compile(f"^[{REST}{FORM}]+\n?", re.MULTILINE)
_DAY: Final = re.compile(f"{DAY[0]}([^{EVERY}]*){DAY[1]}([^{EVERY}]*){DAY[2]}")
_ANY: Final = re.compile(f"[{EVERY}]")


class MarkedDay(Struct, frozen=True):
    """A day that a text names; `kind` says for what it belongs in the receiver's calendar."""

    day: date
    kind: str
    """`due`, `lapse`, `end` or another kind of `notifiers.invitation`; empty for none."""


def answer(words: str) -> str:
    """Return `words` marked as what a receiver may write back; empty stays empty."""
    return f"{ANSWER[0]}{words}{ANSWER[1]}" if words else ""


def row(label: str) -> str:
    """Return the label of a form's line, marked; its colon and value follow."""
    return f"{ROW[0]}{label}{ROW[1]}"


def day(value: str, kind: str, words: str) -> str:
    """Return `words` marked as the ISO day `value`."""
    return f"{DAY[0]}{value}/{kind}{DAY[1]}{words}{DAY[2]}"


def days(marked: str) -> Iterator[MarkedDay]:
    """Yield each day that the marked text names, in order."""
    for found in _DAY.finditer(marked):
        value, _, kind = found[1].partition("/")
        yield MarkedDay(date.fromisoformat(value), kind)


def plain(marked: str) -> str:
    """Return the text without its marks, as a person reads it."""
    return tidy(_ANY.sub("", _DAY.sub(r"\2", _ALONE.sub("", marked))))


def tidy(text: str) -> str:
    """Return `text` with at most one empty line in a row, and no blanks at the end of a line."""
    kept: list[str] = []
    for line in (one.rstrip() for one in text.strip().split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)

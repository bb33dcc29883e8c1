"""Tables for people: aligned columns of text, whatever the cells hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from engine.calendar import OSLO, last_day
from engine.model import Language
from engine.wording.catalogue import say

LONGEST_CELL = 60
FIRST_MARK = "\u0300"


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], language: Language) -> str:
    """The rows as lines of aligned columns under their headings; a sentence when there are none.

    `columns` are keys of the rows, and of the catalogue's headings; an unknown one raises KeyError.
    """
    if not rows:
        return say("table.empty", language)
    # Nothing stands to the right of the last column, so it may be as long as it is.
    cut = [(column, LONGEST_CELL if column != columns[-1] else 0) for column in columns]
    filled = [
        _column(
            [
                say(f"headings.{column}", language),
                *_cells([row.get(column) for row in rows], language, longest),
            ]
        )
        for column, longest in cut
    ]
    return "\n".join("  ".join(line).rstrip() for line in zip(*filled, strict=True))


def _cells(values: Sequence[Any], language: Language, longest: int) -> list[str]:
    """As `cell` for each; a text that stands in many rows is looked at once."""
    known = {
        text: cell(text, language, longest)
        for text in {each for each in values if type(each) is str}
    }
    return [known[each] if type(each) is str else cell(each, language, longest) for each in values]


def facts(document: Mapping[str, Any], keys: Sequence[str], language: Language) -> str:
    """The values of `keys` as lines `Heading: value`, empty ones left out."""
    values = {key: cell(document.get(key), language, longest=0) for key in keys}
    shown = [(say(f"headings.{key}", language), text) for key, text in values.items() if text]
    size = max((width(heading) for heading, _ in shown), default=0) + 1
    return "\n".join(f"{_padded(f'{heading}:', size)} {text}" for heading, text in shown)


def cell(value: Any, language: Language, longest: int = LONGEST_CELL) -> str:
    """The value on one line, cut to `longest` characters (0: whole); instants in Oslo time."""
    words = value if isinstance(value, str) else _text(value, language)
    text = words if _is_tidy(words) else _printable(" ".join(words.split()))
    return text if not longest or len(text) <= longest else text[: longest - 1].rstrip() + "…"


def oslo(at: datetime) -> str:
    """The instant as people in Norway read it: `2026-03-05 10.15`, in Oslo time."""
    return at.astimezone(OSLO).strftime("%Y-%m-%d %H.%M")


def deadline(due: datetime) -> str:
    """As `oslo`, but midnight belongs to the day that it ends: `2026-11-30 24.00`."""
    local = due.astimezone(OSLO)
    if local.time() != time.min:
        return oslo(due)
    return f"{last_day(due).isoformat()} 24.00"


def width(text: str) -> int:
    """How many columns of a terminal the text takes; marks that go on a letter take none."""
    # Below the first combining mark every letter that can be seen takes one.
    if text.isascii() or max(text) < FIRST_MARK:
        return len(text)
    return sum(0 if unicodedata.combining(letter) else _wide(letter) for letter in text)


def _wide(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _text(value: Any, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("table.true" if value else "table.false", language)
    if isinstance(value, datetime):
        return oslo(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_text(item, language) for item in value)
    return str(value)


def _is_tidy(text: str) -> bool:
    """Whether there is nothing to tidy up: of blanks, only the space can be printed."""
    return text.isprintable() and "  " not in text and text == text.strip(" ")


def _printable(text: str) -> str:
    """Without characters that steer a terminal: subjects and names are written by strangers."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _column(cells: Sequence[str]) -> list[str]:
    """The cells, each filled up to the widest."""
    widths = {text: width(text) for text in set(cells)}
    size = max(widths.values())
    filled = {text: text + " " * (size - own) for text, own in widths.items()}
    return [filled[text] for text in cells]


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))

"""What is said about wrong usage, and the values that arguments and options take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import click

from engine.cli.given import YEARS
from engine.cli.speaking import LANGUAGES, spoken
from engine.model import Reason
from engine.wording import meant, names, sentence
from engine.wording.meant import near

LARGEST: Final = 2**31 - 1
"""The largest number that the tables hold."""
MOST_BYTES: Final = 10_000_000
"""How much is read of a file that somebody names."""


def said(code: str, **values: Any) -> str:
    """The sentence about wrong usage, in the language that the command line speaks."""
    # Words and reasons cost more to import than most commands take to be understood.

    return sentence(Reason(code, values), spoken())


def wrong(code: str, **values: Any) -> click.UsageError:
    """The error about wrong usage that the code stands for."""
    return click.UsageError(said(code, **values))


class Number(click.ParamType[int]):
    """A whole number in a range, such as an id or a year."""

    name = "ID"

    def __init__(self, low: int = 1, high: int = LARGEST) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; wrong usage for what is none, or is out of the range."""
        text = str(value).strip()
        # Digits alone are counted before they are read: a million of them take minutes.
        if len(text) > len(str(self.high)) or not text.isdecimal():
            self.fail(said("number_wanted", text=text, low=self.low, high=self.high), param)
        if not self.low <= int(text) <= self.high:
            self.fail(said("number_wanted", text=text, low=self.low, high=self.high), param)
        return int(text)


class Actor(click.ParamType[str]):
    """The address of who acts."""

    name = "EMAIL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as it stands: whether it is registered is seen where it acts."""
        return str(value)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """What is to be written where nothing is."""
        return said("as_wanted")


class RequestNumber(click.ParamType[str]):
    """A request's number as people write it: in any case, with or without brackets and zeros."""

    name = "ID"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The number as it stands in the tables, or the text as it is where it is none."""
        return request_number(str(value))


def request_number(text: str) -> str:
    """The request's number that a text is; the text itself where it is none."""
    bare = text.strip().strip("[]").upper()
    mark, _, rest = bare.partition("-")
    year, _, digits = rest.partition("-")
    digits = digits.partition(".")[0]
    if mark == "KD" and year.isdecimal() and digits.isdecimal() and len(bare) < len(year) + 20:
        return f"KD-{year}-{int(digits):04}"
    return text.strip()


class Word(click.ParamType[str]):
    """One of our own words, or what it is called in any language; in any case."""

    def __init__(self, table: str, words: Collection[str], name: str = "") -> None:
        self.table, self.words = table, words
        self.name = name or table.partition("_")[0]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; wrong usage names those that are near, or all of them."""
        if value in self.words:
            return str(value)

        called = getattr(names, self.table)
        known = {word: tuple(called.get(word, {}).values()) for word in self.words}
        found = meant.meant(str(value), known)
        if not found:
            self.fail(not_among(str(value), known), param)
        return found[0]


def not_among(text: str, known: Mapping[str, Iterable[str]]) -> str:
    """That a text is none of the known words: the near ones, else all of them."""

    found = near(text, known)
    if found:
        return said("word_near", text=text, nearest=found)
    language = spoken()
    titles = [_title(word, tuple(each), language) for word, each in known.items()]
    return said("word_unknown", text=text, known=titles)


def _title(word: str, titles: tuple[str, ...], language: str) -> str:
    return titles[LANGUAGES.index(language)] if len(titles) == len(LANGUAGES) else word


NUMBER: Final = Number()
REQUEST: Final = RequestNumber()
ACTOR: Final = Actor()


VERDICTS = (
    "opened", "fired", "already_done", "answered", "refused", "suggested", "delegate", "remark",
    "repeated", "unclear", "unconfirmed", "newcomer", "unknown_sender", "unproved_sender",
    "not_ours", "automatic", "bounce", "bulk", "loop", "unreadable", "oversize",
)  # fmt: skip
LETTER_STATES = (
    "waiting", "held", "shadow", "sending", "sent", "retry", "dead", "cancelled",
)  # fmt: skip


def pairs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(key, value) of each text; wrong usage where there is no `=`."""
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise wrong("pair_wanted", text=text)
        yield key.strip(), value


class Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; wrong usage when the text is none."""
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(said("day_wanted", text=value), param)
        if day.year not in YEARS:
            self.fail(said("day_far", text=value, low=min(YEARS), high=max(YEARS)), param)
        return day


DAY = Day()

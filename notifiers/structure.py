"""The structure of a letter's marked text: paragraphs, lists, quotes, headings, lines of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from notifiers import marks

_LISTED: Final = re.compile(r"(?:-|(\d{1,3})\.) +(.*)", re.DOTALL)
_ROW: Final = re.compile(f"{marks.ROW[0]}([^{marks.EVERY}]*){marks.ROW[1]}:? ?(.*)", re.DOTALL)
_ANSWER: Final = re.compile(f"{marks.ANSWER[0]}([^{marks.EVERY}]*){marks.ANSWER[1]}")

Lines = tuple[str, ...]
"""Lines of marked text; the marks for answers and days may still stand in them."""


class Heading(Struct, frozen=True):
    """A heading; the letter's own is the first level."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """Lines that belong together; `closing` for those that end the letter."""

    lines: Lines
    closing: bool = False


class Listing(Struct, frozen=True):
    """Items of one or several lines; `first` is the number of the first, None for points."""

    items: tuple[Lines, ...]
    first: int | None


class Quote(Struct, frozen=True):
    """Somebody's own words; an empty line parts paragraphs."""

    lines: Lines


class Row(Struct, frozen=True):
    """A line of a form."""

    label: str
    lines: Lines

    @property
    def blank(self) -> bool:
        """Whether nothing is filled in."""
        return not any(self.lines)


class Rows(Struct, frozen=True):
    """Lines of a form, one after the other."""

    rows: tuple[Row, ...]


class Choices(Struct, frozen=True):
    """What the text just before lets a receiver write back, each only where it stands first."""

    answers: Lines
    rest: bool = False
    """Whether whatever else is open may be chosen here too."""


Block = Heading | Paragraph | Listing | Quote | Rows | Choices


def blocks(marked: str) -> Iterator[Block]:
    """Yield the blocks of a marked text in order.

    Empty lines part the text into pieces, as a reader sees it; the choices that a piece offers
    follow it.
    """
    named: set[str] = set()
    for piece in marked.split("\n\n"):
        lines = [line for line in piece.split("\n") if line and line != marks.FORM]
        rest = marks.REST in lines
        yield from _Piece([line for line in lines if line != marks.REST]).blocks()
        answers = [word for word in _ANSWER.findall(piece) if word not in named]
        named.update(answers)
        if answers or rest:
            yield Choices(tuple(dict.fromkeys(answers)), rest)


class _Piece:
    """Lines without an empty one among them, taken one block at a time."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def blocks(self) -> Iterator[Block]:
        while self._lines:
            yield self._next()

    def _next(self) -> Block:
        first = self._lines[0]
        if first[0] in (marks.HEADING, marks.SUBHEADING):
            return Heading(2 if first[0] == marks.HEADING else 3, self._lines.pop(0)[1:])
        if first[0] == ">":
            return Quote(tuple(line[1:].removeprefix(" ") for line in self._while(_is_quoted)))
        if _LISTED.fullmatch(first):
            return self._listing()
        if _ROW.match(first):
            return self._rows()
        if first[0] == marks.CLOSING:
            return Paragraph((self._lines.pop(0)[1:],), closing=True)
        return Paragraph(tuple(self._while(_is_prose)))

    def _listing(self) -> Listing:
        found = _LISTED.fullmatch(self._lines[0])
        first = int(found[1]) if found and found[1] else None
        items: list[Lines] = []
        while self._lines and (item := _LISTED.fullmatch(self._lines[0])):
            if (item[1] is None) != (first is None):
                break
            self._lines.pop(0)
            items.append((item[2], *self._while(_is_prose)))
        return Listing(tuple(items), first)

    def _rows(self) -> Rows:
        rows = []
        while self._lines and (found := _ROW.match(self._lines[0])):
            self._lines.pop(0)
            rows.append(Row(found[1], (found[2], *self._while(_is_value))))
        return Rows(tuple(rows))

    def _while(self, fits: Callable[[str], bool]) -> Iterator[str]:
        while self._lines and fits(self._lines[0]):
            yield self._lines.pop(0)


def _is_quoted(line: str) -> bool:
    return line[0] == ">"


def _is_value(line: str) -> bool:
    return line[0] not in (marks.ROW[0], marks.HEADING, marks.SUBHEADING, marks.CLOSING)


def _is_prose(line: str) -> bool:
    return _is_value(line) and not _is_quoted(line) and not _LISTED.fullmatch(line)

"""A document in blocks: written once, and told as Markdown, HTML, Word or whatever else."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from engine.model import Language


class Heading(Struct, frozen=True, kw_only=True):
    """A heading below the title."""

    text: str


class Paragraph(Struct, frozen=True, kw_only=True):
    """Running text."""

    text: str


class Points(Struct, frozen=True, kw_only=True):
    """A list of points."""

    items: tuple[str, ...]


class Quotes(Struct, frozen=True, kw_only=True):
    """Who said what, word for word."""

    items: tuple[tuple[str, str], ...]


class Table(Struct, frozen=True, kw_only=True):
    """A table whose first column names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers_from: int = 1
    """The first column that holds numbers."""
    links: tuple[str, ...] = ()
    """Where the name of each row leads, empty for nowhere; none where no row leads anywhere."""


class Bars(Struct, frozen=True, kw_only=True):
    """A bar for each label, made of parts; a picture of numbers that a table gives as well."""

    title: str
    parts: tuple[str, ...]
    """What the parts of each bar stand for."""
    bars: tuple[tuple[str, tuple[int, ...]], ...]


Block = Heading | Paragraph | Points | Quotes | Table | Bars


class Document(Struct, frozen=True, kw_only=True):
    """A title, what stands below it, and the language of all of it."""

    title: str
    language: Language
    blocks: Sequence[Block]

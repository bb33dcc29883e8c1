"""A document in blocks: written once, and told as Markdown, HTML, Word or whatever else."""

from __future__ import annotations

from collections.abc import Sequence

from engine.frozen import dataclass
from engine.model import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading below the title."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Who said what, word for word."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers_from: int = 1
    """The first column that holds numbers."""
    links: tuple[str, ...] = ()
    """Where the name of each row leads, empty for nowhere; none where no row leads anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar for each label, made of parts; a picture of numbers that a table gives as well."""

    title: str
    parts: tuple[str, ...]
    """What the parts of each bar stand for."""
    bars: tuple[tuple[str, tuple[int, ...]], ...]


Block = Heading | Paragraph | Points | Quotes | Table | Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A title, what stands below it, and the language of all of it."""

    title: str
    language: Language
    blocks: Sequence[Block]

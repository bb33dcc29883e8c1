"""A document as Markdown (CommonMark with tables)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.report.document import (
    Bars,
    Block,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotes,
    Table,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(document: Document) -> str:
    """The document's text; pictures are left out, since a table gives their numbers."""
    parts = [
        f"# {_plain(document.title)}",
        *(text for each in document.blocks for text in _of(each)),
    ]
    return "\n\n".join(parts) + "\n"


def _of(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield f"## {_plain(text)}"
        case Paragraph(text=text):
            yield _plain(text)
        case Points(items=items):
            yield "\n".join(f"- {_plain(item)}" for item in items)
        case Quotes(items=items):
            for who, text in items:
                quoted = "\n".join(f"> {_plain(line)}" for line in text.splitlines())
                yield f"{_plain(who)}:\n\n{quoted}" if who else quoted
        case Table():
            yield _table(block)
        case Bars():
            return


def _table(table: Table) -> str:
    rule = ["---:" if place >= table.numbers_from else "---" for place in range(len(table.header))]
    rows = [table.header, rule, *table.rows]
    return "\n".join([f"{_plain(table.caption)}:", "", *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    shown = (cell if set(cell) <= {"-", ":"} and cell else _plain(cell) for cell in cells)
    return f"| {' | '.join(shown)} |"


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

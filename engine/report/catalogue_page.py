"""The catalogue as a page to publish: what is shared, by whom, to whom and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from engine.model import Language, Party
from engine.report.as_html import html
from engine.report.catalogue import COLUMNS, Shared, readable
from engine.report.document import Document, Paragraph, Table
from engine.report.table import cell
from engine.wording.catalogue import say

_ORDER: Final = ("course", *(column for column in COLUMNS if column != "course"))
"""The course's name first: it is what names a row."""


def page(
    rows: Iterable[Shared],
    parties: Mapping[str, Party],
    day: date,
    language: Language,
    links: Mapping[str, str],
) -> str:
    """One HTML page that needs nothing from anywhere; parties by their names, courses with where
    they are, by the request's number in `links`.
    """
    shown = readable(rows)
    table = Table(
        caption=say("catalogue_page.titles", language),
        header=tuple(say(f"headings.{column}", language) for column in _ORDER),
        rows=tuple(
            tuple(
                _named(cell(row[column], language, longest=0), column, parties) for column in _ORDER
            )
            for row in shown
        ),
        numbers_from=len(_ORDER),
        links=tuple(links.get(row["request"], "") for row in shown),
    )
    said = Paragraph(text=say("catalogue_page.on", language, day=day.isoformat()))
    listed = table if shown else Paragraph(text=say("table.empty", language))
    return html(
        Document(
            title=say("catalogue_page.titles", language), language=language, blocks=(said, listed)
        )
    )


def _named(text: str, column: str, parties: Mapping[str, Party]) -> str:
    known = parties.get(text) if column in {"owner", "borrower"} else None
    return text if known is None else known.name

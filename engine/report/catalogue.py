"""The catalogue: what is shared now, by whom, to whom, since when, and under which label."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

from engine.calendar import oslo_day
from engine.domain.labels import label_of
from engine.model import KnownCourse, Language, Party
from engine.report.as_html import html
from engine.report.document import Document, Paragraph, Table
from engine.report.table import cell
from engine.wording.catalogue import say

COLUMNS: Final = (
    "request",
    "course",
    "short_name",
    "owner",
    "borrower",
    "label",
    "licence",
    "since",
    "condition",
)
FOUND: Final = ("short_name", "course", "owner", "since", "request")
"""The columns of a search among all known courses; `since` is empty for one that is not shared."""
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


class Shared(Protocol):
    """A course that is shared now, as the store tells it."""

    @property
    def request(self) -> str:
        """The number of the request by which it is shared."""

    @property
    def course(self) -> str:
        """The course's full name."""

    @property
    def short_name(self) -> str:
        """The course's short name."""

    @property
    def owner(self) -> str:
        """The id of the party that lends it."""

    @property
    def borrower(self) -> str:
        """The id of the party that it is lent to."""

    @property
    def direction(self) -> str:
        """`to_ks` or `from_ks`."""

    @property
    def licence(self) -> str:
        """The licence, or nothing."""

    @property
    def condition(self) -> str | None:
        """On what condition it is shared."""

    @property
    def since(self) -> datetime:
        """When the share began."""


def documents(rows: Iterable[Shared]) -> list[dict[str, Any]]:
    """As INTERFACE §3 has `catalogue`, the longest shared first."""
    return [
        {
            "request": row.request,
            "course": row.course,
            "short_name": row.short_name,
            "owner": row.owner,
            "borrower": row.borrower,
            "label": label_of("to_ks" if row.direction == "to_ks" else "from_ks"),
            "licence": row.licence or None,
            "since": _instant(row.since),
            "condition": row.condition,
        }
        for row in rows
    ]


def readable(rows: Iterable[Shared], parties: Mapping[str, Party]) -> list[dict[str, Any]]:
    """The same for a table: parties by their names, and `since` as the day in Oslo."""
    known = list(rows)
    return [
        {
            **document,
            "owner": _named(row.owner, parties),
            "borrower": _named(row.borrower, parties),
            "since": oslo_day(row.since),
        }
        for row, document in zip(known, documents(known), strict=True)
    ]


def found(courses: Iterable[KnownCourse]) -> list[dict[str, Any]]:
    """Courses that a search found, in its order; `since` is null for one that is not shared."""
    return [
        {
            "short_name": course.short_name,
            "course": course.full_name,
            "owner": course.owner,
            "since": None if course.since is None else _instant(course.since),
            "request": course.request,
        }
        for course in courses
    ]


def found_readable(courses: Iterable[KnownCourse]) -> list[dict[str, Any]]:
    """The same for a table: `since` is the day in Oslo."""
    known = list(courses)
    return [
        {**document, "since": None if course.since is None else oslo_day(course.since)}
        for course, document in zip(known, found(known), strict=True)
    ]


def as_csv(documents: Iterable[Mapping[str, Any]]) -> str:
    """The documents as csv with a heading line (RFC 4180), safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(document[name]) for name in COLUMNS] for document in documents)
    return text.getvalue()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula: names of courses are written by others."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


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
    shown = readable(rows, parties)
    # Few shares have a condition, and a page is narrow.
    order = [each for each in _ORDER if each != "condition" or any(row[each] for row in shown)]
    table = Table(
        caption=say("catalogue_page.titles", language),
        header=tuple(say(f"headings.{column}", language) for column in order),
        rows=tuple(
            tuple(cell(row[column], language, longest=0) for column in order) for row in shown
        ),
        numbers_from=len(order),
        links=tuple(links.get(row["request"], "") for row in shown),
    )
    said = Paragraph(text=say("catalogue_page.on", language, day=day.isoformat()))
    listed = table if shown else Paragraph(text=say("table.empty", language))
    return html(
        Document(
            title=say("catalogue_page.titles", language), language=language, blocks=(said, listed)
        )
    )


def _named(party: str, parties: Mapping[str, Party]) -> str:
    known = parties.get(party)
    return party if known is None else known.name

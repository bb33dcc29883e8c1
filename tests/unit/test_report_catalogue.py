"""The catalogue: its shape, its days, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime

from engine.report.catalogue import COLUMNS, as_csv, documents, page, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A shared course as the store tells it."""

    request: str = "KD-2026-0001"
    course: str = "Trygg legemiddelhåndtering"
    short_name: str = "AHUS-LEGUT"
    owner: str = "ahus"
    borrower: str = "ks-laering"
    direction: str = "to_ks"
    licence: str = ""
    condition: str | None = None
    since: datetime = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)


def test_each_share_bears_the_label_of_its_direction() -> None:
    labels = [row["label"] for row in documents([Row(), Row(direction="from_ks")])]

    assert labels == ["delt til KS Læring", "delt fra KS"]


def test_a_document_has_the_columns_in_order_and_null_for_no_licence() -> None:
    (document,) = documents([Row()])

    assert tuple(document) == COLUMNS
    assert document["licence"] is None
    assert document["since"] == "2026-03-05T23:30:00Z"


def test_people_read_the_day_in_oslo() -> None:
    (document,) = readable([Row()], {})

    assert document["since"] == date(2026, 3, 6)


def test_the_csv_can_be_read_back_and_holds_no_formula() -> None:
    name = '=HYPERLINK("https://a.example"), "ja"'

    heading, row = csv.reader(as_csv(documents([Row(course=name)])).splitlines())

    assert tuple(heading) == COLUMNS
    assert row[1] == f"'{name}"


def test_the_page_leads_to_the_courses_and_can_be_scrolled_by_keyboard() -> None:
    rows = [Row(), Row(request="KD-2026-0002"), Row(request="KD-2026-0003")]
    links = {
        "KD-2026-0001": 'https://kslaring.example/kurs?a="1"&b=2',
        "KD-2026-0002": "javascript:alert(1)",
    }

    told = page(rows, {}, date(2026, 3, 6), "nb", links)

    assert told.count("<a href=") == 1
    assert 'href="https://kslaring.example/kurs?a=&quot;1&quot;&amp;b=2"' in told
    assert 'class="wide many" role="region" tabindex="0" aria-label="Delte kurs"' in told
    assert "body:has(.many) { max-width: 76rem; }" in told

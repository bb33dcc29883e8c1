"""Spreadsheets that come as a plan or a report: rows of cells, from Excel and as csv."""

from __future__ import annotations

import pytest

from engine.domain.networks.network_form import read
from engine.intake.files.documents import text_of
from engine.intake.files.spreadsheet import rows_of_csv, xlsx
from tests.unit.docx_cases import document, packed, paragraph
from tests.unit.spreadsheet_cases import workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = (
    ("Nettverk", "Kreft"),
    ("Rapport for år", "2026"),
    ("",),
    ("Tiltak", "Satsingsområde", "Resultat"),
    ("Kurs i\nlindring", "Tidleg innsats", "utført"),
    ("Fagdag", "", "delvis"),
    ("Avvik (tal)", "12"),
    ("Flaskehalsar", "For få folk"),
)
CSV = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.mark.parametrize(
    "text",
    [
        xlsx(workbook(ROWS)),
        xlsx(workbook(ROWS, shared=False)),
        rows_of_csv(CSV.encode()),
        rows_of_csv(CSV.encode("cp1252")),
        rows_of_csv(b"\xef\xbb\xbf" + CSV.replace(";", ",").encode()),
    ],
)
def test_a_form_in_a_spreadsheet_is_read(text: str) -> None:
    said = read(text, "report")
    assert said is not None
    assert [(m.text, m.priority_area, m.outcome) for m in said.measures] == [
        ("Kurs i lindring", "Tidleg innsats", "done"),
        ("Fagdag", "", "partly"),
    ]
    assert (said.network, said.year, said.deviation_count) == ("Kreft", 2026, 12)
    assert said.bottlenecks == "For få folk"


def test_cells_keep_their_places() -> None:
    assert xlsx(workbook((("a", "", "c"), ("", "b")))) == "a\t\tc\n\tb\t"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no workbook",
        document(paragraph("A letter")),
        packed({SHEET: b"<worksheet><sheetData><row><c"}),
        packed({SHEET: b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>"}),
        packed({SHEET: b"<w>" + b"<row/>" * 400_000 + b"</w>"}),
    ],
)
def test_what_is_no_workbook_says_nothing(content: bytes) -> None:
    assert xlsx(content) == ""


def test_each_kind_has_its_reader() -> None:
    assert text_of("a.pdf", "application/pdf", b"%PDF") is None
    assert text_of("A.CSV", "application/vnd.ms-excel", b"a;b") == "a\tb"
    assert text_of("a.xlsx", "application/octet-stream", workbook((("a", "b"),))) == "a\tb"
    assert rows_of_csv(b"\0\1\2") == ""

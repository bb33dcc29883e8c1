"""Tables for people: aligned, harmless, and in the reader's language."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.model import LANGUAGES, Language
from engine.report.table import cell, facts, oslo, table, width
from engine.wording.catalogue import texts

CLI = Path(__file__).parents[2] / "engine" / "cli"


def test_columns_stand_under_each_other() -> None:
    rows = [{"id": 1, "to": "en@a.example"}, {"id": 100, "to": "to@b.example"}]

    assert table(rows, ("id", "to"), "nb").splitlines() == [
        "Nr.  Til",
        "1    en@a.example",
        "100  to@b.example",
    ]


def test_marks_on_letters_take_no_room_and_wide_letters_take_two() -> None:
    assert width("a\u030a") == 1
    assert width("漢字") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rows_are_told_in_words(language: Language) -> None:
    assert table([], ("id",), language)


def test_a_column_without_a_heading_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        table([{"odd": 1}], ("odd",), "nb")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "ja"),
        (("a", None, 3), "a, , 3"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 9, 15, tzinfo=UTC), "2026-03-05 10.15"),
        ("to\nlinjer\tog  mer", "to linjer og mer"),
        ("\x1b[31mrødt\x07", "\ufffd[31mrødt\ufffd"),
        ("\u202egal vei", "\ufffdgal vei"),
    ],
)
def test_a_cell_is_one_harmless_line(value: object, text: str) -> None:
    assert cell(value, "nb") == text


def test_a_long_cell_is_cut_in_a_table_and_whole_among_facts() -> None:
    long = "ord " * 40

    assert len(cell(long, "nb")) <= 60
    assert cell(long, "nb").endswith("…")
    assert facts({"note": long}, ("note",), "nb") == f"Tekst: {long.strip()}"


def test_facts_leave_out_what_is_empty() -> None:
    document = {"id": "KD-2026-0001", "owner": None, "labels": [], "state": "Delt"}

    assert facts(document, ("id", "owner", "labels", "state"), "en") == (
        "No.:   KD-2026-0001\nState: Delt"
    )


def test_instants_are_told_in_oslo_time_both_summer_and_winter() -> None:
    assert oslo(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2026-07-02 00.30"
    assert oslo(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "2027-01-01 00.30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_stands_in_every_language(language: Language) -> None:
    assert all(texts("headings", language).values())


def test_every_heading_is_used() -> None:
    text = "".join(file.read_text("utf-8") for file in CLI.rglob("*.py"))
    for name in ("catalogue.py", "cycle_table.py"):
        text += (CLI.parent / "report" / name).read_text("utf-8")

    assert [key for key in texts("headings", "nb") if not re.search(rf'"{key}"', text)] == []

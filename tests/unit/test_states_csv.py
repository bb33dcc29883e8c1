"""Each row of the routines' description is an event of a workflow, or it is said why not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.unit.cases import routine

FILE = Path(__file__).parents[2] / "docs" / "states.csv"
ROWS = tuple(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
ROUTINES = ("hf_to_ks", "ks_orders_from_hf", "hf_shares_from_ks")
ROUTINES += ("network_plan", "network_report", "su_rollup")
ROWS_OF = {"a": 10, "b": 9, "c": 10, "d": 6, "e": 7, "f": 7, "g": 7}
"""How many rows each routine has in the description."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['routine']}-{row['event']}")
def test_a_row_names_events_that_exist_or_says_why_there_is_none(row: dict[str, str]) -> None:
    assert None not in row.values()
    assert None not in row
    if not row["workflow"]:
        assert row["why"]
    for name in row["workflow"].split():
        workflow, _ = routine(name)
        assert set(row["events"].split()) <= set(workflow.events)
        assert row["events"]


def test_every_row_of_the_routines_is_there() -> None:
    found = {routine: sum(row["routine"] == routine for row in ROWS) for routine in ROWS_OF}
    assert found == ROWS_OF


@pytest.mark.parametrize("name", ROUTINES)
def test_every_event_of_a_file_is_mapped_or_spoken_of(name: str) -> None:
    workflow, _ = routine(name)
    rows = [row for row in ROWS if name in row["workflow"].split()]
    told = {word for row in rows for word in f"{row['events']} {row['why']}".split()}
    told = {word.strip(";,:.") for word in told}
    assert set(workflow.events) - told == set()

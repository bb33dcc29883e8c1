"""A statement that changes a sealed row makes its seal anew, whoever wrote it."""

from __future__ import annotations

import re

import pytest

from engine.store.seals import SEALED, seal, seal_of_row
from engine.store.statements import POSTGRESQL, SQLITE
from engine.store.tables import metadata

CHANGING = sorted(name for name, sql in SQLITE.items() if re.match(r"UPDATE (letter|timer)\s", sql))


@pytest.mark.parametrize("name", CHANGING)
def test_a_change_of_a_letter_or_a_timer_seals_it_anew(name: str) -> None:
    assert "seal = " in SQLITE[name]
    assert "seal(" in SQLITE[name]
    assert "encode(sha256(convert_to(" in POSTGRESQL[name]


def test_there_are_such_changes() -> None:
    assert len(CHANGING) >= 12


BESIDE = {"timer": {"id", "seal"}, "letter": {"id", "seal", "raw"}, "inbox": {"id", "raw"}}
"""What no seal of a table covers: ids that the database gives, and bytes that have a hash."""


@pytest.mark.parametrize("table", SEALED)
def test_a_seal_covers_every_other_column_in_order(table: str) -> None:
    columns = {column.name for column in metadata.tables[table].columns}
    assert SEALED[table] == tuple(sorted(columns - BESIDE[table]))


def test_the_seal_in_an_update_is_of_what_the_row_then_holds() -> None:
    assert "seal = seal(action, at_most, calendar, :at, every, occurrence + 1," in " ".join(
        SQLITE["timer_rearm"].split()
    )


def test_a_mail_is_sealed_with_every_column_and_whether_its_bytes_are_there() -> None:
    listed = ", ".join(f"inbox.{name}" for name in SEALED["inbox"])
    more = "CASE WHEN inbox.raw IS NULL THEN 1 ELSE 0 END"
    assert f"seal({listed}, {more})" in " ".join(SQLITE["mail_seal_row"].split())


def test_nothing_and_an_empty_text_have_other_seals() -> None:
    assert len({seal(None), seal(""), seal("", ""), seal("-"), seal("=")}) == 5


def test_a_seal_covers_every_column_but_those_that_have_proofs_of_their_own() -> None:
    row = dict.fromkeys(SEALED["timer"], "x")
    assert seal_of_row("timer", row) == seal(*("x" for _ in row))
    for name in row:
        assert seal_of_row("timer", {**row, name: "y"}) != seal_of_row("timer", row)

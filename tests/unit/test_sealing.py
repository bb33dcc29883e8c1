"""A statement that changes a sealed row makes its seal anew, whoever wrote it."""

from __future__ import annotations

import re

import pytest

from engine.store.seals import seal, seal_of_row
from engine.store.statements import POSTGRESQL, SEALED, SQLITE

CHANGING = sorted(name for name, sql in SQLITE.items() if re.match(r"UPDATE (letter|timer) ", sql))


@pytest.mark.parametrize("name", CHANGING)
def test_a_change_of_a_letter_or_a_timer_seals_it_anew(name: str) -> None:
    assert "seal=" in SQLITE[name]
    assert "seal=" in POSTGRESQL[name]


def test_there_are_such_changes() -> None:
    assert len(CHANGING) >= 12


def test_nothing_and_an_empty_text_have_other_seals() -> None:
    assert len({seal(None), seal(""), seal("", ""), seal("-"), seal("=")}) == 5


def test_a_seal_covers_every_column_but_those_that_have_proofs_of_their_own() -> None:
    row = dict.fromkeys(SEALED["timer"], "x")
    assert seal_of_row("timer", row) == seal(*("x" for _ in row))
    for name in row:
        assert seal_of_row("timer", {**row, name: "y"}) != seal_of_row("timer", row)

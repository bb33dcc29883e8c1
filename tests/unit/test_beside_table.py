"""What people write beside commands: half of it must be asked about, half of it hinders nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.beside import hinders

LINES = (Path(__file__).parent / "beside_table.txt").read_text(encoding="utf-8").splitlines()
TABLE = [line for line in LINES if line.startswith(("?", "!"))]


def test_there_are_sixty_of_each() -> None:
    assert min(sum(line.startswith(mark) for line in TABLE) for mark in "?!") >= 60


@pytest.mark.parametrize("line", TABLE)
def test_only_what_takes_the_command_back_is_asked_about(line: str) -> None:
    command, text = line[2:].split(" | ", 1)

    assert hinders(text, [command.partition(":")[0]]) is line.startswith("?")

"""Whoever looks into the future on a terminal sees how far it has come."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from engine.cli.program import run
from tests.integration.office import new_office


class Terminal(io.StringIO):
    """A stream that says that somebody watches it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("watched", [True, False])
def test_a_bar_goes_from_nothing_to_all_where_somebody_watches(
    watched: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = new_office(tmp_path / "site")
    office.open()
    office.site.database.close()
    seen = Terminal() if watched else io.StringIO()
    monkeypatch.setattr(sys, "stderr", seen)
    words = ["--site", str(office.site.folder), "--json", "--at", "2026-09-08", "simulate"]
    assert run([*words, "--until", "2027-03-01"]) == 0
    assert all(json.loads(line) for line in capsys.readouterr().out.splitlines())
    shown = seen.getvalue()
    if watched:
        assert "  0%" in shown
        assert "100%" in shown
        assert shown.index("  0%") < shown.index(" 50%") < shown.index("100%")
    else:
        assert shown == ""

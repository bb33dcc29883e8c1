"""How benchmarks are asked for, and how what they found is told and kept."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from bench import __main__ as program
from bench import results
from bench.rows import Row, told

ROW = Row(
    bench="growth", case="10³", rate=1234.5, unit="µs each", bound=1000.0, ratio=1.235, peak_mb=51.2
)


def test_a_row_is_one_json_object_of_seven_keys() -> None:
    line = told([ROW], as_json=True)
    assert "\n" not in line
    assert list(json.loads(line)) == [
        "bench", "case", "rate", "unit", "bound", "ratio", "peak_mb",
    ]  # fmt: skip


def test_an_unknown_name_is_told_with_those_that_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "growht"])
    with pytest.raises(SystemExit) as stopped:
        program.main()
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert "there is no growht" in error
    assert all(name in error for name in program.NAMES)


def test_help_lists_every_benchmark(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--help"])
    with pytest.raises(SystemExit):
        program.main()
    shown = capsys.readouterr().out
    assert all(f"\n  {name} " in shown for name in program.NAMES)


@pytest.mark.parametrize("name", program.NAMES)
def test_every_benchmark_that_is_listed_can_run(name: str) -> None:
    assert callable(importlib.import_module(f"bench.{name}").run)


def test_what_is_kept_of_one_benchmark_leaves_the_others_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    results.keep("growth", [ROW], load=0.5, file=file)
    results.keep("sweep", [ROW, ROW], load=1.5, file=file)
    before = file.read_text(encoding="utf-8")
    growth, sweep = before.split("\n## ")[1:]
    assert "| 10³ | 1,234.5 | 1,000.0 | µs each | 1.235 | 51 |" in growth
    assert "load average 1.5" in sweep
    results.keep("growth", [ROW, ROW], load=2.5, file=file)
    after = file.read_text(encoding="utf-8")
    newer, same = after.split("\n## ")[1:]
    assert newer.count("| 10³ |") == 2
    assert same == sweep
    assert after.split("\n## ")[0] == before.split("\n## ")[0]

"""What the program does when nobody reads what it says (`kursdeling … | head -1`)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.site import PROGRAM


def run_unread(*arguments: str, buffered: bool, both: bool = False) -> tuple[int, str]:
    """(exit code, standard error) of the program with an answer that nobody reads."""
    read, write = os.pipe()
    os.close(read)
    plain = {key: text for key, text in os.environ.items() if key != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [PROGRAM, *arguments],
        stdout=write,
        stderr=write if both else subprocess.PIPE,
        env=plain if buffered else {**plain, "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    os.close(write)
    return done.returncode, (done.stderr or b"").decode()


@pytest.mark.parametrize("buffered", [True, False], ids=["at the end", "at once"])
def test_a_failure_that_nobody_reads_is_no_crash(tmp_path: Path, buffered: bool) -> None:
    arguments = ("--json", "--site", str(tmp_path), "request", "list")

    code, said = run_unread(*arguments, buffered=buffered)
    assert code == 1
    assert "kursdeling.toml" in said
    assert "Traceback" not in said
    assert run_unread(*arguments, buffered=buffered, both=True) == (1, "")


def test_an_answer_that_nobody_reads_is_no_fault_to_tell_of() -> None:
    for buffered in (True, False):
        assert run_unread("--help", buffered=buffered) == (1, "")


def test_wrong_usage_that_nobody_reads_keeps_its_code() -> None:
    assert run_unread("no-such-command", buffered=True, both=True)[0] == 2

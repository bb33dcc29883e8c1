"""Workers of one machine: one listens, the others go on and take its place; new modes of letters
reach them, and `doctor` tells which is older than its settings (INTERFACE §5.6).
"""

from __future__ import annotations

import smtplib
from pathlib import Path

import pytest

from tests.acceptance.site import FORM, OURS, OWNER, Program, mail
from tests.acceptance.test_clock_leaps import (
    free_port,
    looked_at,
    setting,
    told,
    until,
    worker,
)

DAY = "2026-03-05"


def delivered(where: str | int, n: int) -> bool:
    """Whether a mail that opens a request was taken."""
    body = FORM.replace("LEGUT", f"LEG{n}").replace("Trygg legemid", f"Trygg {n} legemid")
    raw = mail(body=body, subject=f"Deling til KS Læring: {n}", name=f"n{n}")
    host, port = (where, None) if isinstance(where, str) else ("127.0.0.1", where)
    try:
        with smtplib.LMTP(host, port or 0) as server:
            return server.sendmail(OWNER, [OURS], raw) == {}
    except OSError:
        return False


@pytest.mark.parametrize("kind", ["port", "socket"])
def test_the_second_goes_on_and_takes_the_place_of_the_first(
    program: Program, tmp_path: Path, kind: str
) -> None:
    where: str | int = free_port() if kind == "port" else str(tmp_path / "lmtp")
    setting(program, 'lmtp = ""', f'lmtp = "{where if kind == "socket" else f"127.0.0.1:{where}"}"')
    with worker(program, DAY):
        until(lambda: delivered(where, 1))
        with worker(program, DAY):
            until(lambda: "AddressTakenError" in told(program))
            until(lambda: len(looked_at(program, "workers")) == 2)
            assert delivered(where, 2)
    with worker(program, DAY) as first:
        until(lambda: delivered(where, 3))
        with worker(program, DAY):
            until(lambda: len(looked_at(program, "workers")) == 2)
            first.terminate()
            assert first.wait(30) == 0
            until(lambda: delivered(where, 4))
            until(lambda: [each["verdict"] for each in program.list("mail", "list")][3:] != [None])
    assert len(program.list("mail", "list")) == 4


def test_a_new_mode_reaches_a_running_worker_and_other_settings_are_told_of(
    program: Program,
) -> None:
    port = free_port()
    setting(program, 'lmtp = ""', f'lmtp = "127.0.0.1:{port}"')

    def states() -> list[str]:
        return sorted({each["state"] for each in program.list("letter", "list")})

    with worker(program, DAY):
        until(lambda: delivered(port, 1))
        until(lambda: states() == ["sent"])
        setting(program, '\nmode = "live"', '\nmode = "shadow"')
        until(lambda: delivered(port, 2) and states() == ["sent", "shadow"])
        assert {state for state, _ in looked_at(program, "workers")} <= {"ok", "broken"}
        setting(program, '\nmode = "shadow"', '\nmode = "live"')
        setting(program, 'everything_to = ""', 'everything_to = "prove@kurs.example"')
        until(lambda: delivered(port, 3) and trial(program))
        # A change that is none leaves all as it was, and is told.
        setting(program, "keep = 7", "keep = 7\nno_such = 1")
        until(lambda: "no_such" in told(program))
        setting(program, "keep = 7\nno_such = 1", "keep = 9")
        until(lambda: "warning" in {state for state, _ in looked_at(program, "workers")})


def trial(program: Program) -> bool:
    letters = (file.read_bytes() for file in (program.folder / "outbox").rglob("*.eml"))
    return any(b"prove@kurs.example" in letter for letter in letters)

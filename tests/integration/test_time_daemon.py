"""The worker's clock: every job in turn, at once and again; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest

from engine import daemon as clock
from engine.daemon import Daemon

SOON = timedelta(seconds=0.05)
PATIENCE = 10.0


def running(daemon: Daemon) -> Callable[[], bool]:
    """The daemon, started; call what is returned to stop it and hear whether all was finished."""
    outcome: list[bool] = []
    thread = Thread(target=lambda: outcome.append(daemon.run()))
    thread.start()

    def stop() -> bool:
        daemon.stop()
        thread.join(PATIENCE)
        return outcome[0]

    return stop


def test_jobs_run_at_once_in_turn_and_again() -> None:
    seen: list[str] = []
    enough = Event()

    def work(name: str) -> Callable[[], None]:
        def noted() -> None:
            seen.append(name)
            if len(seen) >= 6:
                enough.set()

        return noted

    daemon = Daemon(SOON, failed=lambda *_: None)
    for name in ("mail", "deadlines", "letters"):
        daemon.add(name, work(name))
    stop = running(daemon)
    assert enough.wait(PATIENCE)
    assert stop()
    assert seen[:3] == ["mail", "deadlines", "letters"]
    assert len(set(seen)) == 3


def test_a_job_that_fails_is_told_and_tried_again_and_stops_no_other() -> None:
    told: list[tuple[str, str]] = []
    twice, other = Event(), Event()

    def failed(job: str, error: Exception) -> None:
        told.append((job, str(error)))
        if len(told) == 2:
            twice.set()

    def failing() -> None:
        raise OSError("the disk is full")

    daemon = Daemon(SOON, failed=failed)
    daemon.add("mail", failing)
    daemon.add("letters", other.set)
    stop = running(daemon)
    assert twice.wait(PATIENCE)
    assert other.wait(PATIENCE)
    assert stop()
    assert told[:2] == [("mail", "the disk is full")] * 2


def test_stopping_waits_for_the_piece_in_hand_and_begins_no_other() -> None:
    begun, allowed = Event(), Event()
    finished: list[int] = []
    daemon = Daemon(SOON, failed=lambda *_: None)

    def pieces() -> None:
        for n in range(100):
            if not daemon.go_on():
                return
            begun.set()
            allowed.wait(PATIENCE)
            finished.append(n)

    daemon.add("mail", pieces)
    daemon.add("letters", lambda: finished.append(-1))
    stop = running(daemon)
    assert begun.wait(PATIENCE)
    daemon.stop()
    allowed.set()
    assert stop()
    assert finished == [0]


def test_work_that_hangs_does_not_hold_the_worker_back_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "GRACE", timedelta(seconds=0.1))
    begun, freed = Event(), Event()

    def hanging() -> None:
        begun.set()
        freed.wait(PATIENCE)

    daemon = Daemon(SOON, failed=lambda *_: None)
    daemon.add("letters", hanging)
    stop = running(daemon)
    assert begun.wait(PATIENCE)
    assert not stop()
    freed.set()


def test_a_job_can_be_woken_before_its_turn() -> None:
    seen: list[int] = []
    first, second = Event(), Event()

    def work() -> None:
        seen.append(1)
        (second if first.is_set() else first).set()

    daemon = Daemon(timedelta(hours=1), failed=lambda *_: None)
    daemon.add("mail", work)
    stop = running(daemon)
    assert first.wait(PATIENCE)
    daemon.wake("mail")
    assert second.wait(PATIENCE)
    assert stop()
    daemon.wake("mail")
    assert len(seen) == 2

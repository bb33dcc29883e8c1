"""Several at once, and a worker killed in the middle: one wins, and nothing is left half-done."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from engine.errors import ClaimTakenError, StaleRequestError
from engine.store.apply import Applied, apply
from engine.store.cases import timers
from engine.store.cases.requests import load_request
from engine.store.database import Database
from engine.store.mail_out import letters
from engine.store.opening import open_database
from tests.integration.store_site import AT, OUTBOX, letter, opening, read, step, timer, write

ROOT = Path(__file__).parents[2]
Outcome = tuple[Applied, ...] | Exception


def at_once(*works: Callable[[], tuple[Applied, ...]]) -> list[Outcome]:
    """Run the works in threads that start together; what each gave or raised."""
    start = threading.Barrier(len(works))
    outcomes: list[Outcome] = []

    def run(work: Callable[[], tuple[Applied, ...]]) -> None:
        start.wait()
        try:
            outcomes.append(work())
        except (ClaimTakenError, StaleRequestError) as error:
            outcomes.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_requests_for_one_short_name_at_the_same_moment_have_one_winner(
    url: str, database: Database
) -> None:
    for round_number in range(10):
        name = f"KURS-{round_number}"

        def claim(who: str, name: str = name) -> tuple[Applied, ...]:
            with open_database(url) as own:
                return write(own, opening(f"{who}-{name}", name))

        outcomes = at_once(lambda: claim("a"), lambda: claim("b"))
        kinds = sorted(type(outcome).__name__ for outcome in outcomes)
        assert kinds == ["ClaimTakenError", "tuple"]
    assert len(read(database, "requests_all")) == 10
    assert read(database, "counters") == [{"year": 2026, "last": 10}]


def test_two_workers_with_one_act_on_one_request_do_it_once(url: str, database: Database) -> None:
    write(database, opening())

    def submit() -> tuple[Applied, ...]:
        with open_database(url) as own, own.transaction() as tx:
            before = load_request(tx, "KD-2026-0001")
            assert before is not None
            plan = step(before, "submit", "submitted", "the same key")
            return apply(tx, [plan], recorded_at=AT, outbox=OUTBOX)

    for _ in range(5):
        outcomes = at_once(submit, submit, submit)
        assert all(isinstance(outcome, tuple) for outcome in outcomes)
    assert [row["event"] for row in read(database, "history_all")] == ["open", "submit"]


def test_numbers_have_no_gap_and_no_double_when_many_open_at_once(
    url: str, database: Database
) -> None:
    def open_some(who: int) -> tuple[Applied, ...]:
        with open_database(url) as own:
            return tuple(
                outcome
                for i in range(5)
                for outcome in write(own, opening(f"{who}-{i}", f"KURS-{who}-{i}"))
            )

    at_once(*(lambda who=who: open_some(who) for who in range(4)))
    numbers = sorted(row["number"] for row in read(database, "requests_all"))
    assert numbers == [f"KD-2026-{place:04d}" for place in range(1, 21)]


def test_each_due_timer_and_letter_goes_to_one_worker(url: str, database: Database) -> None:
    for place in range(6):
        plan = opening(str(place), f"KURS-{place}", timers=(timer(AT),), letters=(letter(),))
        write(database, plan)
    later = AT + timedelta(hours=1)
    taken: list[int] = []
    claimed: list[int] = []

    def work() -> tuple[Applied, ...]:
        with open_database(url) as own:
            for _ in range(6):
                with own.transaction() as tx:
                    for row in timers.due(tx, later, 1):
                        timers.finish(tx, row.id)
                        taken.append(row.id)
                with own.transaction() as tx:
                    claimed.extend(row.id for row in letters.claim(tx, later, 1))
        return ()

    at_once(work, work, work)
    assert sorted(taken) == list(range(1, 7))
    assert sorted(claimed) == list(range(1, 7))


KILLED = """
import os, signal, sys
from engine.store.opening import open_database
from engine.store.apply import apply
from tests.integration.store_site import AT, OUTBOX, letter, opening, timer
database = open_database(sys.argv[1])
plan = opening("killed", "DREPT", letters=(letter(),), timers=(timer(AT),))
block = database.transaction()
apply(block.__enter__(), [plan], recorded_at=AT, outbox=OUTBOX)
print("written", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_killed_before_the_commit_leaves_nothing(url: str, database: Database) -> None:
    result = subprocess.run(
        [sys.executable, "-c", KILLED, url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (-signal.SIGKILL, "written\n"), result.stderr
    for name in ("requests_all", "history_all", "counters"):
        assert read(database, name) == []
    assert read(database, "letter_list", of_state="") == []
    assert read(database, "timers_armed", number="") == []
    (outcome,) = write(database, opening("after", "DREPT"))
    assert outcome.number == "KD-2026-0001"

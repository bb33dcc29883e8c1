"""Workers that want the same work at the same moment: one does it, and the others see that."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.cli.groups.tick import judge_mail
from engine.errors import RefusedError
from engine.service import receive
from engine.service.acts import commands
from engine.service.site import Site
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store import schema
from engine.store.cases import queries
from engine.store.database import Database
from engine.store.mail_in import inbox
from engine.store.opening import open_database
from engine.store.sqlite import BUSY_SECONDS
from tests.integration.office import AT, OWNER, PLATFORM, SUBJECT, Office, form, new_office
from tests.soak import rounds
from tests.unit.cases import EXCEPTION, FORM

ROOT = Path(__file__).parents[2]
SOON = AT + timedelta(hours=1)
OVERDUE = AT + timedelta(days=9)
TAKEN_OVER_WITHIN = 1.0
"""Seconds, on a machine that does nothing else; what was needed is printed."""
BUSY = 10
"""So much longer may it take where others keep the machine busy."""
PAIRS = (
    ("acknowledge", "acknowledge", "one key"),
    ("acknowledge", "acknowledge", ""),
    ("accept", "request_changes", ""),
)
"""Two acts on one request, and the key if they are the same act told twice."""


@pytest.fixture
def office(tmp_path: Path, url: str) -> Iterator[Office]:
    office = new_office(tmp_path / "site", database=url, mail__answers_per_day="10000")
    with closing(office.site.database):
        yield office


def opened(site: Site, count: int) -> list[str]:
    """Requests that wait for KS Læring; their numbers."""
    return [
        commands.open_by_command(
            site,
            "hf_to_ks",
            email=OWNER,
            at=AT,
            values={**FORM, **EXCEPTION, "short_name": f"SI-{n}"},
        ).number
        for n in range(count)
    ]


def beside(office: Office, *works: Callable[[Site], None]) -> None:
    """Let each work run beside the others, as a worker with its own connection."""
    failed: list[BaseException] = []

    def run(work: Callable[[Site], None]) -> None:
        site = open_site(office.site.folder)
        try:
            with site.database:
                work(site)
        except BaseException as error:  # noqa: BLE001 – told in the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_of_two_acts_on_one_request_at_once_one_moves_it(office: Office, url: str) -> None:
    numbers = opened(office.site, rounds(51, 1000))
    gate = threading.Barrier(2, timeout=60)
    told: Counter[tuple[str, str]] = Counter()

    def acting(which: int) -> Callable[[Site], None]:
        def work(site: Site) -> None:
            for n, number in enumerate(numbers):
                pair = PAIRS[n % len(PAIRS)]
                gate.wait()
                told[number, act(site, number, pair[which], f"{number} {pair[2]}", pair[2])] += 1

        return work

    beside(office, acting(0), acting(1))

    outcomes = Counter(outcome for _, outcome in told.elements())
    sys.stdout.write(f"{url.partition(':')[0][-10:]}: {dict(outcomes)} of {len(numbers)}\n")
    with office.site.database.reading() as tx:
        for n, number in enumerate(numbers):
            assert [row.event for row in queries.history(tx, number)][:2] == ["open", "submit"]
            assert len(queries.history(tx, number)) == 3, number
            # The same act told twice is answered twice with the same; another one is refused.
            done = 2 if PAIRS[n % len(PAIRS)][2] else 1
            assert told[number, "done"] == done, number
            assert told[number, "refused"] == 2 - done, number
    assert verified(office.site).broken == ()


def act(site: Site, number: str, event: str, key: str, same: str) -> str:
    try:
        commands.fire(
            site,
            number,
            event,
            email=PLATFORM,
            at=SOON,
            note="Mål mangler",
            key=key if same else "",
        )
    except RefusedError:
        return "refused"
    return "done"


def test_two_workers_with_the_same_mail_before_them_judge_each_message_once(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    count = rounds(12, 300)
    for n in range(count):
        raw = office.raw(
            OWNER, SUBJECT, form(Kursets_kortnavn=f"SI-{n}", Fullt_navn_på_kurset=f"{n}")
        )
        receive.take(office.site, raw, "test", AT)
    outcomes: list[int] = []

    def work(site: Site) -> None:
        outcomes.extend(each.mail for each in judge_mail(site, AT))

    beside(office, work, work, work)

    assert capsys.readouterr().err == ""
    assert set(outcomes) == set(range(1, count + 1))
    with office.site.database.reading() as tx:
        assert [row.verdict for row in inbox.listed(tx)] == ["opened"] * count
        assert len(queries.cases(tx)) == count
    assert Counter(row.template for row in office.letters()) == {
        "receipt": count,
        "request_submitted": count,
    }


def test_a_message_that_has_been_judged_keeps_its_outcome_when_handled_again(
    office: Office,
) -> None:
    first = office.mail(OWNER, SUBJECT, form())
    stranger = office.mail("noen@fremmed.example", "Tilbud", "Kjøp!", aligned=False)
    before = office.letters()
    for outcome in (first, stranger):
        assert receive.handle(office.site, outcome.mail, SOON) == outcome
    assert office.letters() == before


HOLDING = """
import sys, time
from datetime import datetime
from pathlib import Path
from engine.app import open_site
from engine.store.cases import timers
site = open_site(Path(sys.argv[1]))
with site.database.transaction() as tx:
    for timer in timers.due(tx, datetime.fromisoformat(sys.argv[2]), 100):
        timers.finish(tx, timer.id)
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_work_of_a_killed_worker_is_taken_over_at_once(office: Office, url: str) -> None:
    opened(office.site, 10)
    words = [sys.executable, "-c", HOLDING, str(office.site.folder), OVERDUE.isoformat()]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"held\n"
        begun = time.monotonic()
        os.kill(killed.pid, signal.SIGKILL)
        reminded = 0
        while reminded < 10 and time.monotonic() - begun < BUSY * TAKEN_OVER_WITHIN:
            reminded += sweep(office.site, OVERDUE).reminded
        took = time.monotonic() - begun
    sys.stdout.write(f"{url.partition(':')[0][-10:]}: taken over after {took:.3f} s\n")
    assert reminded == 10
    assert took < BUSY * TAKEN_OVER_WITHIN
    assert verified(office.site).broken == ()


def test_a_worker_among_busy_ones_gets_its_turn_soon_on_sqlite(tmp_path: Path) -> None:
    stopped = threading.Event()
    path, years = tmp_path / "kursdeling.db", itertools.count(1)

    def write(database: Database, *, holding: float) -> None:
        with database.transaction() as tx:
            tx.define([f"INSERT INTO counter VALUES ({next(years)}, 1)"])  # noqa: S608 (a test's own)
            time.sleep(holding)

    def keep_writing() -> None:
        with open_database(path) as database:
            while not stopped.is_set():
                write(database, holding=0.02)
                time.sleep(0.001)

    with open_database(path) as database, ThreadPoolExecutor(2) as pool:
        schema.create(database)
        busy = [pool.submit(keep_writing) for _ in range(2)]
        waited = []
        for _ in range(10):
            begun = time.monotonic()
            write(database, holding=0)
            waited.append(time.monotonic() - begun)
        stopped.set()
        for each in busy:
            each.result()
    sys.stdout.write(f"waited at most {max(waited):.2f} s for a turn\n")
    assert max(waited) < BUSY_SECONDS / 4

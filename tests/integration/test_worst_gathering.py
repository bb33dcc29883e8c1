"""Two workers on PostgreSQL that write chasers to one person at once: one letter holds them all."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.app import open_site
from engine.service.deliver import deliver
from engine.service.letters import chasers
from engine.service.time import sweep as sweeping
from engine.service.time.sweep import sweep
from engine.store.cases import timers
from tests.integration import postgres
from tests.integration.office import EXPERTS, Office, new_office

COUNT = 5
SHARE = 2
"""How many timers a worker takes at once, so that neither gets all of them."""
PATIENCE = 20.0
_names = itertools.count(1)


class Slow:
    """A worker that stops in the middle of its first batch until it may go on."""

    def __init__(self) -> None:
        self.thread = 0
        self.begun, self.may_go_on = threading.Event(), threading.Event()

    def together(self, *arguments: Any, real: Any = sweeping.together) -> Any:
        """What a sweep does with its batch; this worker's is not committed for a while."""
        done = real(*arguments)
        if threading.get_ident() == self.thread and not self.begun.is_set():
            self.begun.set()
            assert self.may_go_on.wait(PATIENCE)
        return done


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    found = Slow()
    monkeypatch.setattr(sweeping, "together", found.together)
    monkeypatch.setattr(sweeping, "BATCH", SHARE)
    # When the other one has to wait for it, it goes on.
    monkeypatch.setattr(
        "engine.service.letters.chasers.time.sleep", lambda _: found.may_go_on.set()
    )
    return found


@pytest.fixture
def url(postgresql_server: str) -> str:
    """A database of the test's own on the server: on SQLite, nobody writes beside another."""
    return postgres.new_database(postgresql_server, f"gathering{next(_names)}")


@pytest.fixture
def office(tmp_path: Path, url: str) -> Iterator[Office]:
    """A site on which the same people owe an opinion in each of some requests."""
    office = new_office(tmp_path / "site", database=url)
    with closing(office.site.database):
        for n in range(COUNT):
            office.open(Kursets_kortnavn=f"SI-FALL{n}", Unntak=None)
        office.later(days=7)
        yield office


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(seconds=40)])
def test_one_letter_holds_the_chasers_of_both(office: Office, slow: Slow, apart: timedelta) -> None:
    def work(at: datetime, *, is_slow: bool) -> None:
        site = open_site(office.site.folder)
        with closing(site.database):
            if is_slow:
                slow.thread = threading.get_ident()
            sweep(site, at)
            deliver(site, at)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(work, office.at, is_slow=True)
        assert slow.begun.wait(PATIENCE)
        second = pool.submit(work, office.at + apart, is_slow=False)
        second.add_done_callback(lambda _: slow.may_go_on.set())
        first.result()
        second.result()

    told = [row for row in office.letters(EXPERTS) if row.template == chasers.REMINDERS]
    alone = [row for row in office.letters(EXPERTS) if row.template == "remind"]
    assert {row.state for row in alone} == {"cancelled"}
    assert [len(row.variables["extra"]["cases"]) for row in told] == [COUNT]


def test_a_worker_that_hangs_keeps_nobody_waiting_for_long(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chasers, "PATIENCE", 0.2)
    with open_site(office.site.folder).database as hanging, hanging.transaction() as tx:
        assert len(timers.due(tx, office.at, 1)) == 1
        sweep(office.site, office.at)
    (told,) = (row for row in office.letters(EXPERTS) if row.template == chasers.REMINDERS)
    assert len(told.variables["extra"]["cases"]) == COUNT - 1

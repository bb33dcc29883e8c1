"""The same months by hourly ticks, by two workers at once, and simulated: the same letters."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.calendar import end_of_day, oslo_day
from engine.errors import RefusedError
from engine.service.acts import commands
from engine.service.site import Site
from engine.service.time.simulate import Scripted, simulate
from engine.service.time.sweep import sweep
from engine.store.cases import queries
from engine.store.mail_out import letters
from tests.integration import postgres
from tests.integration.office import EXPERTS, LIAISON, OWNER, PLATFORM, Office, new_office
from tests.soak import SOAK
from tests.unit.cases import EXCEPTION, FORM

REQUESTS = 60 if SOAK else 12
LENGTH = timedelta(days=183 if SOAK else 40)
OPENING = datetime(2026, 9, 22, 6, 7, tzinfo=UTC)
START = datetime(2026, 10, 1, 6, tzinfo=UTC)
"""So that the end of summer time, or Christmas and New Year too, lie within."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to, told by days: a tick an hour is late by up to an hour."""

    letters: Counter[tuple[str, str, str, str]]
    moves: Counter[tuple[str, str, str, str]]
    states: dict[str, str]


def filled(office: Office) -> Office:
    """The office with requests of every kind, opened at odd minutes in working hours."""
    for n in range(REQUESTS):
        at = OPENING + timedelta(days=n % 9, minutes=(n * 37) % 480)
        form = dict(FORM) | {"short_name": f"SI-{n}"} | (EXCEPTION if n % 3 else {})
        if n % 5 == 4:
            del form["summary"]
        commands.open_by_command(office.site, "hf_to_ks", email=OWNER, at=at, values=form)
    return office


def answers() -> list[Scripted]:
    """What people do, always on the hour: some answer soon, some late, some never."""
    found: list[Scripted] = []

    def say(n: int, days: int, event: str, email: str, **values: str) -> None:
        at = START + timedelta(days=days + n % 4, hours=n % 8)
        number = f"KD-2026-{n + 1:04d}"
        found.append(
            Scripted(at=at, request=number, event=event, email=email, note="Fordi", values=values)
        )

    for n in range(REQUESTS):
        if n % 3 == 0:
            say(n, 3, "give_opinion", EXPERTS)
            say(n, 9 if n % 2 else 2, "give_opinion", LIAISON)
        if n % 4 == 1:
            say(n, 6, "acknowledge", PLATFORM)
            say(n, 11, "request_changes", PLATFORM)
        if n % 4 == 2:
            say(n, 5, "accept", PLATFORM)
            say(n, 12, "confirm_label", OWNER)
        if n % 8 == 2:
            say(n, 14, "end_share", OWNER, ends_on=f"2026-10-{25 + n % 6}")
        if n % 7 == 6:
            say(n, 20, "withdraw", OWNER)
    return sorted(found, key=lambda each: each.at)


def ticking(
    folder: Path, beat: Callable[[datetime], object], until: datetime = START + LENGTH
) -> None:
    """Hour after hour: what is due, then what people answer just then."""
    site = open_site(folder)
    left = answers()
    with site.database:
        at = START
        while at <= until:
            beat(at)
            while left and left[0].at <= at:
                answer(site, left.pop(0))
            at += HOUR


def answer(site: Site, step: Scripted) -> None:
    try:
        commands.fire(
            site, step.request, step.event,
            email=step.email, at=step.at, note=step.note, values=step.values,
        )  # fmt: skip
    except RefusedError:
        return


def seen(folder: Path) -> Ran:
    site = open_site(folder)
    with site.database, site.database.reading() as tx:
        # People act themselves where it is simulated; at a shell somebody acts for them.
        rows = [
            row
            for row in letters.listed(tx)
            if row.request and row.written_at >= START and row.template != "done_for_you"
        ]
        cases = [case.request for case in queries.cases(tx)]
        moves = [
            (case.number, row.event, row.to_state, oslo_day(row.at).isoformat())
            for case in cases
            for row in queries.history(tx, case.number)
            if row.at >= START
        ]
    return Ran(
        letters=Counter(
            (row.request, row.receiver, row.template, oslo_day(row.written_at).isoformat())
            for row in rows
        ),
        moves=Counter(moves),
        states={case.number: case.state for case in cases},
    )


def simulated(office: Office) -> Ran:
    with office.site.database.reading() as tx:
        states = {case.request.number: case.request.state for case in queries.cases(tx)}
    told = list(simulate(office.site, START, START + LENGTH, script=answers()))
    done = [each for each in told if not each.reasons]
    return Ran(
        letters=Counter(
            (each.request, letter.to, letter.template, oslo_day(each.at).isoformat())
            for each in done
            for letter in each.letters
        ),
        moves=Counter(
            (each.request, each.event, each.to, oslo_day(each.at).isoformat())
            for each in done
            if each.action in ("fire", "act")
        ),
        states=states | {each.request: each.to for each in done},
    )


def by_workers(folder: Path, count: int) -> None:
    sites = [open_site(folder) for _ in range(count)]
    with ThreadPoolExecutor(count) as pool:

        def beat(at: datetime) -> None:
            list(pool.map(lambda site: sweep(site, at), sites))

        ticking(folder, beat)
    for site in sites:
        site.database.close()


def differences(one: Ran, other: Ran) -> Iterable[object]:
    return (
        one.letters - other.letters,
        other.letters - one.letters,
        one.moves - other.moves,
        other.moves - one.moves,
        {
            n: (state, other.states[n])
            for n, state in one.states.items()
            if state != other.states[n]
        },
    )


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return filled(new_office(tmp_path_factory.mktemp("same") / "site"))


@pytest.fixture(scope="module")
def expected(office: Office) -> Ran:
    ran = simulated(office)
    assert ran.letters.total() > REQUESTS
    assert {"ended", "submitted"} <= set(ran.states.values())
    assert len(set(ran.states.values())) > 3
    return ran


def copied(office: Office, folder: Path) -> Path:
    shutil.copytree(office.site.folder, folder)
    return folder


def until_day(ran: Ran, last: date) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
    """What came up to and including that day."""
    letters, moves = (
        Counter({each: n for each, n in found.items() if each[-1] <= last.isoformat()})
        for found in (ran.letters, ran.moves)
    )
    return letters, moves


def test_a_day_of_real_processes_writes_what_is_simulated(
    office: Office, expected: Ran, tmp_path: Path
) -> None:
    folder = copied(office, tmp_path / "site")
    days = (date.fromisoformat(each[-1]) for each in expected.letters)
    first, last = oslo_day(START) + DAY, oslo_day(START) + 5 * DAY
    told = Counter(day for day in days if first <= day <= last)
    busy = max(told, key=lambda day: (told[day], day))
    site, hours = open_site(folder), 0

    def beat(at: datetime) -> None:
        nonlocal hours
        hours += oslo_day(at) == busy
        # Each process costs a second, so that most tests make do with a few of them.
        if oslo_day(at) == busy and (SOAK or hours % 6 == 3):
            program = Path(sys.executable).with_name("kursdeling")
            words = ["--site", str(folder), "--at", at.isoformat(), "tick"]
            subprocess.run([program, *words], check=True, capture_output=True)
        else:
            sweep(site, at)

    ticking(folder, beat, end_of_day(busy) - HOUR)
    site.database.close()
    assert (told[busy] > 1, hours) == (True, 24)
    assert until_day(seen(folder), busy) == until_day(expected, busy)


@pytest.mark.parametrize("workers", [1, 2])
def test_ticks_every_hour_write_what_is_simulated(
    workers: int, office: Office, expected: Ran, tmp_path: Path
) -> None:
    folder = copied(office, tmp_path / "site")
    by_workers(folder, workers)
    assert not any(differences(expected, seen(folder)))


def test_two_workers_on_postgresql_write_what_is_simulated(
    expected: Ran, tmp_path: Path, postgresql_server: str
) -> None:
    url = postgres.new_database(postgresql_server, "same")
    office = filled(new_office(tmp_path / "site", database=url))
    office.site.database.close()
    by_workers(office.site.folder, 2)
    assert not any(differences(expected, seen(office.site.folder)))

"""Deadlines of one batch: decided and written together, they come to what each comes to alone."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from engine.app import open_site
from engine.model import Plan
from engine.service.acts import acting
from engine.service.site import Routine, Site
from engine.service.time import sweep as sweeping
from engine.service.time.simulate import VirtualClock
from engine.service.time.sweep import Swept, sweep
from engine.store.apply import Applied, apply
from engine.store.database import Transaction
from engine.store.mail_out.outbox import Outbox
from tests.integration.office import AT, PLATFORM, new_office

LAPSED = AT + timedelta(days=90)
EVERY_ROW = {
    "request": "SELECT * FROM request",
    "course": "SELECT * FROM course",
    "history": "SELECT * FROM history",
    "timer": "SELECT * FROM timer",
    # What gathers several has a key of their ids, which depend on what was written first.
    "letter": "SELECT request, role, receiver, template, variables, message_id FROM letter"
    " WHERE template <> 'reminders'",
}
SALTED = re.compile("hash|digest|previous|seal|head")
"""Columns that differ each time, for what is digested is salted."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site where requests are to lapse, to be reminded of, and to be taken to the coordinators;
    two of them want the same short name, and two are about one course by its name.
    """
    office = new_office(tmp_path / "site")
    for n, wanted in enumerate(("SI-A", "SI-B", "SI-C", "SI-D")):
        office.open(Kursets_kortnavn=wanted, Fullt_navn_på_kurset=f"Kurs {n // 2}")
    numbers = [office.open(Kursets_kortnavn=wanted) for wanted in ("SI-E", "SI-E", "SI-F")]
    for number in (*numbers[::2], "KD-2026-0002"):
        office.fire(number, "request_changes", PLATFORM, note="Mål mangler")
    office.site.database.close()
    return tmp_path / "site"


def played(folder: Path, place: Path) -> tuple[Swept, dict[str, list[tuple[Any, ...]]]]:
    """What a sweep of a copy of the site does, and every row that stands then."""
    shutil.copytree(folder, place)
    site = open_site(place)
    done = sweep(replace(site, clock=VirtualClock(LAPSED)), LAPSED)
    site.database.close()
    connection = sqlite3.connect(place / "kursdeling.db")
    connection.row_factory = sqlite3.Row
    rows = {
        table: sorted((_plain(row) for row in connection.execute(sql)), key=repr)
        for table, sql in EVERY_ROW.items()
    }
    connection.close()
    return done, rows


def _plain(row: sqlite3.Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in row.keys() if not SALTED.search(name))  # noqa: SIM118 – a row's own keys


def test_a_batch_writes_what_its_deadlines_write_one_by_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, rows = played(folder, tmp_path / "together")
    monkeypatch.setattr(sweeping, "BATCH", 1)
    alone, theirs = played(folder, tmp_path / "alone")
    assert together.fired == alone.fired == 4
    assert rows == theirs


def test_requests_about_different_courses_are_written_together(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[list[str]] = []

    def noted(tx: Transaction, plans: Sequence[Plan], **how: Any) -> tuple[Applied, ...]:
        together.append([plan.after.form["short_name"] for plan in plans])
        return apply(tx, plans, **how)

    monkeypatch.setattr(acting, "apply", noted)
    played(folder, tmp_path / "copy")
    # The second that wants SI-E is decided on when the first has let it go; SI-F has its full name.
    assert together == [["SI-E"], ["SI-E"], ["SI-F", "SI-B"]]


def test_one_that_has_acted_before_leaves_the_others_to_act_by_themselves(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def repeating(
        tx: Transaction, plans: Sequence[Plan], *, outbox: Outbox, **how: Any
    ) -> tuple[Applied, ...]:
        done = apply(tx, plans, outbox=outbox, **how)
        return done if len(plans) == 1 else tuple(replace(each, repeated=True) for each in done)

    _, rows = played(folder, tmp_path / "before")
    monkeypatch.setattr(acting, "apply", repeating)
    done, theirs = played(folder, tmp_path / "after")
    assert (done.fired, done.faults) == (4, ())
    assert rows == theirs


def test_what_one_changed_of_a_course_stands_when_a_third_is_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_office(tmp_path / "site")
    # Without its goal each stays a draft, and lapses; the two in the middle want the same name.
    first, *_, last = (
        office.open(Kursets_kortnavn=wanted, Fullt_navn_på_kurset=f"Kurs {n}", Mål=None)
        for n, wanted in enumerate(("SI-A", "SI-E", "SI-E", "SI-B"))
    )
    office.site.database.close()
    connection = sqlite3.connect(tmp_path / "site" / "kursdeling.db")
    with connection:
        connection.execute(
            "UPDATE request SET course = (SELECT course FROM request WHERE number = ?)"
            " WHERE number = ?",
            (first, last),
        )
    connection.close()

    def renaming(tx: Transaction, plans: Sequence[Plan], **how: Any) -> tuple[Applied, ...]:
        return apply(tx, [_renamed(plan) for plan in plans], **how)

    def _renamed(plan: Plan) -> Plan:
        if plan.after.number != first or plan.course is None:
            return plan
        return replace(plan, course=replace(plan.course, full_name="Kurs med nytt navn"))

    monkeypatch.setattr(acting, "apply", renaming)
    together, rows = played(tmp_path / "site", tmp_path / "together")
    assert together.fired == 4
    assert sum("Kurs med nytt navn" in row for row in rows["course"]) == 1
    monkeypatch.setattr(sweeping, "BATCH", 1)
    _, theirs = played(tmp_path / "site", tmp_path / "alone")
    assert rows == theirs


def test_an_end_writes_what_it_would_write_if_it_had_asked_for_all_facts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_facts(site: Site, routine: Routine, *_: object, **__: object) -> frozenset[str]:
        events = routine.workflow.events.values()
        return frozenset({"history"}).union(
            *(site.rules.guards[name].needs for event in events for name in event.when)
        )

    done, rows = played(folder, tmp_path / "as it asks")
    monkeypatch.setattr(acting, "_needs_to", all_facts)
    again, theirs = played(folder, tmp_path / "all")
    assert done == again
    assert rows == theirs

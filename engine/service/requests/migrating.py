"""Running requests of older versions of a routine, moved to its present one, and back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from engine.definition.types import Workflow
from engine.errors import InputError, NotFoundError
from engine.model import (
    MIGRATE,
    MIGRATE_BACK,
    Act,
    Actor,
    Cause,
    Facts,
    Plan,
    Proof,
    Reason,
    Refusal,
    Request,
)
from engine.plan.case import Case
from engine.plan.common_events.migrating import migrated
from engine.plan.letters import COORDINATOR
from engine.plan.naming import near_state, state_named
from engine.service.acts.acting import write
from engine.service.acts.commands import run
from engine.service.site import Routine, Site
from engine.store.apply import recorded_of
from engine.store.cases import queries, timers
from engine.store.cases.requests import load_requests
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction


class Line(Struct, frozen=True, kw_only=True):
    """A line of the map: where it stands, and the two states as they are written there."""

    place: str
    state: str
    to: str


class Moved(Struct, frozen=True, kw_only=True):
    """What became, or would become, of one request."""

    number: str
    was: Workflow
    now: Workflow
    state: str
    to: str
    plan: Plan | None
    """None where it stays as it is."""
    reasons: tuple[Reason, ...] = ()


class Migration(Struct, frozen=True, kw_only=True):
    """What became of all requests, by their numbers."""

    key: str
    """By which all of it can be taken back; empty where nothing is written."""
    moved: tuple[Moved, ...]


class _Wish(Struct, frozen=True):
    request: Request
    routine: Routine
    """In the version that it runs on."""
    to: Routine
    state: str


class _Run(Struct, frozen=True):
    site: Site
    tx: Transaction
    at: datetime
    event: str
    key: str


def migrate(
    site: Site, name: str, lines: Sequence[Line], *, at: datetime, dry_run: bool = False
) -> Migration:
    """Every open request of an older version of the routine, moved where that can be; why not the
    others. A state without a line keeps its name.

    InputError for lines that name no state; NotFoundError where there is no such routine.
    """
    routine, key = site.routines.named(name), f"migrate-{uuid.uuid4().hex[:12]}"

    def work(tx: Transaction) -> Migration:
        older = [(each, _version(site, tx, each)) for each in _older(tx, routine.workflow)]
        known = {was.workflow.version: was.workflow for _, was in older}
        states = _states(lines, known.values(), routine.workflow)
        wishes = [
            _Wish(each, was, routine, states.get((each.version, each.state), each.state))
            for each, was in older
            if not was.workflow.states[each.state].final
        ]
        here = _Run(site, tx, at, MIGRATE, key)
        return _written(here, _all(here, wishes), dry_run=dry_run)

    return run(site, work, dry_run=dry_run)


def migrate_back(site: Site, key: str, *, at: datetime, dry_run: bool = False) -> Migration:
    """All that one migration moved, back to the version and state that it had: whole, or not at
    all where something has happened to one of the requests since. NotFoundError for another key.
    """

    def work(tx: Transaction) -> Migration:
        rows = [row for row in recorded_of(tx, Cause("command", key)) if row.event == MIGRATE]
        if not rows:
            raise NotFoundError(f"no {key}", reason=Reason("migrate_unknown", {"key": key}))
        requests = load_requests(tx, [row.number for row in rows])
        wishes: list[_Wish] = []
        gone_on: list[_Wish] = []
        for row in rows:
            request = requests[row.number]
            version = queries.history(tx, row.number)[row.seq - 2].version
            to = site.routines.version(tx, request.workflow, version)
            wish = _Wish(request, _version(site, tx, request), to, str(row.from_state))
            (wishes if request.seq == row.seq else gone_on).append(wish)
        found = [_staying(each, (Reason("migrate_gone_on"),)) for each in gone_on]
        here = _Run(site, tx, at, MIGRATE_BACK, f"{key}-back")
        found += _all(here, wishes)
        whole = not any(each.reasons for each in found)
        return _written(here, found, dry_run=dry_run or not whole)

    return run(site, work, dry_run=dry_run)


def _version(site: Site, tx: Transaction, request: Request) -> Routine:
    return site.routines.version(tx, request.workflow, request.version)


def _older(tx: Transaction, workflow: Workflow) -> list[Request]:
    """The requests of older versions, locked where something is to be written."""
    rows = queries.lines(tx, workflow=workflow.name, brief=True)
    numbers = [row["number"] for row in rows if row["version"] < workflow.version]
    return sorted(load_requests(tx, numbers).values(), key=lambda request: request.id)


def _states(
    lines: Sequence[Line], older: Collection[Workflow], workflow: Workflow
) -> dict[tuple[int, str], str]:
    """The new state by old version and state, by name, as the lines say them in names or titles."""
    found: dict[tuple[int, str], str] = {}
    faults: list[tuple[str, Reason]] = []
    for line in lines:
        to = state_named(workflow, line.to)
        was = {each.version: state_named(each, line.state) for each in older}
        here = {
            (each.version, was[each.version]) for each in older if was[each.version] in each.states
        }
        for text, near, known in (
            (line.to, near_state(workflow, line.to), to in workflow.states),
            (line.state, "", bool(here) or not older),
        ):
            if not known:
                values = {"state": text, "nearest": near}
                faults.append((line.place, Reason("unknown_state", values)))
        found |= dict.fromkeys(here, to)
    if faults:
        raise InputError(faults=faults)
    return found


def _all(run: _Run, wishes: Sequence[_Wish]) -> list[Moved]:
    standing = timers.of_stays(run.tx, [wish.request.id for wish in wishes])
    return [_one(run, wish, standing[wish.request.id]) for wish in wishes]


def _one(run: _Run, wish: _Wish, standing: Sequence[TimerRow]) -> Moved:
    act = Act(
        event=run.event,
        actor=Actor(name=COORDINATOR),
        proof=Proof.SITE,
        cause=Cause("command", run.key),
        key=f"cli:{run.key}/{wish.request.number}",
    )
    case = Case(
        workflow=wish.routine.workflow,
        table=wish.routine.table,
        request=wish.request,
        facts=Facts(),
        rules=run.site.rules,
    )
    to = (wish.to.workflow, wish.to.table)
    result = migrated(case, to, act, run.at, state=wish.state, timers=standing)
    if isinstance(result, Refusal):
        return _staying(wish, result.reasons)
    return _moved(wish, plan=result)


def _staying(wish: _Wish, reasons: tuple[Reason, ...]) -> Moved:
    return _moved(wish, reasons=reasons)


def _moved(wish: _Wish, plan: Plan | None = None, reasons: tuple[Reason, ...] = ()) -> Moved:
    return Moved(
        number=wish.request.number,
        was=wish.routine.workflow,
        now=wish.to.workflow,
        state=wish.request.state,
        to=wish.state,
        plan=plan,
        reasons=reasons,
    )


def _written(run: _Run, found: Sequence[Moved], *, dry_run: bool) -> Migration:
    plans = [each.plan for each in found if each.plan is not None]
    if dry_run or not plans:
        return Migration(key="", moved=tuple(found))
    write(run.site, run.tx, plans)
    return Migration(key=run.key, moved=tuple(found))

"""Requests put straight into a state, for tests of what time does with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.calendar import add, days_of, oslo_day
from engine.definition.types import RELATIONS, Workflow
from engine.domain.labels import direction_of
from engine.model import SYSTEM, Act, Cause, CourseChange, Party, Plan, Proof, Request
from engine.plan.timing import due_of, timers_for
from engine.plan.yearly import YEAR
from engine.service.networks.cycle import due_year
from engine.service.site import Site
from engine.store.apply import apply
from engine.store.contacts import register

BY_SIDE = {"trust": "si", "municipal": "ks-laering"}
JOINT = tuple(
    Party(id=name, kind=name, side="joint", name=name, written_standard="neutral")
    for name in ("network", "area")
)
"""Whom a request is about that time opens, where the site has no such body."""


def stand(site: Site, workflow: Workflow, state: str, at: datetime) -> str:
    """The number of a new request that has just come into `state` at `at`; days lie far ahead."""
    key = f"{workflow.name}-{state}-{at:%Y-%m-%dT%H:%M}"
    request = Request(
        id=0,
        number="",
        workflow=workflow.name,
        version=workflow.version,
        state=state,
        since=at,
        course=None,
        opened_at=at,
        changed_at=at,
        form={"full_name": key},
        kept=_kept(workflow, site, at),
        **_relations(workflow),
    )
    timers = timers_for(workflow, request, site.rules.calendar)
    label = workflow.states[state].label
    plan = Plan(
        act=Act(event="open", actor=SYSTEM, proof=Proof.SITE, cause=Cause("command", key), key=key),
        at=at,
        before=None,
        after=replace(request, due_at=due_of(timers)),
        role=SYSTEM.name,
        course=CourseChange(
            owner=request.owner or "si",
            short_name=key,
            full_name=key,
            claimed=False,
            licence="",
            link="",
            information={},
        ),
        share="start" if label else None,
        direction=direction_of(label) if label else None,
        timers=timers,
    )
    with site.database.transaction() as tx:
        if workflow.opens_with.by_time:
            register.upsert_parties(tx, JOINT)
        (applied,) = apply(tx, [plan], recorded_at=at, outbox=site.outbox())
    return applied.number


def _relations(workflow: Workflow) -> dict[str, str | None]:
    sides = {role.of: role.side for role in workflow.roles.values() if role.of}
    named = workflow.opens_with.parties
    nobody: dict[str, str | None] = dict.fromkeys(RELATIONS)
    return nobody | {
        relation: BY_SIDE.get(sides.get(relation, ""), "si")
        if source in ("sender", "form")
        else source
        for relation, source in named.items()
    }


def _kept(workflow: Workflow, site: Site, at: datetime) -> Mapping[str, Any]:
    """Each day that an event keeps, as far ahead as the event allows; and what time keeps when it
    opens a request.
    """
    calendar, year = site.rules.calendar, due_year(workflow, at)
    opened: dict[str, Any] = {}
    if year is not None:
        days = days_of(calendar, workflow.opens_with.days, year)
        opened = {YEAR: year, **{name: day.isoformat() for name, day in days.items()}}
    return opened | {
        keep.name: oslo_day(add(calendar, at, keep.within)).isoformat()
        for event in workflow.events.values()
        for keep in event.keeps
        if keep.within is not None
    }

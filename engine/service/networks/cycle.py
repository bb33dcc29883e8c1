"""The year of the networks: what time opens, and what follows from other requests (R78–R82)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import date_of, days_of, morning_of, oslo_day
from engine.definition.types import Event, Follows, Workflow
from engine.domain.networks.network import Network
from engine.errors import UnwritableError
from engine.model import TIME, Act, Cause, LetterDraft, Plan, Proof, Request
from engine.plan.yearly import YEAR, opened_by_time, unopened
from engine.service.acts.acting import act_on, case_of, facts_of, in_transaction, write
from engine.service.networks import task_letters
from engine.service.networks.copies import post_copies, uncopied
from engine.service.networks.cycle_letters import post
from engine.service.site import Routine, Site, always
from engine.store.cases.yearly import about_year, requests_of
from engine.store.contacts import networks
from engine.store.database import Transaction

LATE_AFTER: Final = "late_after"
NETWORK: Final = "network"
_YEARS: Final = (1, 0, -1)
"""The years around the present one that a day of opening can be of, the latest first."""


class Turned(Struct, frozen=True, kw_only=True):
    """One request that time opened, or that another one moved."""

    request: str
    workflow: str
    event: str
    start: str | None
    to: str
    letters: tuple[LetterDraft, ...] = ()


class Stuck(Struct, frozen=True, kw_only=True):
    """A routine whose year could not be seen to because of an error; it is tried again."""

    what: str


class Wanted(Struct, frozen=True):
    """One request that shall be opened."""

    network: str
    area: str
    year: int


def yearly(site: Site) -> tuple[Routine, ...]:
    """The site's routines that time opens."""
    return tuple(
        routine for routine in site.routines.current.values() if routine.workflow.opens_with.by_time
    )


def turn(site: Site, at: datetime, go_on: Callable[[], bool] = always) -> Iterator[Turned | Stuck]:
    """Open every request whose day has come, and let follow what follows; each happens once.

    A site without networks has no year.
    """
    with site.database.reading() as tx:
        if not networks.networks(tx):
            return
    in_transaction(site, lambda tx: task_letters.ended(site, tx, at))
    for work in (_open_due, _copy_all, _follow_all):
        for routine in yearly(site):
            if not go_on():
                return
            try:
                yield from in_transaction(site, partial(work, site, routine, at))
            except UnwritableError:
                raise
            except Exception as error:  # noqa: BLE001 – it is told, and other deadlines go on
                yield Stuck(what=f"{routine.workflow.name}: {type(error).__name__}: {error}")


def next_opening(site: Site, at: datetime) -> datetime | None:
    """When the next requests are opened by time after `at`; None on a site without networks."""
    with site.database.reading() as tx:
        if not networks.networks(tx):
            return None
    year = oslo_day(at).year
    instants = (
        morning_of(date_of(rule, year + ahead))
        for routine in yearly(site)
        if (rule := routine.workflow.opens_with.day) is not None
        for ahead in (-1, 0, 1, 2)
    )
    return min((each for each in instants if each > at), default=None)


def due_year(workflow: Workflow, at: datetime) -> int | None:
    """The latest year whose day of opening has come at `at`."""
    rule = workflow.opens_with.day
    if rule is None:
        return None
    here = oslo_day(at).year - rule.years
    return next((here + n for n in _YEARS if morning_of(date_of(rule, here + n)) <= at), None)


def _open_due(site: Site, routine: Routine, at: datetime, tx: Transaction) -> list[Turned]:
    year = due_year(routine.workflow, at)
    if year is None:
        return []
    rules = site.rules
    opening = routine.workflow.opens_with
    days = days_of(rules.calendar, opening.days, year, extended=rules.weekend_grace)
    taking_part = [
        network
        for network in networks.networks(tx)
        if network.was_active(year) and network.since <= days[LATE_AFTER]
    ]
    wants = wanted(opening.each, taking_part, year)
    cause = Cause("timer", f"year:{year}")
    return open_all(site, tx, routine, wants, at=at, cause=cause)


def wanted(each: str, taking_part: Sequence[Network], year: int) -> tuple[Wanted, ...]:
    """What the networks that take part ask to be opened: one for each, or one for each area."""
    if each == NETWORK:
        return tuple(Wanted(network.id, network.area, year) for network in taking_part)
    areas = dict.fromkeys(network.area for network in taking_part)
    return tuple(Wanted("", area, year) for area in areas)


def open_all(
    site: Site,
    tx: Transaction,
    routine: Routine,
    wants: Sequence[Wanted],
    *,
    at: datetime,
    cause: Cause,
) -> list[Turned]:
    """Open each of `wants` that is not open or over already, with one letter to each leader."""
    known = {(r.owner, r.kept[YEAR]) for r in requests_of(tx, routine.workflow.name)}
    new = [want for want in wants if (want.network or want.area, want.year) not in known]
    return [_opened(site, tx, routine, want, at=at, cause=cause) for want in new]


def _opened(
    site: Site, tx: Transaction, routine: Routine, want: Wanted, *, at: datetime, cause: Cause
) -> Turned:
    workflow = routine.workflow
    request = unopened(
        workflow, site.rules, at, network=want.network, area=want.area, year=want.year
    )
    plan = opened_by_time(
        workflow,
        routine.table,
        request,
        facts=facts_of(site, tx, routine, request, at),
        rules=site.rules,
        key=f"cycle:{workflow.name}:{want.network or want.area}:{want.year}",
        cause=cause,
    )
    return _carried_out(site, tx, (plan,), at)


def _follow_all(site: Site, routine: Routine, at: datetime, tx: Transaction) -> list[Turned]:
    return [
        turned
        for event in routine.workflow.events.values()
        if event.follows is not None
        for request in requests_of(tx, routine.workflow.name)
        if request.state in event.sources
        and _has_come(tx, routine.workflow, request, event.follows, oslo_day(at))
        for turned in _followed(site, tx, request, event, at)
    ]


def _copy_all(site: Site, routine: Routine, at: datetime, tx: Transaction) -> list[Turned]:
    """The networks' copies of what SU has got, once."""
    if routine.workflow.name != "su_rollup":
        return []
    return [
        Turned(
            request=request.number,
            workflow=request.workflow,
            event="copied",
            start=request.state,
            to=request.state,
            letters=written,
        )
        for request in uncopied(site, tx, at)
        if (written := post_copies(site, tx, request, {}, at))
    ]


def _has_come(
    tx: Transaction, workflow: Workflow, request: Request, follows: Follows, today: date
) -> bool:
    """Whether that which the event follows has come about."""
    if follows.workflow == NETWORK:
        return _is_closed(networks.network(tx, str(request.owner)), request, today)
    area = area_of(workflow, request)
    others = requests_of(tx, follows.workflow, area)
    other = about_year(others, int(request.kept[YEAR]) + follows.years)
    return other is not None and other.state == follows.state


def _is_closed(network: Network, request: Request, today: date) -> bool:
    """Whether the network has ended before the year that the request is about had."""
    ended = network.closed_on is not None and network.closed_on < today
    return ended and not network.was_active(int(request.kept[YEAR]))


def area_of(workflow: Workflow, request: Request) -> str:
    """The area that a request opened by time is about."""
    for relation, given in workflow.opens_with.parties.items():
        if given == "area":
            return request.party_of(relation) or ""
    return ""


def _followed(
    site: Site, tx: Transaction, request: Request, event: Event, at: datetime
) -> Iterator[Turned]:
    case = case_of(site, tx, request.number, at, event=event.name)
    act = Act(
        event=event.name,
        actor=TIME,
        proof=Proof.SITE,
        cause=Cause("timer", f"follows:{request.number}"),
        key=f"follows:{request.number}:{event.name}:{request.seq}",
    )
    step = act_on(case, act, at)
    if step.events:
        yield _carried_out(site, tx, step.events, at)


def _carried_out(site: Site, tx: Transaction, plans: Sequence[Plan], at: datetime) -> Turned:
    """The plans written, their letters gathered by person."""
    bare = [replace(plan, letters=()) for plan in plans]
    done = write(site, tx, bare)
    first = done[0]
    letters = [
        draft
        for plan in plans
        for n, draft in enumerate(plan.letters)
        if not first.repeated
        and post(
            site,
            tx,
            draft,
            seed=f"{plan.act.key}|{n}",
            request_id=first.request_id,
            number=first.number,
            cause=plan.act.cause,
            at=at,
            workflow=plan.after.workflow,
        )
    ]
    return Turned(
        request=first.number,
        workflow=plans[0].after.workflow,
        event=first.event,
        start=first.from_state,
        to=done[-1].to_state,
        letters=tuple(letters),
    )

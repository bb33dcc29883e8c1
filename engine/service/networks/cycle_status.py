"""One look at a year of the networks: who has delivered, who is late or missing, what comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from engine.calendar import date_of, morning_of, oslo_day
from engine.definition.types import Titles
from engine.domain.networks.deliveries import area_faults, total_faults, warnings
from engine.domain.networks.network import Area, Network, seat_faults
from engine.domain.networks.network_report import Report
from engine.model import Reason, Request
from engine.plan.yearly import YEAR, Punctuality, punctuality
from engine.plan.yearly_letters import KINDS
from engine.service.networks.cycle import yearly
from engine.service.networks.setting_up import area_named
from engine.service.site import Site
from engine.store.cases import timers
from engine.store.cases.reports import of_network, report_of
from engine.store.cases.timers import TimerRow
from engine.store.cases.yearly import about_year, requests_of
from engine.store.contacts import networks, register
from engine.store.database import Transaction

PLAN, ROLLUP = "network_plan", "su_rollup"
COMING_AT_MOST = 10


class Line(Struct, frozen=True, kw_only=True):
    """How one network stands with one document of the year."""

    network: Network
    kind: str
    report: Report | None
    """None while nothing has been opened for it."""
    punctual: Punctuality | None
    faults: tuple[Reason, ...]
    warnings: tuple[Reason, ...]
    """What is worth a look, and hinders nothing."""
    due: datetime | None


class Coming(Struct, frozen=True, kw_only=True):
    """Something that time will bring about."""

    at: datetime
    number: str
    network: str
    timer: TimerRow | None
    """None for an opening."""
    workflow: str
    into: Titles | None = None
    """What the state is called that the request moves into by itself, where it does."""


class YearView(Struct, frozen=True, kw_only=True):
    """An area's year."""

    area: Area
    year: int
    lines: tuple[Line, ...]
    rollup: Request | None
    rollup_due: date | None
    priority_areas: tuple[str, ...]
    coming: tuple[Coming, ...]
    titles: Mapping[str, Titles]
    """What the state of each request is called, by its number."""


def status(site: Site, year: int, at: datetime, area: str = "") -> YearView:
    """The area's year as it stands at `at`; RefusedError where the area is not certain."""
    with site.database.reading() as tx:
        return status_in(site, tx, year, at, area)


def status_in(site: Site, tx: Transaction, year: int, at: datetime, area: str = "") -> YearView:
    """As `status`, in a transaction that is open already."""
    home = area_named(tx, area)
    requests = {name: requests_of(tx, name) for name in (*KINDS, ROLLUP)}
    rollup = about_year(tuple(each for each in requests[ROLLUP] if each.owner == home.id), year)
    found = {
        (network.id, name): about_year(of_network(network, requests[name]), year)
        for network in networks.networks(tx, home.id)
        for name in KINDS
    }
    lines = tuple(
        line
        for network in networks.networks(tx, home.id)
        for name in KINDS
        if (line := _line(tx, network, name, found[network.id, name], year=year, at=at)) is not None
    )
    armed = timers.armed(tx)
    known = [each for several in requests.values() for each in several]
    titles = {
        each.number: site.routines.version(tx, each.workflow, each.version)
        .workflow.states[each.state]
        .titles
        for each in known
        if each.kept[YEAR] == year
    }
    numbers = {line.report.number: line.network.name for line in lines if line.report}
    if rollup is not None:
        numbers[rollup.number] = ""
    return YearView(
        area=home,
        year=year,
        lines=lines,
        rollup=rollup,
        rollup_due=_day(rollup, "deadline"),
        priority_areas=networks.priority_areas(tx, home.id, year),
        coming=_coming(site, year, at, numbers, armed),
        titles=titles,
    )


def _day(request: Request | None, name: str) -> date | None:
    text = request.kept.get(name) if request is not None else None
    return date.fromisoformat(text) if text else None


def _line(
    tx: Transaction,
    network: Network,
    name: str,
    request: Request | None,
    *,
    year: int,
    at: datetime,
) -> Line | None:
    if request is None and not network.was_active(year):
        return None
    report = None if request is None else report_of(network, request, year)
    contacts, seats = register.contacts(tx, oslo_day(at)), networks.seats(tx, oslo_day(at))
    faults = seat_faults(network, contacts, seats, register.parties(tx))
    if request is not None:
        decided = networks.priority_areas(tx, network.area, year)
        plan = area_faults(request.kept, decided, year) if name == PLAN else ()
        faults = (*faults, *plan, *total_faults(request.kept))
    delivered = report.delivered_at if report else None
    return Line(
        network=network,
        kind=KINDS[name],
        report=report,
        punctual=None if request is None else punctuality(delivered, request.kept, at),
        faults=faults,
        warnings=() if request is None else warnings(request.kept),
        due=None if request is None else request.due_at,
    )


def _into(site: Site, timer: TimerRow) -> Titles | None:
    workflow = site.routines.named(timer.workflow).workflow
    event = workflow.events.get(timer.target) if timer.action == "fire" else None
    return workflow.states[event.to].titles if event and event.to else None


def _coming(
    site: Site, year: int, at: datetime, numbers: dict[str, str], armed: tuple[TimerRow, ...]
) -> tuple[Coming, ...]:
    """What comes next of the year, the earliest first; each kind of letter once a moment."""
    found = [
        Coming(
            at=row.due_at,
            number=row.request,
            network=numbers[row.request],
            timer=row,
            workflow=row.workflow,
            into=_into(site, row),
        )
        for row in armed
        if row.request in numbers
    ]
    for routine in yearly(site):
        rule = routine.workflow.opens_with.day
        opens = None if rule is None else morning_of(date_of(rule, year))
        if opens is not None and opens > at:
            name = routine.workflow.name
            found.append(Coming(at=opens, number="", network="", timer=None, workflow=name))
    once: dict[tuple[datetime, str, str], Coming] = {}
    for each in sorted(found, key=lambda each: each.at):
        what = f"{each.timer.action}:{each.timer.target}" if each.timer else "open"
        once.setdefault((each.at, each.workflow, what), each)
    return tuple(once.values())[:COMING_AT_MOST]

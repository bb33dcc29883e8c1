"""The future of a site: copied into memory, and run by the same code with virtual time."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.errors import RefusedError, StoreError
from engine.model import LetterDraft, Reason
from engine.plan.naming import event_named
from engine.service.acts import commands
from engine.service.letters.posting import REGISTER_CONFIRM
from engine.service.networks.cycle import Stuck, Turned, next_opening, turn
from engine.service.register.confirming import ask
from engine.service.site import Site
from engine.service.time.due import Acted
from engine.service.time.sweep import Fault, happenings
from engine.store import copying
from engine.store.cases import queries, timers
from engine.store.contacts import networks
from engine.store.mail_out import letters
from engine.store.opening import memory

PASS: Final = timedelta(days=1)
"""How often at least the site is looked over, also when no deadline is due."""


class Written(Struct, frozen=True, kw_only=True):
    """A letter that would be written."""

    to: str
    """The receiver's address; empty where nobody holds the duty."""
    template: str
    language: str


class Happening(Struct, frozen=True, kw_only=True, eq=False):
    """One thing that would happen."""

    at: datetime
    request: str
    """Empty for what is about no request."""
    workflow: str
    action: str
    """`fire` for an event of time, `remind`, `send`, `escalate`; `act` for one of the script, `ask`
    for the yearly question about the register.
    """
    event: str
    """The event; for a letter of time alone, the action once more."""
    start: str | None
    to: str
    letters: tuple[Written, ...]
    reasons: tuple[Reason, ...] = ()
    """Why the event would be refused; empty where it would happen."""


class Scripted(Struct, frozen=True, kw_only=True):
    """Somebody's answer in the script: what they do, and when."""

    at: datetime
    request: str
    event: str
    """The event's name, or a mail word for it in any language."""
    email: str
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class VirtualClock(Struct):
    """A clock that shows what it is told."""

    at: datetime

    def now(self) -> datetime:
        """The virtual instant."""
        return self.at


def nobody(_: datetime) -> None:
    """Whom progress is told to when nobody asks for it."""


def beginning(site: Site, at: datetime) -> datetime:
    """Where a simulation of the site begins: the later of `at` and the site's last event."""
    with site.database.reading() as tx:
        last = queries.last_event_at(tx)
    return at if last is None else max(at, last)


def simulate(
    site: Site,
    start: datetime,
    until: datetime,
    *,
    script: Iterable[Scripted] = (),
    progress: Callable[[datetime], None] = nobody,
) -> Iterator[Happening]:
    """Everything that would happen from `start` up to and including `until`, in order.

    Without `script`, nobody acts. The site is only read, and nothing leaves. `progress` is told
    each virtual instant. NotFoundError when the script names no request of the site, StoreError
    when a request's deadlines cannot be worked out.
    """
    clock = VirtualClock(start)
    script = sorted(script, key=attrgetter("at"))
    with site.database.reading() as tx:
        for step in script:
            queries.case(tx, step.request)
    with memory() as database, seldom_collected():
        copying.copy(site.database, database)
        virtual = replace(site, database=database, clock=clock)
        yield from _run(virtual, clock, until, deque(script), progress)


def _run(
    site: Site,
    clock: VirtualClock,
    until: datetime,
    script: deque[Scripted],
    progress: Callable[[datetime], None],
) -> Iterator[Happening]:
    day: date | None = None
    # Nothing that a simulation plays makes a network, so a site without one has no year.
    with site.database.reading() as tx:
        has_networks = bool(networks.networks(tx))
    while clock.at <= until:
        progress(clock.at)
        if has_networks:
            for turned in turn(site, clock.at):
                yield _of_the_year(turned, clock.at)
        for acted in happenings(site, clock.at):
            yield from _of_time(acted, clock.at)
        if day != oslo_day(clock.at):
            day = oslo_day(clock.at)
            yield from _of_the_register(site, clock.at)
        if script and script[0].at <= clock.at:
            yield from _of_people(site, script.popleft(), clock.at)
            continue
        latest = clock.at + PASS
        opening = next_opening(site, clock.at) if has_networks else None
        clock.at = max(clock.at, _next(site, script, opening, latest))


def _next(
    site: Site, script: deque[Scripted], opening: datetime | None, latest: datetime
) -> datetime:
    """When something is next due, opened or said; `latest` where that is later, or never."""
    with site.database.reading() as tx:
        due = timers.next_due(tx)
    known = [each for each in (due, opening) if each is not None]
    return min([latest, *known, *(step.at for step in list(script)[:1])])


def _of_the_year(turned: Turned | Stuck, at: datetime) -> Happening:
    """What time opened, or what followed from another request."""
    if isinstance(turned, Stuck):
        raise StoreError(turned.what)
    return Happening(
        at=at,
        request=turned.request,
        workflow=turned.workflow,
        action="open" if turned.start is None else "fire",
        event=turned.event,
        start=turned.start,
        to=turned.to,
        letters=_written(turned.letters),
    )


def _of_the_register(site: Site, at: datetime) -> Iterator[Happening]:
    """The yearly question to holders, which no deadline row asks for."""
    if not ask(site, at):
        return
    while ask(site, at):
        continue
    with site.database.reading() as tx:
        rows = [row for row in letters.listed(tx) if row.template == REGISTER_CONFIRM]
    yield Happening(
        at=at,
        request="",
        workflow="",
        action="ask",
        event=REGISTER_CONFIRM,
        start=None,
        to="",
        letters=tuple(
            Written(to=row.receiver, template=row.template, language=row.language)
            for row in rows
            if row.written_at == at
        ),
    )


def _of_time(acted: Acted | Fault, at: datetime) -> Iterator[Happening]:
    if isinstance(acted, Fault):
        raise StoreError(f"{acted.request}: {acted.what}")
    timer = acted.timer
    standing = Happening(
        at=at,
        request=timer.request,
        workflow=timer.workflow,
        action=timer.action,
        event=timer.target if timer.action == "fire" else timer.action,
        start=timer.state,
        to=timer.state,
        letters=_written(acted.letters),
        reasons=acted.reasons,
    )
    if acted.step is None or acted.reasons:
        if acted.outcome != "needless":
            yield standing
        return
    for plan in acted.step.events:
        yield replace(
            standing,
            event=plan.act.event,
            start=plan.before.state if plan.before else None,
            to=plan.after.state,
            letters=_written(plan.letters),
        )


def _written(drafts: Iterable[LetterDraft]) -> tuple[Written, ...]:
    return tuple(
        Written(to=draft.receiver, template=draft.template, language=draft.language)
        for draft in drafts
    )


def _of_people(site: Site, step: Scripted, at: datetime) -> Iterator[Happening]:
    """What an answer of the script comes to; one that is refused changes nothing."""
    with site.database.reading() as tx:
        request = queries.case(tx, step.request).request
        workflow = site.routines.version(tx, request.workflow, request.version).workflow
        known = {row.id for row in letters.of_request(tx, step.request)}
    name = event_named(workflow, step.event, request.state)
    refused = Happening(
        at=at,
        request=step.request,
        workflow=workflow.name,
        action="act",
        event=name,
        start=request.state,
        to=request.state,
        letters=(),
    )
    try:
        done = commands.fire(
            site,
            step.request,
            name,
            email=step.email,
            at=at,
            note=step.note,
            values=step.values,
            in_person=True,
        )
    except RefusedError as error:
        yield replace(refused, reasons=error.reasons)
        return
    written = _new_letters(site, step.request, known)
    for place, (event, start, to) in enumerate(done.events, start=1):
        last = place == len(done.events)
        yield replace(refused, event=event, start=start, to=to, letters=written if last else ())


def _new_letters(site: Site, number: str, known: set[int]) -> tuple[Written, ...]:
    with site.database.reading() as tx:
        rows = letters.of_request(tx, number)
    return tuple(
        Written(to=row.receiver, template=row.template, language=row.language)
        for row in rows
        if row.id not in known
    )


SELDOM: Final = 50_000
"""How many new values there are before Python looks for those that refer to each other in rings."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for rings of values less often, and never among those that stand already.

    Routines and templates are most of what there is, and live as long as the program: looking
    through them again and again was a tenth of a simulation.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(max(SELDOM, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()

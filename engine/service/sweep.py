"""Deadlines: find the timers that are due, and let the plan decide what they bring about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final, Literal

from engine.model import TIME, Act, Cause, LetterDraft, Proof, Reason
from engine.plan.case import Case
from engine.plan.reminding import in_order, letters_due, letters_refused, needless
from engine.plan.suggesting import UNANSWERED, asked
from engine.plan.timing import next_occurrence
from engine.service.acting import Step, act_on, case_of, in_transaction
from engine.service.letters.chasers import gather
from engine.service.mail.suggesting import unanswered
from engine.service.morning.letter import write_morning
from engine.service.networks.cycle import Stuck, turn
from engine.service.networks.cycle_letters import post
from engine.service.register.confirming import ask
from engine.service.site import Site, always
from engine.store import timers
from engine.store.apply import apply
from engine.store.database import Transaction
from engine.store.requests import mark_escalated
from engine.store.timers import TimerRow

BATCH = 100
"""How many timers act in one transaction at the most."""
ONE_DAY: Final = "1 day"
"""How long a refused event waits until it is tried again."""
Outcome = Literal["fired", "reminded", "escalated", "refused", "needless"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What one due timer came to."""

    timer: TimerRow
    outcome: Outcome
    again: datetime | None = None
    """When it acts next; None where it is done."""
    step: Step | None = None
    """The event that it fired, with what followed, or the reasons against it."""
    letters: tuple[LetterDraft, ...] = ()
    """What it wrote by itself; an event's letters stand in `step`."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why its event did not happen."""
        return () if self.step is None else self.step.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A request whose timers could not act because of an error; they stay due."""

    request: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep found and did."""

    at: datetime
    due: int = 0
    fired: int = 0
    reminded: int = 0
    escalated: int = 0
    refused: int = 0
    opened: int = 0
    """How many requests time opened, or moved because of another one."""
    asked: int = 0
    """How many holders were asked whether what the register says of them is right."""
    faults: tuple[str, ...] = ()


def sweep(
    site: Site, at: datetime, *, dry_run: bool = False, go_on: Callable[[], bool] = always
) -> Swept:
    """Do what every timer that is due at `at` asks for; with `dry_run`, only tell what that is.

    It may come late, twice, or on several machines at once: each occurrence acts once. It ends
    early, between two transactions, when `go_on` says no.
    """
    if dry_run:
        with site.database.reading() as tx:
            return counted(at, _foreseen(site, tx, at))
    turned = list(turn(site, at, go_on))
    swept = counted(at, happenings(site, at, go_on))
    stuck = tuple(each.what for each in turned if isinstance(each, Stuck))
    swept = replace(swept, opened=len(turned) - len(stuck), faults=(*stuck, *swept.faults))
    return _then(site, swept, at) if go_on() else swept


def _then(site: Site, swept: Swept, at: datetime) -> Swept:
    """What time brings that is about no single request, once the deadlines have acted; what fails
    of it is told, and tried again at the next turn.
    """
    done: dict[str, int] = {}
    faults = list(swept.faults)
    for name, work in (("chasers", gather), ("register", ask), ("morning letter", write_morning)):
        try:
            done[name] = work(site, at)
        except Exception as error:  # noqa: BLE001 – it is told, and the letters leave all the same
            faults.append(f"{name}: {type(error).__name__}: {error}")
    return replace(swept, asked=done.get("register", 0), faults=tuple(faults))


def counted(at: datetime, happened: Iterable[Acted | Fault]) -> Swept:
    """What happened, in numbers."""
    count: Counter[str] = Counter()
    faults: list[str] = []
    for each in happened:
        if isinstance(each, Fault):
            faults.append(f"{each.request}: {each.what}")
        else:
            count[each.outcome] += 1
    return Swept(
        at=at,
        due=count.total(),
        fired=count["fired"],
        reminded=count["reminded"],
        escalated=count["escalated"],
        refused=count["refused"],
        faults=tuple(faults),
    )


def happenings(
    site: Site, at: datetime, go_on: Callable[[], bool] = always
) -> Iterator[Acted | Fault]:
    """Let every timer that is due at `at` act, and tell of each after it is committed."""
    faulty: set[int] = set()
    while go_on():
        try:
            happened, more = in_transaction(site, lambda tx: _batch(site, tx, at, faulty))
        except Exception:  # noqa: BLE001 – one bad request never stops the others
            yield from _one_by_one(site, at, faulty)
            continue
        yield from happened
        if not more:
            return


def _batch(site: Site, tx: Transaction, at: datetime, faulty: set[int]) -> tuple[list[Acted], bool]:
    """(what the timers that have been due the longest came to, whether more may be due)."""
    due = timers.due(tx, at, BATCH, faulty)
    numbers = dict.fromkeys(timer.request for timer in due)
    happened = [acted for number in numbers for acted in _handled(site, number, at, tx)]
    # A move may arm a timer that is due at once.
    return happened, len(due) == BATCH or any(_has_moved(acted) for acted in happened)


def _one_by_one(site: Site, at: datetime, faulty: set[int]) -> Iterator[Acted | Fault]:
    """A batch that failed, request by request; what fails alone is `faulty` from now on."""
    with site.database.reading() as tx:
        due = timers.due(tx, at, BATCH, faulty)
    for number, request in {timer.request: timer.request_id for timer in due}.items():
        try:
            yield from in_transaction(site, partial(_handled, site, number, at))
        except Exception as error:  # noqa: BLE001 – it is told, and the others go on
            faulty.add(request)
            yield Fault(request=number, what=f"{type(error).__name__}: {error}")


def _handled(site: Site, number: str, at: datetime, tx: Transaction) -> list[Acted]:
    return [_write(site, tx, acted, at) for acted in _decided(site, tx, number, at)]


def _foreseen(site: Site, tx: Transaction, at: datetime) -> Iterator[Acted]:
    seen: dict[str, int] = {}
    while due := timers.due(tx, at, BATCH, seen.values()):
        for timer in due:
            if timer.request not in seen:
                seen[timer.request] = timer.request_id
                yield from _decided(site, tx, timer.request, at)


def _decided(site: Site, tx: Transaction, number: str, at: datetime) -> Iterator[Acted]:
    """What each due timer of one request comes to; written by the caller before the next one."""
    case = case_of(site, tx, number, at)
    # Read after the request is locked: another worker may just have let them act.
    armed = timers.of_request(tx, case.request.id)
    asked_of = asked(armed)
    due = in_order(tuple(timer for timer in armed if timer.due_at <= at))
    for place, timer in enumerate(due):
        if timer.action == "fire":
            acted = _fire(case_of(site, tx, number, at, event=timer.target), timer, at)
            yield acted
            case = case_of(site, tx, number, at)
            if acted.outcome == "fired" and _has_moved(acted):
                return
        elif timer.target == UNANSWERED:
            again, letters = _again(case, timer, at), unanswered(tx, case, timer, at)
            outcome: Outcome = "reminded" if letters else "needless"
            yield Acted(timer=timer, outcome=outcome, again=again, letters=letters)
        else:
            needed = not needless(due, place)
            yield _letters(case, _but(timer, asked_of), at, needed=needed)


def _but(timer: TimerRow, asked_of: frozenset[str]) -> TimerRow:
    """The timer without chasers to those who have a suggestion of ours to answer."""
    if timer.action != "remind":
        return timer
    return replace(timer, roles=tuple(role for role in timer.roles if role not in asked_of))


def _has_moved(acted: Acted) -> bool:
    events = acted.step.events if acted.step else ()
    return any(plan.timers is not None for plan in events)


def _fire(case: Case, timer: TimerRow, at: datetime) -> Acted:
    act = Act(
        event=timer.target,
        actor=TIME,
        proof=Proof.SITE,
        cause=Cause("timer", str(timer.id)),
        key=timer.key,
    )
    step = act_on(case, act, at)
    if not step.reasons:
        return Acted(timer=timer, outcome="fired", again=_again(case, timer, at), step=step)
    # Refused is not done: it is tried again each day, and the coordinators are told at once.
    again = next_occurrence(case.rules.calendar, timer.due_at, ONE_DAY, at)
    told = letters_refused(case, step.reasons, at) if timer.occurrence == 0 else ()
    return Acted(timer=timer, outcome="refused", again=again, step=step, letters=told)


def _letters(case: Case, timer: TimerRow, at: datetime, *, needed: bool) -> Acted:
    again = _again(case, timer, at)
    letters = letters_due(case, timer.action, timer.target, timer.roles, at) if needed else ()
    if timer.action == "escalate":
        return Acted(timer=timer, outcome="escalated", again=again, letters=letters)
    outcome: Outcome = "reminded" if letters else "needless"
    return Acted(timer=timer, outcome=outcome, again=again, letters=letters)


def _again(case: Case, timer: TimerRow, at: datetime) -> datetime | None:
    if timer.at_most and timer.occurrence + 1 >= timer.at_most:
        return None
    return next_occurrence(case.rules.calendar, timer.due_at, timer.every, at)


def _write(site: Site, tx: Transaction, acted: Acted, at: datetime) -> Acted:
    """What the timer came to, with the letters that it really needed."""
    timer = acted.timer
    timers.finish(tx, timer.id, acted.again)
    outbox = site.outbox()
    if acted.step is not None and not acted.reasons:
        apply(tx, acted.step.events, recorded_at=site.clock.now(), outbox=outbox)
    if acted.outcome == "escalated" or (acted.outcome == "refused" and acted.letters):
        mark_escalated(tx, timer.request_id, at)
    written = []
    for n, draft in enumerate(acted.letters):
        if post(
            site,
            tx,
            draft,
            seed=f"{timer.key}|{n}",
            request_id=timer.request_id,
            number=timer.request,
            cause=Cause("timer", str(timer.id)),
            at=at,
            workflow=timer.workflow,
        ):
            written.append(draft)
    return replace(acted, letters=tuple(written))

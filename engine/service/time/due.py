"""What each timer of a request that is due comes to: decided here, written by the sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from engine.model import TIME, Act, Cause, LetterDraft, Proof, Reason
from engine.plan.case import Case
from engine.plan.possible import is_on_hold, put_off
from engine.plan.reminding import in_order, letters_due, letters_refused, needless
from engine.plan.timing import NETWORK_QUESTION, UNANSWERED, next_occurrence
from engine.plan.understanding import asked
from engine.service.acts.acting import Step, act_on, case_of
from engine.service.answering.networks.network_question import asked_again
from engine.service.answering.suggestions import unanswered
from engine.service.site import Site
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction

ONE_DAY: Final = "1 day"
"""How long a refused event waits until it is tried again."""
ALWAYS: Final = frozenset({"history"})
"""What letters about a wait ask for besides what the routine's conditions do."""
Outcome = Literal["fired", "reminded", "escalated", "refused", "needless", "put_off"]


class Acted(Struct, frozen=True, kw_only=True):
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

    @property
    def has_moved(self) -> bool:
        """Whether the request has other timers now."""
        plans = self.step.events if self.step else ()
        return any(plan.timers is not None for plan in plans)


def fired_first(due: Iterable[TimerRow]) -> str | None:
    """The event that the first of these timers fires; None where they only write letters."""
    return next((timer.target for timer in due if timer.action == "fire"), None)


def read(site: Site, tx: Transaction, number: str, at: datetime, fires: str | None) -> Case:
    """The request, locked, with what timers that fire `fires` or write letters may ask for."""
    return case_of(site, tx, number, at, event=fires, needs=ALWAYS)


class Ready(Struct, frozen=True, kw_only=True):
    """One request whose timers are due, read and locked."""

    case: Case
    fires: str | None
    """The event for which the case was read."""
    armed: Sequence[TimerRow]
    """All its timers; read after it was locked, since another worker may just have let them act."""


def decided(site: Site, tx: Transaction, ready: Ready, at: datetime) -> Iterator[Acted]:
    """What each due timer of one request comes to.

    What has happened must be written before the next one is asked for.
    """
    case, fires, armed = ready.case, ready.fires, ready.armed
    asked_of = asked(armed)
    due = in_order(timer for timer in armed if timer.due_at <= at)
    if is_on_hold(case, at):
        yield from _held(case, due, at)
        return
    for place, timer in enumerate(due):
        if timer.action == "fire":
            if timer.target != fires:
                case, fires = read(site, tx, timer.request, at, timer.target), timer.target
            acted = _fire(case, timer, at)
            yield acted
            if acted.has_moved:
                return
            if acted.outcome == "fired":
                fires = fired_first(due[place + 1 :])
                case = read(site, tx, timer.request, at, fires)
        elif timer.target in (UNANSWERED, NETWORK_QUESTION):
            asking = timer.target == NETWORK_QUESTION
            letters = asked_again(tx, case, at) if asking else unanswered(tx, case, timer, at)
            again, outcome = _again(case, timer, at), _reminded(letters)
            yield Acted(timer=timer, outcome=outcome, again=again, letters=letters)
        else:
            needed = not needless(due, place)
            yield _letters(case, _but(timer, asked_of), at, needed=needed)


def _held(case: Case, due: Sequence[TimerRow], at: datetime) -> Iterator[Acted]:
    """What comes of deadlines while only the agreement is missing: the coordinators hear of a long
    wait all the same, everything else begins anew.
    """
    told = [timer for timer in due if timer.action == "escalate" and timer.target != UNANSWERED]
    for timer in told:
        yield _letters(case, timer, at, needed=True)
    waiting = [timer for timer in due if timer not in told]
    if waiting:
        timer = waiting[0]
        plan = put_off(case, Cause("timer", str(timer.id)), timer.key, at)
        step = Step(act=plan.act, events=(plan,), case=case.after(plan))
        yield Acted(timer=timer, outcome="put_off", step=step)


def _but(timer: TimerRow, asked_of: frozenset[str]) -> TimerRow:
    """The timer without chasers to those who have a suggestion of ours to answer."""
    if timer.action != "remind":
        return timer
    return replace(timer, roles=tuple(role for role in timer.roles if role not in asked_of))


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
    rule = (timer.action, timer.target, timer.roles)
    letters = letters_due(case, *rule, at, again=timer.occurrence > 0) if needed else ()
    if timer.action == "escalate":
        return Acted(timer=timer, outcome="escalated", again=again, letters=letters)
    return Acted(timer=timer, outcome=_reminded(letters), again=again, letters=letters)


def _reminded(letters: Sequence[LetterDraft]) -> Outcome:
    return "reminded" if letters else "needless"


def _again(case: Case, timer: TimerRow, at: datetime) -> datetime | None:
    if timer.at_most and timer.occurrence + 1 >= timer.at_most:
        return None
    return next_occurrence(case.rules.calendar, timer.due_at, timer.every, at)

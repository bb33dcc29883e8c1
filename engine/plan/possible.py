"""What could happen now, and what stands in the way of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.definition.types import TIME as TIME_ROLE
from engine.definition.types import Event
from engine.model import SYSTEM, TIME, Act, Actor, Cause, Language, Plan, Proof, Reason
from engine.plan.case import Case
from engine.plan.timing import WAITS_FROM, due_of, timers_at

NO_AGREEMENT = "no_agreement"
"""The reason of a request that waits for the agreement itself (R4, R21)."""
OPINIONS_TO_READ = "opinions_to_read"
"""The reason of a request that only the opener's own word takes on (INTERFACE §5.4)."""
_ASKING = Cause("command", "")


def blockers(case: Case, event: Event, act: Act, at: datetime) -> tuple[Reason, ...]:
    """Every guard's reasons against `event`, each once, in the file's order."""
    return unmet(case, event.when, act, at)


def unmet(case: Case, guards: Sequence[str], act: Act, at: datetime) -> tuple[Reason, ...]:
    """The reasons of all of `guards` against `act`, each once, in their order."""
    if not guards:
        return ()
    situation = case.situation(act, at)
    found: list[Reason] = []
    for name in guards:
        found += [r for r in case.rules.guards[name].check(situation) if r not in found]
    return tuple(found)


def supposed(case: Case, event: Event, role: str) -> Act:
    """An act as a holder of `role` would do it, to ask the guards with."""
    return Act(
        event=event.name,
        actor=Actor(name=role, contacts=case.holders(role)),
        proof=Proof.SITE,
        cause=_ASKING,
        key="",
    )


def by_itself(event: Event) -> Act:
    """The act of `event` as it would follow by itself, to ask the guards with."""
    return Act(event=event.name, actor=SYSTEM, proof=Proof.SITE, cause=_ASKING, key="")


def events_with_roles(case: Case) -> Iterator[tuple[Event, str]]:
    """Each event that the present state allows, with each role that may do it; timers' events left
    out.
    """
    for event in case.events_here():
        for role in event.by:
            if role != TIME_ROLE:
                yield event, role


def allowed(case: Case, at: datetime) -> tuple[tuple[Event, str], ...]:
    """(event, role) for everything that a person could do now, guards asked."""
    return tuple(
        (event, role)
        for event, role in events_with_roles(case)
        if not blockers(case, event, supposed(case, event, role), at)
    )


def blocked(case: Case, at: datetime) -> tuple[tuple[Event, tuple[Reason, ...]], ...]:
    """Each event that the state allows but guards hold back for every role, with the fewest
    reasons found.
    """
    found: dict[str, tuple[Event, tuple[Reason, ...]]] = {}
    free = {event.name for event, _ in allowed(case, at)}
    for event, role in events_with_roles(case):
        if event.name in free:
            continue
        reasons = blockers(case, event, supposed(case, event, role), at)
        if event.name not in found or len(reasons) < len(found[event.name][1]):
            found[event.name] = (event, reasons)
    return tuple(found.values())


def form_asked_of(case: Case, role: str) -> str:
    """The name of the form that a holder of `role` can correct now; else that of the opening."""
    asked = (
        keep.name
        for event in case.events_here()
        if role in event.by
        for keep in event.keeps
        if keep.kind == "form"
    )
    return next(asked, case.workflow.opens_with.form)


def correction_for(case: Case, actor: Actor) -> Event | None:
    """The event by which `actor` corrects the form: one open to them first, else any."""
    events = [
        event
        for event in case.workflow.events.values()
        if any(keep.kind == "form" for keep in event.keeps)
    ]
    theirs = [event for event in events if case.role_for(event, actor) is not None]
    here = [e for e in theirs if case.table.target(case.request.state, e.name) is not None]
    return next(iter([*here, *theirs, *events]), None)


def named_here(case: Case) -> frozenset[str]:
    """The relations whose party may be named by an event that the present state allows."""
    found = set()
    for event in case.events_here():
        for keep in event.keeps:
            if keep.kind == "party":
                found.add(keep.name)
            if keep.kind == "form" and case.workflow.opens_with.by in event.by:
                parties = case.workflow.opens_with.parties.items()
                found.update(relation for relation, source in parties if source == "form")
    return frozenset(found)


def word_of(event: Event, language: Language) -> str | None:
    """The first mail word of `event` in `language`; None for an event that no word moves."""
    words = event.says.get(language) or event.says.get("nb") or ()
    return words[0] if words else None


def owed_by(case: Case) -> tuple[str, ...]:
    """The roles that the present state still waits for.

    A role owes while the state's `owes` event is not done by it and the event's guards would let
    it (DESIGN §4). Once all of them have done their part, and what should follow by itself has
    not, it is up to whoever opens such requests.
    """
    state = case.workflow.states[case.request.state]
    if state.owes is None:
        return state.waits_for
    then = state.then or case.workflow.opens_with.by
    return _owing(case) or ((then,) if going_on(case) else ())


def is_left_to_opener(case: Case) -> bool:
    """Whether everybody who was asked has done their part, and the request stands still even so."""
    owes = case.workflow.states[case.request.state].owes
    return owes is not None and bool(going_on(case)) and not _owing(case)


def nearest_onwards(case: Case, at: datetime) -> tuple[Event, tuple[Reason, ...]]:
    """The event that would take the request on by itself, and the reasons against it at `at`.

    Of several, the one with the fewest; only where something may happen by itself.
    """
    return min(_following(case, at), key=lambda each: len(each[1]))


def waits_for_opener(case: Case, at: datetime) -> bool:
    """Whether nothing but the opener's own word is missing, since an opinion has text."""
    return any(
        bool(reasons) and all(reason.code == OPINIONS_TO_READ for reason in reasons)
        for _, reasons in _following(case, at)
    )


def lacks_agreement(case: Case, at: datetime) -> bool:
    """Whether no agreement is in force at `at`, and the request cannot go on without one."""
    return any(
        reason.code == NO_AGREEMENT for _, reasons in _onwards(case, at) for reason in reasons
    )


def is_on_hold(case: Case, at: datetime) -> bool:
    """Whether nothing but the missing agreement keeps the request from going on by itself.

    Nobody who takes part can do anything about it then, so nobody is chased for it, and time does
    not close the request.
    """
    if not going_on(case):
        return False
    reasons = min((reasons for _, reasons in _onwards(case, at)), key=len)
    return bool(reasons) and all(reason.code == NO_AGREEMENT for reason in reasons)


def is_ready(case: Case, at: datetime) -> bool:
    """Whether the request could go on by itself now that an agreement is in force.

    It would have done so at the opener's last act, unless the agreement was missing then.
    """
    return any(
        not reasons and _asks_for_agreement(case, event) for event, reasons in _following(case, at)
    )


def _asks_for_agreement(case: Case, event: Event) -> bool:
    return "agreement" in case.needs(event)


def _following(case: Case, at: datetime) -> list[tuple[Event, tuple[Reason, ...]]]:
    """What may follow by itself, with the reasons against that."""
    return [(event, blockers(case, event, by_itself(event), at)) for event in going_on(case)]


def _onwards(case: Case, at: datetime) -> list[tuple[Event, tuple[Reason, ...]]]:
    """What may follow by itself, with the reasons against somebody who does it."""
    return [
        (event, blockers(case, event, supposed(case, event, event.by[0]), at))
        for event in going_on(case)
    ]


def going_on(case: Case) -> tuple[Event, ...]:
    """What happens by itself in the present state once its guards hold, in the file's order."""
    events, state = case.workflow.events, case.request.state
    here = (name for name in case.workflow.on_open if case.table.target(state, name) is not None)
    return tuple(events[name] for name in here)


def _owing(case: Case) -> tuple[str, ...]:
    state = case.workflow.states[case.request.state]
    event = case.workflow.events[str(state.owes)]
    at = case.request.changed_at
    return tuple(
        role
        for role in state.waits_for
        if f"{role}:{state.owes}" not in case.request.done
        and not blockers(case, event, supposed(case, event, role), at)
    )


HELD: Final = "on_hold"
"""What history calls it when a wait begins anew because no agreement is in force."""


def put_off(case: Case, cause: Cause, key: str, at: datetime) -> Plan:
    """The plan by which the request's wait counts from `at`, with its deadlines worked out anew.

    Asked whenever one of them is due while the request is on hold, so that nothing is overdue on
    the day that an agreement is in force again: every deadline then still has its whole length.
    """
    kept: Mapping[str, object] = {**case.request.kept, WAITS_FROM: at.isoformat()}
    after = replace(case.request, kept=kept, changed_at=at, last_act=None)
    drafts = case.timers_of(after)
    return Plan(
        act=Act(event=HELD, actor=TIME, proof=Proof.SITE, cause=cause, key=key),
        at=at,
        before=case.request,
        after=replace(after, due_at=due_of(drafts)),
        role=TIME.name,
        timers=timers_at(case.workflow, after, case.rules.calendar, at, drafts),
    )

"""Mistakes mended: one's own last act taken back, and a coordinator's corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import last_day
from engine.definition.types import Titles
from engine.model import Act, LastAct, LetterDraft, Plan, Reason, Refusal, Request
from engine.plan.case import Case, Happening, clock_behind
from engine.plan.effects import stands_in_ks_already, stepped
from engine.plan.letters import COORDINATOR, role_letters
from engine.plan.naming import near_state, state_named
from engine.plan.possible import owed_by
from engine.plan.timing import timers_for

CORRECT = "correct"
REOPEN = "reopen"
CORRECTED = "corrected"
"""The letter that tells of a correction."""
WAITING = frozenset({"waiting", "held"})
"""The states of a letter that will leave, but has not."""
STOPPABLE = WAITING | {"shadow"}
NEVER_LEFT = STOPPABLE | {"cancelled"}


class CausedLetter(Struct, frozen=True, kw_only=True):
    """A letter that the act in question caused."""

    id: int
    state: str
    to_others: bool
    """Whether it goes to somebody else than the one who acted."""


def undo(case: Case, act: Act, at: datetime, letters: Sequence[CausedLetter]) -> Plan | Refusal:
    """The request as it stood before the actor's own last act, or why that cannot be.

    `letters` are those that the last act caused. It can be taken back while some to others still
    wait and none has left; then they never leave. What was done for the actor may be taken back
    for two working days, and then those who were told are told of that too.
    """
    last = case.request.last_act
    if last is None:
        return Refusal(act=act, reasons=(Reason("nothing_to_undo"),))
    after = _as_before(case, last, at)
    reasons = (
        *clock_behind(case, at),
        *_against_undo(last, act, letters, at),
        *_faults(case, after, at),
    )
    if reasons:
        return Refusal(act=act, reasons=reasons)
    roles = case.roles_of(act.actor)
    role = roles[0] if roles else COORDINATOR
    plan = stepped(case, act, role, before=case.request, after=after, at=at)
    told = any(letter.to_others and letter.state not in NEVER_LEFT for letter in letters)
    return replace(
        plan,
        after=replace(plan.after, last_act=None),
        letters=tuple(_letters(case, plan, at)) if told else (),
        cancels=tuple(letter.id for letter in letters if letter.state in STOPPABLE),
    )


def is_own(last: LastAct | None, act: Act) -> bool:
    """Whether the last act is the actor's own."""
    theirs = {contact.id for contact in act.actor.contacts}
    return last is not None and bool(theirs & set(last.contacts))


def _against_undo(
    last: LastAct, act: Act, letters: Sequence[CausedLetter], at: datetime
) -> tuple[Reason, ...]:
    if last.cause == act.cause:
        return (Reason("nothing_to_undo"),)
    if not is_own(last, act):
        return (Reason("not_your_act"),)
    if last.until is not None and at <= last.until:
        return ()
    to_others = [letter.state for letter in letters if letter.to_others]
    if any(state not in NEVER_LEFT for state in to_others):
        return (Reason("too_late"),)
    return () if WAITING & set(to_others) else (Reason("nothing_to_undo"),)


def _as_before(case: Case, last: LastAct, at: datetime) -> Request:
    stood = replace(
        case.request,
        state=last.state,
        since=last.since,
        owner=last.owner,
        borrower=last.borrower,
        requester=last.requester,
        due_at=last.due_at,
        form=last.form,
        kept=last.kept,
        done=last.done,
        changed_at=at,
    )
    return stood if last.state else replace(stood, state=_way_out(case), since=at)


def _way_out(case: Case) -> str:
    """Where the opener may go from the opening by themselves for good: what an opening that is
    taken back comes to, since a number once given stays given.
    """
    workflow = case.workflow
    opening = workflow.opens_with
    for event in workflow.events.values():
        target = event.target(opening.state)
        free = opening.by in event.by and not event.when
        if opening.state in event.sources and free and workflow.states[target].final:
            return target
    return opening.state


def correct(case: Case, act: Act, at: datetime, state: str) -> Plan | Refusal:
    """The request moved to `state`, its name or title, by a coordinator, whatever the table says,
    or why not.

    Label and share follow the state; the owner and those who were and are waited for are told. It
    happens after the last thing that happened, also where a clock was ahead then (INTERFACE §2).
    """
    reasons = [*_against_mending(act)]
    state = state_named(case.workflow, state)
    if state not in case.workflow.states:
        near = near_state(case.workflow, state)
        reasons.append(Reason("unknown_state", {"state": state, "nearest": near}))
    elif state == case.request.state:
        reasons.append(Reason("already_in_state", {"state": _titles(case, state)}))
    return _mended(case, act, at, state, reasons)


def reopen(case: Case, act: Act, at: datetime) -> Plan | Refusal:
    """The closed request back in the last open state that would not close again at once.

    What happened is read from the case's history; errors as for `correct`.
    """
    reasons = [*_against_mending(act)]
    if not case.workflow.states[case.request.state].final:
        titles = _titles(case, case.request.state)
        return Refusal(act=act, reasons=(*reasons, Reason("not_closed", {"state": titles})))
    been = [to for _, _, to in reversed(case.facts.history)]
    state = next((to for to in been if _is_open(case, to, at)), case.workflow.opens_with.state)
    return _mended(case, act, at, state, reasons)


def _is_open(case: Case, state: str, at: datetime) -> bool:
    # Under an earlier version it may have stood where there is nothing now.
    known = case.workflow.states.get(state)
    return known is not None and not known.final and _over_since(case, state, at) is None


def _mended(
    case: Case, act: Act, at: datetime, state: str, reasons: list[Reason]
) -> Plan | Refusal:
    last = max(at, case.request.changed_at)
    after = replace(case.request, state=state, since=at, changed_at=last, done=())
    if not reasons:
        reasons += _faults(case, after, at)
    if reasons:
        return Refusal(act=act, reasons=tuple(reasons))
    plan = stepped(case, act, COORDINATOR, before=case.request, after=after, at=at)
    return replace(plan, at=last, letters=tuple(_letters(case, plan, at)), told_at=at)


def _against_mending(act: Act) -> Iterator[Reason]:
    if act.actor.contacts and all(c.duty != COORDINATOR for c in act.actor.contacts):
        yield Reason("not_your_role", {"event": act.event, "roles": COORDINATOR})
    if not act.note.strip():
        yield Reason("why_missing")


def _faults(case: Case, after: Request, at: datetime) -> Iterator[Reason]:
    """What would not hold in the state of `after`: its day, its parties, its share, its name."""
    states = case.workflow.states
    if after.state == case.request.state:
        return
    over = _over_since(case, after.state, at, after)
    if over is not None:
        day = last_day(over)
        yield Reason("state_over", {"state": _titles(case, after.state), "day": day})
    for name in missing(case, after):
        yield Reason("state_needs", {"state": _titles(case, after.state), "field": name})
    if states[after.state].label and not states[case.request.state].label:
        yield from _shared_elsewhere(case, after)
    if states[case.request.state].final and not states[after.state].final:
        yield from _name_taken(case, after)


def missing(case: Case, after: Request) -> Iterator[str]:
    """The days, parties and texts that the state of `after` cannot do without, by name: a state
    from which an event leads back is about the text that it settles.
    """
    rules = case.workflow.timers.get(after.state, ())
    days = dict.fromkeys(rule.of for rule in rules if rule.of is not None)
    ways_back = (e for e in case.workflow.events.values() if e.back and after.state in e.sources)
    texts = (k.name for event in ways_back for k in event.keeps if k.kind == "settled")
    yield from (name for name in (*days, *texts) if name not in after.kept)
    if case.workflow.states[after.state].label:
        parties = {"owner": after.owner, "borrower": after.borrower}
        yield from (relation for relation, party in parties.items() if party is None)


def _over_since(
    case: Case, state: str, at: datetime, request: Request | None = None
) -> datetime | None:
    """The instant at which time would end `state` at once; None where it would not."""
    entered = replace(request or case.request, state=state, since=at)
    timers = timers_for(case.workflow, entered, case.rules.calendar)
    return min((t.due_at for t in timers if t.action == "fire" and t.due_at <= at), default=None)


def _shared_elsewhere(case: Case, after: Request) -> Iterator[Reason]:
    for share in case.facts.shares:
        if share.borrower == after.borrower and share.request != after.number:
            yield Reason("already_shared", {"request": share.request})


def _name_taken(case: Case, after: Request) -> Iterator[Reason]:
    holder = case.facts.short_name_taken_by
    if holder is not None and not stands_in_ks_already(case):
        name = after.form.get("short_name", "").strip()
        yield Reason("short_name_taken", {"short_name": name, "request": holder})


def _letters(case: Case, plan: Plan, at: datetime) -> Iterator[LetterDraft]:
    """The letter about a correction to each holder of each role that it concerns, once a person."""
    after = case.after(plan)
    happening = Happening(case=after, act=plan.act, role=COORDINATOR, at=at)
    written = set()
    for role in _concerned(case, after):
        for letter in role_letters(happening, role, CORRECTED):
            key = (letter.receiver, letter.template, letter.variables["intended_duty"])
            if key not in written:
                written.add(key)
                yield replace(letter, variables=_told(case, plan, letter))


def _told(case: Case, plan: Plan, letter: LetterDraft) -> dict[str, object]:
    was = _titles(case, case.request.state)[letter.language]
    yours = letter.role in owed_by(case.after(plan))
    more = {"was": was, "share": plan.share or "", "yours": yours}
    return {**letter.variables, "extra": {**letter.variables["extra"], **more}}


def _concerned(before: Case, after: Case) -> tuple[str, ...]:
    """The owner, who opened the request, and everybody who was or is waited for."""
    roles = before.workflow.roles
    owner = [role.name for role in roles.values() if role.of == "owner"][:1]
    names = [*owner, before.workflow.opens_with.by, *owed_by(before), *owed_by(after)]
    known = [name for name in dict.fromkeys(names) if name in roles]
    return tuple(name for name in known if after.party_of(roles[name]) is not None)


def _titles(case: Case, state: str) -> Titles:
    return case.workflow.states[state].titles

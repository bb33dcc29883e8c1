"""plan(): one act against one case gives a Plan or a Refusal with every reason; decide(): with its
follow-ups.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.definition.types import Event
from engine.model import (
    LANGUAGES,
    SYSTEM,
    WRONG_PERSON,
    Act,
    Language,
    LetterDraft,
    Plan,
    Proof,
    Reason,
    Refusal,
)
from engine.plan.case import Case, Happening, clock_behind
from engine.plan.common_events.waiting import WAIT, waited
from engine.plan.common_events.wrong_person import wrong_person
from engine.plan.effects import HELD_BACK, ON_HOLD, carried_out, form_kept, letters_if_untold
from engine.plan.keeping import is_followed, kept_faults
from engine.plan.letters import correctors_letters, faults_letters
from engine.plan.naming import near_event
from engine.plan.possible import NO_AGREEMENT, OPINIONS_TO_READ, blockers, is_on_hold
from engine.wording.names import CORRECTION


def plan(case: Case, act: Act, at: datetime) -> Plan | Refusal:
    """What follows if `act` happens at `at`, or every reason why it may not.

    The one place where a rule is decided; reads nothing but its arguments.
    """
    event = case.workflow.events.get(act.event)
    if event is None:
        near = near_event(case.workflow, act.event)
        values = {"event": act.event, "nearest": near}
        return Refusal(act=act, reasons=(Reason("unknown_event", values),))
    if case.table.target(case.request.state, event.name) is None:
        return _not_here(case, event, act)
    role = case.role_for(event, act.actor)
    reasons = [
        *clock_behind(case, at),
        *_standing(case, event, act, role),
        *kept_faults(case, event, act, at),
        *blockers(case, event, act, at),
    ]
    if reasons or role is None:
        return Refusal(act=act, reasons=tuple(reasons))
    return carried_out(case, event, act, role, at)


def _not_here(case: Case, event: Event, act: Act) -> Refusal:
    values = {
        "event": event_name(event),
        "state": case.workflow.states[case.request.state].titles,
        "possible": _words_possible(case, act),
    }
    done = _already_done(case, event, act)
    code = "already_done" if done else "not_possible_in_state"
    return Refusal(act=act, reasons=(Reason(code, values),), already_done=done)


def event_name(event: Event) -> Mapping[Language, str] | str:
    """What a reader calls the event: its mail word, a correction, else its own name."""
    words = {language: words[0] for language, words in event.says.items() if words}
    if not words and any(keep.kind == "form" for keep in event.keeps):
        return CORRECTION
    return words or event.name


def _words_possible(case: Case, act: Act) -> Mapping[Language, str]:
    theirs = [event for event in case.events_here() if case.role_for(event, act.actor)]
    events = [event for event in theirs if event.says]
    return {
        language: ", ".join(event.says[language][0] for event in events if event.says.get(language))
        for language in LANGUAGES
    }


def _already_done(case: Case, event: Event, act: Act) -> bool:
    # If the request had come back to where the event is possible, the table would allow it.
    happened = [name for name, _, _ in case.facts.history]
    texts = [case.request.kept.get(keep.name) for keep in event.keeps if keep.kind == "text"]
    # Another text than the one that is kept has not been given: it asks for something else.
    other = any(kept and act.note.strip() and kept != act.note.strip() for kept in texts)
    return event.name in happened and not other and case.role_for(event, act.actor) is not None


def _standing(case: Case, event: Event, act: Act, role: str | None) -> list[Reason]:
    reasons = []
    if role is None:
        duties = ", ".join(case.duty_of(name) for name in event.by if name != "time")
        reasons.append(
            Reason("not_your_role", {"event": event_name(event), "roles": duties or "time"})
        )
    if act.proof < event.proof:
        reasons.append(
            Reason(
                "proof_too_low", {"event": event_name(event), "needed": event.proof.name.lower()}
            )
        )
    if "reason" in event.needs and not act.note.strip():
        reasons.append(Reason("reason_missing", {"word": event_name(event)}))
    return reasons


COMMON: Final[Mapping[str, Callable[[Case, Act, datetime], Plan | Refusal]]] = MappingProxyType(
    {WRONG_PERSON: wrong_person, WAIT: waited}
)
"""The events that every routine has; nothing follows from them."""


class Decision(Struct, frozen=True, kw_only=True):
    """One act and everything that followed from it at once."""

    plans: tuple[Plan, ...]
    case: Case
    """The case as it stands after all of `plans`."""
    missing: tuple[Reason, ...] = ()
    """What still keeps the request from moving on by itself, after an opening or a correction."""


def decide(case: Case, act: Act, at: datetime) -> Decision | Refusal:
    """The act's plan and, after what may complete something, the `on_open` events that follow."""
    if act.event in COMMON and act.event not in case.workflow.events:
        alone = COMMON[act.event](case, act, at)
        if isinstance(alone, Refusal):
            return alone
        return Decision(plans=(alone,), case=case.after(alone))
    first = plan(case, act, at)
    if isinstance(first, Refusal):
        first = _the_other_way_on(case, first, at)
    if isinstance(first, Refusal):
        return first
    event = case.workflow.events[first.act.event]
    if not is_followed(event):
        return Decision(plans=(first,), case=case.after(first))
    kinds = {keep.kind for keep in event.keeps}
    return follow(case.after(first), first, at, tell="form" in kinds)


def _the_other_way_on(case: Case, refusal: Refusal, at: datetime) -> Plan | Refusal:
    """The step onwards that can be taken where the one that was asked for cannot.

    One that is possible has happened by itself, unless an agreement was missing at the time: the
    opener's word then means that the request shall go on, whatever its next step is.
    """
    act, names = refusal.act, case.workflow.on_open
    if act.event not in names or case.table.target(case.request.state, act.event) is None:
        return refusal
    others = (name for name in names if name != act.event)
    steps = (plan(case, replace(act, event=name), at) for name in others)
    return next((step for step in steps if isinstance(step, Plan)), refusal)


def follow(case: Case, first: Plan, at: datetime, *, tell: bool) -> Decision:
    """`first`, then the first event of `on_open` that is possible, and so on, each at most once.

    With `tell`, a letter lists what is missing where none is possible; without it, one does where
    nobody but the opener is left to do anything.
    """
    plans, names = [first], list(case.workflow.on_open)
    while True:
        following, nearest = _first_possible(case, first.act, names, at, place=len(plans))
        if following is None:
            break
        names.remove(following.act.event)
        plans.append(replace(following, letters=_at_once(following.letters, first.act)))
        case = case.after(following)
    if len(plans) > 1:
        return Decision(plans=tuple(plans), case=case)
    happening = Happening(case=case, act=first.act, role=first.role, at=at)
    if not tell:
        more = letters_if_untold(happening, first.letters)
        first = replace(first, letters=(*first.letters, *more))
    elif is_on_hold(case, at):
        first = replace(first, letters=(*first.letters, *correctors_letters(happening, ON_HOLD)))
    elif nearest and not _told_already(first, nearest):
        waits = (NO_AGREEMENT, OPINIONS_TO_READ)
        faults = tuple(reason for reason in nearest if reason.code not in waits)
        if faults:
            letters = faults_letters(happening, faults, form_kept(case, first))
        else:
            letters = correctors_letters(happening, HELD_BACK)
        first = replace(first, letters=(*first.letters, *letters))
    return Decision(plans=(first,), case=case, missing=nearest)


def _told_already(first: Plan, missing: Sequence[Reason]) -> bool:
    """Whether nothing is to be corrected, and a letter of the opening says what it waits for."""
    if any(reason.values.get("field") for reason in missing):
        return False
    return any(_goes_to(letter, first.act) for letter in first.letters)


def _first_possible(
    case: Case, cause: Act, names: Sequence[str], at: datetime, *, place: int
) -> tuple[Plan | None, tuple[Reason, ...]]:
    """The first of `names` that can happen now; else the reasons against the one nearest to it."""
    nearest: tuple[Reason, ...] = ()
    for name in names:
        result = plan(case, _follow_up(cause, name, place), at)
        if isinstance(result, Plan):
            return result, ()
        here = case.table.target(case.request.state, name) is not None
        if here and (not nearest or len(result.reasons) < len(nearest)):
            nearest = result.reasons
    return None, nearest


def _at_once(letters: Sequence[LetterDraft], cause: Act) -> tuple[LetterDraft, ...]:
    """What goes to whoever caused the follow-up waits for no undo window."""
    return tuple(
        replace(letter, at_once=letter.at_once or _goes_to(letter, cause)) for letter in letters
    )


def _goes_to(letter: LetterDraft, cause: Act) -> bool:
    return any(contact.has_address(letter.receiver) for contact in cause.actor.contacts)


def _follow_up(cause: Act, event: str, place: int) -> Act:
    return Act(
        event=event,
        actor=SYSTEM,
        proof=Proof.SITE,
        cause=cause.cause,
        key=f"{cause.key}.{place}",
    )

"""What timers that fire no event write: reminders, letters of their own, escalations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec.structs import replace

from engine.domain.fields import FIELDS
from engine.model import SYSTEM, Act, Cause, LetterDraft, Proof, Reason
from engine.plan.case import Case, Happening
from engine.plan.common_events.waiting import is_left_alone
from engine.plan.effects import HELD_BACK, chasers, letters_to_present
from engine.plan.letters import coordinators_letters, role_letters, with_extra
from engine.plan.possible import (
    blockers,
    is_left_to_opener,
    is_on_hold,
    is_ready,
    owed_by,
    supposed,
)
from engine.plan.standing_still import told
from engine.plan.timing import is_answered
from engine.plan.yearly import CHASERS


def letters_due(
    case: Case,
    action: str,
    target: str,
    roles: tuple[str, ...],
    at: datetime,
    *,
    again: bool = False,
) -> tuple[LetterDraft, ...]:
    """The letters that a due timer writes; none to a role that no longer owes anything. Who is
    reminded `again` are all holders, whichever address is the main one.
    """
    written = _letters_due(case, action, target, roles, at, again=again)
    return _with_lines_to_fill_in(case, written, at)


def letters_refused(case: Case, reasons: Sequence[Reason], at: datetime) -> tuple[LetterDraft, ...]:
    """What tells the coordinators that an event was due and is not allowed, and why."""
    return tuple(
        with_extra(letter, held_back=told(reasons, letter.language))
        for letter in letters_due(case, "escalate", "", (), at)
    )


def _with_lines_to_fill_in(
    case: Case, letters: Iterable[LetterDraft], at: datetime
) -> tuple[LetterDraft, ...]:
    """The letters, each with the labels of what its receiver has yet to fill in or put right."""
    return tuple(
        replace(
            letter,
            variables={
                **letter.variables,
                "fault_labels": [
                    FIELDS[name].labels[letter.language] for name in _owed_fields(case, letter, at)
                ],
            },
        )
        for letter in letters
    )


def _owed_fields(case: Case, letter: LetterDraft, at: datetime) -> tuple[str, ...]:
    """The fields that hold back what would follow at once, were they in order."""
    reasons = (
        reason
        for event in case.events_here()
        if event.name in case.workflow.on_open and letter.role in event.by
        for reason in blockers(case, event, supposed(case, event, letter.role), at)
    )
    names = (str(reason.values.get("field", "")) for reason in reasons)
    return tuple(dict.fromkeys(name for name in names if name in FIELDS))


def _letters_due(
    case: Case,
    action: str,
    target: str,
    roles: tuple[str, ...],
    at: datetime,
    *,
    again: bool,
) -> tuple[LetterDraft, ...]:
    act = Act(event="", actor=SYSTEM, proof=Proof.SITE, cause=Cause("timer", ""), key="")
    happening = Happening(case=case, act=act, role=SYSTEM.name, at=at)
    if action != "escalate" and is_on_hold(case, at):
        return ()
    left = is_left_to_opener(case)
    if left and action != "escalate" and not is_answered(case.workflow, case.request):
        # Whom the timer asks has answered; what it says of a wait for them would be wrong.
        opener = case.workflow.opens_with.by
        due = action == "remind" and not is_left_alone(case.request, opener, at)
        return tuple(chasers(happening, opener, HELD_BACK, everybody=again) if due else ())
    match action:
        case "remind":
            owing, opener = owed_by(case), case.workflow.opens_with.by
            asks = {opener: HELD_BACK} if left or is_ready(case, at) else {}
            sent = (
                chasers(happening, role, asks.get(role, "remind"), everybody=again)
                for role in roles
                if role in owing and not is_left_alone(case.request, role, at)
            )
            return tuple(letter for letters in sent for letter in letters)
        case "send":
            if target in CHASERS:
                asked = (letters_to_present(happening, role, target) for role in roles)
                return tuple({each.receiver: each for part in asked for each in part}.values())
            sent = (role_letters(happening, role, target) for role in roles)
            return tuple(letter for letters in sent for letter in letters)
        case _:
            waited_for = owed_by(case) or tuple(case.workflow.roles)[:1]
            return tuple(coordinators_letters(happening, waited_for[0], "escalation"))


class Due(Protocol):
    """A timer whose time has come."""

    @property
    def action(self) -> str:
        """`remind`, `send`, `escalate` or `fire`."""

    @property
    def roles(self) -> tuple[str, ...]:
        """To whom it writes."""


AnyDue = TypeVar("AnyDue", bound=Due)


def in_order(due: Iterable[AnyDue]) -> tuple[AnyDue, ...]:
    """One request's due timers, the longest due first, as they are to act.

    What fires an event goes first: after the move, nobody needs the reminders before it.
    """
    return tuple(sorted(due, key=lambda timer: timer.action != "fire"))


def needless(due: Sequence[AnyDue], place: int) -> bool:
    """Whether the reminder at `place` is given by a later one too.

    So several that come due at once, as after an outage, are one letter.
    """
    timer = due[place]
    return timer.action == "remind" and any(
        later.action == "remind" and set(timer.roles) <= set(later.roles)
        for later in due[place + 1 :]
    )

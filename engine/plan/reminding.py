"""What timers that fire no event write: reminders, letters of their own, escalations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from engine.model import SYSTEM, Act, Cause, LetterDraft, Proof
from engine.plan.case import Case, Happening
from engine.plan.colleagues import chasers
from engine.plan.letters import coordinators_letters, role_letters
from engine.plan.possible import owed_by


def letters_due(
    case: Case, action: str, target: str, roles: tuple[str, ...], at: datetime
) -> tuple[LetterDraft, ...]:
    """The letters that a due timer writes; none to a role that no longer owes anything."""
    act = Act(event="", actor=SYSTEM, proof=Proof.SITE, cause=Cause("timer", ""), key="")
    happening = Happening(case=case, act=act, role=SYSTEM.name, at=at)
    match action:
        case "remind":
            owing = owed_by(case)
            sent = (chasers(happening, role, "remind") for role in roles if role in owing)
            return tuple(letter for letters in sent for letter in letters)
        case "send":
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

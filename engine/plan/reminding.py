"""What a timer that fires no event writes: reminders, letters of its own, escalations."""

from __future__ import annotations

from datetime import datetime

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

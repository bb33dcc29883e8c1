"""The wait for a JA: how long a suggestion stands unanswered before the coordinators hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Protocol

from msgspec.structs import replace

from engine.calendar import Calendar, add
from engine.definition.types import Span
from engine.model import LetterDraft, TimerDraft
from engine.plan.case import Case, Happening
from engine.plan.letters import coordinators_letters
from engine.plan.possible import owed_by, word_of

UNANSWERED: Final = "suggestion_unanswered"
"""The letter to the coordinators, and the target of the timer that writes it."""
NETWORK_QUESTION: Final = "network_question"
"""The letter that asks FOUSAM whether a mail delivers, and the target of the timer that asks it
again.
"""
BESIDE: Final = frozenset({UNANSWERED, NETWORK_QUESTION})
"""The timers that no routine has, since they follow from what somebody wrote."""
_PATIENCE: Final = Span(2, "working days")
_AGAIN: Final = Span(10, "working days")
_AT_MOST: Final = 3


class Waiting(Protocol):
    """A timer as far as it matters here."""

    @property
    def target(self) -> str:
        """What it writes."""

    @property
    def roles(self) -> tuple[str, ...]:
        """About whom."""


def wait_for(roles: tuple[str, ...], calendar: Calendar, at: datetime) -> TimerDraft:
    """The timer of a suggestion that was made to `roles` at `at` (INTERFACE §5: 2 working days).

    Like every timer of a request it is void after the next move.
    """
    return TimerDraft(
        position=0,
        action="escalate",
        target=UNANSWERED,
        roles=roles,
        due_at=add(calendar, at, _PATIENCE),
        every=str(_AGAIN),
        at_most=_AT_MOST,
        rule=f"after {_PATIENCE}",
        calendar=f"{calendar.name} {calendar.version}",
    )


def asked(armed: Iterable[Waiting]) -> frozenset[str]:
    """The roles that have a suggestion to answer; no chaser goes to them meanwhile."""
    return frozenset(role for timer in armed if timer.target == UNANSWERED for role in timer.roles)


def unanswered_letters(
    happening: Happening, roles: tuple[str, ...], *, event: str, text: str
) -> Iterator[LetterDraft]:
    """What was suggested to `roles` and never answered, to each coordinator.

    None where they owe nothing any more: somebody has answered for them.
    """
    case = happening.case
    owing = [role for role in roles if role in owed_by(case)]
    for letter in coordinators_letters(happening, owing[0], UNANSWERED) if owing else ():
        extra = {**letter.variables["extra"], "word": _word(case, event, letter)}
        yield replace(letter, variables={**letter.variables, "remark": text, "extra": extra})


def _word(case: Case, event: str, letter: LetterDraft) -> str:
    known = case.workflow.events.get(event)
    return (word_of(known, letter.language) or "") if known else ""

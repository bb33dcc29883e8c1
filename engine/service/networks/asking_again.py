"""FOUSAM is asked once more where nobody has said whether a mail delivers anything."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from engine.calendar import add
from engine.definition.types import Span
from engine.model import LetterDraft, TimerDraft
from engine.plan.case import Case
from engine.plan.letters import with_extra
from engine.plan.reminding import letters_due
from engine.plan.suggesting import NETWORK_QUESTION
from engine.plan.yearly_letters import FOUSAM
from engine.store import letters, timers
from engine.store.database import Transaction

_PATIENCE: Final = Span(2, "working days")
_AT_MOST: Final = 3
_COPIED: Final = ("mail", "writer", "private", "words", "files", "others", "asked")
"""What the question says of the mail that it is about."""


def wait(tx: Transaction, case: Case, at: datetime) -> None:
    """Ask again after two working days, unless that is to happen already; like every timer of a
    request it is void after the next move.
    """
    if _armed(tx, case):
        return
    calendar = case.rules.calendar
    draft = TimerDraft(
        position=0,
        action="send",
        target=NETWORK_QUESTION,
        roles=(FOUSAM,),
        due_at=add(calendar, at, _PATIENCE),
        every=str(_PATIENCE),
        at_most=_AT_MOST,
        rule=f"after {_PATIENCE}",
        calendar=f"{calendar.name} {calendar.version}",
    )
    timers.arm(tx, case.request.id, case.request.state, draft)


def settle(tx: Transaction, case: Case) -> None:
    """FOUSAM has answered: nothing is asked again."""
    for timer in _armed(tx, case):
        timers.finish(tx, timer.id)


def asked_again(tx: Transaction, case: Case, at: datetime) -> tuple[LetterDraft, ...]:
    """The newest question about the request, once more."""
    written = [
        row
        for row in letters.of_request(tx, case.request.number)
        if row.template == NETWORK_QUESTION
    ]
    if not written:
        return ()
    asked = written[-1].variables["extra"]
    told = {name: asked[name] for name in _COPIED if name in asked}
    drafts = letters_due(case, "send", NETWORK_QUESTION, (FOUSAM,), at)
    return tuple(with_extra(draft, **told, again=True) for draft in drafts)


def _armed(tx: Transaction, case: Case) -> list[timers.TimerRow]:
    armed = timers.of_request(tx, case.request.id)
    return [timer for timer in armed if timer.target == NETWORK_QUESTION]

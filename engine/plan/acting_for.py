"""Whoever is acted for is told at once, and may take it back for two working days
(INTERFACE §5.5).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.calendar import Calendar, add, oslo_day
from engine.definition.types import Span
from engine.model import LetterDraft, Plan
from engine.plan.case import Case, Happening
from engine.plan.letters import COORDINATOR, draft, with_extra
from engine.wording.catalogue import say
from engine.wording.dates import day
from engine.wording.names import EVENT_NAMES, HOLDER_NAMES

DONE_FOR_YOU: Final = "done_for_you"
TO_TAKE_BACK: Final = Span(amount=2, unit="working days")


def may_be_undone_until(calendar: Calendar, at: datetime) -> datetime:
    """Until when what is done for somebody at `at` may be taken back by them."""
    return add(calendar, at, TO_TAKE_BACK)


def with_whom_it_is_for(case: Case, plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The plans, the first with the letter to whoever its actor acts for; `case` is how they leave
    the request.
    """
    first = plans[0] if plans else None
    if first is None or not first.act.actor.acts_for or first.role not in case.workflow.roles:
        return plans
    letter = _letter(case, first)
    return (replace(first, letters=(*first.letters, letter)), *plans[1:])


def _letter(case: Case, plan: Plan) -> LetterDraft:
    act, role = plan.act, case.workflow.roles[plan.role]
    theirs = [each for each in act.actor.contacts if each.duty in role.duties]
    happening = Happening(case=case, act=act, role=plan.role, at=plan.at)
    letter = draft(happening, plan.role, (theirs or [*act.actor.contacts])[0], DONE_FOR_YOU)
    language, event = letter.language, case.workflow.events.get(act.event)
    did = EVENT_NAMES[act.event][language] if act.event in EVENT_NAMES else ""
    word = event.says.get(language, ("",))[0] if event and event.says else ""
    until = day(oslo_day(may_be_undone_until(case.rules.calendar, plan.at)), language)
    by = "" if act.actor.name == COORDINATOR else act.actor.name
    letter = with_extra(
        letter, did=word or did or act.event, by=by, holder=HOLDER_NAMES[COORDINATOR][language]
    )
    undo = say("transcript.undo_for_you", language, until=until)
    said = {"answers": [], "note": act.told, "undo": undo}
    return replace(
        letter,
        receiver=act.actor.acts_for,
        variables={**letter.variables, **said},
        at_once=True,
    )

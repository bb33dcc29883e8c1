"""Letters that a later step of the same mail makes untrue before anybody can read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from engine.model import LetterDraft, Plan
from engine.plan.answering import answers
from engine.plan.case import Case
from engine.plan.possible import owed_by


def without_overtaken(plans: Sequence[Plan], case: Case, at: datetime) -> tuple[Plan, ...]:
    """The plans of one mail, which leave the request as in `case`, without the letters of earlier
    steps that ask for what is done, or that a later one asks the same person more than.

    Words of somebody else are never left out.
    """
    return tuple(
        replace(
            plan,
            letters=tuple(
                letter
                for letter in plan.letters
                if not (_has_moved_on(plan, case) and _is_overtaken(letter, plans[n:], case, at))
            ),
        )
        for n, plan in enumerate(plans, start=1)
    )


def _has_moved_on(plan: Plan, case: Case) -> bool:
    return plan.after.state != case.request.state


def _is_overtaken(letter: LetterDraft, later: Sequence[Plan], case: Case, at: datetime) -> bool:
    of_another = letter.variables.get("note") and not letter.at_once
    if letter.role not in case.workflow.roles or of_another:
        return False
    open_now = {each["event"] for each in answers(case, letter.role, letter.language, at)}
    asked = {each["event"] for each in letter.variables.get("answers", ())}
    if asked and not asked & open_now:
        return True
    again = any(each.receiver == letter.receiver for plan in later for each in plan.letters)
    return again and letter.role in owed_by(case)

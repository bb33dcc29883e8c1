"""FEIL PERSON: whoever is written to by mistake gets no more letters about the case (INTERFACE
§5.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.domain.words import first_words
from engine.model import WRONG_PERSON, Act, LetterDraft, Plan, Reason, Refusal
from engine.plan.case import WRONG_PEOPLE, Case, Happening, clock_behind
from engine.plan.effects import stepped
from engine.plan.letters import role_letters, with_extra
from engine.plan.possible import owed_by

PERSON_WANTED: Final = "person_wanted"
"""The letter that asks whoever opened the request for another address."""


def wrong_person(case: Case, act: Act, at: datetime) -> Plan | Refusal:
    """The request with the actor's address among those that get no more letters about it, and the
    question to its opener who shall answer; or why not.

    Where a duty that is waited for then lacks a holder, the coordinators' morning letter has it.
    """
    roles, before = case.roles_of(act.actor), case.request
    reasons = list(clock_behind(case, at))
    if not roles:
        reasons.append(Reason("not_your_role", {"event": first_words(WRONG_PERSON), "roles": "–"}))
    gone = tuple(before.kept.get(WRONG_PEOPLE, ()))
    addresses = {each.email for each in act.actor.contacts if each.has_address(act.actor.address)}
    if addresses and addresses <= set(gone):
        state = case.workflow.states[before.state].titles
        done = Reason("already_done", {"event": first_words(WRONG_PERSON), "state": state})
        return Refusal(act=act, reasons=(done,), already_done=True)
    if reasons:
        return Refusal(act=act, reasons=tuple(reasons))
    kept = {**before.kept, WRONG_PEOPLE: sorted({*gone, *addresses})}
    after = replace(before, kept=kept, changed_at=at)
    left = replace(case, request=after, known={})
    if any(role in roles and not left.holders(role) for role in owed_by(left)):
        after = replace(after, escalated_at=at)
    plan = stepped(case, act, roles[0], before=before, after=after, at=at)
    happening = Happening(case=case.after(plan), act=act, role=roles[0], at=at)
    return replace(plan, letters=tuple(_letters(happening)))


def _letters(happening: Happening) -> Iterator[LetterDraft]:
    """The opener's, none to the one who is the wrong person."""
    case, act = happening.case, happening.act
    for letter in role_letters(happening, case.workflow.opens_with.by, PERSON_WANTED):
        yield with_extra(letter, colleague=act.actor.address)

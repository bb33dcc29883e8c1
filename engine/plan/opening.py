"""Opening a request: the first step of every routine, decided like every other."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from engine.calendar import add, oslo_day
from engine.definition.types import Keep, Span, Workflow
from engine.domain.fields import FIELDS
from engine.machine import Table
from engine.model import Act, Facts, Plan, Reason, Refusal, Request
from engine.plan.case import Case, Happening, Rules
from engine.plan.decide import Decision, follow
from engine.plan.effects import planned
from engine.plan.keeping import parties_in_form
from engine.plan.letters import correctors_letters, with_extra
from engine.plan.possible import unmet
from engine.plan.standing_still import word_onwards

OPEN = "open"
"""The name of the opening in history."""
SAID = "said"
"""Under this name a request keeps what its opener wrote beside the form."""
ASK_TO_SEND = "ask_to_send"
"""The letter that asks whether what is complete shall be sent."""
FORWARDED_BY = "forwarded_by"
"""What comes with an opening that another has forwarded: their address."""


def open_request(
    workflow: Workflow,
    table: Table,
    act: Act,
    at: datetime,
    *,
    facts: Facts,
    rules: Rules,
    stays: bool = False,
) -> Decision | Refusal:
    """The new request, with the first `on_open` event that follows at once, or every reason
    against it; where it `stays`, its opener is asked whether it shall go on.
    """
    opening = workflow.opens_with
    sender = sender_of(workflow, act)
    reasons = list(_against(workflow, act, sender))
    relations = _relations(workflow, sender, act, facts)
    forwarded = opening.forwarded if act.values.get(FORWARDED_BY) else None
    request = Request(
        id=0,
        number="",
        workflow=workflow.name,
        version=workflow.version,
        state=opening.state,
        since=at,
        course=None,
        opened_at=at,
        changed_at=at,
        form={name: text for name, text in act.values.items() if name in FIELDS},
        owner=relations.get("owner"),
        borrower=relations.get("borrower"),
        requester=relations.get("requester"),
        kept={
            **({} if forwarded is None else _to_confirm(forwarded, act, rules, at)),
            **({SAID: act.beside} if act.beside else {}),
        },
    )
    case = Case(workflow=workflow, table=table, request=request, facts=facts, rules=rules)
    reasons += unmet(case, opening.when, act, at)
    if reasons:
        return Refusal(act=act, reasons=tuple(reasons))
    first = planned(case, act, opening.by, before=None, after=request, event=None, at=at)
    case = case.after(first)
    decided = follow(case, first, at, tell=True)
    return _asked_first(case, first, at) if stays and len(decided.plans) > 1 else decided


def _asked_first(case: Case, first: Plan, at: datetime) -> Decision:
    """The opening alone, with a letter that asks for the opener's word to go on."""
    happening = Happening(case=case, act=first.act, role=first.role, at=at)
    letters = (
        with_extra(letter, send=word_onwards(case, letter.language))
        for letter in correctors_letters(happening, ASK_TO_SEND)
    )
    return Decision(plans=(replace(first, letters=(*first.letters, *letters)),), case=case)


def _to_confirm(keep: Keep, act: Act, rules: Rules, at: datetime) -> dict[str, str]:
    """Who has forwarded the opening, and the day by which whoever is meant must confirm it."""
    last = oslo_day(add(rules.calendar, at, keep.within or Span(1, "months")))
    return {keep.name: last.isoformat(), FORWARDED_BY: act.values[FORWARDED_BY]}


def sender_of(workflow: Workflow, act: Act) -> str | None:
    """The party for which the actor may open this routine, or None."""
    if workflow.opens_with.by_time:
        return None
    role = workflow.roles[workflow.opens_with.by]
    parties = [contact.party for contact in act.actor.contacts if contact.duty in role.duties]
    return parties[0] if parties else None


def _against(workflow: Workflow, act: Act, sender: str | None) -> list[Reason]:
    opening = workflow.opens_with
    if opening.by_time:
        return [Reason("opened_by_time", {"event": workflow.titles})]
    reasons = []
    if sender is None:
        duties = ", ".join(workflow.roles[opening.by].duties)
        reasons.append(Reason("not_your_role", {"event": workflow.titles, "roles": duties}))
    if act.proof < opening.proof:
        reasons.append(
            Reason(
                "proof_too_low", {"event": workflow.titles, "needed": opening.proof.name.lower()}
            )
        )
    return reasons


def _relations(
    workflow: Workflow, sender: str | None, act: Act, facts: Facts
) -> dict[str, str | None]:
    """The party in each relation; None where the form names none that is known."""
    named = parties_in_form(workflow, act.values, facts.parties)
    relations: dict[str, str | None] = {}
    for relation, source in workflow.opens_with.parties.items():
        if source == "form":
            party = named.get(relation)
            relations[relation] = None if party is None else party.id
        else:
            relations[relation] = sender if source == "sender" else source
    return relations

"""Opening a request: the first step of every routine, decided like every other."""

from __future__ import annotations

from datetime import datetime

from engine.definition.types import Opening, Workflow
from engine.domain.fields import FIELDS
from engine.domain.parties import find_party, nearest
from engine.machine import Table
from engine.model import Act, Facts, Reason, Refusal, Request
from engine.plan.case import Case, Rules
from engine.plan.decide import Decision, follow
from engine.plan.effects import planned

OPEN = "open"
"""The name of the opening in history."""


def open_request(
    workflow: Workflow, table: Table, act: Act, at: datetime, *, facts: Facts, rules: Rules
) -> Decision | Refusal:
    """The new request, with the first `on_open` event that follows at once, or every reason
    against it.
    """
    opening = workflow.opens_with
    sender = sender_of(workflow, act)
    reasons = list(_against(workflow, act, sender))
    relations, faults = _relations(opening, sender, act, facts)
    reasons += faults
    if reasons:
        return Refusal(act=act, reasons=tuple(reasons))
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
    )
    case = Case(workflow=workflow, table=table, request=request, facts=facts, rules=rules)
    first = planned(case, act, opening.by, before=None, after=request, event=None, at=at)
    return follow(case.after(first), first, at, tell=True)


def sender_of(workflow: Workflow, act: Act) -> str | None:
    """The party for which the actor may open this routine, or None."""
    role = workflow.roles[workflow.opens_with.by]
    parties = [contact.party for contact in act.actor.contacts if contact.duty == role.duty]
    return parties[0] if parties else None


def _against(workflow: Workflow, act: Act, sender: str | None) -> list[Reason]:
    opening = workflow.opens_with
    reasons = []
    if sender is None:
        duty = workflow.roles[opening.by].duty
        reasons.append(Reason("not_your_role", {"event": workflow.titles, "roles": duty}))
    if act.proof < opening.proof:
        reasons.append(
            Reason(
                "proof_too_low", {"event": workflow.titles, "needed": opening.proof.name.lower()}
            )
        )
    return reasons


def _relations(
    opening: Opening, sender: str | None, act: Act, facts: Facts
) -> tuple[dict[str, str | None], list[Reason]]:
    relations: dict[str, str | None] = {}
    faults = []
    for relation, source in opening.parties.items():
        if source == "sender":
            relations[relation] = sender
        elif source == "form":
            text = act.values.get(relation, "")
            party = find_party(text, facts.parties) if text else None
            relations[relation] = party.id if party else None
            if text and party is None:
                near = nearest(text, facts.parties)
                faults.append(
                    Reason("unknown_party", {"text": text, "nearest": near, "field": relation})
                )
        else:
            relations[relation] = source
    return relations, faults

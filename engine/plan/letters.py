"""The letters that follow from an event: to whom, in which language, with which variables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.definition.types import Event, LetterOrder
from engine.model import Act, Contact, Language, LetterDraft, Plan, Reason
from engine.plan.case import Case
from engine.plan.variables import faults_variables, variables

COORDINATOR = "coordinator"


def language_for(case: Case, contact: Contact | None, party: str | None) -> Language:
    """The receiver's written standard: their own choice, else their party's, else the site's (språklova § 15)."""
    if contact is not None and contact.language is not None:
        return contact.language
    known = case.facts.parties.get(party or "")
    standard = known.written_standard if known else "neutral"
    if standard == "nb":
        return "nb"
    return "nn" if standard == "nn" else case.facts.neutral_language


def event_letters(case: Case, plan: Plan, event: Event, at: datetime) -> tuple[LetterDraft, ...]:
    """One letter for each holder of each role that the event writes to; `case` stands after the event."""
    return tuple(
        letter
        for order in event.letters
        if _holds(case, plan, order, at)
        for letter in role_letters(case, plan.act, plan.role, order.to, order.template, at)
    )


def _holds(case: Case, plan: Plan, order: LetterOrder, at: datetime) -> bool:
    if order.condition is None:
        return True
    return not case.rules.guards[order.condition].check(case.situation(plan.act, at))


def role_letters(
    case: Case, act: Act, acted_in: str, role: str, template: str, at: datetime
) -> Iterator[LetterDraft]:
    """`template` to every holder of `role`; where nobody holds it, a notice to each coordinator instead."""
    party = case.party_of(case.workflow.roles[role])
    holders = case.holders(role)
    for contact in holders:
        yield draft(case, act, acted_in, role, contact, template, at)
    if not holders:
        yield from _to_coordinators(case, act, acted_in, role, party, at)


def draft(
    case: Case, act: Act, acted_in: str, role: str, contact: Contact, template: str, at: datetime
) -> LetterDraft:
    """One letter to `contact` as holder of `role`."""
    language = language_for(case, contact, contact.party)
    return LetterDraft(
        role=role,
        party=contact.party,
        receiver=contact.email,
        template=template,
        language=language,
        variables=variables(case, act, acted_in, role, language, at),
        at_once=contact in act.actor.contacts,
    )


def _to_coordinators(
    case: Case, act: Act, acted_in: str, role: str, party: str | None, at: datetime
) -> Iterator[LetterDraft]:
    coordinators: Sequence[Contact | None] = [
        contact for contact in case.facts.contacts if contact.duty == COORDINATOR
    ] or [None]
    for contact in coordinators:
        language = language_for(case, contact, contact.party if contact else party)
        texts = variables(case, act, acted_in, role, language, at)
        yield LetterDraft(
            role=COORDINATOR,
            party=contact.party if contact else None,
            receiver=contact.email if contact else "",
            template="no_contact",
            language=language,
            variables={**texts, "intended_duty": texts["receiver_duty"], "answers": []},
        )


def faults_letter(
    case: Case, act: Act, reasons: tuple[Reason, ...], at: datetime
) -> Iterator[LetterDraft]:
    """The letter that lists every fault to whoever opens or corrects, with the form to correct."""
    role = case.workflow.opens_with.by
    for contact in case.holders(role):
        if act.actor.contacts and contact not in act.actor.contacts:
            continue
        letter = draft(case, act, role, role, contact, "form_faults", at)
        texts = {**letter.variables, **faults_variables(case, reasons, letter.language, act, at)}
        yield LetterDraft(
            role=role,
            party=letter.party,
            receiver=letter.receiver,
            template="form_faults",
            language=letter.language,
            variables=texts,
            at_once=letter.at_once,
        )

"""The letters that follow from an event: to whom, in which language, with which variables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engine.definition.types import NOBODY, LetterOrder
from engine.model import Contact, Language, LetterDraft, Reason
from engine.plan.case import Case, Happening
from engine.plan.variables import faults_variables, variables
from engine.wording.names import DUTY_NAMES

COORDINATOR = "coordinator"
NO_CONTACT = "no_contact"
"""The notice to coordinators that a letter has no receiver …"""
LACKED = "lacked"
"""… and the name under which its `extra` holds that letter's role and template."""


def language_for(case: Case, contact: Contact | None, party: str | None) -> Language:
    """The receiver's written standard: their own choice, else their party's, else the site's
    (språklova § 15).
    """
    if contact is not None and contact.language is not None:
        return contact.language
    known = case.facts.parties.get(party or "")
    standard = known.written_standard if known else "neutral"
    if standard == "nb":
        return "nb"
    return "nn" if standard == "nn" else case.facts.neutral_language


def letters_ordered(happening: Happening, orders: Sequence[LetterOrder]) -> tuple[LetterDraft, ...]:
    """One letter for each holder of each role that is written to.

    Who holds two of the roles gets the same letter once.
    """
    letters = [
        letter
        for order in orders
        if _holds(happening, order)
        for letter in role_letters(happening, order.to, order.template)
    ]
    once: dict[tuple[str, str, str], LetterDraft] = {}
    for letter in letters:
        about = letter.variables["intended_duty"]
        once.setdefault((letter.receiver, letter.template, about), letter)
    return tuple(once.values())


def _holds(happening: Happening, order: LetterOrder) -> bool:
    if order.condition is None:
        return True
    situation = happening.case.situation(happening.act, happening.at)
    return not happening.case.rules.guards[order.condition].check(situation)


def role_letters(
    happening: Happening, role: str, template: str, *, everybody: bool = False
) -> Iterator[LetterDraft]:
    """`template` to every holder of `role` whose address works, or to the main one of them alone
    unless `everybody` is meant.

    Where there is none, the role that stands in for it is written to, and where there is none
    either, each coordinator gets a notice instead (DESIGN §4).
    """
    case = happening.case
    asked = (role, *case.workflow.roles[role].instead)
    for name in asked:
        if name == NOBODY:
            return
        reached = [contact for contact in case.holders(name) if is_reached(case, contact)]
        if reached:
            reached = reached if everybody else written_to(case, reached)
            yield from (draft(happening, name, contact, template) for contact in reached)
            return
    unreached = [contact.email for contact in case.holders(role)]
    lacked = {"role": role, "template": template}
    for letter in coordinators_letters(happening, role, NO_CONTACT):
        yield with_extra(letter, unreached=unreached, **{LACKED: lacked})


def written_to(case: Case, holders: Sequence[Contact]) -> list[Contact]:
    """The main address among the holders of a duty where it has one that is read, else all."""
    main = [each for each in holders if each.main and each.email not in case.facts.away]
    return main or list(holders)


def is_reached(case: Case, contact: Contact) -> bool:
    """Whether letters to the contact arrive, as far as we know."""
    return contact.email not in case.facts.suspended


def with_extra(letter: LetterDraft, **more: object) -> LetterDraft:
    """The letter with more of what only its own template knows."""
    extra = {**letter.variables["extra"], **more}
    return replace(letter, variables={**letter.variables, "extra": extra})


def draft(happening: Happening, role: str, contact: Contact, template: str) -> LetterDraft:
    """One letter to `contact` as holder of `role`."""
    language = language_for(happening.case, contact, contact.party)
    return LetterDraft(
        role=role,
        party=contact.party,
        receiver=contact.email,
        template=template,
        language=language,
        variables={**variables(happening, role, language), "receiver_name": contact.name},
        at_once=contact in happening.act.actor.contacts,
    )


def coordinators_letters(happening: Happening, role: str, template: str) -> Iterator[LetterDraft]:
    """`template` about `role` to each coordinator; without a receiver where there is none."""
    coordinators: Sequence[Contact | None] = [
        contact
        for contact in happening.case.facts.contacts
        if contact.duty == COORDINATOR and is_reached(happening.case, contact)
    ] or [None]
    for contact in coordinators:
        party = contact.party if contact else None
        language = language_for(happening.case, contact, party)
        texts = variables(happening, role, language)
        yield LetterDraft(
            role=COORDINATOR,
            party=party,
            receiver=contact.email if contact else "",
            template=template,
            language=language,
            variables={
                **texts,
                "receiver_name": contact.name if contact else "",
                "receiver_duty": DUTY_NAMES[COORDINATOR][language],
                "intended_duty": texts["receiver_duty"],
                "answers": [],
            },
        )


def faults_letters(
    happening: Happening, reasons: tuple[Reason, ...], form: str
) -> Iterator[LetterDraft]:
    """The letter that lists every fault to whoever opens or corrects, with the form to correct."""
    for role, contact in _correcting(happening):
        letter = draft(happening, role, contact, "form_faults")
        faults = faults_variables(happening, reasons, letter.language, form)
        yield replace(letter, variables={**letter.variables, **faults})


def correctors_letters(happening: Happening, template: str) -> Iterator[LetterDraft]:
    """`template` to whoever opens or corrects, where nothing is left for them to correct."""
    for role, contact in _correcting(happening):
        yield draft(happening, role, contact, template)


def _correcting(happening: Happening) -> Iterator[tuple[str, Contact]]:
    roles = happening.case.workflow.roles
    opener = happening.case.workflow.opens_with.by
    role = happening.role if happening.role in roles else opener
    theirs = happening.act.actor.contacts
    for contact in happening.case.holders(role):
        if not theirs or contact in theirs:
            yield role, contact

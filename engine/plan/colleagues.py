"""Roles with several holders: each is written to, the first to act counts, the others are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from engine.definition.types import Event
from engine.model import Contact, LetterDraft
from engine.plan.case import Case, Happening
from engine.plan.letters import draft, is_reached, role_letters
from engine.plan.possible import word_of

ANSWERED = "answered_by_colleague"


def told_to_colleagues(
    happening: Happening, event: Event, letters: Iterable[LetterDraft]
) -> Iterator[LetterDraft]:
    """A letter to each other holder of the role that acted, unless one of `letters` tells them.

    Only about what people say by a word: a field that somebody fills in decides nothing alone.
    Where the act gives the role to another party, its holders there are no colleagues.
    """
    acting = happening.act.actor.contacts
    if not event.says or happening.role not in happening.case.workflow.roles:
        return
    addressed = {letter.receiver for letter in letters}
    for contact in happening.case.holders(happening.role):
        if not is_reached(happening.case, contact):
            continue
        own = any(each.has_address(contact.email) for each in acting)
        elsewhere = acting and contact.party not in happening.act.actor.parties
        if not own and not elsewhere and contact.email not in addressed:
            addressed.add(contact.email)
            yield _told(happening, event, contact)


def _told(happening: Happening, event: Event, contact: Contact) -> LetterDraft:
    letter = draft(happening, happening.role, contact, ANSWERED)
    extra = {
        **letter.variables["extra"],
        "colleague": _acted(happening),
        "said": word_of(event, letter.language) or "",
    }
    return replace(letter, variables={**letter.variables, "extra": extra})


def _acted(happening: Happening) -> str:
    """What the one who acted is called: the name that the register has, else the address."""
    case, actor = happening.case, happening.act.actor
    names = [c.name for c in case.holders(happening.role) if c.has_address(actor.name) and c.name]
    return f"{names[0]} ({actor.name})" if names else actor.name


def chasers(happening: Happening, role: str, template: str) -> Iterator[LetterDraft]:
    """`template` to the holders of `role` who are there; to all of them when nobody is."""
    letters = tuple(role_letters(happening, role, template))
    there = tuple(letter for letter in letters if _is_there(happening.case, letter))
    yield from there or letters


def _is_there(case: Case, letter: LetterDraft) -> bool:
    return letter.receiver not in case.facts.away

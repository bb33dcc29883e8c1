"""What the register says of somebody, in words: their name, their duties, and their language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from engine.model import Contact, Language
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.wording.names import DUTY_NAMES

STANDARDS: Mapping[str, Language] = {"nb": "nb", "nn": "nn"}


def language_for(site: Site, tx: Transaction, contact: Contact) -> Language:
    """The written standard that the contact is written to in."""
    if contact.language is not None:
        return contact.language
    standard = register.party(tx, contact.party).written_standard
    return STANDARDS.get(standard, site.neutral_language)


def entries(tx: Transaction, contacts: Iterable[Contact], language: Language) -> list[str]:
    """Each duty with its party, once, as `e-læringsansvarlig – Sykehuset Innlandet`."""
    lines = (
        f"{DUTY_NAMES[contact.duty][language]} – {party_name(tx, contact.party)}"
        for contact in contacts
    )
    return list(dict.fromkeys(lines))


def party_name(tx: Transaction, party: str) -> str:
    """The party's name as people say it."""
    return register.party(tx, party).name.removesuffix(" HF")


def called(contact: Contact) -> str:
    """The contact's name with the address, or the address alone."""
    return f"{contact.name} ({contact.email})" if contact.name else contact.email


def each_once(tx: Transaction, day: date, wanted: Callable[[Contact], bool]) -> tuple[Contact, ...]:
    """Those who hold a duty on `day` and are wanted: each address once, by its first duty."""
    once: dict[str, Contact] = {}
    for contact in register.contacts(tx, day):
        if wanted(contact):
            once.setdefault(contact.email, contact)
    return tuple(once.values())

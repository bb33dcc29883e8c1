"""Who gets a morning letter, and which of what waits stands in whose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from engine.domain.register.duties import COORDINATOR
from engine.model import Contact
from engine.plan.yearly_letters import FOUSAM
from engine.service.morning.items import Entry
from engine.service.morning.network_items import NETWORK
from engine.store.contacts import networks, people, register
from engine.store.database import Transaction

ANSWERING: Final = (COORDINATOR, FOUSAM)
"""The duties whose holders get a morning letter, and may answer it."""
NATIONAL: Final = frozenset({"association", "platform", "region", "supplier"})
"""The kinds of party whose coordinators have all that is in no other coordinator's area."""


def receivers(tx: Transaction, day: date) -> tuple[Contact, ...]:
    """Each coordinator and each holder of FOUSAM's duty once, the coordinators first; those who are
    away only where all of their duty at their party are.
    """
    held = [each for each in register.contacts(tx, day) if each.duty in ANSWERING]
    away = people.away(tx, day)
    here = [each for each in held if each.email not in away]
    staffed = {(each.party, each.duty) for each in here}
    there = (*here, *(each for each in held if (each.party, each.duty) not in staffed))
    once: dict[str, Contact] = {}
    for contact in sorted(there, key=lambda each: ANSWERING.index(each.duty)):
        once.setdefault(contact.email, contact)
    return tuple(once.values())


def divided(
    tx: Transaction, found: Iterable[Entry], day: date, contacts: Sequence[Contact]
) -> Mapping[str, list[Entry]]:
    """What stands in the letter of each address: of the year of the networks, FOUSAM's own; else
    what is about a coordinator's area, and the rest the national coordinators'.

    What nobody nearer has goes to all coordinators.
    """
    coordinators = [each for each in contacts if each.duty == COORDINATOR]
    near = {each.email: area_of(tx, each.party) for each in coordinators}
    national = [each for each in coordinators if near[each.email] is None]
    held = {(c.party, c.email) for c in register.contacts(tx, day) if c.duty == FOUSAM}
    known = {each.email for each in contacts}
    theirs: dict[str, list[Entry]] = {each.email: [] for each in contacts}
    for entry in found:
        alone = len(coordinators) == len(contacts) == 1
        parties = frozenset[str]() if alone else entry.parties()
        fousam = {email for party, email in held if party in parties} & known
        mine = fousam if entry.item.kind == NETWORK else set()
        mine = mine or {email for email, area in near.items() if area and area & parties}
        for email in mine or [each.email for each in national or coordinators]:
            theirs[email].append(entry)
    return theirs


def area_of(tx: Transaction, party: str) -> frozenset[str] | None:
    """The parties of the area that somebody at `party` has; None for all of them."""
    area = networks.areas(tx).get(party)
    if area is not None:
        own = (each.id for each in networks.networks(tx, party))
        return frozenset((party, area.trust, *area.municipalities, *own))
    return None if register.party(tx, party).kind in NATIONAL else frozenset({party})

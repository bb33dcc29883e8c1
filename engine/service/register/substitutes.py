"""Who may stand in for somebody, and the duties that a substitute holds meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.absence import Absence, uncovered
from engine.domain.mail_domains import colleagues, domain_of
from engine.model import Contact, Reason
from engine.service.register.entries import party_name
from engine.service.site import Site
from engine.store import people, register
from engine.store.database import Transaction


def held(tx: Transaction, address: str, absence: Absence) -> tuple[Contact, ...]:
    """The duties that the address, or an alias of it, holds on some day of the absence."""
    return tuple(
        contact
        for contact in register.contacts(tx)
        if contact.has_address(address) and _overlaps(contact, absence)
    )


def against(
    site: Site, tx: Transaction, duties: Sequence[Contact], absence: Absence
) -> tuple[Reason, ...]:
    """Every reason why the substitute cannot hold the duties; none where nobody is named."""
    address = absence.substitute
    if not address:
        return ()
    if address in site.addresses:
        return (Reason("substitute_ours", {"address": address}),)
    if any(contact.has_address(address) for contact in duties):
        return (Reason("substitute_self"),)
    strange = [contact.party for contact in duties if not _belongs(tx, contact, absence)]
    return tuple(
        Reason("substitute_elsewhere", {"address": address, "party": party_name(tx, party)})
        for party in dict.fromkeys(strange)
    )


def stand_in(tx: Transaction, duties: Sequence[Contact], absence: Absence) -> tuple[Contact, ...]:
    """What the substitute holds for the absent one, after having been given what was lacking.

    Who is known at the party keeps name and language; anybody else is there provisionally.
    """
    for contact in duties:
        _given(tx, contact, absence)
    wanted = {(contact.party, contact.duty) for contact in duties}
    now = {(each.party, each.duty): each for each in held(tx, absence.substitute, absence)}
    return tuple(contact for duty, contact in now.items() if duty in wanted)


def _given(tx: Transaction, contact: Contact, absence: Absence) -> None:
    known = [each for each in held(tx, absence.substitute, absence) if each.party == contact.party]
    periods = [(c.valid_from, c.valid_until) for c in known if c.duty == contact.duty]
    first = max(absence.since, contact.valid_from)
    last = min(absence.until, contact.valid_until or absence.until)
    for since, until in uncovered(first, last, periods):
        register.add_period(
            tx,
            party_id=contact.party,
            duty=contact.duty,
            email=known[0].email if known else absence.substitute,
            name=known[0].name if known else "",
            language=known[0].language if known else None,
            valid_from=since,
            valid_until=until,
            proof="mail" if known else "provisional",
        )


def _belongs(tx: Transaction, contact: Contact, absence: Absence) -> bool:
    """Whether the substitute is of the contact's party: known there, or of its mail domain."""
    address = absence.substitute
    if colleagues(address, contact.email):
        return True
    if contact.party in people.parties_of_domain(tx, domain_of(address)):
        return True
    return any(each.party == contact.party for each in held(tx, address, absence))


def _overlaps(contact: Contact, absence: Absence) -> bool:
    ended = contact.valid_until is not None and contact.valid_until < absence.since
    return contact.valid_from <= absence.until and not ended

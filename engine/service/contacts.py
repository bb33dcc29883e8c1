"""Who holds which duty: registering and ending holders, each change whole or not at all."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.calendar import oslo_day
from engine.domain.duties import DUTIES
from engine.domain.parties import find_party, nearest
from engine.errors import ClaimTakenError, KursdelingError, NotFoundError, StoreError
from engine.model import Contact, Party
from engine.service.site import Site
from engine.store import register
from engine.store.database import Transaction

ALWAYS = date(1900, 1, 1)
"""The first day of a holder whose first day nobody gave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A holder as somebody wrote it down; `place` says where, for messages about it."""

    party: str
    """The party's id, or its name with or without HF or kommune."""
    duty: str
    email: str
    name: str = ""
    since: date | None = None
    until: date | None = None
    aliases: tuple[str, ...] = ()
    place: str = ""


def add(site: Site, holders: Sequence[Holder], at: datetime) -> tuple[tuple[Contact, bool], ...]:
    """(contact, whether it is new) for each holder, all of them registered in one transaction.

    Who is registered already stays, and gains the aliases. KursdelingError with every fault, a
    line each: an unknown party or duty, no mail address, one of the site's own, a second contact
    point. Nothing is registered then.
    """
    faults: list[str] = []
    added: list[tuple[int, bool]] = []
    with site.database.transaction() as tx:
        parties = register.parties(tx)
        known = {(each.party, each.duty, each.email) for each in register.contacts(tx)}
        for holder in holders:
            try:
                party, email = _judged(site, holder, parties)
                before = any(
                    (c.party, c.duty, c.email) == (party, holder.duty, email) for c in known
                )
                # Whoever held the duty once and lost it begins anew, not from before the loss.
                first = oslo_day(at) if before else ALWAYS
                added.append(_added(tx, holder, party, holder.since or first))
            except (NotFoundError, StoreError) as error:
                faults.append(f"{holder.place}: {error}" if holder.place else str(error))
        if faults:
            raise KursdelingError("\n".join(faults))
        contacts = {contact.id: contact for contact in register.contacts(tx)}
    return tuple((contacts[contact], new) for contact, new in added)


def end(site: Site, email: str, at: datetime, last_day: date | None = None) -> tuple[Contact, ...]:
    """What the address held until now; it holds nothing after `last_day`, by default from now on.

    NotFoundError when it holds nothing after that day.
    """
    with site.database.transaction() as tx:
        return register.end_contact(tx, email, last_day or oslo_day(at) - timedelta(days=1))


def _judged(site: Site, holder: Holder, parties: Mapping[str, Party]) -> tuple[str, str]:
    """(the party's id, the bare address) of a holder who can be registered."""
    party = find_party(holder.party, parties)
    if party is None:
        near = nearest(holder.party, parties)
        raise NotFoundError(f"there is no party «{holder.party}»; the nearest is {near}")
    if holder.duty not in DUTIES:
        raise NotFoundError(f"there is no duty «{holder.duty}»{_duty_meant(holder.duty)}")
    email, *aliases = (address.strip().lower() for address in (holder.email, *holder.aliases))
    for address in sorted({email, *aliases} & set(site.addresses)):
        raise StoreError(f"{address} is the site's own address, which nobody can have")
    return party.id, email


def _added(tx: Transaction, holder: Holder, party: str, first: date) -> tuple[int, bool]:
    try:
        return register.add_contact(
            tx,
            party_id=party,
            duty=holder.duty,
            email=holder.email,
            name=holder.name,
            valid_from=first,
            valid_until=holder.until,
            aliases=holder.aliases,
        )
    except ClaimTakenError as error:
        raise StoreError(f"{party} has a contact point already; end that one first") from error


def _duty_meant(duty: str) -> str:
    near = difflib.get_close_matches(duty.lower(), DUTIES, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(DUTIES)}"

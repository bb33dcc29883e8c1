"""Somebody is not away after all: the absence is withdrawn, and nobody stands in any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.absence import Absence
from engine.errors import RefusedError
from engine.model import Cause, Contact, Language, LetterDraft, Reason
from engine.plan.variables import EMPTY
from engine.service.letters.posting import post
from engine.service.register.entries import called, language_for
from engine.service.register.substitutes import held, stand_in
from engine.service.site import Site
from engine.store import people, register
from engine.store.database import Transaction
from engine.store.people import AbsenceRow
from engine.wording import people as wording
from engine.wording.names import DUTY_NAMES

SUBSTITUTE_OVER: Final = "substitute_over"


class Withdrawn(Struct, frozen=True, kw_only=True):
    """An absence that no longer is."""

    contact: Contact
    """Who is there after all."""
    absence: Absence
    stood_in: tuple[Contact, ...] = ()
    """The duties that the substitute would have held, or held until now."""


def withdraw(site: Site, email: str, at: datetime) -> tuple[Withdrawn, ...]:
    """Every absence of whoever reads `email` that is not over, withdrawn by a coordinator, with
    the substitutes told. RefusedError where there is none.
    """
    with site.database.transaction() as tx:
        found = withdrawn(tx, email.strip().lower(), at)
        if isinstance(found, Reason):
            raise RefusedError((found,))
        for each in found:
            absence = each.absence
            key = f"back:{each.contact.id}:{absence.since}:{absence.until}:{at:%Y%m%dT%H%M%S}"
            for letter in letters_about(site, tx, each):
                post(
                    site,
                    tx,
                    letter,
                    seed=f"{key}|{letter.receiver}",
                    cause=Cause("command", key),
                    at=at,
                )
        return found


def withdrawn(tx: Transaction, address: str, at: datetime) -> tuple[Withdrawn, ...] | Reason:
    """What was withdrawn for the address, or an alias of it, or why nothing was.

    Days that are past stay as they were. An automatic reply counts no more either.
    """
    day = oslo_day(at)
    theirs = [c for c in register.contacts(tx) if c.has_address(address)]
    addresses = {contact.email for contact in theirs}
    found = [a for a in people.absences(tx) if a.address in addresses and a.until >= day]
    silent = people.away(tx, day) & addresses
    for each in sorted(silent):
        people.wrote(tx, each)
    if not found and not silent:
        return Reason("no_absence", {"address": address})
    over = [_over(tx, absence, theirs[0], day) for absence in found]
    _stand_in_again(tx, {each.absence.substitute for each in over}, day)
    return tuple(over)


def said(found: tuple[Withdrawn, ...], language: Language) -> str:
    """The sentence that tells whoever is there after all what was withdrawn."""
    periods = [(each.absence.since, each.absence.until) for each in found]
    return wording.absence_withdrawn(periods, language)


def letters_about(site: Site, tx: Transaction, found: Withdrawn) -> Iterator[LetterDraft]:
    """The letter that tells the substitute; none where nobody stood in."""
    for substitute in found.stood_in[:1]:
        language = language_for(site, tx, substitute)
        yield LetterDraft(
            role=substitute.duty,
            party=substitute.party,
            receiver=substitute.email,
            template=SUBSTITUTE_OVER,
            language=language,
            variables={
                **EMPTY,
                "receiver_duty": DUTY_NAMES[substitute.duty][language],
                "extra": {"colleague": called(found.contact)},
            },
        )


def _over(tx: Transaction, row: AbsenceRow, contact: Contact, day: date) -> Withdrawn:
    absence = Absence(since=row.since, until=row.until, substitute=row.substitute)
    stood_in = tuple(_standing_in(tx, row.address, absence))
    for each in stood_in:
        register.end_period(tx, each, day)
    people.end_absence(tx, row, day - timedelta(days=1))
    return Withdrawn(contact=contact, absence=absence, stood_in=stood_in)


def _standing_in(tx: Transaction, address: str, absence: Absence) -> Iterator[Contact]:
    """The duties that the substitute holds in days of the absence alone, as only for it."""
    if not absence.substitute:
        return
    duties = {(contact.party, contact.duty) for contact in held(tx, address, absence)}
    for contact in held(tx, absence.substitute, absence):
        until = contact.valid_until
        within = until is not None and absence.since <= contact.valid_from <= until <= absence.until
        if within and (contact.party, contact.duty) in duties:
            yield contact


def _stand_in_again(tx: Transaction, substitutes: set[str], day: date) -> None:
    """Let the same people go on standing in where another absence wants them."""
    for row in people.absences(tx):
        if row.substitute in substitutes - {""} and row.until >= day:
            absence = Absence(since=max(row.since, day), until=row.until, substitute=row.substitute)
            stand_in(tx, held(tx, row.address, absence), absence)

"""Somebody is away: who stands in, and until when; said by mail or recorded by a coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.register.absence import (
    Absence,
    names_substitute,
    period_faults,
    read_absence,
    uncovered,
)
from engine.domain.register.mail_domains import colleagues, domain_of
from engine.errors import RefusedError
from engine.intake.reply import Command
from engine.model import Cause, Contact, Language, LetterDraft, Reason
from engine.plan.variables import EMPTY
from engine.service.letters.posting import SUBSTITUTE, post
from engine.service.register.entries import called, entries, language_for, party_name
from engine.service.site import Site
from engine.store.contacts import people, register
from engine.store.contacts.people import AbsenceRow
from engine.store.database import Transaction
from engine.wording import people as wording
from engine.wording.names import DUTY_NAMES


class Recorded(Struct, frozen=True, kw_only=True):
    """An absence as it was recorded."""

    contact: Contact
    """Who is away."""
    absence: Absence
    stands_in: tuple[Contact, ...] = ()
    """The duties that the substitute holds meanwhile."""


def away(site: Site, email: str, absence: Absence, at: datetime) -> Recorded:
    """The absence of whoever reads `email`, recorded by a coordinator, with the substitute told.

    RefusedError carries every reason; nothing is recorded then.
    """
    with site.database.transaction() as tx:
        faults = period_faults(absence.since, absence.until, oslo_day(at))
        recorded = faults or _recorded(site, tx, email.strip().lower(), absence, at)
        if not isinstance(recorded, Recorded):
            raise RefusedError(recorded)
        for letter in letters_about(site, tx, recorded):
            key = f"away:{recorded.contact.id}:{absence.since}:{absence.until}:{at:%Y%m%dT%H%M%S}"
            post(
                site,
                tx,
                letter,
                seed=f"{key}|{letter.receiver}",
                cause=Cause("command", key),
                at=at,
            )
        return recorded


def wanted(
    site: Site, tx: Transaction, address: str, command: Command, at: datetime, *, may_let_in: bool
) -> Recorded | tuple[Reason, ...]:
    """What FRAVÆR from `address` came to, or every reason why it cannot be followed; nobody stands
    in unless they `may_let_in` somebody else.

    The days, and the substitute, may stand on the line below the word.
    """
    below = command.below.partition("\n")[0]
    belongs = not command.text or names_substitute(below)
    text = f"{command.text} {below}" if belongs else command.text
    absence = read_absence(text, oslo_day(at))
    if not isinstance(absence, Absence):
        return absence
    if absence.substitute and not may_let_in:
        return (Reason("needs_aligned"),)
    return _recorded(site, tx, address, absence, at)


def said(recorded: Recorded, language: Language) -> str:
    """The sentence that tells whoever is away what was recorded."""
    absence = recorded.absence
    return wording.absence_kept(absence.since, absence.until, absence.substitute, language)


def letters_about(site: Site, tx: Transaction, recorded: Recorded) -> tuple[LetterDraft, ...]:
    """The letter that tells the substitute; none where nobody stands in."""
    if not recorded.stands_in:
        return ()
    substitute = recorded.stands_in[0]
    language = language_for(site, tx, substitute)
    extra = {
        "colleague": called(recorded.contact),
        "since": recorded.absence.since.isoformat(),
        "until": recorded.absence.until.isoformat(),
        "entries": entries(tx, recorded.stands_in, language),
    }
    letter = LetterDraft(
        role=substitute.duty,
        party=substitute.party,
        receiver=substitute.email,
        template=SUBSTITUTE,
        language=language,
        variables={
            **EMPTY,
            "receiver_duty": DUTY_NAMES[substitute.duty][language],
            "extra": extra,
        },
    )
    return (letter,)


def _recorded(
    site: Site, tx: Transaction, address: str, absence: Absence, at: datetime
) -> Recorded | tuple[Reason, ...]:
    duties = held(tx, address, absence)
    if not duties:
        return (Reason("holds_nothing", {"address": address}),)
    faults = against(site, tx, duties, absence)
    if faults:
        return faults
    people.add_absence(
        tx,
        duties[0].email,
        since=absence.since,
        until=absence.until,
        substitute=absence.substitute,
        recorded_at=at,
    )
    stands_in = stand_in(tx, duties, absence) if absence.substitute else ()
    return Recorded(contact=duties[0], absence=absence, stands_in=stands_in)


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
            for letter in letters_about_return(site, tx, each):
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


def withdrawal_said(found: tuple[Withdrawn, ...], language: Language) -> str:
    """The sentence that tells whoever is there after all what was withdrawn."""
    periods = [(each.absence.since, each.absence.until) for each in found]
    return wording.absence_withdrawn(periods, language)


def letters_about_return(site: Site, tx: Transaction, found: Withdrawn) -> Iterator[LetterDraft]:
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

"""Somebody is away: who stands in, and until when; said by mail or recorded by a coordinator."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.absence import Absence, names_substitute, period_faults, read_absence
from engine.errors import RefusedError
from engine.intake.reply import Command
from engine.model import Cause, Contact, Language, LetterDraft, Reason
from engine.plan.variables import EMPTY
from engine.service.letters.posting import SUBSTITUTE, post
from engine.service.register.entries import called, entries, language_for
from engine.service.register.substitutes import against, held, stand_in
from engine.service.site import Site
from engine.store import people
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

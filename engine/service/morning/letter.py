"""The morning letter: each working day at 07.30 in Oslo, where something waits for a person, and
always on the first working day of a week.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from engine.calendar import oslo_day, oslo_time
from engine.domain.register.duties import COORDINATOR
from engine.model import Cause, Contact, Language, LetterDraft
from engine.plan.morning import SHOWN, TOLD_ONCE, begins_week, last_due, to_see_to
from engine.plan.variables import EMPTY
from engine.service.acts.acting import in_transaction
from engine.service.letters.chasers import drop_needless
from engine.service.letters.posting import MORNING, post
from engine.service.morning.numbers import Line, told, waiting
from engine.service.morning.receivers import divided, receivers
from engine.service.register.entries import language_for
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.mail_out import mornings
from engine.wording import dates
from engine.wording import morning as wording
from engine.wording.names import DUTY_NAMES


def write_morning(site: Site, at: datetime) -> int:
    """Write the morning letter that is due at `at` to each coordinator and to FOUSAM; how many.

    Each working day is seen to once, by whichever worker comes first; after an outage there is
    one letter, and it tells how things stand now. No simulation has it: it tells of mail and
    letters that wait for people, and nothing of a request comes of it.
    """
    with site.database.reading() as tx:
        day = _due(site, tx, at)
    return 0 if day is None else in_transaction(site, lambda tx: _write(site, tx, day, at))


def _due(site: Site, tx: Transaction, at: datetime) -> date | None:
    last = mornings.last(tx)
    # Asked at each turn of a worker: most of them end with the first question.
    if last is not None and last[0] >= last_due(site.rules.calendar, at):
        return None
    began = mornings.life_began(tx)
    return to_see_to(site.rules.calendar, at, last[0] if last else None, began)


def _write(site: Site, tx: Transaction, day: date, at: datetime) -> int:
    if _due(site, tx, at) != day:
        return 0
    drop_needless(site, tx, at)
    mornings.seen_to(tx, day, at, recorded_at=site.clock.now())
    written = 0
    for contact, own in shared_out(site, tx, day, at):
        last = mornings.last_to(tx, contact.email)
        if begins_week(site.rules.calendar, day) or any(_is_news(each, last) for each in own):
            key = f"morning:{day}:{contact.email}"
            language = language_for(site, tx, contact)
            extra = {"day": day.isoformat(), **_told(own, language)}
            if contact.duty == COORDINATOR:
                extra |= _counted(tx, last, language)
            draft = _draft(contact, language, extra)
            post(site, tx, draft, seed=key, cause=Cause("timer", key), at=at)
            written += 1
    return written


def shared_out(
    site: Site, tx: Transaction, day: date, at: datetime, *, unhurried: bool = False
) -> list[tuple[Contact, list[Line]]]:
    """Each who gets a morning letter, with all that waits for them at `at`, as by `waiting`."""
    contacts = receivers(tx, oslo_day(at))
    lines = waiting(site, tx, day, at, unhurried=unhurried)
    theirs = divided(tx, (line.entry for line in lines), oslo_day(at), contacts)
    mine = {email: {entry.item for entry in found} for email, found in theirs.items()}
    return [
        (contact, [line for line in lines if line.entry.item in mine[contact.email]])
        for contact in contacts
    ]


def _is_news(line: Line, last: datetime | None) -> bool:
    """Whether the line is reason enough to write to somebody who had their last letter then."""
    known = last is not None and line.entry.since <= last
    return line.is_urgent and not (known and line.kind in TOLD_ONCE)


def _told(lines: Sequence[Line], language: Language) -> dict[str, Any]:
    """The most urgent lines, and how much there is beside them."""
    shown = [line for line in lines if line.is_urgent][:SHOWN]
    return {
        "lines": listed(shown, language),
        "rest": wording.rest((line.kind for line in lines if line not in shown), language),
        "numbers": [line.number for line in lines if line.number],
        "how": wording.how({line.kind: line.number for line in reversed(shown)}, language),
    }


def _counted(tx: Transaction, last: datetime | None, language: Language) -> dict[str, str]:
    """What has come since the last letter and got no answer, and when the last mail came."""
    came = mornings.last_mail(tx)
    return {
        "counted": wording.counted(mornings.counted_since(tx, last), language),
        "came": dates.day_and_time(oslo_time(came), language) if came else "",
    }


def _draft(contact: Contact, language: Language, extra: Mapping[str, Any]) -> LetterDraft:
    return LetterDraft(
        role=contact.duty,
        party=contact.party,
        receiver=contact.email,
        template=MORNING,
        language=language,
        variables={
            **EMPTY,
            "receiver_name": contact.name,
            "receiver_duty": DUTY_NAMES[contact.duty][language],
            "extra": extra,
        },
        at_once=True,
    )


def listed(lines: Sequence[Line], language: Language) -> list[Mapping[str, Any]]:
    """The lines as a letter has them."""
    return [{"number": line.number, "text": told(line, language)} for line in lines]

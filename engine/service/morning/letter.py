"""The coordinators' morning letter: each working day at 07.30 in Oslo, where there is anything to
say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.register.duties import COORDINATOR
from engine.errors import KursdelingError, StoreError
from engine.model import Cause, Contact, Language, LetterDraft, Reason
from engine.plan.morning import Group, Item, last_due, numbered, to_see_to
from engine.plan.variables import EMPTY
from engine.service.acts.acting import in_transaction
from engine.service.letters.chasers import drop_needless
from engine.service.letters.posting import MORNING, post
from engine.service.morning.items import Entry, entries
from engine.service.morning.unread import unread_entries
from engine.service.register.entries import language_for
from engine.service.site import Site
from engine.store.contacts import people, register
from engine.store.database import Transaction
from engine.store.mail_out import mornings
from engine.store.mail_out.mornings import ItemRow
from engine.wording import morning as wording
from engine.wording import sentence
from engine.wording.names import DUTY_NAMES

"""The letter; its numbers stand in a table of their own, for as long as it can be answered."""
NO_NEWS: Final = frozenset({"not_ours"})
"""What is counted, but is no reason to write."""


ANSWERED_AS: Final = {"refuted": "stranger"}
"""Kinds that stand apart in the letter, and whose lines are answered as those of another."""


class _Morning(Struct, frozen=True, kw_only=True):
    """What a morning's letters say, before it is put into words."""

    day: date
    groups: Sequence[Group]
    found: Mapping[Item, Entry]
    unanswered: Mapping[str, int]


def write_morning(site: Site, at: datetime) -> int:
    """Write the morning letter that is due at `at` to each coordinator; how many letters.

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


def _seen_to(site: Site, tx: Transaction, day: date, at: datetime) -> _Morning | None:
    """What there is to say; None where that is nothing."""
    last = mornings.last(tx)
    mornings.seen_to(tx, day, at, recorded_at=site.clock.now())
    counted = mornings.counted_since(tx, last[1] if last else None)
    waiting = (*entries(site, tx, day, at), *unread_entries(tx))
    found = {each.item: each for each in waiting}
    told = _Morning(
        day=day,
        groups=numbered(found),
        found=found,
        unanswered={name: n for name, n in counted.items() if name in wording.unanswered()},
    )
    news = any(_is_news(each, last[1] if last else None) for each in found.values())
    return told if news or set(told.unanswered) - NO_NEWS else None


def _is_news(entry: Entry, last: datetime | None) -> bool:
    """Whether the entry is reason enough to write."""
    return entry.told_from is None or last is None or entry.told_from > last


def _write(site: Site, tx: Transaction, day: date, at: datetime) -> int:
    if _due(site, tx, at) != day:
        return 0
    drop_needless(site, tx, at)
    told = _seen_to(site, tx, day, at)
    if told is None:
        return 0
    coordinators = _coordinators(tx, oslo_day(at))
    for contact in coordinators:
        draft = _draft(contact, language_for(site, tx, contact), told)
        key = f"morning:{day}:{contact.email}"
        letter = post(
            site,
            tx,
            draft,
            seed=key,
            cause=Cause("timer", key),
            at=at,
        )
        mornings.number(tx, letter, _rows(told.groups))
    return len(coordinators)


def _coordinators(tx: Transaction, day: date) -> tuple[Contact, ...]:
    """Each coordinator once; those who are away only where all of them are."""
    held = {c.email: c for c in register.contacts(tx, day) if c.duty == COORDINATOR}
    away = people.away(tx, day)
    here = tuple(contact for email, contact in held.items() if email not in away)
    return here or tuple(held.values())


def _draft(contact: Contact, language: Language, told: _Morning) -> LetterDraft:
    first = {group.kind: group.lines[0][0] for group in told.groups}
    return LetterDraft(
        role=COORDINATOR,
        party=contact.party,
        receiver=contact.email,
        template=MORNING,
        language=language,
        variables={
            **EMPTY,
            "receiver_name": contact.name,
            "receiver_duty": DUTY_NAMES[COORDINATOR][language],
            "extra": {
                "day": told.day.isoformat(),
                "groups": [_group(group, told.found, language) for group in told.groups],
                "how": wording.how(first, language),
                "counted": wording.counted(told.unanswered, language),
            },
        },
        at_once=True,
    )


def _group(group: Group, found: Mapping[Item, Entry], language: Language) -> dict[str, Any]:
    return {
        "title": wording.title(group.kind, language),
        "lines": [
            {
                "number": number,
                "text": _line(found[item], language),
            }
            for number, item in group.lines
        ],
        "more": group.more,
    }


def _line(entry: Entry, language: Language) -> str:
    """The item's line; what cannot be told stands with its number, and why, in the others' midst.

    A database that goes away is no fault of the item.
    """
    try:
        return wording.line(entry.item.kind, entry.values(language), language)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 – one item never costs coordinators their letter
        reason = error.reason if isinstance(error, KursdelingError) else None
        why = sentence(reason, language) if reason else str(error) or type(error).__name__
        values = {"row": entry.item.subject, "why": why}
        return sentence(Reason("row_unreadable", values), language)


def _rows(groups: Sequence[Group]) -> list[ItemRow]:
    return [
        ItemRow(number=number, kind=ANSWERED_AS.get(item.kind, item.kind), subject=item.subject)
        for group in groups
        for number, item in group.lines
    ]

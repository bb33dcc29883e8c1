"""The one contact point of each side: who it passes to is told, and whoever had it is thanked
(R12, R13).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from engine.calendar import oslo_day
from engine.domain.register.duties import CONTACT_POINT
from engine.model import Cause, Contact, LetterDraft, Side
from engine.plan.variables import EMPTY
from engine.service.letters.posting import post
from engine.service.register.entries import called, language_for, party_name
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.wording.catalogue import say
from engine.wording.names import DUTY_NAMES

HOLDS: Final = "contact_point"
"""The letter to whoever is the contact point from now on …"""
HELD: Final = "contact_point_over"
"""… and the one to whoever was."""
_FIRST: Final[dict[Side, str]] = {"trust": "sykehuspartner", "municipal": "ks"}
"""Whose the contact point of a side is to begin with (R13)."""


def of_side(tx: Transaction, party: str, since: date) -> tuple[Contact, ...]:
    """Who is contact point on the party's side on `since` or later, until nobody said when."""
    parties = register.parties(tx)
    return tuple(
        each
        for each in register.contacts(tx)
        if each.duty == CONTACT_POINT
        and parties[each.party].side == parties[party].side
        and (each.valid_until is None or each.valid_until >= since)
    )


def passed_to(
    site: Site, tx: Transaction, new: Contact, old: Sequence[Contact], at: datetime
) -> None:
    """Tell `new` that they are their side's contact point now, and thank whoever was before."""
    before = next((each for each in old if each.email != new.email), None)
    day = oslo_day(at)
    others = (
        each
        for each in register.contacts(tx, max(new.valid_from, day))
        if each.duty == CONTACT_POINT and each.party != new.party and each.email != new.email
    )
    extra = {
        "since": max(new.valid_from, day).isoformat(),
        "before": called(before) if before else "",
        "other": next((called(each) for each in others if each not in old), ""),
    }
    _post(site, tx, _letter(site, tx, new, HOLDS, extra), new, at)
    if before is not None:
        thanked(site, tx, before, at, after=new)


def thanked(
    site: Site, tx: Transaction, old: Contact, at: datetime, *, after: Contact | None = None
) -> None:
    """Thank whoever is the contact point no longer, and say who is it after them."""
    extra = {"after": called(after) if after else ""}
    _post(site, tx, _letter(site, tx, old, HELD, extra), old, at)


def lacking(tx: Transaction, day: date) -> Iterator[tuple[str, date]]:
    """(party whose it was or is to be, the day since when) for each side that has no contact point
    on `day`, once the channel is there: where it had one, or the other side has one.
    """
    parties = register.parties(tx)
    ever = [each for each in register.contacts(tx) if each.duty == CONTACT_POINT]
    begun = [each for each in ever if each.valid_from <= day]
    for side, first in _FIRST.items():
        mine = [each for each in begun if parties[each.party].side == side]
        if not begun or any(each.valid_until is None or each.valid_until >= day for each in mine):
            continue
        last = max(mine, key=lambda each: each.valid_until or day, default=None)
        if last is not None:
            yield last.party, last.valid_until or day
        elif first in parties:
            yield first, max(each.valid_from for each in begun)


def _letter(
    site: Site, tx: Transaction, contact: Contact, template: str, extra: Mapping[str, object]
) -> LetterDraft:
    language = language_for(site, tx, contact)
    side = say(f"sides.{register.party(tx, contact.party).side}", language)
    texts = {
        **EMPTY,
        "receiver_duty": DUTY_NAMES[CONTACT_POINT][language],
        "receiver_name": contact.name,
        "extra": {**extra, "side": side, "party": party_name(tx, contact.party)},
    }
    return LetterDraft(
        role=CONTACT_POINT,
        party=contact.party,
        receiver=contact.email,
        template=template,
        language=language,
        variables=texts,
    )


def _post(site: Site, tx: Transaction, draft: LetterDraft, contact: Contact, at: datetime) -> None:
    seed = f"{draft.template}:{contact.id}:{at.isoformat()}"
    post(site, tx, draft, seed=seed, cause=Cause("command", seed), at=at)

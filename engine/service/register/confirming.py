"""Once a year: does what the register says of each holder still hold?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.calendar import oslo_day
from engine.domain.words import GENERAL
from engine.model import Cause, Contact, LetterDraft
from engine.plan.variables import EMPTY
from engine.service.acts.acting import in_transaction
from engine.service.letters.posting import REGISTER_CONFIRM, post
from engine.service.register.entries import entries, language_for
from engine.service.site import Site
from engine.store.contacts import people
from engine.store.contacts.addresses import suspended
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Transaction
from engine.wording.names import DUTY_NAMES

EVERY: Final = timedelta(days=365)
BATCH: Final = 20
"""How many are asked in one pass, so that a large register is not asked all at once."""


def ask(site: Site, at: datetime) -> int:
    """Ask at most BATCH holders who have neither been asked nor confirmed for a year; how many.

    Several workers may do it at once: each holder is asked once.
    """
    return in_transaction(site, lambda tx: _ask(site, tx, at))


def _ask(site: Site, tx: Transaction, at: datetime) -> int:
    day = oslo_day(at)
    addresses = people.to_ask(tx, at, day=day, before=at - EVERY, limit=BATCH)
    for address in addresses:
        people.asked(tx, address, at)
        if address in suspended(tx):
            continue
        found = contacts_of_address(tx, address, day)
        held = [contact for contact in found if contact.email == address]
        key = f"confirm:{address}:{day}"
        post(
            site,
            tx,
            _letter(site, tx, held),
            seed=key,
            cause=Cause("timer", key),
            at=at,
        )
    return len(addresses)


def _letter(site: Site, tx: Transaction, held: list[Contact]) -> LetterDraft:
    first = held[0]
    language = language_for(site, tx, first)
    aliases = dict.fromkeys(alias for contact in held for alias in contact.aliases)
    yes = GENERAL["yes"][language][0]
    return LetterDraft(
        role=first.duty,
        party=first.party,
        receiver=first.email,
        template=REGISTER_CONFIRM,
        language=language,
        variables={
            **EMPTY,
            "receiver_duty": DUTY_NAMES[first.duty][language],
            "answers": [{"word": yes, "event": "", "reason": False, "day": False}],
            "extra": {"entries": entries(tx, held, language), "aliases": list(aliases)},
        },
    )

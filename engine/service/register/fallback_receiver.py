"""Who gets a letter that did not reach its receiver: the next holder, else the coordinators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from engine.calendar import oslo_day
from engine.domain.register.duties import COORDINATOR
from engine.model import Contact, LetterDraft
from engine.plan.variables import EMPTY
from engine.service.register.entries import language_for, party_name
from engine.service.site import Site
from engine.store.cases.requests import load_request
from engine.store.contacts import addresses, people, register
from engine.store.contacts.addresses import BounceRow
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.store.mail_out.gathering import is_inside
from engine.store.mail_out.letters import LetterRow
from engine.wording.names import DUTY_NAMES
from engine.wording.undelivered import goes_to_you, why_undelivered

UNDELIVERED: Final = "undelivered"
"""The letter that tells a coordinator that another did not arrive."""
INSTEAD_OF: Final = "instead_of"
"""Under this name a letter's `extra` holds the addresses that it did not reach before."""
PERSONAL: Final = frozenset(
    """answer confirm_answer confirm_opening delegate delegate_receipt exact_word help
    import_confirm newcomer not_acted not_understood register_confirm remark_kept substitute
    substitute_over suggestion who_reads""".split()
)
"""Letters about what one person wrote or is; to a colleague they would say nothing."""
_TOKEN: Final = re.compile(r"\s*\[[^\[\]]*\]\s*$")


def instead_of(
    site: Site, tx: Transaction, letter: LetterRow, bounce: BounceRow, *, suspended: bool
) -> Iterator[LetterDraft]:
    """The letters that go out in place of `letter`; `suspended` is whether its receiver gets no
    more of them.

    None where a colleague has the same letter, where the request has moved on since, and where
    nobody who holds a duty was written to.
    """
    if letter.party is None or letter.role == COORDINATOR or _is_outdated(site, tx, letter):
        return
    day = oslo_day(bounce.at)
    duties = _duties(site, tx, letter)
    others = [] if letter.template in PERSONAL else _others(tx, letter, duties, day)
    if others and _is_told(tx, letter, {contact.email for contact in others}):
        return
    if others:
        yield _to_colleague(letter, others[0])
    else:
        yield from _to_coordinators(site, tx, letter, bounce, duties[0], suspended=suspended)


def _duties(site: Site, tx: Transaction, letter: LetterRow) -> tuple[str, ...]:
    """By which duties the receiver was written to."""
    request = load_request(tx, letter.request) if letter.request else None
    if request is None:
        return (letter.role,)
    roles = site.routines.version(tx, request.workflow, request.version).workflow.roles
    return roles[letter.role].duties if letter.role in roles else (letter.role,)


def _is_outdated(site: Site, tx: Transaction, letter: LetterRow) -> bool:
    """Whether the request has moved on, so that others have been written to about it since."""
    request = load_request(tx, letter.request) if letter.request else None
    return request is not None and request.since > letter.written_at


def _passed(letter: LetterRow) -> list[str]:
    """The addresses that the letter has not reached."""
    earlier: list[str] = letter.variables.get("extra", {}).get(INSTEAD_OF, [])
    return [*earlier, letter.receiver]


def _others(
    tx: Transaction, letter: LetterRow, duties: tuple[str, ...], day: date
) -> list[Contact]:
    """The other holders whose address works, those who are there first."""
    passed = {*_passed(letter), *addresses.suspended(tx)}
    away = people.away(tx, day)
    found = [
        contact
        for contact in register.contacts(tx, day)
        if contact.party == letter.party and contact.duty in duties and contact.email not in passed
    ]
    return sorted(found, key=lambda contact: contact.email in away)


def _is_told(tx: Transaction, letter: LetterRow, others: set[str]) -> bool:
    """Whether one of `others` has the same letter."""
    same = (row for row in letters.of_request(tx, letter.request) if letter.request)
    return any(
        row.receiver in others
        and (row.template, row.cause) == (letter.template, letter.cause)
        and (row.state not in ("cancelled", "dead") or is_inside(row))
        for row in same
    )


def _to_colleague(letter: LetterRow, colleague: Contact) -> LetterDraft:
    extra = {**letter.variables.get("extra", {}), INSTEAD_OF: _passed(letter)}
    return LetterDraft(
        role=letter.role,
        party=letter.party,
        receiver=colleague.email,
        template=letter.template,
        language=letter.language,
        variables={
            **letter.variables,
            "receiver_name": colleague.name,
            "done": [goes_to_you(letter.receiver, letter.language)],
            "extra": extra,
        },
    )


def _to_coordinators(
    site: Site,
    tx: Transaction,
    letter: LetterRow,
    bounce: BounceRow,
    duty: str,
    *,
    suspended: bool,
) -> Iterator[LetterDraft]:
    """A notice to each coordinator; without a receiver where there is none."""
    off = addresses.suspended(tx)
    held = [c for c in register.contacts(tx, oslo_day(bounce.at)) if c.duty == COORDINATOR]
    reached: Sequence[Contact | None] = [c for c in held if c.email not in off] or [None]
    for contact in reached:
        language = language_for(site, tx, contact) if contact else site.neutral_language
        known = letter.variables
        extra: dict[str, Any] = {
            "address": bounce.address,
            "duty": DUTY_NAMES[duty][language] if duty in DUTY_NAMES else "",
            "party": party_name(tx, str(letter.party)),
            "subject": _TOKEN.sub("", letter.subject or ""),
            "why": why_undelivered(bounce.status, bounce.reason, language),
            "suspended": suspended,
        }
        yield LetterDraft(
            role=COORDINATOR,
            party=contact.party if contact else None,
            receiver=contact.email if contact else "",
            template=UNDELIVERED,
            language=language,
            variables={
                **EMPTY,
                "course_name": known.get("course_name", ""),
                "short_name": known.get("short_name", ""),
                "receiver_duty": DUTY_NAMES[COORDINATOR][language],
                "receiver_name": contact.name if contact else "",
                "extra": extra,
            },
        )

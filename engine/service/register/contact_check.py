"""What is wrong, or will soon be, with who holds which duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, Literal

from msgspec import Struct

from engine.definition.types import Role
from engine.domain.register.absence import uncovered
from engine.domain.register.duties import COORDINATOR
from engine.model import Contact, Language
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.contacts import addresses, people, register
from engine.store.database import Transaction
from engine.wording.findings import found

AHEAD: Final = timedelta(days=90)
"""How long before a duty's last holder goes that somebody is told."""
Kind = Literal[
    "no_holder",
    "gap",
    "overlap",
    "own_address",
    "alias_clash",
    "provisional",
    "shared_domain",
    "suspended",
]
_NOTHING: Final[Mapping[str, object]] = {}
Duty = tuple[str, str]
"""A party's id and a duty."""


class Fault(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with the register, and how to mend it."""

    kind: Kind
    party: str = ""
    duty: str = ""
    address: str = ""
    code: str
    """What is wrong, in every language; with `values`."""
    values: Mapping[str, Any]

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return self.in_words("en")

    def in_words(self, language: Language) -> str:
        """What is wrong, and how to mend it."""
        return found(self.code, self.values, language)


def checked(site: Site, tx: Transaction, day: date) -> Iterator[Fault]:
    """Everything that is wrong with the contacts on `day` or will be; nothing is changed."""
    ever = register.contacts(tx)
    present = [each for each in ever if each.valid_until is None or each.valid_until >= day]
    by_duty = _by_duty(present)
    yield from _without_holder(site, tx, by_duty, day)
    yield from _gaps(by_duty, day)
    yield from _overlaps(by_duty)
    yield from _own_addresses(site, present)
    yield from _clashes(present)
    yield from _provisional(tx, present, day)
    yield from _suspended(tx, present)
    yield from _shared_domains(tx)


def _fault(
    kind: Kind,
    party: str = "",
    duty: str = "",
    address: str = "",
    *,
    code: str = "",
    more: Mapping[str, object] = _NOTHING,
) -> Fault:
    values = {"party": party, "duty": duty, "address": address, **more}
    return Fault(
        kind=kind, party=party, duty=duty, address=address, code=code or kind, values=values
    )


def _by_duty(contacts: Iterable[Contact]) -> Mapping[Duty, list[Contact]]:
    found: dict[Duty, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[contact.party, contact.duty].append(contact)
    return found


def _without_holder(
    site: Site, tx: Transaction, by_duty: Mapping[Duty, list[Contact]], day: date
) -> Iterator[Fault]:
    """Duties that a routine or an open request needs, and that nobody holds on `day`."""
    held = {duty for duty, who in by_duty.items() if any(each.valid_from <= day for each in who)}
    if not any(duty == COORDINATOR for _, duty in held):
        yield Fault(kind="no_holder", duty=COORDINATOR, code="no_coordinator", values={})
    for party, role in _needed(site, tx):
        # Where others are written to instead, the duty may well be nobody's.
        if not role.instead and not any((party, duty) in held for duty in role.duties):
            yield _fault("no_holder", party, role.duty)


def _needed(site: Site, tx: Transaction) -> tuple[tuple[str, Role], ...]:
    """(party, role) for the fixed roles of the routines, and for every role of an open request."""
    found: dict[tuple[str, str], tuple[str, Role]] = {}
    for routine in site.routines.current.values():
        for role in routine.workflow.roles.values():
            if role.party:
                found.setdefault((role.party, role.duty), (role.party, role))
    for case in queries.cases(tx):
        request = case.request
        workflow = site.routines.version(tx, request.workflow, request.version).workflow
        if workflow.states[request.state].final:
            continue
        for role in workflow.roles.values():
            party = request.party_of(role.of) if role.of else role.party
            if party:
                found.setdefault((party, role.duty), (party, role))
    return tuple(found.values())


def _gaps(by_duty: Mapping[Duty, list[Contact]], day: date) -> Iterator[Fault]:
    """Days to come on which nobody will hold what somebody holds before or after them."""
    for (party, duty), contacts in by_duty.items():
        periods = [(each.valid_from, each.valid_until) for each in contacts]
        last = max((each.valid_from for each in contacts), default=day)
        ends = [each.valid_until for each in contacts]
        horizon = max(last, day + AHEAD) if None not in ends else last
        first = min(each.valid_from for each in contacts)
        for since, until in uncovered(max(first, day), horizon, periods):
            code = "gap" if until == horizon and last < since else "gap_until"
            days = {"since": since, "until": until}
            yield _fault("gap", party, duty, code=code, more=days)


def _overlaps(by_duty: Mapping[Duty, list[Contact]]) -> Iterator[Fault]:
    """One address that holds a duty twice at a time, and a party with two contact points."""
    for (party, duty), contacts in by_duty.items():
        groups = _by_address(contacts) if duty != "contact_point" else [contacts]
        for group in groups:
            ordered = sorted(group, key=lambda each: each.valid_from)
            for first, second in pairwise(ordered):
                if first.valid_until is None or first.valid_until >= second.valid_from:
                    more = {
                        "first": first.email,
                        "second": second.email,
                        "since": second.valid_from,
                    }
                    yield _fault("overlap", party, duty, second.email, more=more)


def _by_address(contacts: Iterable[Contact]) -> list[list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[contact.email].append(contact)
    return list(found.values())


def _own_addresses(site: Site, contacts: Iterable[Contact]) -> Iterator[Fault]:
    for contact in contacts:
        for address in sorted({contact.email, *contact.aliases} & set(site.addresses)):
            party, duty = contact.party, contact.duty
            yield _fault("own_address", party, duty, address, more={"contact": contact.id})


def _clashes(contacts: Iterable[Contact]) -> Iterator[Fault]:
    """Addresses that belong to two people, so that nobody knows who writes."""
    owners: dict[str, set[str]] = defaultdict(set)
    for contact in contacts:
        for address in (contact.email, *contact.aliases):
            owners[address].add(contact.email)
    for address, emails in owners.items():
        if len(emails) > 1:
            more = {"owners": ", ".join(sorted(emails))}
            yield _fault("alias_clash", address=address, more=more)


def _provisional(tx: Transaction, contacts: Iterable[Contact], day: date) -> Iterator[Fault]:
    waiting = people.provisional(tx, day)
    for contact in contacts:
        if contact.id in waiting:
            more = {"since": contact.valid_from}
            yield _fault("provisional", contact.party, contact.duty, contact.email, more=more)


def _shared_domains(tx: Transaction) -> Iterator[Fault]:
    owners: dict[str, list[str]] = defaultdict(list)
    for party, domain in people.domains(tx):
        owners[domain].append(party)
    for domain, parties in owners.items():
        if len(parties) > 1:
            more = {"domain": domain, "parties": ", ".join(parties)}
            yield _fault("shared_domain", address=domain, more=more)


def _suspended(tx: Transaction, contacts: Iterable[Contact]) -> Iterator[Fault]:
    """Holders to whom no letters go, because one did not arrive."""
    off = addresses.suspended(tx)
    for contact in contacts:
        suspended = off.get(contact.email)
        if suspended is not None:
            why = suspended.reason or suspended.status or "–"
            more = {"letter": suspended.letter, "why": why}
            yield _fault("suspended", contact.party, contact.duty, contact.email, more=more)

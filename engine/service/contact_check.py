"""What is wrong, or will soon be, with who holds which duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from engine.definition.types import Role
from engine.domain.absence import uncovered
from engine.domain.duties import COORDINATOR
from engine.model import Contact
from engine.service.site import Site
from engine.store import addresses, people, queries, register
from engine.store.database import Transaction

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
Duty = tuple[str, str]
"""A party's id and a duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with the register, and how to mend it."""

    kind: Kind
    party: str = ""
    duty: str = ""
    address: str = ""
    what: str


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
        what = "nobody is coordinator: letters without a receiver stay where they are"
        yield Fault(kind="no_holder", duty=COORDINATOR, what=what)
    for party, role in _needed(site, tx):
        if not any((party, duty) in held for duty in role.duties):
            what = f"nobody is {role.duty} at {party}: contact add"
            yield Fault(kind="no_holder", party=party, duty=role.duty, what=what)


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
            ahead = "" if until == horizon and last < since else f" until {until}"
            what = f"nobody will be {duty} at {party} from {since}{ahead}"
            yield Fault(kind="gap", party=party, duty=duty, what=what)


def _overlaps(by_duty: Mapping[Duty, list[Contact]]) -> Iterator[Fault]:
    """One address that holds a duty twice at a time, and a party with two contact points."""
    for (party, duty), contacts in by_duty.items():
        groups = _by_address(contacts) if duty != "contact_point" else [contacts]
        for group in groups:
            ordered = sorted(group, key=lambda each: each.valid_from)
            for first, second in pairwise(ordered):
                if first.valid_until is None or first.valid_until >= second.valid_from:
                    what = (
                        f"{second.email} is {duty} at {party} from {second.valid_from}, "
                        f"while {first.email} still is"
                    )
                    yield Fault(
                        kind="overlap", party=party, duty=duty, address=second.email, what=what
                    )


def _by_address(contacts: Iterable[Contact]) -> list[list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        found[contact.email].append(contact)
    return list(found.values())


def _own_addresses(site: Site, contacts: Iterable[Contact]) -> Iterator[Fault]:
    for contact in contacts:
        for address in sorted({contact.email, *contact.aliases} & set(site.addresses)):
            yield Fault(
                kind="own_address",
                party=contact.party,
                duty=contact.duty,
                address=address,
                what=f"{address} is the site's own address, and is contact {contact.id}'s too",
            )


def _clashes(contacts: Iterable[Contact]) -> Iterator[Fault]:
    """Addresses that belong to two people, so that nobody knows who writes."""
    owners: dict[str, set[str]] = defaultdict(set)
    for contact in contacts:
        for address in (contact.email, *contact.aliases):
            owners[address].add(contact.email)
    for address, emails in owners.items():
        if len(emails) > 1:
            what = f"{address} belongs to several contacts: {', '.join(sorted(emails))}"
            yield Fault(kind="alias_clash", address=address, what=what)


def _provisional(tx: Transaction, contacts: Iterable[Contact], day: date) -> Iterator[Fault]:
    waiting = people.provisional(tx, day)
    for contact in contacts:
        if contact.id in waiting:
            yield Fault(
                kind="provisional",
                party=contact.party,
                duty=contact.duty,
                address=contact.email,
                what=f"{contact.email} ordered for {contact.party} on {contact.valid_from} and is "
                f"provisional: contact add {contact.party} {contact.duty}, or contact end",
            )


def _shared_domains(tx: Transaction) -> Iterator[Fault]:
    owners: dict[str, list[str]] = defaultdict(list)
    for party, domain in people.domains(tx):
        owners[domain].append(party)
    for domain, parties in owners.items():
        if len(parties) > 1:
            what = f"{domain} is the domain of {', '.join(parties)}: nobody can order by it"
            yield Fault(kind="shared_domain", address=domain, what=what)


def _suspended(tx: Transaction, contacts: Iterable[Contact]) -> Iterator[Fault]:
    """Holders to whom no letters go, because one did not arrive."""
    off = addresses.suspended(tx)
    for contact in contacts:
        found = off.get(contact.email)
        if found is not None:
            why = found.reason or found.status or "it came back"
            what = (
                f"letter {found.letter} did not reach {contact.email}: {why}; "
                f"no more go there: contact restore {contact.email}"
            )
            yield Fault(
                kind="suspended",
                party=contact.party,
                duty=contact.duty,
                address=contact.email,
                what=what,
            )

"""Networks and their people: setting them up, changing them, and what SU decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.area_file import Person
from engine.domain.networks.network import (
    DEPUTY,
    LEADER,
    Area,
    Member,
    Network,
    Task,
    TaskKind,
    network_id,
)
from engine.domain.register.parties import find_party, nearest
from engine.errors import RefusedError
from engine.model import Contact, Party, Reason
from engine.service.networks import leader_letters
from engine.service.networks.task_letters import told
from engine.service.register.contacts import Holder, added
from engine.service.site import Site
from engine.store.contacts import networks, register
from engine.store.database import Transaction


def area_named(tx: Transaction, name: str) -> Area:
    """The area of that id, or the only one where none is named; RefusedError where that is not
    certain.
    """
    known = networks.areas(tx)
    listed = ", ".join(known)
    if not known:
        raise RefusedError((Reason("no_area"),))
    if name and name not in known:
        raise RefusedError((Reason("area_unknown", {"area": name, "known": listed}),))
    if name:
        return known[name]
    if len(known) != 1:
        raise RefusedError((Reason("several_areas", {"known": listed}),))
    return next(iter(known.values()))


def network_named(tx: Transaction, name: str, area: str = "") -> Network:
    """The network of that id or name; RefusedError where there is none."""
    found = networks.networks(tx, area)
    folded = name.strip().casefold()
    for each in found:
        if folded in (each.id, each.name.casefold()):
            return each
    raise RefusedError((Reason("network_unknown", {"network": name}),))


def add(
    site: Site,
    name: str,
    at: datetime,
    *,
    area: str = "",
    decided_on: date,
    mandate: str = "",
    since: date | None = None,
) -> Network:
    """A new network of the area, set up by SU on `decided_on`; RefusedError with every reason."""
    with site.database.transaction() as tx:
        home = area_named(tx, area)
        parties = register.parties(tx)
        key = network_id(home.id, name)
        if key in parties and parties[key].name.casefold() != name.strip().casefold():
            # Another area has one for the same field, in its own words.
            key = f"{key}-{home.id}"
        network = Network(
            id=key,
            name=name.strip(),
            area=home.id,
            mandate=mandate,
            decided_on=decided_on,
            since=since or max(oslo_day(at), decided_on),
        )
        if network.id in parties:
            raise RefusedError((Reason("network_stands", {"network": network.name}),))
        write(tx, home, network)
    return network


def write(tx: Transaction, area: Area, network: Network) -> None:
    """Write a new network and its party, with every party of its area as a member."""
    party = Party(
        id=network.id,
        kind="network",
        side="joint",
        name=network.name,
        written_standard=area.written_standard,
    )
    register.upsert_parties(tx, [party])
    networks.add_network(tx, network)
    for each in (area.trust, *area.municipalities, *area.invited):
        networks.put_member(tx, network.id, Member(party=each))


def seat(
    site: Site,
    name: str,
    person: Person,
    at: datetime,
    *,
    duty: str = LEADER,
    since: date | None = None,
) -> Network:
    """The network with `person` as its leader or deputy from `since` on, in place of who was.

    RefusedError: a closed network, an organisation outside the area, the other one's side or
    person.
    """
    with site.database.transaction() as tx:
        network = network_named(tx, name)
        seat_in(site, tx, network, person, at, duty=duty, since=since)
    return network


def seat_in(
    site: Site,
    tx: Transaction,
    network: Network,
    person: Person,
    at: datetime,
    *,
    duty: str = LEADER,
    since: date | None = None,
) -> None:
    """As `seat`, in the open transaction; a new leader and the one before are told."""
    _refuse_closed(network, oslo_day(at))
    first = since or oslo_day(at)
    _refuse_beside(tx, network, person, duty, first)
    email = person.email.strip().lower()
    # Whoever leads it already goes on.
    gone = [each for each in _holding(tx, network.id, duty, first) if each.email != email]
    for contact in gone:
        networks.end_seat(tx, contact.id, max(first - timedelta(days=1), contact.valid_from))
    seated(site, tx, network, duty, person, since=first, at=at)
    if gone and duty == LEADER:
        (new,) = [c for c in _holding(tx, network.id, duty, first) if c.email == email]
        leader_letters.told(site, tx, network, new, gone, since=first, at=at)


def _refuse_beside(tx: Transaction, network: Network, person: Person, duty: str, day: date) -> None:
    """Leader and deputy are two people, one from either side (R90)."""
    parties = register.parties(tx)
    coming = find_party(person.organisation, parties)
    other = DEPUTY if duty == LEADER else LEADER
    beside = _holding(tx, network.id, other, day)
    places = {each.contact: each.organisation for each in networks.seats(tx, day)}
    sides = {parties[places[each.id]].side for each in beside if each.id in places}
    if person.email.strip().lower() in {each.email for each in beside}:
        raise RefusedError((Reason("leader_is_deputy", {"network": network.name}),))
    if coming is not None and coming.side in sides:
        raise RefusedError((Reason("seats_of_one_side", {"network": network.name}),))


def seated(
    site: Site,
    tx: Transaction,
    network: Network,
    duty: str,
    person: Person,
    *,
    since: date,
    at: datetime,
) -> None:
    """Let `person` hold the duty from the day on, for the organisation that they come from."""
    area = networks.areas(tx)[network.area]
    parties = register.parties(tx)
    organisation = find_party(person.organisation, parties)
    if organisation is None or organisation.id not in (area.trust, *area.municipalities):
        raise RefusedError((_outside(organisation, person.organisation, area),))
    held = _holding(tx, network.id, duty, since)
    same = next((each for each in held if each.email == person.email.strip().lower()), None)
    if same is not None:
        networks.put_seat(tx, same.id, organisation.id)
        return
    ((contact, _),) = added(site, tx, [holder(network.id, duty, person, since)], at)
    networks.put_seat(tx, contact.id, organisation.id)


def _outside(organisation: Party | None, said: str, area: Area) -> Reason:
    if organisation is not None and organisation.id in area.invited:
        return Reason("seat_is_for_the_sides", {"party": organisation.name})
    name = organisation.name if organisation else said or "–"
    return Reason("organisation_outside_area", {"party": name, "area": area.name})


def holder(party: str, duty: str, person: Person, since: date | None) -> Holder:
    """The person as somebody to register."""
    return Holder(party=party, duty=duty, email=person.email, name=person.name, since=since)


def _holding(tx: Transaction, network: str, duty: str, day: date) -> list[Contact]:
    return [c for c in register.contacts(tx, day) if c.party == network and c.duty == duty]


def _refuse_closed(network: Network, today: date) -> None:
    if network.closed_on is not None and network.closed_on < today:
        values = {"network": network.name, "day": network.closed_on}
        raise RefusedError((Reason("network_closed", values),))


def close(site: Site, name: str, at: datetime, last_day: date | None = None) -> Network:
    """The network, closed after `last_day` (yesterday, so from now on, if none is given)."""
    with site.database.transaction() as tx:
        network = network_named(tx, name)
        day = last_day or oslo_day(at) - timedelta(days=1)
        if network.closed_on is not None:
            values = {"network": network.name, "day": network.closed_on}
            raise RefusedError((Reason("network_closed", values),))
        if day < network.decided_on:
            raise RefusedError((Reason("not_decided_yet"),))
        # The days before the site knew the network are none of the site's.
        day = max(day, network.since)
        networks.close(tx, network.id, day)
    return replace(network, closed_on=day)


def priority(site: Site, year: int, names: Sequence[str], *, area: str = "") -> tuple[str, ...]:
    """SU's priority areas for the year, set to `names` where any are given."""
    with site.database.transaction() as tx:
        home = area_named(tx, area)
        if names:
            once = tuple(dict.fromkeys(" ".join(name.split()) for name in names))
            networks.set_priority_areas(tx, home.id, year, once)
        return networks.priority_areas(tx, home.id, year)


def add_task(
    site: Site, name: str, text: str, at: datetime, *, ends_on: date, kind: TaskKind
) -> Task:
    """What SU asks of a network through FOUSAM, or a work group, with the day that it ends."""
    with site.database.transaction() as tx:
        network = network_named(tx, name)
        _refuse_closed(network, oslo_day(at))
        if ends_on < oslo_day(at):
            raise RefusedError((Reason("day_past", {"day": ends_on}),))
        task = Task(network=network.id, kind=kind, text=text, since=oslo_day(at), ends_on=ends_on)
        task = replace(task, id=networks.add_task(tx, task))
        told(site, tx, network, task, at)
        return task


def finish_task(site: Site, number: int, at: datetime) -> Task:
    """The assignment or work group, done; those whom it concerns are told.

    NotFoundError when none such is open.
    """
    with site.database.transaction() as tx:
        networks.task_done(tx, number, oslo_day(at))
        (task,) = [each for each in networks.tasks(tx) if each.id == number]
        told(site, tx, networks.network(tx, task.network), task, at)
    return task


def put_member(site: Site, name: str, party: str, named: str) -> Member:
    """Let a party take part in the network, with whom it has named (R70)."""
    with site.database.transaction() as tx:
        network = network_named(tx, name)
        parties = register.parties(tx)
        found = find_party(party, parties)
        if found is None:
            values = {"text": party, "nearest": nearest(party, parties)}
            raise RefusedError((Reason("unknown_party", values),))
        area = networks.areas(tx)[network.area]
        if found.id not in (area.trust, *area.municipalities, *area.invited):
            values = {"party": found.name, "area": area.name}
            raise RefusedError((Reason("organisation_outside_area", values),))
        member = Member(party=found.id, named=named)
        networks.put_member(tx, network.id, member)
    return member

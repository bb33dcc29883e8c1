"""Networks as they stand: who leads each, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.networks.network import DEPUTY, LEADER, Member, Network, Seat, Task, seat_faults
from engine.model import Contact, Reason
from engine.service.networks.setting_up import area_named
from engine.service.site import Site
from engine.store.contacts import networks, register


class NetworkView(Struct, frozen=True, kw_only=True):
    """A network with its people, and what is wrong with it."""

    network: Network
    leader: str
    deputy: str
    faults: tuple[Reason, ...]
    members: tuple[Member, ...] = ()
    tasks: tuple[Task, ...] = ()


def views(
    site: Site, at: datetime, *, area: str = "", closed: bool = False
) -> tuple[NetworkView, ...]:
    """Every network, or those of one area, with who leads it and what is wrong with that."""
    today = oslo_day(at)
    with site.database.reading() as tx:
        if area:
            area_named(tx, area)
        found = [n for n in networks.networks(tx, area) if closed or n.is_open(today)]
        seats, contacts = networks.seats(tx, today), register.contacts(tx, today)
        parties = register.parties(tx)
        return tuple(
            NetworkView(
                network=each,
                leader=_people(each, LEADER, contacts, seats),
                deputy=_people(each, DEPUTY, contacts, seats),
                faults=seat_faults(each, contacts, seats, parties),
                members=networks.members(tx, each.id),
                tasks=networks.tasks(tx, each.id),
            )
            for each in found
        )


def _people(network: Network, duty: str, contacts: Sequence[Contact], seats: Sequence[Seat]) -> str:
    places = {seat.contact: seat.organisation for seat in seats}
    held = [c for c in contacts if c.party == network.id and c.duty == duty]
    return ", ".join(f"{c.email} ({places[c.id]})" if c.id in places else c.email for c in held)

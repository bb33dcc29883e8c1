"""Professional networks: what they are, who sits in them, and what is wrong with that (R67–R91)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from engine.model import Contact, Party, Reason
from engine.plain import composed

LEADER: Final = "network_leader"
DEPUTY: Final = "network_deputy"
DELIVERERS: Final = frozenset({LEADER, DEPUTY})
"""The duties whose holders deliver for a network."""
ABOUT_NETWORKS: Final = DELIVERERS | {"fousam"}
"""Those, and the one whose holders read what was delivered."""
TaskKind = Literal["assignment", "work_group"]
LONGEST_ID: Final = 30
_COMMON: Final = re.compile(r"^(?:fagleg|faglig) nettverk (?:for |i )?")
"""How the names of most networks begin."""
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Area(Struct, frozen=True, kw_only=True):
    """An area of cooperation: a trust and its municipalities, with the two bodies between them."""

    id: str
    name: str
    written_standard: str
    """`nb` or `nn`: what the area's letters and its roll-up are written in."""
    trust: str
    fousam: str
    """What the body that gathers plans and reports is called there."""
    su: str
    municipalities: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    """Who is invited into all networks and is on neither side, as a university college (R69)."""


class Network(Struct, frozen=True, kw_only=True):
    """A professional network between a trust and its municipalities."""

    id: str
    name: str
    area: str
    mandate: str
    decided_on: date
    """When SU set it up (R68)."""
    since: date
    """The first day on which the site follows its year."""
    closed_on: date | None = None
    """Its last day; None while it goes on."""

    def is_open(self, day: date) -> bool:
        """Whether the network exists on `day`."""
        return self.closed_on is None or day <= self.closed_on

    def was_active(self, year: int) -> bool:
        """Whether the network existed on 31 December of `year`: then the roll-up counts it."""
        last = date(year, 12, 31)
        return self.decided_on <= last and self.is_open(last)


class Member(Struct, frozen=True, kw_only=True):
    """A party that takes part, and whom it has named (R70)."""

    party: str
    named: str = ""


class Seat(Struct, frozen=True, kw_only=True):
    """A leader or a deputy, and the organisation that they come from."""

    contact: int
    network: str
    duty: str
    organisation: str


class Task(Struct, frozen=True, kw_only=True):
    """What SU asks of a network through FOUSAM, or a work group with its mandate and its end."""

    id: int = 0
    network: str
    kind: TaskKind
    text: str
    since: date
    ends_on: date
    done_on: date | None = None


def network_id(area: str, name: str) -> str:
    """The id that a network of that name gets: small letters, digits and hyphens."""
    plain = composed(name).casefold().translate(_LETTERS)
    bare = composed(plain, "NFD").encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", _COMMON.sub("", bare)).strip("-")[:LONGEST_ID].strip("-")
    return slug or f"{area}-network"


def seat_faults(
    network: Network,
    contacts: Sequence[Contact],
    seats: Sequence[Seat],
    parties: Mapping[str, Party],
) -> tuple[Reason, ...]:
    """What is wrong with who leads the network: nobody, no deputy, one person, one side (R90)."""
    mine = [contact for contact in contacts if contact.party == network.id]
    leaders = [contact for contact in mine if contact.duty == LEADER]
    deputies = [contact for contact in mine if contact.duty == DEPUTY]
    faults = []
    if not leaders:
        faults.append(Reason("network_without_leader", {"network": network.name}))
    if not deputies:
        faults.append(Reason("network_without_deputy", {"network": network.name}))
    if {each.email for each in leaders} & {each.email for each in deputies}:
        faults.append(Reason("leader_is_deputy", {"network": network.name}))
    places = {seat.contact: seat.organisation for seat in seats}
    sides = [
        {parties[places[each.id]].side for each in held if places.get(each.id) in parties}
        for held in (leaders, deputies)
    ]
    if sides[0] and sides[0] == sides[1]:
        faults.append(Reason("seats_of_one_side", {"network": network.name}))
    return tuple(faults)

"""Areas, networks and what SU decides, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from engine.domain.networks.network import Area, Member, Network, Seat, Task
from engine.errors import NotFoundError
from engine.model import Reason
from engine.store.contacts.known import changed
from engine.store.database import Row, Transaction
from engine.store.encoding import read_as


def put_area(tx: Transaction, area: Area) -> None:
    """Write the area, whose parties must stand already, in place of the one with the same id."""
    changed(tx)
    names = {"id": area.id, "trust": area.trust, "fousam": area.fousam, "su": area.su}
    tx.run("area_upsert", names)
    # Who no longer stands in the area's file is no part of it.
    tx.run("area_members_clear", {"of_area": area.id})
    together = (*area.municipalities, *area.invited)
    tx.run_many("area_member_insert", [{"area": area.id, "party": party} for party in together])


def areas(tx: Transaction) -> dict[str, Area]:
    """Every area of the site by id."""
    rows = tx.all("areas")
    if not rows:
        return {}
    members: dict[str, list[str]] = {}
    invited: dict[str, list[str]] = {}
    for row in tx.all("area_members"):
        found = invited if row["side"] == "joint" else members
        found.setdefault(row["area"], []).append(row["party"])
    return {
        row["id"]: _area(row, members.get(row["id"], ()), invited.get(row["id"], ()))
        for row in rows
    }


def set_priority_areas(tx: Transaction, area: str, year: int, names: Sequence[str]) -> None:
    """Let `names` be what SU has decided for the area's plans of `year`, in place of what stood."""
    changed(tx)
    tx.run("priority_areas_clear", {"of_area": area, "of_year": year})
    tx.run_many(
        "priority_area_insert",
        [
            {"area": area, "year": year, "place": place, "name": name}
            for place, name in enumerate(names, start=1)
        ],
    )


def priority_areas(tx: Transaction, area: str, year: int) -> tuple[str, ...]:
    """What SU has decided for the year's plans, in its order; empty where it decided nothing."""
    rows = tx.all("priority_areas", {"of_area": area, "of_year": year})
    return tuple(row["name"] for row in rows)


def add_network(tx: Transaction, network: Network) -> None:
    """Write a new network, whose party must stand already."""
    changed(tx)
    tx.run(
        "network_insert",
        {
            "id": network.id,
            "area": network.area,
            "mandate": network.mandate,
            "decided_on": network.decided_on.isoformat(),
            "since": network.since.isoformat(),
            "closed_on": None,
        },
    )


def networks(tx: Transaction, area: str = "") -> tuple[Network, ...]:
    """Every network, or those of one area, by name; closed ones too."""
    return tuple(read_as(Network, row) for row in tx.all("networks", {"of_area": area}))


def network(tx: Transaction, network_id: str) -> Network:
    """The network with that id; NotFoundError when there is none."""
    for each in networks(tx):
        if each.id == network_id:
            return each
    raise NotFoundError(f"there is no network {network_id}")


def close(tx: Transaction, network_id: str, day: date) -> bool:
    """Let `day` be the network's last one; False when it was closed already."""
    changed(tx)
    return tx.run("network_close", {"of_network": network_id, "day": day.isoformat()}) == 1


def put_member(tx: Transaction, network_id: str, member: Member) -> None:
    """Let a party take part in the network, with whom it has named."""
    changed(tx)
    row = {"network": network_id, "party": member.party, "named": member.named}
    tx.run("network_member_upsert", row)


def members(tx: Transaction, network_id: str) -> tuple[Member, ...]:
    """The parties that take part in the network, by id."""
    rows = tx.all("network_members", {"of_network": network_id})
    return tuple(Member(party=row["party"], named=row["named"]) for row in rows)


def put_seat(tx: Transaction, contact: int, organisation: str) -> None:
    """Record for which organisation a holder of a network's duty sits."""
    changed(tx)
    tx.run("network_seat_upsert", {"contact": contact, "organisation": organisation})


def seats(tx: Transaction, day: date) -> tuple[Seat, ...]:
    """For which organisations the networks' leaders and deputies sit on `day`."""
    return tuple(
        Seat(
            contact=row["id"],
            network=row["party"],
            duty=row["duty"],
            organisation=row["organisation"],
        )
        for row in tx.all("network_seats", {"day": day.isoformat()})
    )


def add_task(tx: Transaction, task: Task) -> int:
    """Record what SU asks of a network, or a work group; its id."""
    changed(tx)
    return tx.insert(
        "network_task_insert",
        {
            "network": task.network,
            "kind": task.kind,
            "text": task.text,
            "since": task.since.isoformat(),
            "ends_on": task.ends_on.isoformat(),
            "done_on": None,
        },
    )


def tasks(tx: Transaction, network_id: str = "") -> tuple[Task, ...]:
    """Every assignment and work group, or those of one network, oldest first."""
    return tuple(read_as(Task, row) for row in tx.all("network_tasks", {"of_network": network_id}))


def task_done(tx: Transaction, task: int, day: date) -> None:
    """Record that a task is done; NotFoundError when none such is open."""
    changed(tx)
    if tx.run("network_task_done", {"of_task": task, "day": day.isoformat()}) != 1:
        raise NotFoundError(
            f"there is no open task {task}", reason=Reason("task_missing", {"number": task})
        )


def _area(row: Row, members: Iterable[str], invited: Iterable[str]) -> Area:
    return read_as(Area, row, municipalities=tuple(members), invited=tuple(invited))


def end_seat(tx: Transaction, contact: int, last_day: date) -> None:
    """Let a leader or a deputy hold that duty up to and including `last_day`, and no other less."""
    changed(tx)
    tx.run("contact_end", {"of_contact": contact, "last_day": last_day.isoformat()})

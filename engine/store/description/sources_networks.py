"""Statements about areas, networks, and what SU decides for a year."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.constraints import one_of
from engine.store.description.sealing import changing
from engine.store.description.sources import (
    NO_TEXT,
    contact,
    inserted,
    letter,
    number,
    param,
    party,
    request,
    upserted,
)
from engine.store.description.tables_networks import metadata
from engine.store.outbox import UNSENT

area = metadata.tables["area"]
area_member = metadata.tables["area_member"]
priority_area = metadata.tables["priority_area"]
network = metadata.tables["network"]
network_member = metadata.tables["network_member"]
network_seat = metadata.tables["network_seat"]
network_task = metadata.tables["network_task"]

_of_network = param("of_network")

STATEMENTS: Mapping[str, ClauseElement] = {
    "area_upsert": upserted(area, "id"),
    "areas": select(area, party.c.name, party.c.written_standard)
    .select_from(area.join(party, party.c.id == area.c.id))
    .order_by(area.c.id),
    "area_member_insert": insert(area_member)
    .values(area=param("area"), party=param("party"))
    .on_conflict_do_nothing(),
    "area_members": select(area_member, party.c.side)
    .select_from(area_member.join(party, party.c.id == area_member.c.party))
    .order_by(area_member.c.area, area_member.c.party),
    "area_members_clear": area_member.delete().where(area_member.c.area == param("of_area")),
    "priority_areas": select(priority_area.c.name)
    .where(priority_area.c.area == param("of_area"), priority_area.c.year == number("of_year"))
    .order_by(priority_area.c.place),
    "priority_areas_clear": priority_area.delete().where(
        priority_area.c.area == param("of_area"), priority_area.c.year == number("of_year")
    ),
    "priority_area_insert": inserted(priority_area),
    "network_insert": inserted(network),
    "networks": select(network, party.c.name)
    .select_from(network.join(party, party.c.id == network.c.id))
    .where(or_(param("of_area") == NO_TEXT, network.c.area == param("of_area")))
    .order_by(party.c.name, network.c.id),
    "network_close": update(network)
    .values(closed_on=param("day"))
    .where(network.c.id == _of_network, network.c.closed_on.is_(None)),
    "network_member_upsert": upserted(network_member, "network", "party"),
    "network_members": select(network_member)
    .where(network_member.c.network == _of_network)
    .order_by(network_member.c.party),
    "network_seat_upsert": upserted(network_seat, "contact"),
    "network_seats": select(
        network_seat.c.organisation, contact.c.id, contact.c.party, contact.c.duty
    )
    .select_from(network_seat.join(contact, contact.c.id == network_seat.c.contact))
    .where(
        and_(
            contact.c.valid_from <= param("day"),
            or_(contact.c.valid_until.is_(None), contact.c.valid_until >= param("day")),
        )
    )
    .order_by(contact.c.id),
    "network_task_insert": inserted(network_task, returning="id"),
    "network_tasks": select(network_task)
    .where(or_(_of_network == NO_TEXT, network_task.c.network == _of_network))
    .order_by(network_task.c.id),
    "requests_of_party": select(request)
    .where(request.c.workflow == param("of_workflow"), request.c.owner == param("of_party"))
    .order_by(request.c.id),
    "requests_of_routine": select(request)
    .where(request.c.workflow == param("of_workflow"))
    .order_by(request.c.id),
    # A letter takes up more until somebody has tried to send it.
    "letter_taking": select(*(column for column in letter.c if column.name != "raw"))
    .where(
        letter.c.receiver == param("receiver"),
        letter.c.template == param("template"),
        letter.c.written_at == param("at"),
        letter.c.raw.is_(None),
        one_of(letter.c.state, UNSENT),
    )
    .order_by(letter.c.id),
    "letter_take": changing(letter, variables=param("variables"), seal=param("seal")).where(
        letter.c.id == number("of_letter"), letter.c.raw.is_(None), one_of(letter.c.state, UNSENT)
    ),
    "network_task_done": update(network_task)
    .values(done_on=param("day"))
    .where(network_task.c.id == number("of_task"), network_task.c.done_on.is_(None)),
}

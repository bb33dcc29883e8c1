"""Statements about mail domains, absences, and what we last heard from whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    and_,
    func,
    literal_column,
    null,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.sources import (
    NO_TEXT,
    NOTHING_SKIPPED,
    contact,
    inserted,
    number,
    param,
)
from engine.store.description.tables_people import metadata

party_domain = metadata.tables["party_domain"]
absence = metadata.tables["absence"]
correspondent = metadata.tables["correspondent"]

_day = param("day")
_active = and_(
    contact.c.valid_from <= _day,
    or_(contact.c.valid_until.is_(null()), contact.c.valid_until >= _day),
)
_absent = and_(absence.c.since <= _day, absence.c.until >= _day)
_known = select(correspondent.c.address).where(correspondent.c.address == contact.c.email)
_provisional: ColumnElement[Any] = literal_column("'provisional'")
_nothing: ColumnElement[Any] = literal_column("NULL")

STATEMENTS: Mapping[str, ClauseElement] = {
    "contacts_provisional": select(contact.c.id)
    .where(_active, contact.c.valid_until.is_(null()), contact.c.proof == _provisional)
    .order_by(contact.c.id),
    "contact_settled": update(contact)
    .values(proof=literal_column("'site'"))
    .where(contact.c.id == number("of_contact"), contact.c.proof == _provisional),
    "domain_insert": insert(party_domain)
    .values(domain=param("domain"), party=param("party"))
    .on_conflict_do_nothing(index_elements=["domain", "party"]),
    "domain_delete": party_domain.delete().where(
        party_domain.c.domain == param("domain"), party_domain.c.party == param("party")
    ),
    "domains": select(party_domain)
    .where(or_(param("of_party") == NO_TEXT, party_domain.c.party == param("of_party")))
    .order_by(party_domain.c.party, party_domain.c.domain),
    "domain_parties": select(party_domain.c.party)
    .where(party_domain.c.domain == param("domain"))
    .order_by(party_domain.c.party),
    "absence_insert": inserted(absence, returning="id"),
    "absence_end": update(absence)
    .values(until=param("until"))
    .where(absence.c.id == number("of_absence")),
    "absence_delete": absence.delete().where(absence.c.id == number("of_absence")),
    "contact_delete": contact.delete().where(contact.c.id == number("of_contact")),
    "absences": select(absence).order_by(absence.c.id),
    # Whoever answered automatically of late counts as away, since no one has said until when.
    "away_on_day": union(
        select(absence.c.address).where(_absent),
        select(correspondent.c.address).where(correspondent.c.automatic_at >= param("lately")),
    ),
    # Another worker may see the same newcomer at the same moment.
    "correspondents_insert": insert(correspondent)
    .from_select(
        ["address", "seen_at", "asked_at", "confirmed_at", "automatic_at"],
        select(contact.c.email, param("at"), _nothing, _nothing, _nothing)
        .where(_active, ~_known.exists())
        .distinct(),
    )
    .on_conflict_do_nothing(index_elements=["address"]),
    "correspondents_to_ask": select(correspondent.c.address)
    .where(
        correspondent.c.seen_at <= param("before"),
        func.coalesce(correspondent.c.asked_at, NO_TEXT) <= param("before"),
        func.coalesce(correspondent.c.confirmed_at, NO_TEXT) <= param("before"),
        correspondent.c.address.in_(select(contact.c.email).where(_active)),
    )
    .order_by(correspondent.c.seen_at, correspondent.c.address)
    .limit(number("at_most_rows"))
    .offset(NOTHING_SKIPPED),
    "correspondent_asked": update(correspondent)
    .values(asked_at=param("at"))
    .where(correspondent.c.address == param("of_address")),
    "correspondent_confirmed": update(correspondent)
    .values(confirmed_at=param("at"))
    .where(correspondent.c.address == param("of_address")),
    "correspondent_automatic": insert(correspondent)
    .values(address=param("of_address"), seen_at=param("at"), automatic_at=param("at"))
    .on_conflict_do_update(index_elements=["address"], set_={"automatic_at": param("at")}),
    "correspondent_wrote": update(correspondent)
    .values(automatic_at=null())
    .where(
        correspondent.c.address == param("of_address"),
        correspondent.c.automatic_at.is_not(null()),
    ),
}

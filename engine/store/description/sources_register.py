"""Statements about the register, workflow versions and the schema's version."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, and_, literal_column, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.sources import (
    NOTHING_SKIPPED,
    agreement,
    among,
    contact,
    contact_alias,
    inserted,
    number,
    param,
    party,
    register_revision,
    schema_version,
    upserted,
    workflow_version,
)

_day = param("day")
_active = and_(
    contact.c.valid_from <= _day,
    or_(contact.c.valid_until.is_(null()), contact.c.valid_until >= _day),
)
_contact_row = select(contact, contact_alias.c.address).select_from(
    contact.outerjoin(contact_alias, contact_alias.c.contact == contact.c.id)
)
_with_address = contact.c.id.in_(
    select(contact.c.id)
    .where(contact.c.email == param("address"))
    .union(select(contact_alias.c.contact).where(contact_alias.c.address == param("address")))
)
_in_order = (contact.c.id, contact_alias.c.address)

_one_more = (
    insert(register_revision)
    .values(id=literal_column("1"), revision=literal_column("1"))
    .on_conflict_do_update(
        index_elements=["id"],
        set_={"revision": register_revision.c.revision + literal_column("1")},
    )
)

STATEMENTS: Mapping[str, ClauseElement] = {
    "party_upsert": upserted(party, "id"),
    "register_revision": select(register_revision.c.revision),
    "register_changed": _one_more,
    "parties": select(party).order_by(party.c.id),
    "parties_by_ids": select(party).where(among(party.c.id, "ids")).order_by(party.c.id),
    # One row per alias, and one for a contact without any; read together.
    "contact_insert": inserted(contact, returning="id"),
    "contacts": _contact_row.order_by(*_in_order),
    "contacts_on_day": _contact_row.where(_active).order_by(*_in_order),
    "contacts_for_facts": _contact_row.where(
        _active,
        or_(
            among(contact.c.party, "parties"),
            contact.c.duty == literal_column("'coordinator'"),
        ),
    ).order_by(*_in_order),
    "contacts_of_address": _contact_row.where(_active, _with_address).order_by(*_in_order),
    "contacts_ever_of_address": _contact_row.where(_with_address).order_by(*_in_order),
    "contact_same": select(contact.c.id).where(
        contact.c.party == param("party"),
        contact.c.duty == param("duty"),
        contact.c.email == param("email"),
        or_(contact.c.valid_until.is_(null()), contact.c.valid_until >= _day),
    ),
    "contact_end": update(contact)
    .values(valid_until=param("last_day"))
    .where(contact.c.id == number("of_contact")),
    "contact_language": update(contact)
    .values(language=param("language"))
    .where(contact.c.email == param("address")),
    "alias_insert": insert(contact_alias)
    .values(contact=number("contact"), address=param("address"))
    .on_conflict_do_nothing(index_elements=["contact", "address"]),
    "agreement_insert": inserted(agreement, returning="id"),
    "agreements": select(agreement).order_by(agreement.c.id),
    "agreement_on_day": select(agreement)
    .where(agreement.c.since <= _day, agreement.c.until > _day)
    .order_by(agreement.c.since.desc())
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "workflow_version_insert": inserted(workflow_version),
    "workflow_version": select(workflow_version).where(
        workflow_version.c.name == param("of_workflow"),
        workflow_version.c.version == number("of_version"),
    ),
    "workflow_hashes": select(workflow_version.c.sha256),
    "workflow_versions": select(workflow_version).order_by(
        workflow_version.c.name, workflow_version.c.version
    ),
    "schema_version_insert": inserted(schema_version),
    "schema_version": select(schema_version.c.version_num),
}

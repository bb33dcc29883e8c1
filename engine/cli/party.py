"""Commands about the organisations that take part."""

from __future__ import annotations

from typing import Any

import click

from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.contact import COLUMNS as CONTACT_COLUMNS
from engine.cli.contact import contact_document, contacts_shown
from engine.cli.party_file import parties
from engine.cli.printing import document, documents
from engine.domain.parties import find_party, nearest
from engine.errors import NotFoundError
from engine.model import Language, Party, Reason
from engine.report.table import facts, table
from engine.service.register.contacts import import_parties
from engine.store.contacts import register
from engine.wording.names import WORDS, called

KEYS = ("id", "name", "kind", "side", "written_standard", "organisation_number")


@command("party list")
def list_(call: Call) -> None:
    """Print every party of the register, by id."""
    with call.site().database.reading() as tx:
        found = [_party_document(party) for party in register.parties(tx).values()]
    documents(call, found, KEYS, [_shown(each, call.language) for each in found])


@command("party show")
@click.argument("party", metavar="ID")
def show(call: Call, party: str) -> None:
    """Print one party, found by id or by name, and its holders on the day."""
    with call.site().database.reading() as tx:
        registered = register.parties(tx)
        known = find_party(party, registered)
        if known is None:
            near = nearest(party, registered)
            raise NotFoundError(
                f"there is no party «{party}»; the nearest is {near}",
                reason=Reason("party_missing_near", {"party": party, "nearest": near}),
            )
        holders = [
            contact_document(contact)
            for contact in register.contacts(tx, oslo_day(call.at))
            if contact.party == known.id
        ]
    found = {**_party_document(known), "contacts": holders}
    text = facts(_shown(found, call.language), KEYS, call.language)
    listed = table(contacts_shown(holders, call.language), CONTACT_COLUMNS[2:], call.language)
    document(call, found, f"{text}\n\n{listed}")


@command("party import")
@click.argument("file", metavar="FILE")
def import_(call: Call, file: str) -> None:
    """Bring every party of a csv file into the register, or none when a line has a fault.

    The columns are id, kind, side, name and, where wanted, written_standard, organisation_number.
    """
    brought = import_parties(call.site(), parties(file))
    found = [{**_party_document(party), "new": new} for party, new in brought]
    documents(call, found, KEYS, [_shown(each, call.language) for each in found])


def _shown(found: dict[str, Any], language: Language) -> dict[str, Any]:
    named = ("kind", "side", "written_standard")
    return {**found, **{key: called(WORDS, found[key], language) for key in named}}


def _party_document(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "kind": party.kind,
        "side": party.side,
        "name": party.name,
        "written_standard": party.written_standard,
        "organisation_number": party.organisation_number,
    }

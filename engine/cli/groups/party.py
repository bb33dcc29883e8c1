"""Commands about the organisations that take part."""

from __future__ import annotations

import re
from typing import Any, Final, cast

import click

from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.files import Fault, csv_rows
from engine.cli.groups.contact import COLUMNS as CONTACT_COLUMNS
from engine.cli.groups.contact import contact_document, contacts_shown
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.domain.register.parties import party_meant
from engine.errors import InputError
from engine.model import Language, Party, Reason
from engine.model.register import Side
from engine.report.table import facts, table
from engine.service.register import domains
from engine.service.register.contacts import import_parties
from engine.store.contacts import register
from engine.wording.catalogue import names
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
        known = registered[party_meant(party, registered)]
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


DOMAIN_COLUMNS = ("party", "domain")


@command("party domain")
@click.argument("party", required=False, default="", metavar="[PARTY]")
@click.argument("names", nargs=-1, metavar="[DOMAIN…]")
@option("--remove", is_flag=True, help="remove")
def domain(call: Call, party: str, names: tuple[str, ...], remove: bool) -> None:
    """Print the domains of a party or of all, or let mail from DOMAIN count as the party's.

    Somebody who writes from a municipality's own domain may order a course for it.
    """
    site = call.site()
    rows = domains.changed(site, party, names, remove=remove) if names else None
    found = domains.listed(site, party) if rows is None else rows
    documents(call, [dict(zip(DOMAIN_COLUMNS, row, strict=True)) for row in found], DOMAIN_COLUMNS)


REQUIRED: Final = ("id", "kind", "side", "name")
FILE_COLUMNS: Final = (*REQUIRED, "written_standard", "organisation_number")
SIDES: Final = ("trust", "municipal")
"""The sides that a party may be brought in on; what both set up comes with its network (R1)."""
STANDARDS: Final = ("nb", "nn", "neutral")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND = re.compile(r"[a-z_]+")
_NUMBER = re.compile(r"(\d{9})?")


def parties(file: str) -> list[Party]:
    """The parties of a csv file, with a heading line and `,` or `;` between the columns.

    The written standard is `neutral` if not given. InputError with every fault.
    """
    found: dict[str, Party] = {}
    faults: list[Fault] = []
    for number, row in csv_rows(file, FILE_COLUMNS, REQUIRED):
        values = {name: (row.get(name) or "").strip() for name in FILE_COLUMNS}
        values["written_standard"] = values["written_standard"] or "neutral"
        place = f"{file}:{number}"
        wrong = [Reason("csv_too_many")] if None in row else _wrong(values)
        if values["id"] in found:
            wrong.append(Reason("csv_twice", {"text": values["id"]}))
        faults += [(place, reason) for reason in wrong]
        found[values["id"]] = Party(
            id=values["id"],
            kind=values["kind"],
            side=cast(Side, values["side"]),
            name=values["name"],
            written_standard=values["written_standard"],
            organisation_number=values["organisation_number"],
        )
    if faults:
        raise InputError(faults=faults)
    return list(found.values())


def _wrong(values: dict[str, str]) -> list[Reason]:
    empty = [name for name in REQUIRED if not values[name]]
    if empty:
        return [Reason("csv_empty", {"columns": empty})]
    rights = {
        "id": _ID.fullmatch(values["id"]),
        "kind": _KIND.fullmatch(values["kind"]),
        "side": values["side"] in SIDES,
        "written_standard": values["written_standard"] in STANDARDS,
        "organisation_number": _NUMBER.fullmatch(values["organisation_number"]),
    }
    rules = {
        **names("party_columns"),
        "side": " / ".join(SIDES),
        "written_standard": " / ".join(STANDARDS),
    }
    return [
        Reason("csv_value", {"text": values[name], "column": name, "rule": rules[name]})
        for name, right in rights.items()
        if not right
    ]

"""The csv file that `party import` reads."""

from __future__ import annotations

import re
from typing import Final, cast

from engine.cli.csv_file import Fault, csv_rows
from engine.errors import InputError
from engine.model import Party, Reason
from engine.model.register import Side
from engine.wording.catalogue import names

REQUIRED: Final = ("id", "kind", "side", "name")
COLUMNS: Final = (*REQUIRED, "written_standard", "organisation_number")
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
    for number, row in csv_rows(file, COLUMNS, REQUIRED):
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
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

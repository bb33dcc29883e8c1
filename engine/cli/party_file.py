"""The csv file that `party import` reads."""

from __future__ import annotations

from typing import Final, cast

from engine.cli.csv_file import csv_rows
from engine.errors import InputError
from engine.model import Party
from engine.model.register import Side
from engine.pattern import pattern

REQUIRED: Final = ("id", "kind", "side", "name")
COLUMNS: Final = (*REQUIRED, "written_standard", "organisation_number")
SIDES: Final = ("trust", "municipal")
"""The sides that a party may be brought in on; what both set up comes with its network (R1)."""
STANDARDS: Final = ("nb", "nn", "neutral")
_ID = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND = pattern(r"[a-z_]+")
_NUMBER = pattern(r"(\d{9})?")


def parties(file: str) -> list[Party]:
    """The parties of a csv file, with a heading line and `,` or `;` between the columns.

    The written standard is `neutral` if not given. KursdelingError with every fault, a line each.
    """
    found: dict[str, Party] = {}
    faults: list[str] = []
    for number, row in csv_rows(file, COLUMNS, REQUIRED):
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        values["written_standard"] = values["written_standard"] or "neutral"
        wrong = _wrong(values) if None not in row else ["there are more values than columns"]
        if values["id"] in found:
            wrong.append(f"{values['id']} stands further up already")
        faults += [f"{file}:{number}: {fault}" for fault in wrong]
        found[values["id"]] = Party(
            id=values["id"],
            kind=values["kind"],
            side=cast(Side, values["side"]),
            name=values["name"],
            written_standard=values["written_standard"],
            organisation_number=values["organisation_number"],
        )
    if faults:
        raise InputError("\n".join(faults))
    return list(found.values())


def _wrong(values: dict[str, str]) -> list[str]:
    empty = [name for name in REQUIRED if not values[name]]
    if empty:
        return [f"{', '.join(empty)} must not be empty"]
    checks = (
        ("id", _ID.fullmatch(values["id"]), "small letters, digits and hyphens"),
        ("kind", _KIND.fullmatch(values["kind"]), "a word such as trust or municipality"),
        ("side", values["side"] in SIDES, " or ".join(SIDES)),
        ("written_standard", values["written_standard"] in STANDARDS, "nb, nn or neutral"),
        ("organisation_number", _NUMBER.fullmatch(values["organisation_number"]), "nine digits"),
    )
    return [f"{name} {values[name]!r} must be {rule}" for name, right, rule in checks if not right]

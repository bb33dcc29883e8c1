"""The csv file that `party import` reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from engine.cli.csv_file import Fault, csv_rows
from engine.errors import InputError
from engine.model import LANGUAGES, Language, Party, Reason
from engine.model.register import Side
from engine.pattern import pattern

REQUIRED: Final = ("id", "kind", "side", "name")
COLUMNS: Final = (*REQUIRED, "written_standard", "organisation_number")
SIDES: Final = ("trust", "municipal")
"""The sides that a party may be brought in on; what both set up comes with its network (R1)."""
STANDARDS: Final = ("nb", "nn", "neutral")
RULES: Final[Mapping[str, Mapping[Language, str]]] = {
    "id": {
        "nb": "små bokstaver, sifre og bindestreker",
        "nn": "små bokstavar, siffer og bindestrekar",
        "en": "small letters, digits and hyphens",
    },
    "kind": {
        "nb": "et ord som trust eller municipality",
        "nn": "eit ord som trust eller municipality",
        "en": "a word such as trust or municipality",
    },
    "side": {language: " / ".join(SIDES) for language in LANGUAGES},
    "written_standard": {language: " / ".join(STANDARDS) for language in LANGUAGES},
    "organisation_number": {"nb": "ni sifre", "nn": "ni siffer", "en": "nine digits"},
}
"""What a value must be, by its column."""
_ID = pattern(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND = pattern(r"[a-z_]+")
_NUMBER = pattern(r"(\d{9})?")


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
    return [
        Reason("csv_value", {"text": values[name], "column": name, "rule": RULES[name]})
        for name, right in rights.items()
        if not right
    ]

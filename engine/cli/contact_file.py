"""The csv file that `contact import` reads."""

from __future__ import annotations

from datetime import date

from engine.cli.csv_file import csv_rows
from engine.errors import InputError
from engine.service.register.contacts import Holder

REQUIRED = ("party", "duty", "email")
COLUMNS = (*REQUIRED, "name", "from", "until", "aliases")


def holders(file: str) -> list[Holder]:
    """The holders of a csv file, with a heading line and `,` or `;` between the columns.

    KursdelingError with every fault, a line each: a column that is missing or unknown, an empty
    value that is required, a day that is none, text that is not UTF-8.
    """
    rows = csv_rows(file, COLUMNS, REQUIRED)
    found: list[Holder] = []
    faults: list[str] = []
    for number, row in rows:
        try:
            found.append(_holder(row, f"{file}:{number}"))
        except ValueError as error:
            faults.append(f"{file}:{number}: {error}")
    if faults:
        raise InputError("\n".join(faults))
    return found


def _holder(row: dict[str, str], place: str) -> Holder:
    if None in row:
        raise ValueError("there are more values than columns")
    values = {name: text.strip() for name, text in row.items()}
    empty = [name for name in REQUIRED if not values[name]]
    if empty:
        raise ValueError(f"{', '.join(empty)} must not be empty")
    return Holder(
        party=values["party"],
        duty=values["duty"],
        email=values["email"],
        name=values.get("name", ""),
        since=_day(values.get("from", "")),
        until=_day(values.get("until", "")),
        aliases=tuple(a.strip() for a in values.get("aliases", "").split(";") if a.strip()),
        place=place,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""The csv file that `contact import` reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.cli.csv_file import Fault, csv_rows
from engine.errors import InputError
from engine.model import Reason
from engine.service.register.contacts import Holder

REQUIRED = ("party", "duty", "email")
COLUMNS = (*REQUIRED, "name", "from", "until", "aliases")


def holders(file: str) -> list[Holder]:
    """The holders of a csv file, with a heading line and `,` or `;` between the columns.

    InputError with every fault: a column that is missing or unknown, an empty value that is
    required, a day that is none.
    """
    rows = csv_rows(file, COLUMNS, REQUIRED)
    found: list[Holder] = []
    faults: list[Fault] = []
    for number, row in rows:
        place = f"{file}:{number}"
        wrong = list(_wrong(row, place))
        faults += wrong
        if not wrong:
            found.append(_holder(row, place))
    if faults:
        raise InputError(faults=faults)
    return found


def _wrong(row: dict[str, str], place: str) -> Iterator[Fault]:
    if None in row:
        yield place, Reason("csv_too_many")
        return
    if empty := [name for name in REQUIRED if not row[name].strip()]:
        yield place, Reason("csv_empty", {"columns": empty})
    for name in ("from", "until"):
        try:
            _day(row.get(name, "").strip())
        except ValueError:
            yield place, Reason("day_wanted", {"text": row[name]})


def _holder(row: dict[str, str], place: str) -> Holder:
    values = {name: text.strip() for name, text in row.items()}
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

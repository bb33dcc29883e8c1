"""An area of cooperation as a file describes it: its parties and bodies, and example networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from engine.domain.networks.network import Area
from engine.errors import SettingsError
from engine.model import Party, Reason


class Person(Struct, frozen=True, kw_only=True):
    """An example of somebody who holds a duty: an address, and for a seat the organisation."""

    email: str
    name: str = ""
    organisation: str = ""


class ExampleNetwork(Struct, frozen=True, kw_only=True):
    """A network that an area's file describes as an example."""

    name: str
    mandate: str
    decided_on: date
    leader: Person | None = None
    deputy: Person | None = None


class AreaFile(Struct, frozen=True, kw_only=True):
    """Everything that an area's file says."""

    area: Area
    trust: Party
    invited: tuple[Party, ...] = ()
    fousam: Person | None = None
    su: Person | None = None
    priority_areas: Mapping[int, tuple[str, ...]]
    networks: tuple[ExampleNetwork, ...] = ()

    @property
    def party(self) -> Party:
        """The area itself, as the party at which its bodies' duties are held."""
        return Party(
            id=self.area.id,
            kind="area",
            side="joint",
            name=self.area.name,
            written_standard=self.area.written_standard,
        )


REQUIRED: Final = ("id", "name", "written_standard", "fousam", "su", "trust", "municipalities")
"""What every area's file says."""


def area_of(table: Mapping[str, Any], place: str) -> AreaFile:
    """The area that the file's `table` describes; SettingsError names what is wrong in `place`."""
    missing = [name for name in REQUIRED if name not in table]
    if missing:
        raise _no_area(place, missing, "")
    try:
        return _area(table)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _no_area(place, (), repr(error)) from error


def _no_area(place: str, missing: Sequence[str], why: str) -> SettingsError:
    listed = ", ".join(f"«{name}»" for name in missing)
    told = why or f"{listed} is missing; see docs/own-area.md"
    reason = Reason("area_undescribed", {"missing": tuple(missing), "why": why})
    return SettingsError(f"{place} describes no area: {told}", reason=reason, place=place)


def _area(table: Mapping[str, Any]) -> AreaFile:
    trust, examples = table["trust"], table.get("examples", {})
    bodies = examples.get("bodies", {})
    standard = table["written_standard"]
    if standard not in ("nb", "nn"):
        raise ValueError(f"written_standard must be nb or nn, not {standard}")
    return AreaFile(
        area=Area(
            id=str(table["id"]),
            name=str(table["name"]),
            written_standard=standard,
            trust=str(trust["id"]),
            fousam=str(table["fousam"]),
            su=str(table["su"]),
            municipalities=tuple(str(each) for each in table["municipalities"]),
            invited=tuple(str(each["id"]) for each in table.get("invited", ())),
        ),
        invited=tuple(
            Party(
                id=str(each["id"]),
                kind="invited",
                side="joint",
                name=str(each["name"]),
                written_standard=str(each.get("written_standard", standard)),
            )
            for each in table.get("invited", ())
        ),
        trust=Party(
            id=str(trust["id"]),
            kind="trust",
            side="trust",
            name=str(trust["name"]),
            written_standard=str(trust.get("written_standard", standard)),
            organisation_number=str(trust.get("organisation_number", "")),
        ),
        fousam=_person(bodies.get("fousam")),
        su=_person(bodies.get("su")),
        priority_areas={
            int(year): tuple(str(name) for name in names)
            for year, names in examples.get("priority_areas", {}).items()
        },
        networks=tuple(_network(each) for each in examples.get("networks", ())),
    )


def _network(table: Mapping[str, Any]) -> ExampleNetwork:
    decided_on = table["decided_on"]
    if not isinstance(decided_on, date):
        raise TypeError("decided_on must be a date")
    return ExampleNetwork(
        name=str(table["name"]),
        mandate=str(table.get("mandate", "")),
        decided_on=decided_on,
        leader=_person(table.get("leader")),
        deputy=_person(table.get("deputy")),
    )


def _person(table: Mapping[str, Any] | None) -> Person | None:
    if table is None:
        return None
    return Person(
        email=str(table["email"]),
        name=str(table.get("name", "")),
        organisation=str(table.get("organisation", "")),
    )

"""A site with one area and three networks, two of them led by the same person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from engine.app.routine_files import described
from engine.calendar import OSLO, oslo_day
from engine.domain.area_file import Person
from engine.domain.networks.network import DEPUTY, LEADER
from engine.service.networks import setting_up as service
from engine.service.networks.areas import set_up
from engine.service.networks.cycle_status import Line, status
from engine.service.time.simulate import simulate
from engine.service.time.sweep import sweep
from engine.store.cases.yearly import NETWORKS
from engine.store.contacts import register
from tests.integration.office import Office, new_office

AREA = "helse-fonna"
ANNA, BODIL = "anna@karmoy.example", "bodil@fonna.example"
DEPUTIES = "nest@fonna.example"
FOUSAM, SU = "fousam@fonna.example", "su@fonna.example"
BEGIN = datetime(2026, 8, 20, 8, 0, tzinfo=UTC)
YEARLY = ("network_", "rollup_")
Written = tuple[str, str, str]
"""A day, a receiver and a template."""


def network_office(folder: Path, at: datetime = BEGIN, **settings: str) -> Office:
    """Demens and Rehabilitering are led by Anna, Kreft by Bodil; nothing is opened yet."""
    office = new_office(folder, **settings)
    office.at = at
    site = office.site
    set_up(site, described(AREA), at, examples=False)
    with site.database.transaction() as tx:
        for duty, email, name in (("fousam", FOUSAM, "Testperson Alfa"), ("su", SU, "")):
            register.add_contact(
                tx, party_id=AREA, duty=duty, email=email, name=name, valid_from=date(2016, 1, 1)
            )
    for name, leader, deputy in (
        ("Demens", (ANNA, "1149"), (DEPUTIES, "fonna")),
        ("Rehabilitering", (ANNA, "1149"), (DEPUTIES, "fonna")),
        ("Kreft", (BODIL, "fonna"), ("kreft@stord.example", "4614")),
    ):
        service.add(site, name, at, decided_on=date(2015, 1, 1))
        for duty, (email, place) in ((LEADER, leader), (DEPUTY, deputy)):
            service.seat(site, name, Person(email=email, organisation=place), at, duty=duty)
    for year in (2026, 2027, 2028):
        service.priority(site, year, ["Tidleg innsats", "Barn og unge"])
    return office


def days(first: date, last: date, but: Iterable[date] = ()) -> Iterable[datetime]:
    """09.00 in Oslo on each day from `first` to `last`."""
    off = set(but)
    day = first
    while day <= last:
        if day not in off:
            yield datetime.combine(day, time(9), OSLO).astimezone(UTC)
        day += timedelta(days=1)


def swept(office: Office, instants: Iterable[datetime]) -> list[Written]:
    """The yearly letters that a pass at each instant writes."""
    for at in instants:
        office.at = at
        found = sweep(office.site, at)
        assert not found.faults, found.faults
    return sorted(
        (oslo_day(row.written_at).isoformat(), row.receiver, row.template)
        for row in office.letters()
        if row.template.startswith(YEARLY)
    )


def simulated(office: Office, until: datetime) -> list[Written]:
    """The yearly letters that a simulation foresees."""
    return sorted(
        (oslo_day(happening.at).isoformat(), letter.to, letter.template)
        for happening in simulate(office.site, office.at, until)
        for letter in happening.letters
        if letter.template.startswith(YEARLY)
    )


def names_in(office: Office, receiver: str, template: str) -> list[str]:
    """The networks that the newest letter from `template` to `receiver` tells of."""
    rows = [row for row in office.letters(receiver) if row.template == template]
    return sorted(each["name"] for each in rows[-1].variables["extra"][NETWORKS])


def line(office: Office, year: int, kind: str, name: str) -> Line:
    """How the network stands in `cycle status`."""
    view = status(office.site, year, office.at)
    return next(each for each in view.lines if each.kind == kind and each.network.name == name)

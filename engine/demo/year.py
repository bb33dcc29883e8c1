"""What the networks of an area do in the demo: a year of reports, and its roll-up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from msgspec import Struct

from engine.app.routine_files import described
from engine.calendar import OSLO, last_working_day_before, oslo_day
from engine.demo import telling_letters
from engine.demo.play import Play
from engine.demo.story import Mail
from engine.domain.networks.network import network_id
from engine.errors import DemoError
from engine.service.networks import setting_up as networks
from engine.service.networks.areas import set_up
from engine.service.networks.rollup import send, view
from engine.store.cases.reports import REPORT
from engine.store.cases.yearly import about_year, requests_of
from engine.wording.catalogue import say

AREA: Final = "helse-fonna"
OVER: Final = (3, 15)
"""The month and the day by which such a year is told to its end."""
FIRST: Final = (1, 2)
"""Reports are asked for on this day."""
SENT: Final = (2, 24)
NETWORKS: Final = {
    "læring": "Fagleg nettverk for læring og meistring",
    "demens": "Fagleg nettverk for demens",
    "rehabilitering": "Fagleg nettverk for rehabilitering",
    "kreft": "Fagleg nettverk for kreft og palliasjon",
    "psykisk": "Fagleg nettverk for psykisk helse og rus",
    "barsel": "Fagleg nettverk for svangerskap og barsel",
}


class Dated(Struct, frozen=True, kw_only=True):
    """A mail on a day of the year in which reports are due."""

    month: int
    day: int
    mail: Mail


def _mail(month: int, day: int, name: str, case: str, state: str) -> Dated:
    told = Mail(days=0, clock="10.15", name=name, case=case, verdict="fired", state=state)
    return Dated(month=month, day=day, mail=told)


# In time; sent back and corrected; no activity; a PDF that nobody reads in; late; and one missing.
STEPS: Final = (
    _mail(1, 12, "nettverk-laering", "læring", "delivered"),
    _mail(1, 14, "fousam-godteke", "læring", "received"),
    _mail(1, 15, "nettverk-kreft", "kreft", "delivered"),
    _mail(1, 16, "fousam-godteke", "kreft", "received"),
    _mail(1, 20, "nettverk-demens", "demens", "delivered"),
    _mail(1, 21, "fousam-manglar", "demens", "returned"),
    _mail(1, 27, "nettverk-demens-retta", "demens", "delivered"),
    _mail(1, 28, "fousam-godteke", "demens", "received"),
    _mail(1, 29, "nettverk-rehabilitering", "rehabilitering", "delivered"),
    _mail(2, 9, "nettverk-psykisk", "psykisk", "delivered"),
    _mail(2, 10, "fousam-godteke", "psykisk", "received"),
)
ENDS: Final = {
    "læring": "received",
    "kreft": "received",
    "demens": "received",
    "psykisk": "received",
    "rehabilitering": "delivered",
    "barsel": "missing_in_rollup",
}
NUMBERS: Final = {"in_time": 4, "late": 1, "missing": 1}
"""What the roll-up says of the six."""


def begins(story: datetime) -> datetime:
    """When reports are asked for in the last such year that is over before the story begins."""
    day = oslo_day(story)
    year = day.year if day >= date(day.year, *OVER) else day.year - 1
    return _at(date(year, *FIRST), "08.00")


def play(scene: Play) -> None:
    """Play the year from where the business time stands; DemoError when it comes out otherwise."""
    year = oslo_day(scene.now).year - 1
    area = set_up(scene.site, described(AREA), scene.now, examples=True)
    first = next(iter(described(AREA).priority_areas.values()))
    networks.priority(scene.site, year, list(first), area=area.id)
    scene.say(
        telling_letters.heading(say("demo.reports", scene.language, area=area.name, year=year))
    )
    scene.pass_time(scene.now)
    _number(scene, year)
    for step in STEPS:
        day = date(year + 1, step.month, step.day)
        working = last_working_day_before(scene.site.rules.calendar, day.replace(day=step.day + 1))
        scene.mail(step.mail, _at(working, step.mail.clock))
    _roll_up(scene, year)
    for case, state in ENDS.items():
        scene.expect(case, "state", scene.state(case), state)


def _number(scene: Play, year: int) -> None:
    with scene.site.database.reading() as tx:
        for nickname, name in NETWORKS.items():
            found = about_year(requests_of(tx, REPORT, network_id(AREA, name)), year)
            if found is None:
                raise DemoError(f"nobody asked {name} for a report on {year}")
            scene.numbers[nickname] = found.number


def _roll_up(scene: Play, year: int) -> None:
    scene.pass_time(_at(date(year + 1, *SENT), "12.00"))
    sent = send(scene.site, year, scene.now)
    scene.numbers["samlerapport"] = sent.number
    scene.say(telling_letters.moves(scene.site, sent.number, sent.events, scene.language))
    scene.pass_time(scene.now)
    scene.expect("samlerapport", "state", scene.state("samlerapport"), "sent")
    told = view(scene.site, year).rollup
    found = {standing: told.count(standing) for standing in ("in_time", "late", "missing")}
    if found != NUMBERS:
        raise DemoError(f"the roll-up of {year} says {found}, not {NUMBERS}")


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock.replace(".", ":")), OSLO).astimezone(UTC)

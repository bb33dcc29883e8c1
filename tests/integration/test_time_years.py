"""Whole years, day by day: each deadline does what the table says, on the day it says, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from engine.calendar import OSLO, oslo_day
from engine.cli.program import run
from engine.service.time.due import Acted
from engine.service.time.sweep import happenings
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.mail_out import letters
from tests.integration.office import COORDINATOR, OWNER, PLATFORM, Office, new_office
from tests.integration.standing import stand

Row = tuple[str, str]
"""(Oslo day and clock time of the sweep, what happened)."""
NIGHT, NOON = time(0, 30), time(12, 30)


def oslo(text: str) -> datetime:
    """The instant at which the clock in Oslo shows `text`, the first of two."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def days(first: str, last: str) -> Iterator[date]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


def clocked(first: str, last: str, times: tuple[time, ...] = (NIGHT, NOON)) -> list[datetime]:
    """The instants of sweeps: each day at the same Oslo clock times."""
    return [
        datetime.combine(day, at, OSLO).astimezone(UTC) for day in days(first, last) for at in times
    ]


def walked(office: Office, instants: list[datetime]) -> list[Row]:
    """What the sweeps at `instants` brought about, needless reminders left out."""
    found = []
    for at in instants:
        for each in happenings(office.site, at):
            assert isinstance(each, Acted), each
            if each.outcome != "needless":
                name = each.timer.target or each.outcome
                found.append((f"{at.astimezone(OSLO):%Y-%m-%d %H.%M}", name))
    return found


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = new_office(tmp_path / "site")
    with found.site.database.transaction() as tx:
        register.add_agreement(
            tx, date(2027, 7, 1), date(2031, 1, 1), recorded_at=datetime(2027, 6, 1, tzinfo=UTC)
        )
    return found


def standing(office: Office, state: str, at: str) -> str:
    workflow = office.site.routines.named("hf_to_ks").workflow
    return stand(office.site, workflow, state, oslo(at))


# Each table: the state, when it is entered, and every act of a year with its day.
TABLES: dict[str, tuple[str, str, list[Row]]] = {
    "a leap day counts and a month ends on its number": (
        "submitted",
        "2028-01-31 10:15",
        [
            ("2028-02-07 12.30", "reminded"),
            ("2028-02-14 12.30", "reminded"),
            ("2028-02-21 12.30", "reminded"),
            ("2028-02-29 12.30", "preliminary_answer"),  # a month from 31 January, in a leap year
            ("2028-04-30 12.30", "escalated"),  # three months: April has no 31st
        ],
    ),
    "Easter is no working week": (
        "submitted",
        "2027-03-19 10:15",  # the Friday before Palm Sunday
        [
            ("2027-03-31 12.30", "reminded"),  # 22, 23, 24, 30, 31 March
            ("2027-04-07 12.30", "reminded"),
            ("2027-04-14 12.30", "reminded"),
            ("2027-04-19 12.30", "preliminary_answer"),
            ("2027-06-19 12.30", "escalated"),
        ],
    ),
    "Christmas Eve is a working day, Christmas Day is none": (
        "submitted",
        "2026-12-21 10:15",
        [
            ("2026-12-29 12.30", "reminded"),  # 22, 23, 24, 28, 29 December
            ("2027-01-06 12.30", "reminded"),  # 30, 31 December, 4, 5, 6 January
            ("2027-01-13 12.30", "reminded"),
            ("2027-01-21 12.30", "preliminary_answer"),
            ("2027-03-21 12.30", "escalated"),
        ],
    ),
    "May's holidays": (
        "accepted",
        "2027-04-29 10:15",
        [
            ("2027-05-07 12.30", "reminded"),  # 30 April, 3, 4, 5, 7 May: 6 May is Ascension Day
            ("2027-05-14 12.30", "reminded"),
            ("2027-05-24 12.30", "reminded"),  # 17 May is Whit Monday too
            ("2027-05-31 12.30", "reminded"),
            ("2027-06-29 12.30", "escalated"),
        ],
    ),
    "a draft lapses after sixty days, warned ten days before": (
        "draft",
        "2027-01-29 10:15",
        [
            ("2027-02-12 12.30", "reminded"),
            ("2027-03-20 12.30", "lapse_warning"),
            ("2027-03-31 00.30", "give_up"),  # the whole of the sixtieth day counts
        ],
    ),
    "an ending waits for the end of its day": (
        "ending",
        "2027-02-28 10:15",
        [
            ("2027-03-05 12.30", "reminded"),
            ("2028-02-15 00.30", "reminded"),  # 14 days before the end of 28 February
            ("2028-02-26 00.30", "reminded"),
            ("2028-02-29 00.30", "end_date_reached"),  # at midnight after 28 February, a year on
        ],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_year_goes_as_the_table_says(name: str, office: Office) -> None:
    state, entered, expected = TABLES[name]
    standing(office, state, entered)
    first = oslo_day(oslo(entered)) + timedelta(days=1)
    last = first + timedelta(days=366)
    assert walked(office, clocked(first.isoformat(), last.isoformat())) == expected


def test_a_share_is_asked_about_each_year_even_from_a_leap_day(office: Office) -> None:
    standing(office, "shared", "2028-02-29 10:15")
    told = walked(office, clocked("2028-03-01", "2031-12-31", (NOON,)))
    assert told == [
        ("2029-02-28 12.30", "still_correct"),
        ("2030-02-28 12.30", "still_correct"),
        ("2031-02-28 12.30", "still_correct"),
    ]


def hourly(first: str, last: str) -> list[datetime]:
    at, end, found = oslo(first), oslo(last), []
    while at <= end:
        found.append(at)
        at += timedelta(hours=1)
    return found


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        # 2.30 is lacking on 28 March 2027: the warning is an hour later on the clock.
        (
            "2027-01-27 02:30",
            [
                ("2027-02-10 02.30", "reminded"),
                ("2027-03-18 03.30", "lapse_warning"),  # ten days before that
                ("2027-03-29 00.30", "give_up"),
            ],
        ),
        # 2.30 comes twice on 31 October 2027: the first counts.
        (
            "2027-09-01 02:30",
            [
                ("2027-09-15 02.30", "reminded"),
                ("2027-10-21 02.30", "lapse_warning"),
                ("2027-11-01 00.30", "give_up"),
            ],
        ),
    ],
)
def test_a_clock_change_neither_loses_nor_doubles_an_act(
    entered: str, expected: list[Row], office: Office
) -> None:
    number = standing(office, "draft", entered)
    first = oslo_day(oslo(entered)) + timedelta(days=1)
    last = first + timedelta(days=70)
    assert walked(office, hourly(f"{first} 00:30", f"{last} 00:30")) == expected
    with office.site.database.reading() as tx:
        (lapsed,) = [row.at for row in queries.history(tx, number) if row.event == "give_up"]
    assert lapsed == oslo(expected[-1][0].replace(".", ":"))


def test_ends_of_days_on_both_clock_changes_are_midnight_in_oslo(office: Office) -> None:
    for entered, due in (
        ("2026-03-28 10:15", "2027-03-29 00.30"),  # ends on 28 March, a day of 23 hours
        ("2026-10-31 10:15", "2027-11-01 00.30"),  # ends on 31 October, a day of 25 hours
    ):
        standing(office, "ending", entered)
        day = oslo_day(oslo(due))
        before = (day - timedelta(days=2)).isoformat()
        walked(office, [oslo(f"{before} 00:30")])
        assert walked(office, hourly(f"{before} 01:30", f"{day} 03:30")) == [
            (due, "end_date_reached")
        ]


def test_a_machine_that_was_off_catches_up_once_and_goes_on_in_the_rhythm(office: Office) -> None:
    standing(office, "submitted", "2026-11-10 10:15")
    standing(office, "draft", "2026-10-05 10:15")
    assert walked(office, clocked("2026-10-06", "2026-11-19", (NOON,))) == [
        ("2026-10-19 12.30", "reminded"),  # the draft
        ("2026-11-17 12.30", "reminded"),  # what was submitted, for the first of three times
    ]
    # Off from the evening of 19 November: two reminders, a warning and a lapse were not done.
    assert sorted(walked(office, [oslo("2026-12-10 09:00")])) == [
        ("2026-12-10 09.00", "give_up"),
        ("2026-12-10 09.00", "reminded"),
    ]
    assert walked(office, clocked("2026-12-10", "2027-03-01", (NOON,))) == [
        ("2026-12-10 12.30", "preliminary_answer"),
        ("2026-12-15 12.30", "reminded"),  # 24 November and then each 5 working days: the third
        ("2027-02-10 12.30", "escalated"),
    ]
    with office.site.database.reading() as tx:
        written = [(row.receiver, row.template) for row in letters.listed(tx) if row.request]
    assert written.count((PLATFORM, "remind")) == 3
    assert written.count((OWNER, "lapse_warning")) == 0
    assert written.count((COORDINATOR, "escalation")) == 1


def test_a_clock_that_jumps_back_an_hour_does_nothing_twice(office: Office) -> None:
    standing(office, "submitted", "2026-11-10 10:15")
    instants = [oslo(f"2026-11-17 {clock}") for clock in ("10:00", "10:30", "09:30", "10:30")]
    again = hourly("2026-11-17 10:30", "2026-11-23 10:30")
    assert walked(office, [*instants, *again]) == [("2026-11-17 10.30", "reminded")]


def test_the_installed_clock_is_asked_where_no_time_is_given(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    standing(office, "submitted", "2026-10-19 02:30")
    expected = {
        "2026-10-25T23:30:00": 0,  # 0.30 on Monday in Oslo, after the night of 25 hours
        "2026-10-26T01:29:59": 0,
        "2026-10-26T01:30:00": 1,  # 2.30 by the Oslo clock, as when it was submitted
        "2026-10-26T01:30:01": 0,
    }
    for at, reminded in expected.items():
        with freeze_time(at):
            assert run(["--site", str(office.site.folder), "--json", "sweep"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["at"], found["reminded"]) == (f"{at}Z", reminded)

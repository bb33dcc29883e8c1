"""A duty's main address gets the duty's letters alone, and hears what another holder does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.register.contacts import Holder, add
from engine.service.time.sweep import sweep
from engine.store.contacts import people, register
from tests.integration.office import EXPERTS, PLATFORM, Office, new_office

MAIN = "post-kslaring@ks.example"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    there = new_office(tmp_path / "site")
    add(
        there.site, [Holder(party="ks-laering", duty="ks_laering", email=MAIN, main=True)], there.at
    )
    return there


def reminded(office: Office, number: str) -> list[str]:
    """Who gets the next chaser of the request."""
    before = len(office.letters())
    office.later(days=7)
    sweep(office.site, office.at)
    deliver(office.site, office.at)
    return [
        row.receiver
        for row in office.letters()[before:]
        if row.template == "remind" and row.request == number
    ]


def test_the_main_address_is_asked_alone(office: Office) -> None:
    number = office.open()
    asked = [row.receiver for row in office.letters() if row.template == "request_submitted"]
    assert asked == [MAIN]
    assert office.state(number) == "submitted"


def test_the_second_chaser_goes_to_every_holder(office: Office) -> None:
    number = office.open()
    assert reminded(office, number) == [MAIN]
    assert sorted(reminded(office, number)) == sorted([MAIN, PLATFORM])


def test_the_main_address_hears_what_another_holder_did(office: Office) -> None:
    number = office.open()
    office.fire(number, "acknowledge", PLATFORM)
    told = office.last(MAIN)
    assert (told.template, told.request) == ("answered_by_colleague", number)
    office.fire(number, "accept", MAIN)
    assert office.last(PLATFORM).template != "answered_by_colleague"


def test_where_the_main_address_is_away_everybody_is_asked(office: Office) -> None:
    with office.site.database.transaction() as tx:
        until = office.at.date() + timedelta(days=7)
        people.add_absence(
            tx,
            MAIN,
            since=office.at.date(),
            until=until,
            substitute="",
            recorded_at=office.at,
        )
    office.open()
    asked = [row.receiver for row in office.letters() if row.template == "request_submitted"]
    assert sorted(asked) == sorted([MAIN, PLATFORM])


def test_a_duty_has_one_main_address(office: Office) -> None:
    add(
        office.site,
        [Holder(party="ks-laering", duty="ks_laering", email=PLATFORM, main=True)],
        office.at,
    )
    with office.site.database.reading() as tx:
        held = register.contacts(tx, date(2026, 9, 7))
    assert [each.email for each in held if each.main] == [PLATFORM]
    assert EXPERTS in {each.email for each in held}

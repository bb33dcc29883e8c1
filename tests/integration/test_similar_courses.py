"""Who is to name a course's owner is helped by the courses of like names that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.cases import queries
from engine.store.contacts import register
from tests.integration.office import COORDINATOR, OWNER, PLATFORM, Office, new_office

MUNICIPALITY = "kurs@kongsvinger.example"
AHUS = "elaering@ahus.example"
SUBJECT = "Bestilling av kurs: Fallforebygging"
UNKNOWN = "Kurs: Fallforebygging på sykehjem"
LIKE_IT = "- «Fallforebygging i sykehjem» (SI-FALL1): Sykehuset Innlandet"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    there = new_office(tmp_path / "site")
    with there.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="3401", duty="municipality", email=MUNICIPALITY, valid_from=there.at.date()
        )
    return there


def ordered(office: Office, body: str = UNKNOWN) -> str:
    outcome = office.mail(MUNICIPALITY, SUBJECT, body)
    assert outcome.verdict == "opened", outcome
    return outcome.request


def test_the_letter_that_asks_for_the_owner_lists_likely_courses(office: Office) -> None:
    office.open()
    number = ordered(office)
    letter = office.text(PLATFORM)
    assert office.last(PLATFORM).template == "owner_wanted"
    assert "Dette kurset ligner, og kan være det:\n" + LIKE_IT in letter
    assert "«EIER: Sykehuset Innlandet»" in letter
    assert office.reply(PLATFORM, "EIER: Sykehuset Innlandet").verdict == "fired"
    assert office.state(number) == "received"


def test_the_list_is_in_the_written_standard_of_whoever_reads_it(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "SPRÅK: nynorsk")
    ordered(office, "Kurs: Fallførebygging i sjukeheim")
    assert "Dette kurset liknar, og kan vere det:\n" + LIKE_IT in office.text(PLATFORM)
    assert "«EIGAR: Sykehuset Innlandet»" in office.text(PLATFORM)


def test_a_course_that_is_like_none_is_asked_for_without_a_list(office: Office) -> None:
    office.open()
    ordered(office, "Kurs: Matematikk for lærere")
    assert "ligner" not in office.text(PLATFORM)
    assert "«EIER: Sykehuset Telemark»" in office.text(PLATFORM)


def test_an_order_that_names_its_owner_brings_no_list(office: Office) -> None:
    office.open(Kursets_kortnavn="SI-FALL2")
    ordered(office, "Kurs: Falltiltak i sykehjem\nKurseier: Ahus")
    assert not any(row.template == "owner_wanted" for row in office.letters())
    assert "ligner" not in office.text(AHUS)


def test_the_trust_that_said_no_is_not_proposed_again(office: Office) -> None:
    office.open()
    ordered(office, UNKNOWN + "\nKurseier: Sykehuset Innlandet")
    assert office.reply(OWNER, "FEIL FORETAK").verdict == "fired"
    assert office.last(PLATFORM).template == "owner_wanted"
    assert "ligner" not in office.text(PLATFORM)


def test_a_coordinator_gets_the_list_where_nobody_at_ks_laering_is_registered(
    office: Office,
) -> None:
    office.open()
    with office.site.database.transaction() as tx:
        register.end_contact(tx, PLATFORM, office.at.date())
    office.later(days=1)
    ordered(office)
    assert office.last(COORDINATOR).template == "no_contact"
    assert LIKE_IT in office.text(COORDINATOR)


def test_every_known_course_can_be_searched_with_its_last_request(office: Office) -> None:
    number = office.open()
    with office.site.database.reading() as tx:
        (course,) = queries.known_courses(tx)
    assert (course.request, course.full_name) == (number, "Fallforebygging i sykehjem")
    assert (course.short_name, course.owner, course.since) == ("SI-FALL1", "si", None)
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    with office.site.database.reading() as tx:
        (course,) = queries.known_courses(tx)
    assert course.since == office.at

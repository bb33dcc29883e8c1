"""Somebody is there after all: an absence withdrawn, by mail and by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.domain.register.absence import Absence
from engine.errors import RefusedError
from engine.service.register import absence
from engine.store.contacts import people, register
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office

SUBSTITUTE = "vikar@ks.example"
AWAY = "FRAVÆR 8.9.2026–15.9.2026 VIKAR: " + SUBSTITUTE


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def absences(office: Office) -> list[tuple[str, date, date]]:
    with office.site.database.reading() as tx:
        return [(each.address, each.since, each.until) for each in people.absences(tx)]


def standing_in(office: Office) -> list[tuple[date, date | None]]:
    with office.site.database.reading() as tx:
        held = [each for each in register.contacts(tx) if each.email == SUBSTITUTE]
    return [(each.valid_from, each.valid_until) for each in held]


@pytest.mark.parametrize(
    "words", ["FRAVÆR AVLYST", "Fråvær avlyst.", "ABSENCE CANCELLED", "FRAVÆR: avlyst"]
)
def test_an_absence_is_withdrawn_by_mail_before_it_begins(office: Office, words: str) -> None:
    assert office.mail(PLATFORM, "Ferie", AWAY).verdict == "answered"
    assert standing_in(office) == [(date(2026, 9, 8), date(2026, 9, 15))]
    said = office.mail(PLATFORM, "Ferie", words)
    assert (said.verdict, said.reasons) == ("answered", ())
    assert absences(office) == []
    assert standing_in(office) == []
    assert "strøket fraværet ditt tirsdag 8. september 2026 – tirsdag 15." in office.text(PLATFORM)
    assert [row.template for row in office.letters(SUBSTITUTE)] == ["substitute", "substitute_over"]
    assert f"ikke lenger vikar for {PLATFORM}" in (office.last(SUBSTITUTE).subject or "")


def test_days_that_are_past_stay_as_they_were(office: Office) -> None:
    office.mail(PLATFORM, "Ferie", AWAY)
    office.later(days=3)
    office.mail(PLATFORM, "Ferie", "FRAVÆR AVLYST")
    assert absences(office) == [(PLATFORM, date(2026, 9, 8), date(2026, 9, 9))]
    assert standing_in(office) == [(date(2026, 9, 8), date(2026, 9, 9))]
    number = office.open()
    assert "request_submitted" not in [row.template for row in office.letters(SUBSTITUTE)]
    assert office.mail(SUBSTITUTE, f"Om {number}", "MOTTATT").verdict != "fired"


def test_what_is_not_noted_cannot_be_withdrawn(office: Office) -> None:
    said = office.mail(PLATFORM, "Ferie", "FRAVÆR AVLYST")
    assert [reason.code for reason in said.reasons] == ["no_absence"]
    assert "Det er ikke notert noe fravær" in office.text(PLATFORM)
    with pytest.raises(RefusedError):
        absence.withdraw(office.site, OWNER, office.at)


def test_a_coordinator_withdraws_an_absence(office: Office) -> None:
    days = Absence(since=date(2026, 9, 7), until=date(2026, 9, 15), substitute=SUBSTITUTE)
    absence.away(office.site, PLATFORM, days, office.at)
    (found,) = absence.withdraw(office.site, PLATFORM.upper(), office.at)
    assert (found.contact.email, found.absence) == (PLATFORM, days)
    assert absences(office) == []
    # Who stands in today may have acted already.
    assert standing_in(office) == [(date(2026, 9, 7), date(2026, 9, 7))]


def test_an_automatic_reply_counts_no_more_when_a_coordinator_says_so(office: Office) -> None:
    with office.site.database.transaction() as tx:
        people.answered_automatically(tx, PLATFORM, office.at)
    assert absence.withdraw(office.site, PLATFORM, office.at) == ()
    with office.site.database.reading() as tx:
        assert people.away(tx, office.at.date()) == frozenset()


def test_another_absence_with_the_same_substitute_stands(office: Office) -> None:
    for first, last in ((8, 12), (10, 15)):
        days = Absence(since=date(2026, 9, first), until=date(2026, 9, last), substitute=SUBSTITUTE)
        who = PLATFORM if first == 8 else OWNER
        if who == OWNER:
            with office.site.database.transaction() as tx:
                register.add_contact(
                    tx,
                    party_id="ks-laering",
                    duty="ks_laering",
                    email="ny@ks.example",
                    valid_from=date(2020, 1, 1),
                )
            who = "ny@ks.example"
        absence.away(office.site, who, days, office.at)
    absence.withdraw(office.site, PLATFORM, office.at)
    covered = [(since.day, until.day) for since, until in standing_in(office) if until]
    assert {day for since, until in covered for day in range(since, until + 1)} >= set(
        range(10, 16)
    )


def test_an_absence_in_an_opening_mail_is_noted_too(office: Office) -> None:
    said = office.mail(OWNER, SUBJECT, f"{form()}\n\nFRAVÆR 8.9.2026–15.9.2026")
    assert said.verdict == "opened"
    assert office.state(said.request) == "submitted"
    assert absences(office) == [(OWNER, date(2026, 9, 8), date(2026, 9, 15))]
    assert "Vi har notert at du er borte" in office.text(OWNER)
    assert len(office.letters(OWNER)) == 1


def test_an_absence_that_cannot_be_in_an_opening_mail_opens_all_the_same(office: Office) -> None:
    said = office.mail(OWNER, SUBJECT, f"{form()}\n\nFRAVÆR 15.9.2026–8.9.2026")
    assert (said.verdict, office.state(said.request)) == ("opened", "submitted")
    assert "Fraværet kan ikke slutte" in office.text(OWNER)

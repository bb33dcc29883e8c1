"""A reminder asks for exactly what is still wanted, so that one reply is enough."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.service.letters.posting import envelope_of
from engine.service.time.sweep import sweep
from tests.integration.office import COORDINATOR, OWNER, PLATFORM, SUBJECT, Office, form, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def reminded(office: Office, days: int) -> str:
    office.at += timedelta(days=days)
    sweep(office.site, office.at)
    return office.text(OWNER)


def test_who_left_a_line_out_is_reminded_of_that_line_and_answers_with_it(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Tidsbruk=None)).request
    assert "med bare denne linjen, utfylt:\nTidsbruk:\n" in reminded(office, 15)
    assert office.last(OWNER).template == "remind"
    office.reply(OWNER, "Tidsbruk: 45 min")
    assert office.state(number) == "submitted"


def test_the_warning_before_a_case_is_closed_names_the_line_too(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form(Tidsbruk=None))
    assert "med bare denne linjen, utfylt:\nTidsbruk:\n" in reminded(office, 51)
    assert office.last(OWNER).template == "lapse_warning"


def test_who_has_sent_next_to_nothing_is_pointed_to_the_form(office: Office) -> None:
    office.mail(OWNER, SUBJECT, "Kurs: Fallforebygging i sykehjem")
    letter = reminded(office, 15)
    assert "med skjemaet nedenfor eller Word-filen, utfylt." in letter
    assert letter.count("Tidsbruk:") == 1


def test_a_case_that_nobody_owns_is_told_of_without_an_empty_name(office: Office) -> None:
    office.mail(PLATFORM, "Bestilling av kurs: Fall", "Kurs: Fallforebygging i sykehjem")
    office.at += timedelta(days=40)
    sweep(office.site, office.at)
    letters = office.letters(COORDINATOR)
    assert "escalation" in {letter.template for letter in letters}
    for letter in letters:
        assert "Kurseier er" not in office.site.letters.text(envelope_of(letter))


def test_a_reminder_repeats_what_was_asked_for(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form())
    office.reply(PLATFORM, "MANGLER: målgruppene i kapittel 3")
    letter = reminded(office, 15)
    assert office.last(OWNER).template == "remind"
    assert "KS Læring ba om dette:\n> målgruppene i kapittel 3\n" in letter

"""Who acts for another is the actor; the other is told, and may take it back for two days."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.morning.letter import write_morning
from engine.service.requests.show import history_documents
from engine.service.upkeep.verifying import verified
from tests.integration.office import COORDINATOR, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def who(office: Office, number: str) -> tuple[object, object]:
    last = history_documents(office.site, number)[-1]
    return last["actor"], last["for"]


def told(office: Office, receiver: str) -> str:
    letter = office.last(receiver)
    assert letter.template == "done_for_you"
    return office.text(receiver)


def test_a_command_is_the_coordinators_act_for_the_holder_who_is_told(office: Office) -> None:
    number = office.open()
    assert history_documents(office.site, number)[0]["for"] is None
    assert office.fire(number, "accept", PLATFORM) is None
    assert who(office, number) == ("coordinator", PLATFORM)
    assert verified(office.site).ok
    text = told(office, PLATFORM)
    assert "Koordinatoren har gjort dette for deg" in text
    assert "GODTATT" in text
    assert "Svar ANGRE innen" in text


def test_the_holder_takes_it_back_within_two_working_days(office: Office) -> None:
    number = office.open()
    state = office.state(number)
    office.fire(number, "accept", PLATFORM)
    deliver(office.site, office.at)
    office.later(days=2)
    assert office.reply(PLATFORM, "ANGRE").verdict == "fired"
    assert office.state(number) == state
    assert who(office, number) == (PLATFORM, None)
    assert "får en rettelse" in office.text(PLATFORM)
    assert office.last(OWNER).template == "corrected"


def test_after_two_working_days_it_stands(office: Office) -> None:
    number = office.open()
    office.fire(number, "accept", PLATFORM)
    deliver(office.site, office.at)
    office.later(days=3)
    assert office.reply(PLATFORM, "ANGRE").verdict == "refused"
    assert office.state(number) == "accepted"


def test_what_has_gone_on_since_is_not_taken_back(office: Office) -> None:
    number = office.open()
    office.fire(number, "accept", PLATFORM)
    office.reply(OWNER, "MERKET")
    assert office.reply(PLATFORM, "ANGRE").verdict == "refused"
    assert office.state(number) == "shared"


def test_nobody_else_takes_it_back(office: Office) -> None:
    number = office.open()
    office.fire(number, "accept", PLATFORM)
    assert office.reply(OWNER, "ANGRE").verdict == "refused"


def test_a_line_of_the_morning_letter_is_its_writers_act(office: Office) -> None:
    number = office.open()
    office.mail(PLATFORM, f"Om {number}", "Mottatt, tror jeg.", aligned=False)
    office.later(days=1)
    write_morning(office.site, office.at)
    lines = office.last(COORDINATOR).variables["extra"]["lines"]
    line = next(each["number"] for each in lines if PLATFORM in each["text"])
    assert office.reply(COORDINATOR, f"{line} ER MOTTATT").verdict == "answered"
    assert who(office, number) == (COORDINATOR, PLATFORM)
    assert COORDINATOR in told(office, PLATFORM)

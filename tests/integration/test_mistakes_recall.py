"""A coordinator's correction recalls letters about what is no longer so, if they have not left."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.requests import mending
from engine.service.time.sweep import sweep
from tests.integration.office import LIAISON, OWNER, PLATFORM, Office, new_office

WHY = "KS Læring trykket feil."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Letters to others wait for a quarter of an hour."""
    return new_office(tmp_path / "site", letters__undo_minutes="15")


def correct(office: Office, number: str, state: str) -> None:
    mending.correct(office.site, number, state, reason=WHY, at=office.at)


def states(office: Office, receiver: str) -> list[tuple[str, str]]:
    return [(row.template, row.state) for row in office.letters(receiver)]


def left(office: Office, receiver: str) -> list[str]:
    office.later(hours=1)
    deliver(office.site, office.at)
    return [row.template for row in office.letters(receiver) if row.state == "sent"]


def test_what_was_to_be_told_of_a_step_that_is_corrected_away_never_leaves(office: Office) -> None:
    number = office.open()
    office.later(minutes=1)
    correct(office, number, "draft")
    assert states(office, PLATFORM) == [
        ("request_submitted", "cancelled"),
        ("corrected", "waiting"),
    ]
    assert left(office, PLATFORM) == ["corrected"]


def test_what_is_still_so_leaves(office: Office) -> None:
    number = office.open()
    office.later(minutes=1)
    office.mail(PLATFORM, f"Om {number}", "GODTATT")
    office.later(minutes=1)
    correct(office, number, "submitted")
    assert left(office, PLATFORM)[:2] == ["request_submitted", "answer"]
    assert "label_wanted" not in left(office, OWNER)
    assert ("label_wanted", "cancelled") in states(office, OWNER)


def test_a_step_forward_recalls_only_what_was_asked_again(office: Office) -> None:
    number = office.open()
    office.later(minutes=1)
    correct(office, number, "received")
    assert left(office, PLATFORM) == ["request_submitted", "corrected"]


def test_a_reminder_about_a_state_that_is_left_is_recalled(tmp_path: Path) -> None:
    office = new_office(tmp_path / "held", letters__mode="hold")
    number = office.open()
    office.later(days=8)
    sweep(office.site, office.at)
    assert ("remind", "held") in states(office, PLATFORM)
    correct(office, number, "received")
    assert ("request_submitted", "held") in states(office, PLATFORM)
    assert ("remind", "cancelled") in states(office, PLATFORM)


def test_reopening_recalls_what_was_to_be_told_of_the_end(office: Office) -> None:
    number = office.open()
    office.later(hours=1)
    deliver(office.site, office.at)
    office.mail(PLATFORM, f"Om {number}", "AVSLÅTT: Feil kurs")
    office.later(minutes=1)
    mending.reopen(office.site, number, reason=WHY, at=office.at)
    assert office.state(number) == "submitted"
    assert ("request_rejected", "cancelled") in states(office, OWNER)
    assert "request_rejected" not in left(office, OWNER)
    assert ("request_submitted", "sent") in states(office, PLATFORM)
    assert states(office, LIAISON) == []


def test_a_letter_that_has_left_is_not_called_back(office: Office) -> None:
    number = office.open()
    assert left(office, PLATFORM) == ["request_submitted"]
    correct(office, number, "draft")
    assert states(office, PLATFORM)[0] == ("request_submitted", "sent")

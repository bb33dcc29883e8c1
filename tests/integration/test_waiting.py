"""VENT, and own words about time: no chaser before the day; what time brings comes as before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.service.acts.commands import fire
from engine.service.deliver import deliver
from engine.service.requests import mending
from engine.service.requests.show import one
from engine.service.requests.why import why
from engine.service.time.simulate import Scripted, simulate
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from tests.integration.office import COORDINATOR, EXPERTS, OWNER, PLATFORM, Office, new_office

DAY = date(2026, 10, 12)
"""A Monday, five weeks ahead."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def incomplete(office: Office) -> str:
    number = office.open()
    fire(office.site, number, "request_changes", email=PLATFORM, at=office.at, note="Tidsbruk")
    deliver(office.site, office.at)
    return number


def swept(office: Office, days: int) -> None:
    """Let time pass, with a sweep each day."""
    for _ in range(days):
        office.later(days=1)
        sweep(office.site, office.at)
        deliver(office.site, office.at)


def chased(office: Office, receiver: str) -> list[date]:
    rows = office.letters(receiver)
    return [row.written_at.date() for row in rows if row.template in ("remind", "reminders")]


def codes(office: Office) -> list[str]:
    return [reason.code for reason in office.seen[-1].reasons]


@pytest.mark.parametrize(
    "said",
    [
        "VENT til 12. oktober",
        "Vent 12.10.2026",
        "VENT: mandag 12. oktober",
        "WAIT until 2026-10-12",
    ],
)
def test_nobody_is_chased_before_the_day_and_on_the_day_somebody_is(
    office: Office, said: str
) -> None:
    office.open()
    outcome = office.reply(PLATFORM, said)
    assert (outcome.verdict, outcome.events) == ("fired", (("wait", "submitted", "submitted"),))
    assert "Vi venter til mandag 12. oktober 2026" in office.text(PLATFORM)
    assert "har bedt om å få vente" in office.text(OWNER)
    assert "mandag 12. oktober 2026" in office.text(OWNER)
    swept(office, 34)
    assert chased(office, PLATFORM) == []
    assert verified(office.site).ok
    swept(office, 2)
    assert chased(office, PLATFORM) == [DAY]
    assert verified(office.site).ok


def test_why_and_status_say_until_when(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "VENT til 12. oktober")
    said = "KS Læring har bedt om å få vente til mandag 12. oktober 2026."
    assert said in why(office.site, number, office.at, "nb").because
    assert one(office.site, number).owed[0].due.date() == DAY  # type: ignore[union-attr]  # it has one
    office.reply(OWNER, "STATUS")
    assert said in office.text(OWNER)
    office.later(days=40)
    assert said not in why(office.site, number, office.at, "nb").because


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Vi kommer tilbake til dette neste uke.", "mandag 14. september 2026"),
        ("Hei, vi ser på det mandag 12. oktober.", "mandag 12. oktober 2026"),
        ("Kan vi få vente til 12.10?", "mandag 12. oktober 2026"),
        ("Me kjem tilbake til saka i veke 42", "mandag 12. oktober 2026"),
    ],
)
def test_own_words_about_time_are_asked_about(office: Office, said: str, asked: str) -> None:
    number = office.open()
    assert office.reply(PLATFORM, said).verdict == "suggested"
    assert codes(office) == ["understood_as"]
    assert f"Skal vi vente til {asked}? Svar JA" in office.text(PLATFORM)
    assert office.events(number)[-1] == "submit"
    assert office.reply(PLATFORM, "Ja, det stemmer").verdict == "fired"
    assert office.events(number)[-1] == "wait"
    assert verified(office.site).ok


def test_where_no_day_can_be_read_we_ask_which(office: Office) -> None:
    number = office.open()
    assert office.reply(PLATFORM, "Vi ser på det etter ferien").verdict == "suggested"
    assert (
        "Når skal vi spørre igjen? Svar med dagen på én linje, som VENT 11. januar"
        in office.text(PLATFORM)
    )
    assert office.reply(PLATFORM, "JA").verdict != "fired"
    office.reply(PLATFORM, "Vi ser på det etter ferien")
    assert office.reply(PLATFORM, "12. oktober").verdict == "suggested"
    assert office.reply(PLATFORM, "JA").verdict == "fired"
    assert office.events(number)[-1] == "wait"


def test_a_question_that_nobody_answers_goes_to_a_coordinator(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "Vi kommer tilbake neste uke.")
    swept(office, 3)
    assert any(r.template == "suggestion_unanswered" for r in office.letters(COORDINATOR))


def test_only_so_far_only_twice_and_only_who_is_waited_for(office: Office) -> None:
    number = office.open()
    for text, code in (
        ("VENT til 1. september 2026", "wait_past"),
        ("VENT til 1. desember", "wait_too_far"),
        ("VENT", "wait_no_day"),
        ("VENT: til noe", "wait_no_day"),
    ):
        assert (office.reply(PLATFORM, text).verdict, codes(office)) == ("refused", [code])
    for day in (20, 27):
        assert office.reply(PLATFORM, f"VENT til {day}. september").verdict == "fired"
    assert (office.reply(PLATFORM, "VENT til 2. oktober").verdict, codes(office)) == (
        "refused",
        ["wait_twice"],
    )
    assert (office.reply(OWNER, "VENT til 2. oktober").verdict, codes(office)) == (
        "refused",
        ["wait_not_asked"],
    )
    office.later(minutes=1)
    fire(office.site, number, "acknowledge", email=PLATFORM, at=office.at)
    deliver(office.site, office.at)
    assert office.reply(PLATFORM, "VENT til 2. oktober").verdict == "fired"
    assert verified(office.site).ok


def test_a_wait_never_silences_what_fires_or_is_told_by_time(office: Office) -> None:
    """Two futures of one request: all that is not a chaser to them comes at the same instant."""
    numbers = [incomplete(office)]
    until = office.at + timedelta(days=200)

    def future() -> list[tuple[object, ...]]:
        return [
            (each.at, each.event, each.to, [w.template for w in each.letters])
            for each in simulate(office.site, office.at, until)
            if each.action != "remind"
        ]

    before = future()
    assert before[-1][2] == "withdrawn"
    assert office.reply(OWNER, "VENT til 6. november").verdict == "fired"
    assert "lukkes saken likevel når fredag 6. november 2026 er over" in office.text(OWNER)
    assert "Svarer ingen, lukkes saken når fredag 6. november 2026 er over" in office.text(PLATFORM)
    assert future() == before
    swept(office, 61)
    assert office.state(numbers[0]) == "withdrawn"
    assert verified(office.site).ok


def test_one_who_waits_does_not_keep_the_other_from_being_chased(office: Office) -> None:
    office.open(Unntak=None)
    assert office.reply(EXPERTS, "VENT til 12. oktober").verdict == "fired"
    swept(office, 34)
    assert chased(office, EXPERTS) == []
    assert chased(office, "samhandling@si.example")
    swept(office, 2)
    assert chased(office, EXPERTS) == [DAY]


def test_it_can_be_taken_back_and_a_script_knows_it(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="15")
    number = office.open()
    office.later(minutes=20)
    deliver(office.site, office.at)
    step = Scripted(at=office.at, request=number, event="VENT", email=PLATFORM, note="12. oktober")
    told = list(simulate(office.site, office.at, office.at + timedelta(days=36), script=[step]))
    assert told[0].event == "wait"
    assert [each.at.date() for each in told if each.action == "remind"] == [DAY]
    assert office.reply(PLATFORM, "VENT 12. oktober").verdict == "fired"
    assert mending.undo(office.site, number, email=PLATFORM, at=office.at).events
    swept(office, 8)
    assert chased(office, PLATFORM)
    assert verified(office.site).ok

"""Every due instant says in three languages what it brings, by which rule, in which calendar."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.calendars import norwegian
from engine.cli.program import run
from engine.model import LANGUAGES, Language
from engine.service.requests.why import teller, why
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.wording.durations import calendar_words
from tests.integration.network_office import line, network_office, swept
from tests.integration.office import EXPERTS, Office, new_office
from tests.integration.standing import stand

AT = datetime(2026, 9, 7, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with a request in every state of every routine."""
    found = new_office(tmp_path_factory.mktemp("words") / "site")
    for routine in found.site.routines.current.values():
        for state in routine.workflow.states:
            stand(found.site, routine.workflow, state, AT)
    return found


def armed(office: Office) -> tuple[TimerRow, ...]:
    with office.site.database.reading() as tx:
        return timers.armed(tx)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_deadline_of_every_routine_is_told_in_words(
    language: Language, office: Office
) -> None:
    rows, told = armed(office), teller(office.site, language)
    assert len({(row.workflow, row.state, row.position) for row in rows}) > 40
    assert {row.workflow for row in rows} == set(office.site.routines.current)
    names = {
        name for each in office.site.routines.current.values() for name in each.workflow.events
    }
    for row in rows:
        text = told(row)
        assert "_" not in text, text
        assert not names & set(text.replace("(", " ").replace(")", " ").split()), text
        assert language == "en" or row.rule not in text, text


def test_every_deadline_keeps_its_rule_and_the_calendar_with_its_version(office: Office) -> None:
    calendar = norwegian()
    rows = armed(office)
    assert {row.calendar for row in rows} == {f"no {calendar.version}"}
    assert all(row.rule for row in rows)
    for words in (calendar_words(str(calendar), language) for language in LANGUAGES):
        assert calendar.version in words
        assert "Nor" in words
    assert calendar_words("dk 1", "nb") == "dk 1"


@pytest.mark.parametrize(
    ("language", "rule", "calendar"),
    [
        ("nb", "10 dager før saken går over til «Trukket»", "Norges helligdager, utgave"),
        ("nn", "10 dagar før saka går over til «Trekt»", "heilagdagane i Noreg, utgåve"),
        ("en", "10 days before the request goes over to “Withdrawn”", "the holidays of Norway"),
    ],
)
def test_the_list_of_deadlines_says_so_to_people_and_keeps_the_names_for_programs(
    language: str, rule: str, calendar: str, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--site", str(office.site.folder), "--lang", language]
    assert run([*words, "deadline", "list"]) == 0
    shown = capsys.readouterr().out
    assert rule in shown
    assert calendar in shown
    assert run([*words, "--json", "deadline", "list"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["rule"] for row in rows} >= {"10 days before give_up", "after 5 working days"}
    assert all(row["calendar"].startswith("no ") for row in rows)


def test_a_calendar_to_subscribe_to_says_so_too(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "frister.ics"
    assert run(["--site", str(office.site.folder), "deadline", "list", "--ics", str(file)]) == 0
    capsys.readouterr()
    text = file.read_text("utf-8").replace("\r\n ", "")
    assert "Norges helligdager" in text
    assert "give_up)" not in text


def test_a_deadline_at_midnight_is_told_as_the_day_that_still_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = network_office(tmp_path / "site")
    swept(office, [datetime(2026, 9, 2, 8, tzinfo=UTC)])
    number = line(office, 2027, "plan", "Kreft").report.number
    file = tmp_path / "frister.ics"
    words = ["--site", str(office.site.folder), "--at", "2026-09-02T08:00:00Z", "--lang", "nb"]
    for command in (
        ["deadline", "list", "--ics", str(file)],
        ["request", "list", "--workflow", "network_plan"],
        ["request", "show", number],
        ["request", "why", number],
        ["cycle", "status", "2027"],
    ):
        assert run([*words, *command]) == 0
        shown = capsys.readouterr().out
        assert "2026-11-30 24.00" in shown or "mandag 30. november 2026 kl. 24.00" in shown, shown
        assert "00.00" not in shown, shown
    assert "DTSTART;VALUE=DATE:20261130" in file.read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20261201" not in file.read_text("utf-8")


def test_the_next_reminder_is_told_to_those_who_have_not_answered(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site")
    number = office.open(Unntak=None)
    office.reply(EXPERTS, "UTTALELSE: Bra kurs")
    found = why(office.site, number, office.at, "nb")
    reminders = [what for _, what in found.next if what.startswith("påminnelse")]
    assert reminders == ["påminnelse til samhandlingsenheten (etter 5 arbeidsdager)"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_the_way_of_different_acts_is_told_of_each_by_its_own_name(
    language: Language, office: Office
) -> None:
    for routine in office.site.routines.current.values():
        for state in routine.workflow.states:
            number = stand(office.site, routine.workflow, state, AT)
            called = [called for _, called, _ in why(office.site, number, AT, language).blocked]
            assert len(called) == len(set(called)), (routine.workflow.name, state, called)
            assert not [each for each in called if "_" in each], called

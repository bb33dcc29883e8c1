"""The sweep: late, doubled, refused, faulty or on five workers, each deadline acts once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine import machine
from engine.app import open_site
from engine.definition import read
from engine.model import Reason
from engine.plan import reminding
from engine.plan.case import Rules
from engine.ports import Guard
from engine.service.letters.posting import envelope_of
from engine.service.requests.listing import lines
from engine.service.requests.show import one
from engine.service.requests.why import why
from engine.service.site import Routine, Routines
from engine.service.time import sweep as sweeping
from engine.service.time.due import Acted
from engine.service.time.sweep import Fault, happenings, sweep
from engine.store.cases import timers
from tests.integration import postgres
from tests.integration.office import AT, COORDINATOR, OWNER, PLATFORM, Office, new_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def texts(office: Office) -> Counter[tuple[str, str]]:
    return Counter((row.receiver, row.template) for row in office.letters())


def several_open(office: Office, count: int) -> list[str]:
    return [office.open(Kursets_kortnavn=f"SI-FALL{n}") for n in range(count)]


def test_a_sweep_with_more_than_a_batch_lets_all_act(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    several_open(office, 7)
    monkeypatch.setattr(sweeping, "BATCH", 3)
    swept = sweep(office.site, AT + timedelta(days=9))
    assert (swept.due, swept.reminded) == (7, 7)
    assert sweep(office.site, AT + timedelta(days=9)).due == 0


def test_a_dry_run_tells_what_a_sweep_would_do_and_changes_nothing(office: Office) -> None:
    several_open(office, 3)
    at = AT + timedelta(days=9)
    before = texts(office)
    foreseen = sweep(office.site, at, dry_run=True)
    assert texts(office) == before
    assert foreseen == sweep(office.site, at)
    assert (foreseen.due, foreseen.reminded) == (3, 3)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_five_workers_at_once_write_each_reminder_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    more = {}
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        more = {"database": postgres.new_database(server, "five-workers")}
    office = new_office(tmp_path / "site", **more)
    several_open(office, 30)
    at = AT + timedelta(days=9)

    def work(_: int) -> int:
        site = open_site(office.site.folder)
        with site.database:
            return sweep(site, at).reminded

    with ThreadPoolExecutor(5) as pool:
        reminded = list(pool.map(work, range(5)))
    # A worker that passes over what another holds may find nothing; one more pass finds no rest.
    assert sum(reminded) + sweep(office.site, at).reminded == 30
    assert texts(office)[PLATFORM, "remind"] == 30
    office.site.database.close()


def test_several_reminders_that_come_due_in_an_outage_are_one(office: Office) -> None:
    number = office.open()
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    office.mail(OWNER, f"[{number}.{office.last(OWNER).token}]", "AVSLUTT 1.12.2026")
    before = texts(office)[PLATFORM, "remind"]
    happened = list(happenings(office.site, datetime(2026, 11, 30, 8, tzinfo=UTC)))
    assert [each.outcome for each in happened if isinstance(each, Acted)] == [
        "needless",
        "needless",
        "reminded",
    ]
    assert texts(office)[PLATFORM, "remind"] == before + 1


def test_what_ends_the_wait_goes_before_the_reminders_that_an_outage_kept_back(
    office: Office,
) -> None:
    number = office.open(Kurssammendrag=None)
    assert office.state(number) == "draft"
    before = texts(office)
    swept = sweep(office.site, AT + timedelta(days=90))
    assert (swept.due, swept.fired) == (1, 1)
    assert office.state(number) == "withdrawn"
    assert texts(office) - before == Counter({(OWNER, "request_lapsed"): 1})


def test_a_clock_that_was_set_back_lets_nothing_act_before_what_has_happened(
    office: Office,
) -> None:
    number = office.open()
    sweep(office.site, AT + timedelta(days=7))
    office.later(days=8)
    office.reply(PLATFORM, "MOTTATT")
    with office.site.database.transaction() as tx:
        (timer, *_) = timers.armed(tx, number)
        timers.finish(tx, timer.id, office.at - timedelta(hours=2))
    assert sweep(office.site, office.at - timedelta(hours=1)).due == 0
    assert sweep(office.site, office.at).due == 1


def with_lapse_held_back(office: Office, *, held: bool) -> Office:
    """The office, where a request lapses only when a condition holds."""
    routine = office.site.routines.current["hf_to_ks"].workflow
    text = routine.text.replace("by: time\n    letters: [{to: owner, send: request_lapsed}",
                                "by: time\n    when: [not_now]\n"
                                "    letters: [{to: owner, send: request_lapsed}")  # fmt: skip
    assert "not_now" in text
    workflow = read.workflow(text, "hf_to_ks.yaml")
    reasons = (Reason("no_agreement", {"day": AT.date()}),) if held else ()
    guard = Guard(name="not_now", needs=frozenset(), check=lambda _: reasons)
    rules = Rules(
        guards={**office.site.rules.guards, "not_now": guard},
        calendar=office.site.rules.calendar,
    )
    routines = Routines({"hf_to_ks": Routine(workflow, machine.compile(workflow))}, read.workflow)
    return Office(replace(office.site, routines=routines, rules=rules), at=office.at)


def test_an_event_that_is_refused_is_tried_again_each_day_and_told_once(office: Office) -> None:
    number = office.open(Kurssammendrag=None)
    closed = with_lapse_held_back(office, held=True)
    lapse = AT + timedelta(days=60, hours=1)
    found = [sweep(closed.site, lapse + timedelta(hours=n)) for n in range(72)]
    assert sum(each.refused for each in found) == 3
    assert office.state(number) == "draft"
    assert texts(office)[COORDINATOR, "escalation"] == 1
    (told,) = [row for row in office.letters(COORDINATOR) if row.template == "escalation"]
    assert told.variables["extra"]["held_back"]["reasons"] == [
        "Ingen avtale om deling gjelder mandag 7. september 2026. "
        "Saken kan gå videre når avtalen er fornyet."
    ]
    assert "Dette står i veien:" in office.site.letters.text(envelope_of(told))
    later = with_lapse_held_back(office, held=False)
    assert sweep(later.site, lapse + timedelta(days=4)).fired == 1
    assert office.state(number) == "withdrawn"


def test_a_faulty_request_stays_due_and_stops_no_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = several_open(office, 3)
    real = reminding.letters_due

    def failing(case, *how, **also):  # type: ignore[no-untyped-def]  # stands in for the real one
        if case.request.number == second:
            raise ValueError("broken row")
        return real(case, *how, **also)

    monkeypatch.setattr("engine.service.time.due.letters_due", failing)
    at = AT + timedelta(days=9)
    happened = list(happenings(office.site, at))
    assert [each for each in happened if isinstance(each, Fault)] == [
        Fault(request=second, what="ValueError: broken row")
    ]
    reminded = [each.timer.request for each in happened if isinstance(each, Acted)]
    assert reminded == [first, third]
    assert sweep(office.site, at).faults == (f"{second}: ValueError: broken row",)
    monkeypatch.setattr("engine.service.time.due.letters_due", real)
    assert sweep(office.site, at).reminded == 1


def test_an_escalation_is_a_letter_and_a_mark_until_the_next_move(office: Office) -> None:
    number = office.open()
    late = AT + timedelta(days=100)
    swept = sweep(office.site, late)
    assert swept.escalated == 1
    assert one(office.site, number).request.escalated_at == late
    assert [line.row["number"] for line in lines(office.look(), late, overdue=True)] == [number]
    because = why(office.site, number, late, "nb").because
    assert "løftet til koordinatoren" in because[-1]
    assert texts(office)[COORDINATOR, "escalation"] == 1
    office.at = late
    office.reply(PLATFORM, "MOTTATT")
    assert one(office.site, number).request.escalated_at is None
    assert all("løftet" not in text for text in why(office.site, number, late, "nb").because)


def test_a_sweep_that_is_told_to_stop_ends_between_two_transactions(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    several_open(office, 4)
    monkeypatch.setattr(sweeping, "BATCH", 2)
    answers = iter([True, False])
    at = AT + timedelta(days=9)
    assert sweep(office.site, at, go_on=lambda: next(answers, False)).due == 2
    assert sweep(office.site, at).due == 2


def test_a_course_stays_as_it_was_judged_when_its_request_lapses_after_its_first_day(
    office: Office,
) -> None:
    number = office.open(Dato_for_studiestart="15.10.2026")
    office.fire(number, "request_changes", PLATFORM, note="Mål mangler")
    told = one(office.site, number).course
    assert told is not None
    assert told.information["start_date"] == "2026-10-15"
    assert sweep(office.site, AT + timedelta(days=90)).fired == 1
    ended = one(office.site, number).course
    assert ended == replace(told, claimed=False)

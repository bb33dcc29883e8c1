"""A coordinator puts a request right: any state, with a reason, told to those it concerns."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import RefusedError
from engine.service.acts.commands import fire
from engine.service.deliver import deliver
from engine.service.requests import mending
from engine.service.requests.show import history_documents, one
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store.cases import queries, timers
from tests.integration.office import COORDINATOR, OWNER, PLATFORM, Office, form, new_office

WHY = "KS Læring trykket feil."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def act(office: Office, number: str, event: str, email: str, **how: str) -> None:
    fire(office.site, number, event, email=email, at=office.at, **how)  # type: ignore[arg-type]  # passed on as given


def shared(office: Office) -> str:
    number = office.open()
    act(office, number, "accept", PLATFORM)
    act(office, number, "confirm_label", OWNER)
    return number


def correct(office: Office, number: str, state: str, reason: str = WHY, **how: object) -> object:
    return mending.correct(office.site, number, state, reason=reason, at=office.at, **how).events  # type: ignore[arg-type]  # passed on as given


def reopen(office: Office, number: str) -> object:
    return mending.reopen(office.site, number, reason=WHY, at=office.at).events


def labels(office: Office, number: str) -> tuple[str, ...]:
    return one(office.site, number).labels


def codes(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [reason.code for reason in error.value.reasons]


def test_a_correction_is_an_event_of_its_own_with_its_reason(office: Office) -> None:
    number = office.open()
    act(office, number, "reject", PLATFORM, note="Feil kurs")
    office.later(hours=1)
    assert correct(office, number, "received") == (("correct", "rejected", "received"),)
    last = history_documents(office.site, number)[-1]
    assert (last["event"], last["from"], last["to"]) == ("correct", "rejected", "received")
    assert (last["actor"], last["note"], last["cause"]["kind"]) == ("coordinator", WHY, "command")
    assert one(office.site, number).request.since == office.at
    assert verified(office.site).ok


def test_the_owner_and_those_who_are_waited_for_are_told(office: Office) -> None:
    number = office.open()
    act(office, number, "accept", PLATFORM)
    correct(office, number, "received")
    deliver(office.site, office.at)
    assert [r.receiver for r in office.letters() if r.template == "corrected"] == [OWNER, PLATFORM]
    text = office.text(PLATFORM)
    assert "Den sto som «Godtatt» og står nå som: Mottatt.\nNå venter vi på dere. Svar" in text
    assert "Vi venter på KS Læring.\n" in office.text(OWNER)
    assert f"\nGrunnen som er oppgitt:\n> {WHY}\n" in text
    assert "GODTATT" in text
    assert office.reply(PLATFORM, "GODTATT").verdict == "fired"


def test_share_and_label_follow_the_state(office: Office) -> None:
    number = shared(office)
    correct(office, number, "accepted")
    assert labels(office, number) == ()
    assert "merket «delt til KS Læring» skal fjernes" in office.text(OWNER)
    correct(office, number, "shared")
    assert labels(office, number) == ("delt til KS Læring",)
    assert "skal være merket «delt til KS Læring»" in office.text(OWNER)
    correct(office, number, "ended")
    assert labels(office, number) == ()
    assert verified(office.site).ok


def test_the_timers_of_the_new_state_run_from_now(office: Office) -> None:
    number = office.open()
    office.later(days=30)
    correct(office, number, "received")
    with office.site.database.reading() as tx:
        armed = timers.armed(tx, number)
    assert {timer.state for timer in armed} == {"received"}
    assert min(timer.due_at for timer in armed) > office.at


def test_what_would_not_hold_is_refused_with_every_reason(office: Office) -> None:
    number = shared(office)
    with pytest.raises(RefusedError) as no_day:
        correct(office, number, "ending")
    assert codes(no_day) == ["state_needs"]
    with pytest.raises(RefusedError) as unknown:
        correct(office, number, "tull", reason=" ")
    assert codes(unknown) == ["why_missing", "unknown_state"]
    with pytest.raises(RefusedError) as same:
        correct(office, number, "shared")
    assert codes(same) == ["already_in_state"]
    with pytest.raises(RefusedError) as other:
        correct(office, number, "accepted", email=OWNER)
    assert codes(other) == ["not_your_role"]
    assert office.events(number)[-1] == "confirm_label"


def test_a_named_coordinator_can_regret_it_while_the_letters_wait(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", letters__undo_minutes="15")
    number = office.open()
    correct(office, number, "accepted", email=COORDINATOR)
    done = mending.undo(office.site, number, email=COORDINATOR, at=office.at)
    assert done.events == (("undo", "accepted", "submitted"),)
    assert {r.state for r in office.letters() if r.template == "corrected"} == {"cancelled"}
    assert verified(office.site).ok


def test_a_trial_changes_nothing(office: Office) -> None:
    number = office.open()
    letters = len(office.letters())
    assert correct(office, number, "accepted", dry_run=True) == (
        ("correct", "submitted", "accepted"),
    )
    assert (office.state(number), len(office.letters())) == ("submitted", letters)


def test_a_short_name_that_another_holds_now_keeps_a_closed_request_closed(office: Office) -> None:
    number = office.open()
    act(office, number, "withdraw", OWNER)
    office.mail("elaering@ahus.example", "Deling til KS Læring: Fall", form())
    for attempt in (reopen, lambda o, n: correct(o, n, "received")):
        with pytest.raises(RefusedError) as refused:
            attempt(office, number)
        assert codes(refused) == ["short_name_taken"]


def test_a_closed_request_opens_again_where_it_last_was(office: Office) -> None:
    number = office.open()
    act(office, number, "acknowledge", PLATFORM)
    with pytest.raises(RefusedError) as still_open:
        reopen(office, number)
    assert codes(still_open) == ["not_closed"]
    act(office, number, "reject", PLATFORM, note="Nei")
    assert reopen(office, number) == (("reopen", "rejected", "received"),)
    deliver(office.site, office.at)
    assert "En koordinator har åpnet saken om kurset" in office.text(OWNER)
    with office.site.database.reading() as tx:
        course = queries.case(tx, number).course
    assert course is not None
    assert course.claimed
    assert verified(office.site).ok


def test_an_ended_share_opens_again_as_shared_and_not_where_time_ends_it(office: Office) -> None:
    number = shared(office)
    act(office, number, "end_share", OWNER)
    office.later(days=1)
    sweep(office.site, office.at)
    assert office.state(number) == "ended"
    with pytest.raises(RefusedError) as over:
        correct(office, number, "ending")
    assert codes(over) == ["state_over"]
    assert reopen(office, number) == (("reopen", "ended", "shared"),)
    assert labels(office, number) == ("delt til KS Læring",)
    sweep(office.site, office.at)
    assert office.state(number) == "shared"
    act(office, number, "end_share", OWNER)
    assert office.state(number) == "ending"
    assert verified(office.site).ok

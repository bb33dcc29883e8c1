"""Taking back and putting right, decided: what comes back, and when it cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from engine.model import LastAct, Plan, Reason, Refusal, Share
from engine.plan.case import Case
from engine.plan.common_events import mending
from engine.plan.common_events.mending import CausedLetter
from engine.plan.decide import plan
from engine.plan.timing import timers_at, timers_for
from tests.unit.cases import AT, FACTS, RULES, act, actor, case

PLATFORM = actor("ks_laering")
OWNER = actor("elearning")
NOBODY = replace(PLATFORM, name="coordinator", contacts=())
ACT = act("accept", PLATFORM)
WAITS = (CausedLetter(id=7, state="waiting", to_others=True),)
LATER = AT + timedelta(minutes=5)


def acted(event: str = "accept", state: str = "submitted", **changes: Any) -> Case:
    """A case in which KS Læring, or the owner, has just done something."""
    before = case(state, **changes)
    who = PLATFORM if event in ("accept", "acknowledge", "reject", "stop_borrowing") else OWNER
    done = plan(before, act(event, who, note="Grunn"), AT)
    assert isinstance(done, Plan), done
    return before.after(done)


def undo(stood: Case, *letters: CausedLetter, who: Any = PLATFORM) -> Plan | Refusal:
    asked = replace(act("undo", who), key="cli:undo", cause=replace(ACT.cause, ref="undo"))
    return mending.undo(stood, asked, LATER, letters or WAITS)


def codes(result: Plan | Refusal) -> list[str]:
    assert isinstance(result, Refusal)
    return [reason.code for reason in result.reasons]


def test_what_a_person_did_is_remembered_with_how_it_was() -> None:
    last = acted().request.last_act
    assert isinstance(last, LastAct)
    assert (last.state, last.since, last.cause) == ("submitted", AT, ACT.cause)
    assert last.contacts == tuple(contact.id for contact in PLATFORM.contacts)


def test_an_undo_brings_the_request_back_and_stops_the_letters() -> None:
    letters = (
        *WAITS,
        CausedLetter(id=8, state="sent", to_others=False),
        CausedLetter(id=9, state="shadow", to_others=True),
    )
    done = undo(acted(), *letters)
    assert isinstance(done, Plan)
    assert (done.after.state, done.after.since, done.after.last_act) == ("submitted", AT, None)
    assert (done.cancels, done.role, done.share) == ((7, 9), "platform", None)


@pytest.mark.parametrize("state", ["sending", "sent", "retry", "dead"])
def test_a_letter_that_has_left_makes_it_too_late(state: str) -> None:
    left = CausedLetter(id=8, state=state, to_others=True)
    assert codes(undo(acted(), *WAITS, left)) == ["too_late"]


def test_with_no_letter_to_others_that_waits_there_is_nothing_to_take_back() -> None:
    own = CausedLetter(id=8, state="waiting", to_others=False)
    assert codes(undo(acted(), own)) == ["nothing_to_undo"]
    assert codes(undo(case("submitted"))) == ["nothing_to_undo"]


def test_only_who_acted_may_take_it_back() -> None:
    assert codes(undo(acted(), who=OWNER)) == ["not_your_act"]


def test_the_share_ends_and_starts_with_the_label() -> None:
    away = undo(acted("confirm_label", "accepted"), who=OWNER)
    assert isinstance(away, Plan)
    assert (away.share, away.direction) == ("end", "to_ks")
    shared = case("shared")
    corrected = mending.correct(shared, act("correct", NOBODY, note="Feil"), LATER, "accepted")
    assert isinstance(corrected, Plan)
    assert (corrected.share, corrected.direction) == ("end", "to_ks")


def test_a_share_of_the_same_course_elsewhere_is_in_the_way() -> None:
    other = Share(
        id=1, course=1, direction="to_ks", lender="si", borrower="ks-laering", since=AT,
        request="KD-2026-0099",
    )  # fmt: skip
    stood = case("accepted", facts=replace(FACTS, shares=(other,)))
    result = mending.correct(stood, act("correct", NOBODY, note="Feil"), LATER, "shared")
    assert isinstance(result, Refusal)
    assert result.reasons == (Reason("already_shared", {"request": "KD-2026-0099"}),)


def test_reminders_that_have_been_are_not_repeated() -> None:
    request = replace(case("submitted").request, state="submitted", since=AT)
    workflow = case("submitted").workflow
    whole = timers_for(workflow, request, RULES.calendar)
    assert timers_at(workflow, request, RULES.calendar, AT) == whole
    first = whole[0]
    after_one = timers_at(workflow, request, RULES.calendar, first.due_at + timedelta(hours=1))
    assert after_one[0].due_at > first.due_at
    assert (first.at_most, after_one[0].at_most) == (3, 2)
    a_year_on = timers_at(workflow, request, RULES.calendar, AT + timedelta(days=365))
    assert a_year_on == ()


def test_what_ends_a_state_is_armed_however_late() -> None:
    stood = case("draft")
    late = timers_at(stood.workflow, stood.request, RULES.calendar, AT + timedelta(days=365))
    assert [timer.target for timer in late] == ["give_up"]


def test_a_correction_writes_once_to_each_person_it_concerns() -> None:
    result = mending.correct(
        case("submitted"), act("correct", NOBODY, note="Feil"), LATER, "consulting"
    )
    assert isinstance(result, Plan)
    assert [letter.receiver for letter in result.letters] == [
        "elearning@si.example", "ks_laering@ks-laering.example",
        "subject_experts@si.example", "cooperation_unit@si.example",
    ]  # fmt: skip
    assert {letter.template for letter in result.letters} == {"corrected"}
    assert {letter.variables["extra"]["was"] for letter in result.letters} == {"Sendt"}

"""When a state's timers act: from which instant each counts, what is past, and in what rhythm."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from engine.calendar import add, end_of_day, morning_of, oslo_day, subtract
from engine.definition.types import Mark, Span, Timer
from engine.model import Request, TimerDraft
from engine.plan.timing import (
    WAITS_FROM,
    due_of,
    lapse_of,
    next_occurrence,
    passed_by,
    timers_at,
    timers_for,
    waits_from,
)
from tests.unit.cases import AT, RULES, case

MOMENT = timedelta(seconds=1)
CALENDAR = RULES.calendar
ENDS = date(2026, 9, 30)
FIVE, TEN_DAYS = Span(5, "working days"), Span(10, "days")


def rule(action: Any = "remind", **more: Any) -> Timer:
    """A rule of time; without more, a reminder to the owner at an instant of no rule."""
    plain: dict[str, Any] = {
        "action": action,
        "target": "",
        "roles": ("owner",),
        "after": None,
        "before": None,
        "of": None,
        "every": None,
        "at_most": 1,
        "warns_of": None,
        "rule": "as here",
        "mark": Mark(1, 1),
    }
    return Timer(**{**plain, **more})


def ruled(*rules: Timer, state: str = "submitted", **changes: Any) -> tuple[Any, Request]:
    """(hf_to_ks with `rules` in the state, a request in it)."""
    workflow = case(state).workflow
    timers = {**workflow.timers, state: rules}
    return replace(workflow, timers=timers), case(state, **changes).request


def drafted(*rules: Timer, **changes: Any) -> dict[int, TimerDraft]:
    """What the rules come to, by their position."""
    return {each.position: each for each in timers_for(*ruled(*rules, **changes), CALENDAR)}


def armed(at: datetime, *rules: Timer, **changes: Any) -> dict[int, TimerDraft]:
    """What is armed at `at` in a state that was entered at AT or as `changes` say."""
    return {each.position: each for each in timers_at(*ruled(*rules, **changes), CALENDAR, at)}


def due(action: str, days: int, target: str = "") -> TimerDraft:
    return replace(
        drafted(rule(action, after=TEN_DAYS, target=target))[0], due_at=AT + timedelta(days=days)
    )


# From when a rule counts


def test_a_wait_counts_from_the_state_or_from_when_it_was_no_longer_held_up() -> None:
    later = AT + timedelta(days=3)
    assert waits_from(case("submitted").request) == AT
    assert waits_from(case("submitted", kept={WAITS_FROM: later.isoformat()}).request) == later
    earlier = {WAITS_FROM: (AT - timedelta(days=3)).isoformat()}
    assert waits_from(case("submitted", kept=earlier).request) == AT


def test_who_is_told_of_a_long_wait_is_told_of_all_of_it() -> None:
    later = AT + timedelta(days=3)
    held = {"kept": {WAITS_FROM: later.isoformat()}}
    found = drafted(rule("remind", after=FIVE), rule("escalate", after=FIVE), **held)
    assert found[0].due_at == add(CALENDAR, later, FIVE)
    assert found[1].due_at == add(CALENDAR, AT, FIVE)


def test_a_rule_tied_to_a_day_counts_from_its_end_or_its_morning_or_back_from_it() -> None:
    kept = {"kept": {"ends_on": ENDS.isoformat()}}
    found = drafted(
        rule("fire", of="ends_on", target="x"),
        rule("send", of="ends_on", morning=True, target="x"),
        rule("remind", of="ends_on", before=TEN_DAYS),
        rule("remind", of="ends_on", after=TEN_DAYS),
        **kept,
    )
    assert found[0].due_at == end_of_day(ENDS)
    assert found[1].due_at == morning_of(ENDS)
    assert found[2].due_at == subtract(CALENDAR, end_of_day(ENDS), TEN_DAYS)
    assert found[3].due_at == add(CALENDAR, end_of_day(ENDS), TEN_DAYS)


def test_a_rule_of_a_day_that_is_not_kept_does_nothing_and_the_others_stay_in_their_places() -> (
    None
):
    found = drafted(rule("fire", of="ends_on", target="x"), rule(after=FIVE))
    assert list(found) == [1]
    assert found[1].due_at == add(CALENDAR, AT, FIVE)


def test_a_warning_counts_back_from_what_it_warns_of_or_after_it() -> None:
    closing = rule("fire", after=Span(60, "days"), target="give_up")
    found = drafted(
        closing,
        rule("send", warns_of=0, before=TEN_DAYS, target="lapse_warning"),
        rule("send", warns_of=0, after=TEN_DAYS, target="x"),
    )
    over = add(CALENDAR, AT, Span(60, "days"))
    assert found[1].due_at == subtract(CALENDAR, over, TEN_DAYS)
    assert found[2].due_at == add(CALENDAR, over, TEN_DAYS)
    # What warns of nothing warns of no day either.
    unkept = rule("fire", of="ends_on", target="x")
    assert drafted(unkept, rule("send", warns_of=0, before=TEN_DAYS, target="x")) == {}


def test_a_draft_says_what_it_does_to_whom_and_by_which_rule() -> None:
    (found,) = drafted(
        rule("send", after=FIVE, target="receipt", roles=("owner", "liaison"), every=FIVE,
             at_most=3, rule="after 5 working days"),
    ).values()  # fmt: skip
    assert (found.action, found.target, found.roles) == ("send", "receipt", ("owner", "liaison"))
    assert (found.every, found.at_most) == ("5 working days", 3)
    assert (found.rule, found.calendar) == ("after 5 working days", str(CALENDAR))
    assert drafted(rule(after=FIVE))[0].every == ""


def test_a_state_without_rules_has_no_timers() -> None:
    stood = case("ended")
    assert timers_for(stood.workflow, stood.request, CALENDAR) == ()
    assert timers_at(stood.workflow, stood.request, CALENDAR, AT) == ()


# What is past when the state is entered


def test_what_is_due_as_the_state_is_entered_is_left_out_unless_it_fires() -> None:
    ends_on = date(2026, 9, 7)
    before = datetime(2026, 9, 4, 22, 0, tzinfo=UTC)
    workflow = case("ending").workflow
    # Three days before the end of the 7th is the end of the 4th: this very instant.
    entered = replace(case("ending").request, kept={"ends_on": ends_on.isoformat()}, since=before)
    rules = {each.rule for each in timers_for(workflow, entered, CALENDAR)}
    assert "3 days before ends_on" not in rules
    earlier = replace(entered, since=before - MOMENT)
    rules = {each.rule for each in timers_for(workflow, earlier, CALENDAR)}
    assert "3 days before ends_on" in rules
    fires = rule("fire", of="ends_on", target="x")
    passed = {"ends_on": (AT - timedelta(days=9)).date().isoformat()}
    assert list(drafted(fires, rule("send", of="ends_on", target="x"), kept=passed)) == [0]


def test_a_rhythm_from_a_morning_that_is_past_goes_on_and_a_single_morning_counts_for_its_day() -> (
    None
):
    def standing(day: date, **more: Any) -> bool:
        tied = rule("send", of="ends_on", target="x", **more)
        return bool(drafted(tied, kept={"ends_on": day.isoformat()}, since=late))

    late = datetime(2026, 9, 7, 14, 0, tzinfo=UTC)
    today, yesterday = oslo_day(late), oslo_day(late) - timedelta(days=1)
    assert standing(today, morning=True)
    assert not standing(yesterday, morning=True)
    assert standing(yesterday, morning=True, every=FIVE)
    assert not standing(yesterday, every=FIVE)


# What is past when timers are armed later than the state was entered


def rearmed(days: int) -> dict[int, TimerDraft]:
    stood = case("submitted")
    at = AT + timedelta(days=days)
    armed = timers_at(stood.workflow, stood.request, CALENDAR, at)
    return {each.position: each for each in armed}


@pytest.mark.parametrize(("days", "left"), [(6, 3), (7, 2), (13, 2), (14, 1), (20, 1), (21, None)])
def test_a_late_state_has_as_many_reminders_less_as_have_passed(
    days: int, left: int | None
) -> None:
    found = rearmed(days).get(0)
    assert (None if found is None else found.at_most) == left
    assert found is None or found.due_at > AT + timedelta(days=days)


def test_what_was_due_at_the_armed_instant_is_past_and_a_moment_later_is_not() -> None:
    stood = case("submitted")
    letter = next(each for each in stood.timers if each.target == "preliminary_answer")
    for at, stands in ((letter.due_at, False), (letter.due_at - MOMENT, True)):
        found = timers_at(stood.workflow, stood.request, CALENDAR, at)
        assert (letter.position in [each.position for each in found]) is stands


def test_what_fires_is_armed_however_late_and_what_repeats_without_limit_goes_on() -> None:
    at = AT + timedelta(days=400)
    fires = rule("fire", after=TEN_DAYS, target="give_up")
    forever = rule(after=FIVE, every=FIVE, at_most=0)
    found = armed(at, fires, forever, rule(after=FIVE))
    assert list(found) == [0, 1]
    assert found[0].due_at == drafted(fires)[0].due_at
    assert found[1].at_most == 0
    assert at < found[1].due_at <= at + timedelta(days=14)
    # What acts once in its rhythm has had its turn, and does not begin to go on for ever.
    assert armed(at, rule(after=FIVE, every=FIVE, at_most=1)) == {}


def test_the_rhythm_goes_on_at_the_next_of_its_own_instants() -> None:
    daily = rule(after=Span(1, "days"), every=Span(1, "days"), at_most=0)
    exactly = AT + timedelta(days=5)
    assert armed(exactly, daily)[0].due_at == AT + timedelta(days=6)
    assert armed(exactly - MOMENT, daily)[0].due_at == exactly


def test_the_morning_of_the_day_on_which_the_state_is_entered_is_not_missed() -> None:
    late = datetime(2026, 9, 7, 14, 0, tzinfo=UTC)
    tied = rule("send", of="ends_on", morning=True, target="x", every=FIVE)
    kept = {"ends_on": oslo_day(late).isoformat()}
    morning = morning_of(oslo_day(late))
    assert armed(late, tied, kept=kept, since=late)[0].due_at == morning
    # A state that was entered earlier has had its morning.
    assert armed(late, replace(tied, at_most=3), kept=kept)[0].due_at > late
    # So has one that comes a day later, and what is tied to the day's end is past with it.
    next_day = late + timedelta(days=1)
    once = replace(tied, every=None)
    assert armed(next_day, replace(tied, at_most=3), kept=kept, since=next_day)[0].due_at > next_day
    assert armed(next_day, once, kept=kept, since=next_day) == {}


def test_timers_worked_out_already_are_not_worked_out_again() -> None:
    workflow, request = ruled(rule(after=FIVE))
    (draft,) = timers_for(workflow, request, CALENDAR)
    other = replace(draft, due_at=AT + timedelta(days=100))
    assert timers_at(workflow, request, CALENDAR, AT, (other,)) == (other,)


# What the drafts are asked for


def test_a_wait_is_over_at_its_very_instant() -> None:
    drafts = case("consulting").timers
    offer = next(each for each in drafts if each.target == "go_on_without_opinions")
    assert "go_on_without_opinions" in passed_by(drafts, offer.due_at)
    assert "go_on_without_opinions" not in passed_by(drafts, offer.due_at - MOMENT)
    assert passed_by((due("remind", 1),), AT + timedelta(days=9)) == frozenset()


@pytest.mark.parametrize("every", ["3 days", "1 day"])
def test_an_outage_costs_one_act_and_the_rhythm_goes_on(every: str) -> None:
    days = int(every[0])
    step = timedelta(days=days)
    assert next_occurrence(CALENDAR, AT, every, AT) == AT + step
    assert next_occurrence(CALENDAR, AT, every, AT - MOMENT) == AT
    assert next_occurrence(CALENDAR, AT, every, AT + step) == AT + 2 * step
    assert next_occurrence(CALENDAR, AT, every, AT + 10 * step - MOMENT) == AT + 10 * step


def test_what_has_no_rhythm_acts_once() -> None:
    assert next_occurrence(CALENDAR, AT, "", AT) is None


def test_a_wait_is_late_from_its_first_reminder_and_else_from_what_ends_or_escalates_it() -> None:
    reminders = (due("remind", 9), due("remind", 7))
    others = (due("fire", 5, "x"), due("escalate", 3), due("send", 1, "x"))
    assert due_of((*others, *reminders)) == AT + timedelta(days=7)
    assert due_of(others) == AT + timedelta(days=3)
    assert due_of(others[:1]) == AT + timedelta(days=5)
    assert due_of(others[2:]) is None


def test_a_lapse_is_the_first_end_and_its_first_warning() -> None:
    warnings = (due("send", 6, "lapse_warning"), due("send", 4, "lapse_warning"))
    ends = (due("fire", 20, "give_up"), due("fire", 14, "give_up"))
    wanted = (AT + timedelta(days=14), AT + timedelta(days=4))
    assert lapse_of((*ends, *warnings, due("send", 1, "x"))) == wanted
    assert lapse_of((due("remind", 1),)) == (None, None)

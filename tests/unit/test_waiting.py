"""VENT in every routine and state: the chasers to who asked for it rest, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from config.calendars import norwegian
from engine.domain.later import day_meant, says_later
from engine.model import TIME, Plan, Refusal
from engine.plan.case import Case
from engine.plan.common_events.waiting import is_left_alone, waited
from engine.plan.decide import plan
from engine.plan.possible import owed_by
from engine.plan.reminding import letters_due
from tests.unit.cases import AT, act, actor, case, routine
from workflows.phrases import phrases

ROUTINES = ("hf_to_ks", "ks_orders_from_hf", "hf_shares_from_ks")
AHEAD = AT + timedelta(days=30)
TODAY = date(2026, 12, 10)


def every_wait() -> Iterator[tuple[str, str, str, str]]:
    """(routine, state, role, the duty that holds it) for everybody who is waited for somewhere."""
    for name in ROUTINES:
        workflow, _ = routine(name)
        for state in workflow.states.values():
            for role in state.waits_for:
                duty = workflow.roles[role].duty
                stood = standing(name, state.name)
                if role in set(stood.roles_of(actor(duty))) & set(owed_by(stood)):
                    yield name, state.name, role, duty


def standing(name: str, state: str) -> Case:
    kept = {"ends_on": "2027-06-01", "ended_by": ["nobody"]}
    stands = case(state, name=name, kept=kept)
    return replace(stands, request=replace(stands.request, requester="3411"))


@pytest.mark.parametrize(("name", "state", "role", "duty"), list(every_wait()))
def test_only_the_chasers_to_who_asked_for_it_rest(
    name: str, state: str, role: str, duty: str
) -> None:
    stood = standing(name, state)
    who = actor(duty)
    plan = waited(stood, act("wait", who, note=f"til {AHEAD:%d.%m.%Y}"), AT)
    assert isinstance(plan, Plan)
    assert (plan.after.state, plan.after.since) == (state, stood.request.since)
    after = stood.after(plan)
    assert plan.timers is None
    assert after.timers == stood.timers
    (reminder,) = plan.beside
    assert reminder.due_at.date() >= AHEAD.date()
    assert is_left_alone(plan.after, role, AT)
    assert not is_left_alone(plan.after, role, AHEAD)
    for action, target, at in (("escalate", "", AT), ("remind", "", AHEAD)):
        before = letters_due(stood, action, target, (role,), at)
        told = letters_due(after, action, target, (role,), at)
        assert [(e.receiver, e.template) for e in told] == [
            (e.receiver, e.template) for e in before
        ]
    assert letters_due(after, "remind", "", (role,), AT) == ()
    again = waited(after, act("wait", who, note=f"til {AHEAD:%d.%m.%Y}"), AT)
    assert isinstance(again, Plan)
    third = waited(after.after(again), act("wait", who, note=f"til {AHEAD:%d.%m.%Y}"), AT)
    assert isinstance(third, Refusal)


@pytest.mark.parametrize(("name", "state", "role", "duty"), list(every_wait()))
@pytest.mark.parametrize("days", [1, 30, 60])
def test_what_fires_by_time_fires_all_the_same(
    name: str, state: str, role: str, duty: str, days: int
) -> None:
    stood = standing(name, state)
    waiting = waited(
        stood, act("wait", actor(duty), note=f"{AT + timedelta(days=days):%d.%m.%Y}"), AT
    )
    assert isinstance(waiting, Plan)
    after = stood.after(waiting)
    firing = [each for each in stood.timers if each.action == "fire"]
    assert firing == [each for each in after.timers if each.action == "fire"]
    for timer in firing:
        by_time = act(timer.target, TIME)
        before, then = (plan(each, by_time, timer.due_at) for each in (stood, after))
        assert isinstance(before, Plan) == isinstance(then, Plan), role
        if isinstance(before, Plan) and isinstance(then, Plan):
            assert before.after.state == then.after.state
            assert [e.receiver for e in before.letters] == [e.receiver for e in then.letters]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Vi ser på det etter ferien", None),
        ("kommer tilbake neste uke", date(2026, 12, 14)),
        ("Me kjem tilbake til dette i veke 2", date(2027, 1, 11)),
        ("Jeg svarer mandag 11. januar", date(2027, 1, 11)),
        ("Kan dere vente til 11.1?", date(2027, 1, 11)),
        ("Vi må vente til over nyttår", date(2027, 1, 4)),
        ("We will get back to you next week", date(2026, 12, 14)),
        ("Svarer om to uker", date(2026, 12, 24)),
        ("Svar kommer tirsdag", date(2026, 12, 15)),
        ("Tek det på fredag", date(2026, 12, 11)),
        ("Vi behandler det i uke 2 eller uke 3", None),
        ("Vi rekker ikke dette før jul", None),
        ("Ser på det etter helga", date(2026, 12, 14)),
        ("Ser på det neste måned", date(2027, 1, 4)),
    ],
)
def test_words_about_time_and_the_day_that_they_may_mean(text: str, day: date | None) -> None:
    assert says_later(text, phrases()["not_now"])
    assert day_meant(text, TODAY, norwegian()) == day


@pytest.mark.parametrize(
    "text",
    [
        "Vi ser på det",
        "Takk, ha en fin jul!",
        "Kurset ble revidert 11. januar",
        "Når er fristen, 11. januar?",
        "Kapittel 3 må rettes",
        "Godkjent",
        "Kurset holdes 11. januar 2027",
        "Møtet er tirsdag",
    ],
)
def test_what_names_no_time_to_answer_is_no_such_words(text: str) -> None:
    assert not says_later(text, phrases()["not_now"])

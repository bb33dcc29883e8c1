"""The wait for a JA: how long, about whom, and what the coordinators then hear."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

from msgspec.structs import replace

from engine.model import LetterDraft
from engine.plan.case import Case, Happening
from engine.plan.timing import BESIDE, UNANSWERED
from engine.plan.understanding import asked, unanswered_letters, wait_for
from tests.unit.cases import AT, CONTACTS, RULES, act, actor, case

OWNER = actor("elearning")


WORD = "UTTALELSE"


def unanswered(stood: Case, *roles: str, event: str = "give_opinion") -> list[LetterDraft]:
    asking = Happening(case=stood, act=act("", OWNER), role="time", at=AT)
    return list(unanswered_letters(asking, roles, event=event, word=WORD, text="Fint kurs"))


def answered_by(stood: Case, role: str) -> Case:
    return replace(stood, request=replace(stood.request, done=(f"{role}:give_opinion",)))


def test_a_suggestion_waits_two_working_days_and_the_coordinators_hear_of_it_three_times() -> None:
    friday = datetime(2026, 9, 4, 8, 0, tzinfo=UTC)
    timer = wait_for(("owner",), RULES.calendar, friday)
    assert timer.due_at == datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
    assert (timer.action, timer.target, timer.roles) == ("escalate", UNANSWERED, ("owner",))
    assert (timer.every, timer.at_most, timer.position) == ("10 working days", 3, 0)
    assert timer.rule == "after 2 working days"
    assert timer.calendar == str(RULES.calendar)
    assert UNANSWERED in BESIDE


def test_only_a_suggestions_own_timer_tells_who_is_asked() -> None:
    armed = [
        SimpleNamespace(target=UNANSWERED, roles=("owner", "liaison")),
        SimpleNamespace(target=UNANSWERED, roles=("platform",)),
        SimpleNamespace(target="", roles=("experts",)),
    ]
    assert asked(armed) == {"owner", "liaison", "platform"}
    assert asked(()) == frozenset()


def test_coordinators_hear_of_a_suggestion_only_from_those_who_still_owe() -> None:
    consulting = case("consulting")
    coordinators = [each.email for each in CONTACTS if each.duty == "coordinator"]
    assert [each.receiver for each in unanswered(consulting, "experts")] == coordinators
    answered = answered_by(consulting, "experts")
    assert unanswered(answered, "experts") == []
    assert [each.receiver for each in unanswered(answered, "experts", "liaison")] == coordinators


def test_they_read_what_was_written_which_word_was_meant_and_who_owes_it() -> None:
    (letter,) = unanswered(answered_by(case("consulting"), "experts"), "experts", "liaison")
    assert letter.template == UNANSWERED
    assert letter.variables["remark"] == "Fint kurs"
    assert letter.variables["extra"]["word"] == "UTTALELSE"
    assert letter.variables["intended_duty"] == "samhandlingsenhet"


def test_an_event_that_the_routine_does_not_have_any_more_is_told_by_the_word_that_was_said() -> (
    None
):
    for event, word in (("gone", WORD), ("fill_in", "")):
        (letter,) = unanswered(case("consulting"), "experts", event=event)
        assert letter.variables["extra"]["word"] == word

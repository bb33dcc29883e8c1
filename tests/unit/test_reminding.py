"""What timers that fire no event write: to whom, with which lines to fill in, and in what order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from engine.model import LetterDraft, Refusal
from engine.plan.case import Case
from engine.plan.decide import plan
from engine.plan.reminding import in_order, letters_due, letters_refused, needless
from tests.unit.cases import AT, CONTACTS, FACTS, FORM, act, actor, case

COORDINATORS = [each.email for each in CONTACTS if each.duty == "coordinator"]


def sent(letters: tuple[LetterDraft, ...]) -> list[tuple[str, str]]:
    return [(letter.role, letter.template) for letter in letters]


def reminded(stood: Case, *roles: str) -> list[tuple[str, str]]:
    return sent(letters_due(stood, "remind", "", roles, AT))


def consulting(*done: str, **changes: Any) -> Case:
    """A request that asks for opinions, of which `done` have come."""
    return case("consulting", done=tuple(f"{role}:give_opinion" for role in done), **changes)


def held_back() -> Case:
    """Everybody has answered, and the form lacks its short name."""
    return consulting("experts", "liaison", form={**FORM, "short_name": ""})


# Whom


def test_only_those_of_the_roles_are_reminded_who_still_owe() -> None:
    assert reminded(consulting(), "experts", "liaison") == [
        ("experts", "remind"),
        ("liaison", "remind"),
    ]
    assert reminded(consulting("experts"), "experts", "liaison") == [("liaison", "remind")]
    assert reminded(consulting("experts"), "experts") == []
    assert reminded(consulting(), "liaison") == [("liaison", "remind")]
    assert reminded(case("submitted"), "owner") == []


def test_a_letter_of_its_own_goes_to_its_roles_whether_or_not_they_owe() -> None:
    letters = letters_due(case("submitted"), "send", "preliminary_answer", ("owner",), AT)
    assert sent(letters) == [("owner", "preliminary_answer")]
    both = letters_due(case("shared"), "send", "still_correct", ("owner", "platform"), AT)
    assert sent(both) == [("owner", "still_correct"), ("platform", "still_correct")]


def test_an_escalation_tells_the_coordinators_of_the_first_who_owes() -> None:
    for done, duty in (((), "fagmiljø"), (("experts",), "samhandlingsenhet")):
        (letter,) = letters_due(consulting(*done), "escalate", "", (), AT)
        assert (letter.receiver, letter.template) == (COORDINATORS[0], "escalation")
        assert letter.variables["intended_duty"] == duty
    # Where nobody is waited for it is about the routine's first role.
    (letter,) = letters_due(case("shared"), "escalate", "", (), AT)
    assert letter.variables["intended_duty"] == "e-læringsansvarlig"


# Requests that stand still


def test_while_only_the_agreement_is_missing_nobody_is_chased_and_a_long_wait_is_told() -> None:
    stood = case("draft", form=FORM, facts=replace(FACTS, agreement=None))
    assert reminded(stood, "owner") == []
    assert letters_due(stood, "send", "go_on_without_opinions", ("owner",), AT) == ()
    assert sent(letters_due(stood, "escalate", "", (), AT)) == [("coordinator", "escalation")]


def test_whoever_opened_it_is_asked_where_everybody_else_has_answered() -> None:
    stood = held_back()
    assert reminded(stood, "owner") == [("owner", "held_back")]
    assert reminded(stood, "experts", "liaison") == []
    assert sent(letters_due(stood, "send", "lapse_warning", ("owner",), AT)) == [
        ("owner", "lapse_warning")
    ]
    assert sent(letters_due(stood, "escalate", "", (), AT)) == [("coordinator", "escalation")]


def test_the_opener_is_asked_to_go_on_where_nothing_is_in_the_way_and_others_are_reminded() -> None:
    # An agreement was missing when the form was filled in: nothing happens by itself since.
    ready = case("draft")
    assert reminded(ready, "owner") == [("owner", "held_back")]
    lacking = case("draft", form={**FORM, "short_name": ""})
    assert reminded(lacking, "owner") == [("owner", "remind")]


# The lines to fill in


def labels(stood: Case, action: str, *roles: str, target: str = "") -> list[list[str]]:
    letters = letters_due(stood, action, target, roles, AT)
    return [letter.variables["fault_labels"] for letter in letters]


def test_a_reminder_names_the_lines_that_its_receiver_has_yet_to_fill_in() -> None:
    form = {name: text for name, text in FORM.items() if name not in ("short_name", "goal")}
    opinions = {"opinions": {"experts": "Bra.", "liaison": "Bra."}}
    stood = case("draft", form=form, kept=opinions)
    assert labels(stood, "remind", "owner") == [["Kursets kortnavn", "Mål"]]
    # What is in order, or not theirs to fill in, is not named.
    assert labels(case("draft"), "remind", "owner") == [[]]
    assert labels(consulting(form=form), "remind", "experts") == [[]]
    assert labels(case("submitted", form=form), "remind", "platform") == [[]]
    # Nor is what holds back only that which somebody must say, as nothing would follow by itself.
    said = replace(stood, workflow=replace(stood.workflow, on_open=()))
    assert labels(said, "remind", "owner") == [[]]


def test_the_lines_are_named_in_the_receivers_language() -> None:
    contacts = tuple(replace(each, language="en") for each in CONTACTS)
    stood = case("draft", form={**FORM, "goal": ""}, facts=replace(FACTS, contacts=contacts))
    (found,) = labels(stood, "remind", "owner")
    assert "Mål" not in found
    assert len(found) >= 1


# What was due and is not allowed


def test_the_coordinators_are_told_why_what_was_due_did_not_happen() -> None:
    lacking = case("draft", form={**FORM, "short_name": ""}, facts=replace(FACTS, agreement=None))
    refused = plan(lacking, act("submit", actor("elearning")), AT)
    assert isinstance(refused, Refusal)
    assert len(refused.reasons) == 3
    (letter,) = letters_refused(case("draft"), refused.reasons, AT)
    assert (letter.receiver, letter.template) == (COORDINATORS[0], "escalation")
    assert len(letter.variables["extra"]["held_back"]["reasons"]) == 3
    assert letter.variables["fault_labels"] == []


# In what order


def due(action: str, *roles: str) -> Any:
    return SimpleNamespace(action=action, roles=roles)


def test_what_fires_goes_first_and_the_rest_keeps_its_order() -> None:
    first, second, fires, last = due("remind", "a"), due("send"), due("fire"), due("remind", "b")
    assert in_order((first, second, fires, last)) == (fires, first, second, last)


def test_a_reminder_to_some_is_given_by_a_later_one_to_all_and_not_the_other_way_round() -> None:
    both, one = due("remind", "owner", "borrower"), due("remind", "owner")
    other = due("remind", "borrower")
    assert needless((one, both), 0)
    assert needless((both, both), 0)
    assert not needless((both, one), 0)
    assert not needless((one, other), 0)
    assert not needless((one, both), 1)
    assert needless((one, other, both), 0)
    assert needless((one, other, both), 1)


@pytest.mark.parametrize("action", ["send", "escalate", "fire"])
def test_nothing_but_a_reminder_is_needless_and_nothing_else_makes_it_so(action: str) -> None:
    assert not needless((due(action, "owner"), due("remind", "owner")), 0)
    assert not needless((due("remind", "owner"), due(action, "owner")), 0)


def test_no_letter_of_times_own_leaves_at_once_as_if_its_receiver_had_acted() -> None:
    (letter,) = letters_due(held_back(), "remind", "", ("owner",), AT)
    assert not letter.at_once

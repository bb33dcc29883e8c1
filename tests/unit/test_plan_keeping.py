"""What acts bring and requests keep: parties, parts, links, and what follows from them at once."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.model import Actor, Facts, Plan, Refusal, SharedCourse
from engine.plan.case import Case
from engine.plan.decide import Decision, decide, plan
from engine.plan.opening import OPEN, open_request
from tests.unit.cases import AT, FACTS, FORM, LOAN, RULES, act, actor, case, routine

ORDERS, LOANS = "ks_orders_from_hf", "hf_shares_from_ks"
BRIEF = {"full_name": FORM["full_name"]}


def order(state: str, **changes: Any) -> Case:
    return case(state, name=ORDERS, **{"requester": "3401", "form": dict(BRIEF), **changes})


def done(result: Decision | Refusal) -> list[tuple[str, str]]:
    assert isinstance(result, Decision), result
    return [(step.act.event, step.after.state) for step in result.plans]


def codes(result: Plan | Decision | Refusal) -> list[str]:
    assert isinstance(result, Refusal), result
    return [reason.code for reason in result.reasons]


def test_naming_the_owner_moves_the_order_on_at_once() -> None:
    wish = act("name_owner", actor("ks_laering"), note="Sykehuset Innlandet HF.")
    result = decide(order("ordered", owner=None), wish, AT)
    assert done(result) == [("name_owner", "ordered"), ("register", "received")]
    assert isinstance(result, Decision)
    assert result.case.request.owner == "si"
    assert "earlier_owner" not in result.case.request.kept


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("", "party_not_named"),
        ("Sykehuset i Skogen", "unknown_party"),
        ("0301", "party_of_other_side"),
    ],
)
def test_an_owner_that_cannot_be_is_refused_with_the_reason(note: str, code: str) -> None:
    wish = act("name_owner", actor("ks_laering"), note=note)
    assert codes(plan(order("ordered", owner=None), wish, AT)) == [code]


def test_a_wrong_trust_that_names_itself_is_told_so() -> None:
    wish = act("wrong_owner", actor("elearning"), note="Sykehuset Innlandet")
    assert codes(plan(order("received"), wish, AT)) == ["party_already_named"]


def test_an_owner_who_has_left_is_remembered_and_spoken_for_in_letters() -> None:
    wish = act("wrong_owner", actor("elearning"))
    moved = plan(order("received"), wish, AT)
    assert isinstance(moved, Plan)
    assert moved.after.owner is None
    assert moved.after.kept["earlier_owner"] == ["si"]
    asked = next(letter for letter in moved.letters if letter.template == "owner_wanted")
    assert asked.variables["acted_for"] == "Sykehuset Innlandet"


def test_an_order_withdrawn_between_two_owners_still_lets_its_short_name_go() -> None:
    between = order("ordered", owner=None, form=dict(FORM), kept={"earlier_owner": ["ahus", "si"]})
    withdrawn = plan(between, act("withdraw", actor("municipality")), AT)
    assert isinstance(withdrawn, Plan)
    assert withdrawn.course is not None
    assert (withdrawn.course.owner, withdrawn.course.claimed) == ("si", False)


@pytest.mark.parametrize(
    ("note", "given"),
    [
        ("", ["department", "author", "third_parties"]),
        ("forfatter", ["author"]),
        ("Fagavdelingen og tredjepart", ["department", "third_parties"]),
        ("forfattar, avdelinga", ["department", "author"]),
    ],
)
def test_permission_comes_part_by_part_or_all_at_once(note: str, given: list[str]) -> None:
    granted = plan(order("seeking_permission"), act("grant", actor("elearning"), note=note), AT)
    assert isinstance(granted, Plan)
    assert granted.after.kept["permissions"]["given"] == given


def test_the_last_part_opens_the_way() -> None:
    kept = {"permissions": {"given": ["department", "author"], "missing": [{"nb": "x"}]}}
    wish = act("grant", actor("elearning"), note="tredjeparter")
    result = decide(order("seeking_permission", kept=kept), wish, AT)
    assert done(result) == [("grant", "seeking_permission"), ("permit", "permitted")]


def test_an_unknown_part_is_answered_with_those_there_are() -> None:
    refused = plan(order("received"), act("grant", actor("elearning"), note="rektor"), AT)
    assert codes(refused) == ["unknown_part"]
    assert isinstance(refused, Refusal)
    possible = refused.reasons[0].values["possible"]
    assert possible["nb"] == "fagavdeling, forfatter eller tredjeparter"


def test_follow_ups_follow_on_each_with_a_key_of_its_own() -> None:
    result = decide(order("received", form=dict(FORM)), act("grant", actor("elearning")), AT)
    assert [event for event, _ in done(result)] == ["grant", "permit", "submit"]
    assert isinstance(result, Decision)
    assert len({step.act.key for step in result.plans}) == len(result.plans)


def test_what_is_missing_goes_to_whoever_corrected_counted_in_their_form() -> None:
    wish = act("fill_in", actor("elearning"), values={"time_needed": "1 time"})
    result = decide(order("permitted"), wish, AT)
    assert isinstance(result, Decision)
    (letter,) = [each for each in result.plans[0].letters if each.template == "form_faults"]
    assert letter.role == "owner"
    # Only the name and the time are there.
    assert (letter.variables["fine"], letter.variables["total"]) == (2, 13)


@pytest.mark.parametrize(
    ("note", "link"),
    [
        ("https://kurs.example/fall", "https://kurs.example/fall"),
        ("Her: https://kurs.example/fall.", "https://kurs.example/fall"),
    ],
)
def test_a_link_is_found_in_what_was_said_and_borne_by_the_course(note: str, link: str) -> None:
    given = plan(order("accepted"), act("give_link", actor("ks_laering"), note=note), AT)
    assert isinstance(given, Plan)
    assert given.after.kept["link"] == link
    assert given.course is not None
    assert given.course.link == link


def test_a_link_that_must_be_there_and_one_that_need_not() -> None:
    platform = actor("ks_laering")
    assert codes(plan(order("accepted"), act("give_link", platform), AT)) == ["link_not_given"]
    http = act("give_link", platform, note="http://kurs.example")
    assert codes(plan(order("accepted"), http, AT)) == ["link_not_https"]
    assert isinstance(plan(order("sent_to_ks"), act("accept", platform), AT), Plan)
    accepted = plan(order("sent_to_ks"), act("accept", platform, note="https://x.example/1"), AT)
    assert isinstance(accepted, Plan)
    assert accepted.after.kept["link"] == "https://x.example/1"


def test_a_stated_licence_stands_in_the_form() -> None:
    borrowed = case("submitted", name=LOANS, owner="3401", borrower="si", form=dict(LOAN))
    wish = act("state_licence", actor("ks_laering"))
    assert codes(plan(borrowed, wish, AT)) == ["text_not_given"]
    stated = plan(borrowed, act("state_licence", actor("ks_laering"), note="CC BY-SA 4.0"), AT)
    assert isinstance(stated, Plan)
    assert stated.after.form["licence"] == "CC BY-SA 4.0"


def opened(name: str, who: Actor, facts: Facts = FACTS, **values: str) -> Decision | Refusal:
    workflow, table = routine(name)
    wish = act(OPEN, who, values=values)
    return open_request(workflow, table, wish, AT, facts=facts, rules=RULES)


def test_an_order_without_an_owner_waits_and_both_sides_are_told_why() -> None:
    result = opened(ORDERS, actor("municipality"), full_name="Fall")
    assert done(result) == [("open", "ordered")]
    assert isinstance(result, Decision)
    told = [(letter.role, letter.template) for letter in result.plans[0].letters]
    assert told == [("requester", "order_waits"), ("platform", "owner_wanted")]


def test_an_order_by_somebody_with_another_duty_opens_nothing() -> None:
    assert codes(opened(ORDERS, actor("elearning"), full_name="Fall")) == ["not_your_role"]


def test_who_holds_two_roles_gets_the_same_letter_once() -> None:
    kept = {"ends_on": "2026-12-01", "ended_by": ["si"]}
    ended = order("ending", requester="ks-laering", kept=kept)
    undone = plan(ended, act("undo_ending", actor("elearning")), AT)
    assert isinstance(undone, Plan)
    addresses = [letter.receiver for letter in undone.letters]
    assert addresses == ["elearning@si.example", "ks_laering@ks-laering.example"]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"full_name": "fallforebygging i  sykehjem"}, True),
        ({"full_name": "Fallforebygging i sykehjem", "owner": "Sykehuset Innlandet"}, True),
        ({"full_name": "Fallforebygging i sykehjem", "owner": "ahus"}, False),
        ({"full_name": "Noe annet", "short_name": "si-fall1"}, True),
        ({"full_name": "Fallforebygging i sykehjem", "short_name": "SI-FALL2"}, False),
        ({"full_name": "Noe annet"}, False),
    ],
)
def test_what_is_shared_already_is_known_by_its_short_name_or_by_name_and_owner(
    values: dict[str, str], refused: bool
) -> None:
    there = SharedCourse(
        request="KD-2026-0009",
        full_name="Fallforebygging i sykehjem",
        short_name="SI-FALL1",
        link="https://kurs.example/fall",
        owner="si",
        borrower="ks-laering",
    )
    facts = replace(FACTS, same_course=(there,))
    result = opened(ORDERS, actor("municipality"), facts, **values)
    if refused:
        assert codes(result) == ["already_shared"]
    else:
        assert isinstance(result, Decision)

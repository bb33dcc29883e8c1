"""Where one comparison decides: the exact instant, the last time, the first year, the other one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from msgspec.structs import replace

from config.calendars import norwegian
from engine.calendar import is_working_day
from engine.domain.networks.deliveries import priority_area
from engine.model import Agreement, Contact, Party, Plan, Proof, Reason, Refusal, Share
from engine.plan.case import Case
from engine.plan.common_events import mending
from engine.plan.decide import Decision, decide, plan
from engine.plan.possible import blocked, is_on_hold, nearest_onwards
from engine.plan.understanding import MOST_WORDS, understood
from engine.ports import Guard
from engine.service.time.due import Ready, decided
from engine.store.cases.timers import TimerRow
from tests.declared_facts import declaring
from tests.unit.cases import AT, CONTACTS, FACTS, FORM, RULES, act, actor, case
from workflows import guards
from workflows.guards import GUARDS

MOMENT = timedelta(seconds=1)
OWNER, PLATFORM = actor("elearning"), actor("ks_laering")


def timer(action: str, due_at: datetime, roles: tuple[str, ...] = ("owner",), **more: Any) -> Any:
    fields: dict[str, Any] = {
        "id": 1,
        "request": "KD-2026-0001",
        "request_id": 1,
        "workflow": "hf_to_ks",
        "state": "submitted",
        "position": 0,
        "action": action,
        "target": "",
        "roles": roles,
        "due_at": due_at,
        "every": "",
        "at_most": 0,
        "occurrence": 0,
        "rule": "after 5 working days",
        "calendar": str(RULES.calendar),
    }
    return TimerRow(**{**fields, **more})


def outcomes(stood: Case, *armed: Any, at: datetime) -> list[Any]:
    ready = Ready(case=stood, fires=None, armed=armed)
    return list(decided(cast("Any", None), cast("Any", None), ready, at))


def happened(stood: Case, *events: tuple[str, str, str]) -> Case:
    return replace(stood, facts=replace(stood.facts, history=events))


# Who is told what


@pytest.mark.parametrize(("who", "done"), [(PLATFORM, True), (OWNER, False)])
def test_already_done_is_told_to_whoever_has_the_role_alone(who: Any, done: bool) -> None:
    stood = happened(case("accepted"), ("accept", "received", "accepted"))
    refused = plan(stood, act("accept", who), AT)
    assert isinstance(refused, Refusal)
    assert refused.already_done is done
    code = "already_done" if done else "not_possible_in_state"
    assert [reason.code for reason in refused.reasons] == [code]


def test_of_several_refusals_the_one_with_the_fewest_reasons_is_told() -> None:
    form = {**FORM, "short_name": ""}
    opinions = {"opinions": {"experts": "", "liaison": ""}}
    # `submit` fails for one reason, `consult`, which comes later in the file, for two.
    stood = case("draft", form=form, kept=opinions)
    wish = replace(act("fill_in", OWNER), values={"goal": "Nytt"})
    result = decide(stood, wish, AT)
    assert isinstance(result, Decision)
    assert [reason.code for reason in result.missing] == ["short_name_missing"]
    # Without opinions it is `consult` that fails for one reason alone.
    result = decide(case("draft", form=form), wish, AT)
    assert isinstance(result, Decision)
    assert [reason.code for reason in result.missing] == ["short_name_missing"]


def test_of_equal_refusals_the_first_in_the_file_counts() -> None:
    def refusing(name: str, *codes: str) -> Any:
        reasons = tuple(Reason(code) for code in codes)
        return replace(GUARDS[name], check=lambda _: reasons)

    equal = replace(
        case("draft"),
        rules=replace(
            RULES,
            guards={
                **GUARDS,
                "owner_owns_course": refusing("owner_owns_course", "ended_by_other"),
                "only_opinions_missing": refusing("only_opinions_missing", "not_who_ended"),
            },
        ),
    )
    wish = replace(act("fill_in", OWNER), values={"goal": "Nytt"})
    result = decide(equal, wish, AT)
    assert isinstance(result, Decision)
    assert [reason.code for reason in result.missing] == ["ended_by_other"]


def test_of_the_steps_onwards_the_one_that_least_stands_against_is_the_nearest() -> None:
    stood = case("draft", form=FORM, facts=replace(FACTS, agreement=None))
    event, reasons = nearest_onwards(stood, AT)
    assert (event.name, [reason.code for reason in reasons]) == ("consult", ["no_agreement"])
    assert is_on_hold(stood, AT)


def test_what_is_held_back_is_told_with_the_fewest_reasons_of_any_role() -> None:
    def by_role(situation: Any) -> tuple[Reason, ...]:
        own = "si" in situation.act.actor.parties
        return (Reason("one"), Reason("two")) if own else (Reason("one"),)

    guards = {**GUARDS, "not_who_ended": replace(GUARDS["not_who_ended"], check=by_role)}
    ends = {"ends_on": "2026-12-31", "ended_by": ["si"]}
    stood = replace(case("ending", kept=ends), rules=replace(RULES, guards=guards))
    found = {event.name: [reason.code for reason in why] for event, why in blocked(stood, AT)}
    assert found["confirm_ending"] == ["one"]


def test_a_letter_to_whoever_acted_leaves_at_once_and_the_others_wait() -> None:
    done = decide(case("draft"), act("submit", OWNER), AT)
    assert isinstance(done, Decision)
    sent = {letter.template: letter.at_once for letter in done.plans[0].letters}
    assert sent == {"request_submitted": False, "receipt": True}


def test_what_follows_from_an_act_leaves_at_once_to_whoever_acted() -> None:
    wish = replace(act("fill_in", OWNER), values={"goal": "Et nytt mål."})
    done = decide(case("draft"), wish, AT)
    assert isinstance(done, Decision)
    assert [step.act.event for step in done.plans] == ["fill_in", "submit"]
    sent = {letter.template: letter.at_once for letter in done.plans[1].letters}
    assert sent == {"request_submitted": False, "receipt": True}


def test_holders_at_a_party_that_the_act_brought_in_are_no_colleagues() -> None:
    other = Contact(
        id=91,
        party="sthf",
        duty="elearning",
        email="elearning@sthf.example",
        valid_from=date(2020, 1, 1),
    )
    facts = replace(FACTS, contacts=(*CONTACTS, other))
    stood = case("received", name="ks_orders_from_hf", facts=facts, requester="3401", form={**FORM})
    done = decide(stood, act("wrong_owner", OWNER, note="Sykehuset Telemark"), AT)
    assert isinstance(done, Decision)
    assert done.case.request.owner == "sthf"
    told = [each for step in done.plans for each in step.letters if each.receiver == other.email]
    assert "answered_by_colleague" not in [each.template for each in told]


@pytest.mark.parametrize(("request_", "refused"), [("KD-2026-0001", False), ("KD-2025-1", True)])
def test_the_requests_own_share_is_nobody_elses(request_: str, *, refused: bool) -> None:
    share = Share(
        id=1,
        course=1,
        direction="to_ks",
        lender="si",
        borrower="ks-laering",
        since=AT,
        request=request_,
    )
    stood = case("accepted", facts=replace(FACTS, shares=(share,)))
    coordinator = replace(PLATFORM, name="coordinator", contacts=())
    wish = act("correct", coordinator, note="Merket er satt på")
    result = mending.correct(stood, wish, AT, "shared")
    assert isinstance(result, Refusal) is refused


# When


def test_what_is_due_exactly_now_is_due() -> None:
    stood = case("submitted")
    due = timer("remind", AT, ("platform",))
    assert [each.outcome for each in outcomes(stood, due, at=AT)] == ["reminded"]
    assert outcomes(stood, due, at=AT - MOMENT) == []


def test_a_state_whose_time_is_up_exactly_now_is_over() -> None:
    stood = case("rejected")
    history = (("open", None, "draft"), ("submit", "draft", "submitted"))
    facts = replace(FACTS, history=history)
    kept = {"ends_on": (AT.date() - timedelta(days=1)).isoformat()}
    at = datetime(2026, 9, 6, 22, 0, tzinfo=UTC)
    wish = act("correct", replace(PLATFORM, name="coordinator", contacts=()), note="Feil")
    stood = replace(stood, facts=facts, request=replace(stood.request, kept=kept, changed_at=at))
    over = mending.correct(stood, wish, at, "ending")
    assert isinstance(over, Refusal)
    assert "state_over" in [reason.code for reason in over.reasons]


@pytest.mark.parametrize(("occurrence", "again"), [(0, True), (1, True), (2, False), (3, False)])
def test_a_reminder_comes_as_often_as_the_file_says(occurrence: int, *, again: bool) -> None:
    due = timer(
        "remind", AT, ("platform",), every="5 working days", at_most=3, occurrence=occurrence
    )
    (acted,) = outcomes(case("submitted"), due, at=AT)
    assert (acted.again is not None) is again


# How many


@pytest.mark.parametrize(
    ("named", "found"),
    [("0", None), ("1", "Barn"), ("2", "Eldre"), ("3", None), ("«eldre»", "Eldre"), ("-1", None)],
)
def test_a_priority_area_is_one_of_those_decided(named: str, found: str | None) -> None:
    assert priority_area(named, ("Barn", "Eldre")) == found


@pytest.mark.parametrize(("words", "event"), [(MOST_WORDS, "acknowledge"), (MOST_WORDS + 1, None)])
def test_own_words_mean_something_up_to_so_many(words: int, event: str | None) -> None:
    assert MOST_WORDS == 120
    text = "Vi har mottatt kurset." + " takk" * (words - 4)
    wish = act("", PLATFORM, Proof.REPLY)
    found = understood(case("submitted"), wish, text, "SV: Kurset", AT)
    assert (found.name if found else None) == event


def test_the_calendars_first_and_last_years_are_known_and_their_neighbours_are_not() -> None:
    calendar = norwegian()
    first, last = min(calendar.holidays).year, max(calendar.holidays).year
    assert is_working_day(calendar, date(first, 1, 1)) is False
    assert isinstance(is_working_day(calendar, date(first, 6, 15)), bool)
    assert isinstance(is_working_day(calendar, date(last, 12, 31)), bool)
    for day in (date(first - 1, 12, 31), date(last + 1, 1, 1)):
        with pytest.raises(ValueError, match="knows"):
            is_working_day(calendar, day)


# What a guard may look at


@pytest.mark.parametrize("check", [guards.agreement_in_force, guards.was_submitted])
def test_a_guard_that_reads_what_it_does_not_declare_is_found_out(check: Any) -> None:
    undeclared: list[str] = []
    guard = declaring(Guard(name="new", needs=frozenset(), check=check), undeclared)
    with pytest.raises(AssertionError):
        guard.check(case("draft").situation(act("submit", OWNER), AT))
    assert len(undeclared) == 1


def test_a_guard_that_walks_through_the_register_must_declare_it() -> None:
    undeclared: list[str] = []

    def curious(situation: Any) -> tuple[Reason, ...]:
        return tuple(Reason(party) for party in situation.facts.parties)

    guard = declaring(replace(GUARDS["owner_owns_course"], check=curious), undeclared)
    with pytest.raises(AssertionError):
        guard.check(case("draft").situation(act("submit", OWNER), AT))
    assert undeclared == ["owner_owns_course reads all of facts.parties, which needs «parties»"]
    assert isinstance(FACTS.parties["si"], Party)
    assert isinstance(FACTS.agreement, Agreement)
    assert isinstance(plan(case("draft"), act("submit", OWNER), AT), Plan)

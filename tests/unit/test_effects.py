"""What follows from an event: the request after it, its last act, its share and its course."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from engine.model import SYSTEM, Cause, Course, CourseChange, LastAct, Plan
from engine.plan.case import Case
from engine.plan.decide import plan
from engine.plan.effects import course_change, form_kept, planned, stands_in_ks_already, stepped
from tests.unit.cases import AT, FACTS, FORM, LOAN, act, actor, case

OWNER, PLATFORM, EXPERTS = actor("elearning"), actor("ks_laering"), actor("subject_experts")
LATER = AT + timedelta(days=3)
COURSE = Course(
    id=1,
    owner="si",
    short_name="SI-FALL1",
    full_name="Et tidligere navn",
    claimed=True,
    licence="CC BY 4.0",
    link="https://kurs.example/fall",
    information={"full_name": "Et tidligere navn"},
)


def done(stood: Case, event: str, who: Any, **changes: Any) -> Plan:
    found = plan(stood, act(event, who, **changes), LATER)
    assert isinstance(found, Plan), found
    return found


def moved(stood: Case, state: str, **changes: Any) -> Plan:
    """The step from the case's request to `state`, by the owner."""
    after = replace(stood.request, state=state, **changes)
    return stepped(stood, act("x", OWNER), "owner", before=stood.request, after=after, at=LATER)


# The request after it


def test_a_move_begins_a_new_wait_and_what_stays_goes_on_with_the_old_one() -> None:
    went = done(case("submitted", done=("x:y",)), "acknowledge", PLATFORM)
    assert (went.after.state, went.after.since, went.after.done) == ("received", LATER, ())
    assert went.after.changed_at == LATER
    stayed = done(case("consulting", done=("x:y",)), "give_opinion", EXPERTS, note="Bra.")
    assert (stayed.after.state, stayed.after.since) == ("consulting", AT)
    assert stayed.after.done == ("x:y", "experts:give_opinion")
    assert stayed.after.changed_at == LATER


def test_what_is_done_twice_is_done_once_and_other_parties_have_done_nothing() -> None:
    again = done(
        case("consulting", done=("experts:give_opinion",)), "give_opinion", EXPERTS, note="Bra."
    )
    assert again.after.done == ("experts:give_opinion",)
    order = case("ordered", name="ks_orders_from_hf", requester="3401", done=("owner:x",))
    elsewhere = done(order, "wrong_owner", OWNER, note="Sykehuset Telemark")
    assert elsewhere.after.owner == "sthf"
    assert elsewhere.after.done == ("owner:wrong_owner",)


def test_a_new_state_has_its_timers_and_the_day_from_which_it_is_late() -> None:
    went = moved(case("submitted", escalated_at=AT), "received")
    assert went.timers is not None
    assert [each.action for each in went.timers] == ["remind", "send", "escalate"]
    # Entered at AT by the request's own clock, the first reminder is ten working days later.
    assert went.after.due_at == went.timers[0].due_at
    assert went.after.escalated_at is None
    stayed = moved(case("submitted", escalated_at=AT, due_at=AT), "submitted")
    assert stayed.timers is None
    assert (stayed.after.escalated_at, stayed.after.due_at) == (AT, AT)
    opened = case("draft").request
    first = stepped(case("draft"), act("x", OWNER), "owner", before=None, after=opened, at=AT)
    assert first.timers is not None
    assert first.after.due_at is not None


def test_a_state_that_is_late_already_is_late_from_when_it_should_have_been() -> None:
    went = stepped(
        case("submitted"),
        act("x", OWNER),
        "owner",
        before=case("submitted").request,
        after=case("received").request,
        at=AT + timedelta(days=40),
    )
    assert went.after.due_at is not None
    assert went.after.due_at < went.at
    assert went.timers is not None
    assert all(each.due_at > went.at for each in went.timers)


# What may be taken back


def test_a_last_act_keeps_how_the_request_stood_before_it() -> None:
    stood = case("submitted", kept={"x": "y"}, due_at=AT, done=("a:b",))
    last = moved(stood, "received", form={}, kept={}, due_at=None, done=()).after.last_act
    assert last == LastAct(
        cause=Cause("command", "test"),
        contacts=(1,),
        state="submitted",
        since=AT,
        owner="si",
        borrower="ks-laering",
        requester=None,
        due_at=AT,
        form=stood.request.form,
        kept={"x": "y"},
        done=("a:b",),
    )


def test_an_opening_is_taken_back_to_nothing_and_time_takes_nothing_back() -> None:
    stood = case("draft")

    def last_of(who: Any, *, before: Any = None) -> LastAct | None:
        step = stepped(stood, act("x", who), "x", before=before, after=stood.request, at=LATER)
        return step.after.last_act

    opened = last_of(OWNER)
    assert opened is not None
    assert (opened.state, opened.form) == ("", stood.request.form)
    assert last_of(SYSTEM) is None
    assert last_of(SYSTEM, before=stood.request) is None


def test_all_that_one_mail_brings_about_is_one_act() -> None:
    went = moved(case("submitted"), "received")
    first = went.after.last_act
    assert first is not None
    next_ = case("received", last_act=first)
    assert moved(next_, "accepted").after.last_act is first
    assert moved(next_, "received").after.last_act is first
    other = case("received", last_act=replace(first, cause=Cause("mail", "7")))
    assert moved(other, "accepted").after.last_act != other.request.last_act


# Its share


def test_a_share_begins_and_ends_with_its_label() -> None:
    def share(state: str, to: str, **more: Any) -> tuple[Any, Any]:
        step = moved(case(state, **more), to)
        return step.share, step.direction

    assert share("accepted", "shared") == ("start", "to_ks")
    assert share("shared", "ending") == (None, None)
    assert share("ending", "ended") == ("end", "to_ks")
    assert share("draft", "submitted") == (None, None)
    loan: dict[str, Any] = {"name": "hf_shares_from_ks", "owner": "3401", "borrower": "si"}
    assert share("linked", "shared", **loan) == ("start", "from_ks")
    shared = case("shared")
    at_once = stepped(shared, act("x", OWNER), "owner", before=None, after=shared.request, at=LATER)
    assert (at_once.share, at_once.direction) == ("start", "to_ks")


# Its course


def course(stood: Case, before: Any, after: Any, at: Any = LATER) -> CourseChange | None:
    return course_change(stood, before, after, act("x", OWNER), at)


def test_a_form_that_says_something_new_describes_the_course_and_claims_its_name() -> None:
    stood = case("draft")
    new = course(stood, replace(stood.request, form={}), stood.request)
    assert new is not None
    assert (new.owner, new.short_name, new.claimed) == ("si", "SI-FALL1", True)
    assert new.full_name == FORM["full_name"]
    assert new.information["goal"] == FORM["goal"]
    assert course(stood, stood.request, stood.request) is None
    opened = course(stood, None, stood.request)
    assert opened is not None
    assert opened.claimed
    elsewhere = course(stood, replace(stood.request, owner="ahus"), stood.request)
    assert elsewhere is not None
    assert elsewhere.owner == "si"


def test_a_name_that_is_missing_or_wrong_is_claimed_by_nobody() -> None:
    unnamed = case("draft", form={"full_name": "Bare et navn"})
    found = course(unnamed, None, unnamed.request)
    assert found is not None
    assert (found.short_name, found.claimed, found.full_name) == ("", False, "Bare et navn")
    empty = case("draft", form={})
    nothing = course(empty, None, empty.request)
    assert nothing is not None
    assert (nothing.full_name, nothing.licence, nothing.link) == ("", "", "")


def test_an_end_lets_the_name_go_and_says_nothing_new_of_the_course() -> None:
    stood = case("ended", facts=replace(FACTS, course=COURSE))
    before = replace(stood.request, state="ending")
    ended = course(stood, before, stood.request)
    assert ended is not None
    assert ended == CourseChange(
        owner="si",
        short_name=COURSE.short_name,
        full_name=COURSE.full_name,
        claimed=False,
        licence=COURSE.licence,
        link=COURSE.link,
        information=COURSE.information,
    )
    # A course that nobody has described yet is described by the form, without a claim.
    unknown = course(case("ended"), before, stood.request)
    assert unknown is not None
    assert (unknown.full_name, unknown.claimed) == (FORM["full_name"], False)
    # An end with new words is described by them.
    renamed = course(stood, replace(before, form={}), stood.request)
    assert renamed is not None
    assert (renamed.full_name, renamed.claimed) == (FORM["full_name"], False)


def test_what_is_opened_again_claims_its_name_again() -> None:
    stood = case("submitted", facts=replace(FACTS, course=COURSE))
    again = course(stood, replace(stood.request, state="withdrawn"), stood.request)
    assert again is not None
    assert again.claimed


def test_a_course_without_an_owner_is_its_last_owners_or_nobodys() -> None:
    between = case("ordered", name="ks_orders_from_hf", owner=None, requester="3401")
    assert course(between, None, between.request) is None
    kept = replace(between.request, kept={"earlier_owner": ["ahus", "sthf"]})
    found = course(between, None, kept)
    assert found is not None
    assert found.owner == "sthf"


def test_what_stands_in_ks_laering_already_is_claimed_by_no_request() -> None:
    loan = case("draft", name="hf_shares_from_ks", owner="3401", borrower="si", form=dict(LOAN))
    assert stands_in_ks_already(loan)
    assert not stands_in_ks_already(case("draft"))
    named = replace(loan.request, form={**LOAN, "short_name": "KS-HYG1"})
    found = course(loan, None, named)
    assert found is not None
    assert not found.claimed
    assert (found.licence, found.link) == ("CC BY 4.0", LOAN["link"])


def test_what_time_opens_is_about_no_course() -> None:
    plans = case("not_delivered", name="network_plan")
    assert course(plans, None, plans.request) is None


def test_a_form_is_the_one_that_the_event_corrects_and_else_that_of_the_opening() -> None:
    stood = case("draft")
    assert form_kept(stood, moved(stood, "draft")) == "course_information"
    filled = done(stood, "fill_in", OWNER, values={"goal": "Nytt."})
    assert form_kept(stood, filled) == "course_information"
    # What keeps something else corrects no form.
    asked = case("consulting")
    said = done(asked, "give_opinion", EXPERTS, note="Bra.")
    assert form_kept(asked, said) == asked.workflow.opens_with.form
    order = case("received", name="ks_orders_from_hf", requester="3401", form=dict(FORM))
    assert form_kept(order, done(order, "fill_in", OWNER, values={"goal": "x"})) == (
        "course_information"
    )
    assert form_kept(order, moved(order, "received")) == order.workflow.opens_with.form
    assert order.workflow.opens_with.form != "course_information"


# What is read and told


def test_a_plan_keeps_what_its_guards_have_read_and_one_without_guards_nothing() -> None:
    stood = case("draft")
    sent = done(stood, "submit", OWNER)
    assert sent.read
    assert [letter.template for letter in sent.letters] == ["request_submitted", "receipt"]
    went = done(case("submitted"), "acknowledge", PLATFORM)
    assert not went.read
    opened = planned(
        stood, act("open", OWNER), "owner", before=None, after=stood.request, event=None, at=LATER
    )
    assert bool(opened.read) is bool(stood.workflow.opens_with.when)
    templates = [order.template for order in stood.workflow.opens_with.letters]
    assert [letter.template for letter in opened.letters] == templates


def test_the_other_holders_of_the_role_are_told_after_the_events_own_letters() -> None:
    second = replace(PLATFORM.contacts[0], id=90, email="nummerto@ks-laering.example")
    facts = replace(FACTS, contacts=(*FACTS.contacts, second))
    went = done(case("submitted", facts=facts), "acknowledge", PLATFORM)
    assert [(each.receiver, each.template) for each in went.letters][-1] == (
        second.email,
        "answered_by_colleague",
    )
    assert len(went.letters) > 1

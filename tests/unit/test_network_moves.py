"""Every move of plans, reports and roll-ups equals these tables; everything else is a refusal."""

from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

from engine.domain.networks.network_report import Contents, Measure, deliveries_of
from engine.model import Plan, Reason, Refusal
from engine.plan.decide import plan
from tests.unit.moves import Row, assert_as_in, assert_names_every_event, every_move, table_of
from tests.unit.network_cases import (
    AT,
    CLOCK,
    DECIDED,
    DEPUTY,
    FACTS,
    FOUSAM,
    LEADER,
    PLAN,
    REPORT,
    SECRETARY,
    SU,
    contents_for,
    kept_with,
    network_act,
    network_case,
    who_acts,
)

EVERYBODY = (LEADER, DEPUTY, FOUSAM, SECRETARY, SU, CLOCK)


def by(who: tuple[str, ...], states: tuple[str, ...], event: str, to: str = "") -> list[Row]:
    """The same move from several states, by each of several people; `to` empty: it stays."""
    return [(state, event, to or state, each) for state, each in product(states, who)]


# DOMAIN §2 (e), row by row; the states by their names in INTERFACE §4.
LEADERS, OFFICE = (LEADER, DEPUTY), (FOUSAM, SECRETARY)
# FOUSAM lays in for a network what came in another way.
DELIVERERS = (*LEADERS, *OFFICE)
PLANS = table_of(
    # ikkje_levert / forseinka · lever · levert; send_tilbake · lever; godkjend · endre
    by(
        DELIVERERS,
        ("not_delivered", "overdue", "returned", "delivered", "approved"),
        "deliver",
        "delivered",
    ),
    by(OFFICE, ("delivered",), "read_in"),
    by(OFFICE, ("delivered",), "not_a_delivery", "not_delivered"),
    by(OFFICE, ("delivered",), "not_a_correction"),
    by(OFFICE, ("delivered",), "approve", "approved"),  # levert · kontroller · godkjend
    by(OFFICE, ("delivered",), "send_back", "returned"),  # levert · send_tilbake
    by((CLOCK,), ("not_delivered",), "deadline_passed", "overdue"),  # ikkje_levert · frist_ute
    by(
        (CLOCK,),
        ("not_delivered", "overdue", "delivered", "returned", "approved"),
        "year_over",
        "closed",
    ),
    by(  # * · nettverk_avvikla · avvikla
        (CLOCK,),
        ("not_delivered", "overdue", "delivered", "returned", "approved"),
        "close_with_network",
        "closed",
    ),
)
# DOMAIN §2 (f)
REPORTS = table_of(
    by(
        DELIVERERS,
        ("not_delivered", "overdue", "returned", "delivered", "missing_in_rollup"),
        "deliver",
        "delivered",
    ),
    by(DELIVERERS, ("missing_in_rollup",), "deliver_late", "received"),  # etterlever · motteken
    by(DELIVERERS, ("received",), "correct"),
    by(OFFICE, ("delivered", "received"), "read_in"),
    by(OFFICE, ("delivered",), "not_a_delivery", "not_delivered"),
    by(OFFICE, ("delivered", "received"), "not_a_correction"),
    by(OFFICE, ("delivered",), "accept", "received"),  # levert · godta · motteken
    by(OFFICE, ("delivered",), "send_back", "returned"),
    by((CLOCK,), ("not_delivered",), "deadline_passed", "overdue"),
    by(  # su_rapport_laast · manglar_i_su_rapport
        (CLOCK,), ("not_delivered", "overdue", "returned"), "miss_rollup", "missing_in_rollup"
    ),
    by((CLOCK,), ("missing_in_rollup",), "close_after_next_rollup", "closed"),
    by((CLOCK,), ("not_delivered", "overdue", "delivered", "returned"), "year_over", "closed"),
    by(
        (CLOCK,),
        ("not_delivered", "overdue", "delivered", "returned", "missing_in_rollup"),
        "close_with_network",
        "closed",
    ),
)
# DOMAIN §2 (g)
ROLLUPS = table_of(
    by((CLOCK,), ("open",), "build", "draft"),  # open · bygg · utkast
    by((CLOCK,), ("draft",), "deadline_passed", "overdue"),  # utkast · frist_ute · forseinka
    by((SECRETARY,), ("draft", "overdue"), "lock", "locked"),  # utkast / forseinka · laas · laast
    by((SECRETARY,), ("locked",), "send", "sent"),  # laast · send · sendt
)
TABLES = {"network_plan": PLANS, "network_report": REPORTS, "su_rollup": ROLLUPS}


@pytest.mark.parametrize("name", TABLES)
def test_every_move_leads_where_the_table_says_and_any_other_is_refused(name: str) -> None:
    def attempt(state: str, event: str, who: str) -> Plan | Refusal:
        wanted = network_act(event, who_acts(who), contents_for(name))
        # Only what nobody has read can turn out to be no delivery.
        kept = kept_with(None) if event.startswith("not_a_") else {}
        return plan(network_case(name, state, **kept), wanted, AT)

    assert_as_in(TABLES[name], every_move(name, EVERYBODY), attempt)


@pytest.mark.parametrize("name", TABLES)
def test_the_table_has_every_event_of_the_file(name: str) -> None:
    assert_names_every_event(TABLES[name], name)


def refused(name: str, event: str, who: str, contents: Contents | None, **kept: object) -> set[str]:
    state = "not_delivered" if event == "deliver" else "delivered"
    wanted = network_act(event, who_acts(who), contents)
    # What is delivered first is held against nothing.
    before = {"deliveries": []} if event == "deliver" else {}
    outcome = plan(network_case(name, state, **{**before, **kept}), wanted, AT)
    return {reason.code for reason in outcome.reasons} if isinstance(outcome, Refusal) else set()


def test_a_plan_for_another_year_or_a_report_or_an_empty_form_is_refused_as_what_it_is() -> None:
    def delivered(contents: Contents | None) -> set[str]:
        return refused("network_plan", "deliver", LEADER, contents)

    assert delivered(Contents(kind="plan", year=2026, measures=PLAN.measures)) == {"wrong_year"}
    assert delivered(REPORT) == {"report_for_plan"}
    assert delivered(Contents(kind="plan", year=2027)) == {"delivery_empty"}
    assert delivered(None) == set()
    assert delivered(PLAN) == set()


def test_a_report_that_came_back_as_we_sent_it_is_empty_and_no_activity_is_a_report() -> None:
    def delivered(contents: Contents) -> set[str]:
        return refused("network_report", "deliver", DEPUTY, contents)

    untouched = Contents(kind="report", measures=(Measure(text="Kurs"),))
    assert delivered(untouched) == {"delivery_empty"}
    assert delivered(Contents(kind="report", no_activity=True)) == set()
    assert delivered(Contents(kind="report", deviation_count=0)) == set()


def test_nothing_is_approved_unread_or_outside_the_years_priority_areas() -> None:
    def approved(*measures: Measure, total: int | None = None) -> set[str]:
        contents = Contents(kind="plan", measures=measures, stated_total=total)
        return refused("network_plan", "approve", FOUSAM, None, **kept_with(contents))

    inside = Measure(text="Kurs", priority_area="tidleg innsats.")
    assert approved(inside, Measure(text="Fagdag", priority_area="2")) == set()
    assert approved(inside, Measure(text="Fagdag")) == {"priority_area_missing"}
    assert approved(Measure(text="Fagdag", priority_area="3")) == {"unknown_priority_area"}
    assert approved(inside, total=2) == {"totals_differ"}
    assert refused("network_plan", "approve", FOUSAM, None, **kept_with(None)) == {
        "delivery_unread"
    }


def test_a_year_without_priority_areas_says_so_and_approves_nothing() -> None:
    undecided = network_case("network_plan", "delivered", facts=replace(FACTS, priority_areas=()))
    outcome = plan(undecided, network_act("approve", who_acts(FOUSAM), None), AT)
    assert isinstance(outcome, Refusal)
    assert outcome.reasons == (Reason("no_priority_areas", {"year": 2027}),)
    assert DECIDED


def test_a_correction_is_a_version_and_the_first_time_stands() -> None:
    outcome = plan(
        network_case("network_plan", "approved"),
        network_act("deliver", who_acts(DEPUTY), None),
        AT.replace(month=12),
    )
    assert isinstance(outcome, Plan)
    versions = deliveries_of(outcome.after.kept)
    assert [each.version for each in versions] == [1, 2]
    assert versions[0].at == AT
    assert versions[1].contents is None
    read = plan(
        network_case("network_plan", "delivered", deliveries=outcome.after.kept["deliveries"]),
        network_act("read_in", who_acts(SECRETARY), PLAN),
        AT.replace(month=12, day=2),
    )
    assert isinstance(read, Plan)
    assert [each.contents for each in deliveries_of(read.after.kept)] == [PLAN, PLAN]


def test_a_return_needs_a_reason() -> None:
    wanted = network_act("send_back", who_acts(FOUSAM), None, note=" ")
    outcome = plan(network_case("network_plan", "delivered"), wanted, AT)
    assert isinstance(outcome, Refusal)
    assert [reason.code for reason in outcome.reasons] == ["reason_missing"]


def test_a_late_document_that_is_no_form_is_delivered_and_waits_to_be_read() -> None:
    late = network_case("network_report", "missing_in_rollup")
    wanted = network_act("deliver_late", who_acts(LEADER), None)
    assert isinstance(plan(late, wanted, AT), Refusal)
    assert isinstance(plan(late, network_act("deliver", who_acts(LEADER), None), AT), Plan)

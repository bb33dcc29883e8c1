"""Every move of the routine equals this table; everything else is a refusal with its reason."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from engine.model import TIME, Actor, Plan, Refusal
from engine.plan.decide import plan
from tests.unit.cases import AT, CONTACTS, FACTS, FORM, act, actor, case, routine

OWNER, EXPERTS, LIAISON, PLATFORM = (
    "elearning",
    "subject_experts",
    "cooperation_unit",
    "ks_laering",
)
CLOCK = "time"

# DOMAIN §2 (a), row by row: (from, event, to, who).
ROUTINE_A = [
    # utkast · be_om_uttalelse · til_uttalelse. Fires by itself when only opinions are missing.
    ("draft", "consult", "consulting", OWNER),
    # til_uttalelse · uttalelse_mottatt · til_uttalelse
    ("consulting", "give_opinion", "consulting", EXPERTS),
    ("consulting", "give_opinion", "consulting", LIAISON),
    # til_uttalelse / utkast · send · sendt
    ("draft", "submit", "submitted", OWNER),
    ("consulting", "submit", "submitted", OWNER),
    # sendt · kvitter · mottatt
    ("submitted", "acknowledge", "received", PLATFORM),
    # sendt / mottatt · be_om_retting · mangler
    ("submitted", "request_changes", "incomplete", PLATFORM),
    ("received", "request_changes", "incomplete", PLATFORM),
    # mangler · send_paa_nytt · sendt
    ("incomplete", "resubmit", "submitted", OWNER),
    # sendt / mottatt · godta · godtatt
    ("submitted", "accept", "accepted", PLATFORM),
    ("received", "accept", "accepted", PLATFORM),
    # sendt / mottatt · avslaa · avslaatt
    ("submitted", "reject", "rejected", PLATFORM),
    ("received", "reject", "rejected", PLATFORM),
    # godtatt · merk_delt · delt
    ("accepted", "confirm_label", "shared", OWNER),
    # utkast / til_uttalelse / sendt / mottatt / mangler / godtatt · trekk · trukket
    ("draft", "withdraw", "withdrawn", OWNER),
    ("consulting", "withdraw", "withdrawn", OWNER),
    ("submitted", "withdraw", "withdrawn", OWNER),
    ("received", "withdraw", "withdrawn", OWNER),
    ("incomplete", "withdraw", "withdrawn", OWNER),
    ("accepted", "withdraw", "withdrawn", OWNER),
]
# Not rows of (a), but its timers and its forms: corrections, and closing after 60 silent days.
BESIDE_A = [
    ("draft", "fill_in", "draft", OWNER),
    ("consulting", "fill_in", "consulting", OWNER),
    ("incomplete", "fill_in", "incomplete", OWNER),
    ("draft", "give_up", "withdrawn", CLOCK),
    ("incomplete", "give_up", "withdrawn", CLOCK),
]
# DOMAIN §2 (d). `avtale_utlopt` moves nothing there: running shares stay, and new requests meet the
# guard agreement_in_force; the flag belongs to the agreement, not to the request.
# `laaner_bekrefter` ends a share at once in DOMAIN; INTERFACE §4 lets it end on its day, so a
# confirmation only stops the reminders.
ENDING_D = [
    ("shared", "end_share", "ending", OWNER),  # delt · eier_avslutter · avsluttes
    ("shared", "stop_borrowing", "ending", PLATFORM),  # delt · laaner_slutter · avsluttes
    ("ending", "undo_ending", "shared", OWNER),  # avsluttes · angre · delt (who ended it)
    ("ending", "confirm_ending", "ending", PLATFORM),  # avsluttes · laaner_bekrefter
    ("ending", "end_date_reached", "ended", CLOCK),  # avsluttes · dato_naadd · avsluttet
]
TABLE = {(state, event, who): to for state, event, to, who in (*ROUTINE_A, *BESIDE_A, *ENDING_D)}
ROLES = (OWNER, EXPERTS, LIAISON, PLATFORM, CLOCK)
WORKFLOW, _ = routine("hf_to_ks")


def who_acts(who: str) -> Actor:
    return TIME if who == CLOCK else actor(who)


def attempt(state: str, event: str, who: str) -> Plan | Refusal:
    kept = {"ends_on": "2026-12-01", "ended_by": ["si"]} if state == "ending" else {}
    form = dict(FORM) if event == "consult" else {**FORM, "exception": "Ingen å spørre"}
    wish = act(event, who_acts(who), note="grunn: fordi", values={"category": "Skolesektor"})
    return plan(case(state, kept=kept, form=form), replace(wish, note="Fordi."), AT)


@pytest.mark.parametrize(
    ("state", "event", "who"), list(product(WORKFLOW.states, WORKFLOW.events, ROLES))
)
def test_an_event_moves_as_the_table_says_or_is_refused_with_a_reason(
    state: str, event: str, who: str
) -> None:
    result = attempt(state, event, who)
    if (state, event, who) in TABLE:
        assert isinstance(result, Plan), result
        assert result.after.state == TABLE[state, event, who]
    else:
        assert isinstance(result, Refusal), result.after.state
        assert result.reasons


def test_the_table_names_only_what_the_file_has() -> None:
    assert {event for _, event, _ in TABLE} == set(WORKFLOW.events)


def test_the_borrower_may_undo_what_the_borrower_ended_and_the_owner_then_confirms() -> None:
    ended = case("ending", kept={"ends_on": "2026-12-01", "ended_by": ["ks-laering"]})
    undone = plan(ended, act("undo_ending", actor(PLATFORM)), AT)
    assert isinstance(undone, Plan)
    assert undone.after.state == "shared"
    assert isinstance(plan(ended, act("undo_ending", actor(OWNER)), AT), Refusal)
    assert isinstance(plan(ended, act("confirm_ending", actor(OWNER)), AT), Plan)


@pytest.mark.parametrize("contact", CONTACTS[:4])
def test_somebody_of_another_party_holds_no_role(contact: object) -> None:
    strangers = tuple(replace(each, party="ahus") for each in CONTACTS)
    refused = plan(
        case("submitted", facts=replace(FACTS, contacts=strangers)),
        act("withdraw", Actor(name="x@ahus.example", contacts=strangers[:1])),
        AT,
    )
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == ["not_your_role"]

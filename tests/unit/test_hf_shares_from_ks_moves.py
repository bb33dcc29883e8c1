"""Every move of a loan from KS Læring equals this table; everything else is a refusal."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from engine.model import TIME, Plan, Refusal
from engine.plan.decide import plan
from tests.unit.cases import AT, LOAN, act, actor, case, routine

NAME = "hf_shares_from_ks"
OWNER, BORROWER, EXPERTS, LIAISON, PLATFORM = (
    "municipality",
    "elearning",
    "subject_experts",
    "cooperation_unit",
    "ks_laering",
)
CLOCK = "time"

# DOMAIN §2 (c), row by row: (from, event, to, who). `klar` is no state of INTERFACE §4: what makes
# a request ready there (both opinions, and what was missing) moves it on at once.
ROUTINE_C = [
    # utkast · be_om_samraad · samraad. Fires by itself when only opinions are missing.
    ("draft", "consult", "consulting", BORROWER),
    # samraad · samraad_ferdig · klar: the opinions, one by one
    ("consulting", "give_opinion", "consulting", EXPERTS),
    ("consulting", "give_opinion", "consulting", LIAISON),
    # klar · kontakt_ks · sendt
    ("draft", "submit", "submitted", BORROWER),
    ("consulting", "submit", "submitted", BORROWER),
    # sendt · kvitter · mottatt
    ("submitted", "acknowledge", "received", PLATFORM),
    # sendt / mottatt · godta · godtatt
    ("submitted", "accept", "accepted", PLATFORM),
    ("received", "accept", "accepted", PLATFORM),
    # sendt / mottatt · be_om_retting · klar
    ("submitted", "request_changes", "incomplete", PLATFORM),
    ("received", "request_changes", "incomplete", PLATFORM),
    ("incomplete", "resubmit", "submitted", BORROWER),
    # sendt / mottatt · avslaa · avslaatt
    ("submitted", "reject", "rejected", PLATFORM),
    ("received", "reject", "rejected", PLATFORM),
    # godtatt · legg_lenke · lenket
    ("accepted", "lay_link", "linked", BORROWER),
    # lenket · merk_delt · delt
    ("linked", "confirm_label", "shared", BORROWER),
    # utkast / samraad / klar / sendt / mottatt / godtatt / lenket · trekk · trukket
    ("draft", "withdraw", "withdrawn", BORROWER),
    ("consulting", "withdraw", "withdrawn", BORROWER),
    ("incomplete", "withdraw", "withdrawn", BORROWER),
    ("submitted", "withdraw", "withdrawn", BORROWER),
    ("received", "withdraw", "withdrawn", BORROWER),
    ("accepted", "withdraw", "withdrawn", BORROWER),
    ("linked", "withdraw", "withdrawn", BORROWER),
]
# Not rows of (c): its timers and forms, a licence stated on the way, and a link that is put right.
BESIDE_C = [
    ("draft", "fill_in", "draft", BORROWER),
    ("consulting", "fill_in", "consulting", BORROWER),
    ("incomplete", "fill_in", "incomplete", BORROWER),
    ("submitted", "state_licence", "submitted", PLATFORM),
    ("submitted", "state_licence", "submitted", OWNER),
    ("received", "state_licence", "received", PLATFORM),
    ("received", "state_licence", "received", OWNER),
    ("linked", "lay_link", "linked", BORROWER),
    ("draft", "give_up", "withdrawn", CLOCK),
    ("incomplete", "give_up", "withdrawn", CLOCK),
]
# DOMAIN §2 (d), as in hf_to_ks, with the municipality as owner and the trust as borrower.
ENDING_D = [
    ("shared", "end_share", "ending", OWNER),
    ("shared", "stop_borrowing", "ending", BORROWER),
    ("ending", "undo_ending", "shared", OWNER),
    ("ending", "confirm_ending", "ending", BORROWER),
    ("ending", "end_date_reached", "ended", CLOCK),
]
TABLE = {(state, event, who): to for state, event, to, who in (*ROUTINE_C, *BESIDE_C, *ENDING_D)}
ROLES = (OWNER, BORROWER, EXPERTS, LIAISON, PLATFORM, CLOCK)
WORKFLOW, _ = routine(NAME)
VALUES = {
    "category": "Skolesektor",
    "link": "https://portal.example/hygiene",
    "licence": "CC BY-SA 4.0",
}


def loan(state: str, **changes: Any) -> Any:
    wanted = {"owner": "3401", "borrower": "si", "form": dict(LOAN), **changes}
    return case(state, name=NAME, **wanted)


def attempt(state: str, event: str, who: str) -> Plan | Refusal:
    kept = {"ends_on": "2026-12-01", "ended_by": ["3401"]} if state == "ending" else {}
    hidden = {"experts", "liaison"} if event == "consult" else set()
    form = {name: text for name, text in LOAN.items() if name not in hidden}
    wish = act(event, TIME if who == CLOCK else actor(who), note="Fordi.", values=VALUES)
    return plan(loan(state, kept=kept, form=form), wish, AT)


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
    ended = loan("ending", kept={"ends_on": "2026-12-01", "ended_by": ["si"]})
    undone = plan(ended, act("undo_ending", actor(BORROWER)), AT)
    assert isinstance(undone, Plan)
    assert undone.after.state == "shared"
    assert isinstance(plan(ended, act("undo_ending", actor(OWNER)), AT), Refusal)
    assert isinstance(plan(ended, act("confirm_ending", actor(OWNER)), AT), Plan)


def test_a_course_that_ks_laering_owns_is_ended_by_ks_laering() -> None:
    ended = plan(loan("shared", owner="ks-laering"), act("end_share", actor(PLATFORM)), AT)
    assert isinstance(ended, Plan)
    assert ended.role == "owner"

"""Every move of a loan from KS Læring equals this table; everything else is a refusal."""

from __future__ import annotations

from typing import Any

from engine.model import Plan, Refusal
from engine.plan.decide import plan
from tests.unit.cases import AT, LOAN, act, actor, case
from tests.unit.moves import (
    CLOCK,
    ELEARNING,
    EXPERTS,
    LIAISON,
    MUNICIPALITY,
    PLATFORM,
    assert_as_in,
    assert_names_every_event,
    assert_only_who_ended_undoes,
    ended_by,
    ending,
    every_move,
    table_of,
    who_acts,
)

NAME = "hf_shares_from_ks"
OWNER, BORROWER = MUNICIPALITY, ELEARNING

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
    ("consulting", "give_up", "withdrawn", CLOCK),
    ("incomplete", "give_up", "withdrawn", CLOCK),
    # INTERFACE §4: on a condition, taken or declined; and the opinions sent along
    ("consulting", "submit_with_opinions", "submitted", BORROWER),
    ("submitted", "accept_on_condition", "conditional", PLATFORM),
    ("received", "accept_on_condition", "conditional", PLATFORM),
    ("conditional", "accept_condition", "accepted", BORROWER),
    ("conditional", "decline_condition", "submitted", BORROWER),
    ("conditional", "withdraw", "withdrawn", BORROWER),
]
# The municipality is the owner here, and the trust the borrower.
TABLE = table_of(ROUTINE_C, BESIDE_C, ending(OWNER, BORROWER))
STOOD = {
    "consulting": {"opinions": {"experts": "Fint."}},
    "conditional": {"condition": "Kapittel 3 rettes.", "came_from": "submitted"},
}
"""What is kept in a state where that matters."""
ROLES = (OWNER, BORROWER, EXPERTS, LIAISON, PLATFORM, CLOCK)
VALUES = {
    "category": "Skolesektor",
    "link": "https://portal.example/hygiene",
    "licence": "CC BY-SA 4.0",
}


def loan(state: str, **changes: Any) -> Any:
    wanted = {"owner": "3401", "borrower": "si", "form": dict(LOAN), **changes}
    return case(state, name=NAME, **wanted)


def attempt(state: str, event: str, who: str) -> Plan | Refusal:
    kept = ended_by("3401") if state == "ending" else dict(STOOD.get(state, {}))
    hidden = {"experts", "liaison"} if event == "consult" else set()
    form = {name: text for name, text in LOAN.items() if name not in hidden}
    wish = act(event, who_acts(who), note="Fordi.", values=VALUES)
    return plan(loan(state, kept=kept, form=form), wish, AT)


def test_every_event_moves_as_the_table_says_or_is_refused_with_a_reason() -> None:
    assert_as_in(TABLE, every_move(NAME, ROLES), attempt)


def test_the_table_names_only_what_the_file_has() -> None:
    assert_names_every_event(TABLE, NAME)


def test_the_borrower_may_undo_what_the_borrower_ended_and_the_owner_then_confirms() -> None:
    ended = loan("ending", kept=ended_by("si"))
    assert_only_who_ended_undoes(ended, by=BORROWER, other=OWNER)


def test_a_course_that_ks_laering_owns_is_ended_by_ks_laering() -> None:
    ended = plan(loan("shared", owner="ks-laering"), act("end_share", actor(PLATFORM)), AT)
    assert isinstance(ended, Plan)
    assert ended.role == "owner"

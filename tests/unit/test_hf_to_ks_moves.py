"""Every move of the routine equals this table; everything else is a refusal with its reason."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.model import Actor, Contact, Plan, Refusal
from engine.plan.decide import plan
from tests.unit.cases import AT, CONTACTS, FACTS, FORM, act, case
from tests.unit.moves import (
    CLOCK,
    ELEARNING,
    EXPERTS,
    LIAISON,
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

NAME = "hf_to_ks"
OWNER = ELEARNING

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
    ("consulting", "give_up", "withdrawn", CLOCK),
    ("incomplete", "give_up", "withdrawn", CLOCK),
    # INTERFACE §4: on a condition, taken or declined; and the opinions sent along
    ("consulting", "submit_with_opinions", "submitted", OWNER),
    ("submitted", "accept_on_condition", "conditional", PLATFORM),
    ("received", "accept_on_condition", "conditional", PLATFORM),
    ("conditional", "accept_condition", "accepted", OWNER),
    ("conditional", "decline_condition", "received", OWNER),
    ("conditional", "withdraw", "withdrawn", OWNER),
]
TABLE = table_of(ROUTINE_A, BESIDE_A, ending(OWNER, PLATFORM))
STOOD = {
    "consulting": {"opinions": {"experts": "Fint."}},
    "conditional": {"condition": "Kapittel 3 rettes.", "came_from": "received"},
}
"""What is kept in a state where that matters."""
ROLES = (OWNER, EXPERTS, LIAISON, PLATFORM, CLOCK)


def attempt(state: str, event: str, who: str) -> Plan | Refusal:
    kept = ended_by("si") if state == "ending" else dict(STOOD.get(state, {}))
    form = dict(FORM) if event == "consult" else {**FORM, "exception": "Ingen å spørre"}
    wish = act(event, who_acts(who), note="Fordi.", values={"category": "Skolesektor"})
    return plan(case(state, kept=kept, form=form), wish, AT)


def test_every_event_moves_as_the_table_says_or_is_refused_with_a_reason() -> None:
    assert_as_in(TABLE, every_move(NAME, ROLES), attempt)


def test_the_table_names_only_what_the_file_has() -> None:
    assert_names_every_event(TABLE, NAME)


def test_the_borrower_may_undo_what_the_borrower_ended_and_the_owner_then_confirms() -> None:
    ended = case("ending", kept=ended_by("ks-laering"))
    assert_only_who_ended_undoes(ended, by=PLATFORM, other=OWNER)


@pytest.mark.parametrize("contact", CONTACTS[:4])
def test_somebody_of_another_party_holds_no_role(contact: Contact) -> None:
    stranger = replace(contact, party="ahus")
    refused = plan(
        case("submitted", facts=replace(FACTS, contacts=(*CONTACTS, stranger))),
        act("withdraw", Actor(name="x@ahus.example", contacts=(stranger,))),
        AT,
    )
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == ["not_your_role"]

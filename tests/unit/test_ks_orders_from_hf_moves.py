"""Every move of an order equals this table; everything else is a refusal with its reason."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from engine.model import Actor, Plan, Refusal
from engine.plan.decide import plan
from tests.unit.cases import AT, FORM, act, actor, case
from tests.unit.moves import (
    CLOCK,
    ELEARNING,
    EXPERTS,
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
from workflows.orders import CONFIRM_BY

NAME = "ks_orders_from_hf"
REQUESTER, OWNER = MUNICIPALITY, ELEARNING

# DOMAIN §2 (b), row by row: (from, event, to, who).
ROUTINE_B = [
    # bestilt · registrer · mottatt. Happens by itself once the owner is known.
    ("ordered", "register", "received", OWNER),
    # bestilt / mottatt · feil_foretak · avvist. INTERFACE §4: it moves on under the same number.
    ("ordered", "wrong_owner", "ordered", OWNER),
    ("received", "wrong_owner", "ordered", OWNER),
    # mottatt · start_tillatelse · tillatelse_innhentes
    ("received", "seek_permission", "seeking_permission", OWNER),
    # tillatelse_innhentes · tillatelse_gitt · tillatelse_gitt, part by part
    ("seeking_permission", "grant", "seeking_permission", OWNER),
    ("seeking_permission", "permit", "permitted", OWNER),
    # tillatelse_innhentes · tillatelse_nektet · avslaatt
    ("seeking_permission", "refuse", "refused", OWNER),
    # tillatelse_gitt · send_kursinfo · sendt_ks
    ("permitted", "submit", "sent_to_ks", OWNER),
    # sendt_ks · be_om_retting · tillatelse_gitt. INTERFACE §4 gives it a state of its own.
    ("sent_to_ks", "request_changes", "incomplete", PLATFORM),
    ("incomplete", "resubmit", "sent_to_ks", OWNER),
    # sendt_ks · merk_delt · delt. Its guard, that KS Læring has confirmed, is the move to accepted.
    ("sent_to_ks", "accept", "accepted", PLATFORM),
    ("accepted", "confirm_label", "shared", OWNER),
    # bestilt / mottatt / tillatelse_innhentes / tillatelse_gitt / sendt_ks · trekk · trukket
    ("ordered", "withdraw", "withdrawn", REQUESTER),
    ("received", "withdraw", "withdrawn", REQUESTER),
    ("seeking_permission", "withdraw", "withdrawn", REQUESTER),
    ("permitted", "withdraw", "withdrawn", REQUESTER),
    ("sent_to_ks", "withdraw", "withdrawn", REQUESTER),
    # and from the two states that INTERFACE §4 adds
    ("incomplete", "withdraw", "withdrawn", REQUESTER),
    ("accepted", "withdraw", "withdrawn", REQUESTER),
]
# Not rows of (b): an owner who is not known yet, answers given at once, forms and links.
BESIDE_B = [
    ("ordered", "name_owner", "ordered", PLATFORM),
    ("ordered", "name_owner", "ordered", REQUESTER),
    ("ordered", "correct_order", "ordered", REQUESTER),
    # Forwarded by somebody else: INTERFACE §5.2.
    ("ordered", "confirm_order", "ordered", REQUESTER),
    ("ordered", "not_confirmed", "withdrawn", CLOCK),
    ("received", "grant", "seeking_permission", OWNER),
    ("received", "refuse", "refused", OWNER),
    ("received", "fill_in", "received", OWNER),
    ("seeking_permission", "fill_in", "seeking_permission", OWNER),
    ("permitted", "fill_in", "permitted", OWNER),
    ("incomplete", "fill_in", "incomplete", OWNER),
    ("sent_to_ks", "give_link", "sent_to_ks", PLATFORM),
    ("accepted", "give_link", "accepted", PLATFORM),
    ("shared", "correct_link", "shared", PLATFORM),
    # INTERFACE §4: on a condition, taken or declined
    ("sent_to_ks", "accept_on_condition", "conditional", PLATFORM),
    ("conditional", "accept_condition", "accepted", OWNER),
    ("conditional", "decline_condition", "sent_to_ks", OWNER),
    ("conditional", "give_link", "conditional", PLATFORM),
    ("conditional", "withdraw", "withdrawn", REQUESTER),
]
# Whoever ordered is told of an ending, but ends nothing.
TABLE = table_of(ROUTINE_B, BESIDE_B, ending(OWNER, PLATFORM))
ROLES = (REQUESTER, OWNER, EXPERTS, PLATFORM, CLOCK)
VALUES = {
    "category": "Skolesektor",
    "owner": "Sykehuset Telemark",
    "link": "https://kurs.example/fall",
    "permissions": "forfatter",
}
ALL_GIVEN = {"permissions": {"given": ["author"], "missing": []}}


def order(state: str, **changes: Any) -> Any:
    wanted = {"requester": "3401", "form": dict(FORM), **changes}
    return case(state, name=NAME, **wanted)


def attempt(state: str, event: str, who: str) -> Plan | Refusal:
    kept = ended_by("si") if state == "ending" else dict(ALL_GIVEN)
    kept |= {CONFIRM_BY: "2026-10-05"} if event == "confirm_order" else {}
    owner = None if event == "name_owner" else "si"
    wish = act(event, who_acts(who), note="Fordi.", values=VALUES)
    return plan(order(state, kept=kept, owner=owner), wish, AT)


def test_every_event_moves_as_the_table_says_or_is_refused_with_a_reason() -> None:
    assert_as_in(TABLE, every_move(NAME, ROLES), attempt)


def test_the_table_names_only_what_the_file_has() -> None:
    assert_names_every_event(TABLE, NAME)


def test_the_borrower_may_undo_what_the_borrower_ended_and_the_owner_then_confirms() -> None:
    ended = order("ending", kept=ended_by("ks-laering"))
    assert_only_who_ended_undoes(ended, by=PLATFORM, other=OWNER)


def test_ks_laering_may_order_too_and_then_acts_in_both_roles() -> None:
    ordered = order("sent_to_ks", requester="ks-laering")
    assert isinstance(plan(ordered, act("withdraw", actor(PLATFORM)), AT), Plan)
    assert isinstance(plan(ordered, act("accept", actor(PLATFORM)), AT), Plan)


@pytest.mark.parametrize("event", ["withdraw", "refuse", "accept"])
def test_somebody_of_another_party_holds_no_role(event: str) -> None:
    strangers = tuple(
        replace(contact, party="ahus")
        for who in (REQUESTER, OWNER, PLATFORM)
        for contact in actor(who).contacts
    )
    refused = plan(
        order("ordered" if event == "withdraw" else "sent_to_ks"),
        act(event, Actor(name="x@ahus.example", contacts=strangers), note="Fordi."),
        AT,
    )
    assert isinstance(refused, Refusal)
    assert {reason.code for reason in refused.reasons} <= {
        "not_your_role",
        "not_possible_in_state",
    }

"""Every move of hf_to_ks against a table written by hand from the routine's own rows."""

from __future__ import annotations

from itertools import product

import pytest

from engine import machine
from engine.definition import read
from engine.definition.types import Workflow
from engine.model import Proof

# The rows of the routine «HF legger kurs ut i KS Læring» and of «avslutte en deling», by their own
# names, each with the event that it has become: from, event, to, who may.
ROWS = {
    "be_om_uttalelse": (("draft",), "consult", "consulting", {"owner"}),
    "uttalelse_mottatt": (("consulting",), "give_opinion", "consulting", {"experts", "liaison"}),
    "send": (("draft", "consulting"), "submit", "submitted", {"owner"}),
    "kvitter": (("submitted",), "acknowledge", "received", {"platform"}),
    "be_om_retting": (("submitted", "received"), "request_changes", "incomplete", {"platform"}),
    "send_paa_nytt": (("incomplete",), "resubmit", "submitted", {"owner"}),
    "godta": (("submitted", "received"), "accept", "accepted", {"platform"}),
    "avslaa": (("submitted", "received"), "reject", "rejected", {"platform"}),
    "merk_delt": (("accepted",), "confirm_label", "shared", {"owner"}),
    "trekk": (
        ("draft", "consulting", "submitted", "received", "incomplete", "conditional", "accepted"),
        "withdraw",
        "withdrawn",
        {"owner"},
    ),
    "eier_avslutter": (("shared",), "end_share", "ending", {"owner"}),
    "laaner_slutter": (("shared",), "stop_borrowing", "ending", {"borrower"}),
    "angre": (("ending",), "undo_ending", "shared", {"owner", "borrower"}),
    # The day stands although the other one confirms: the share ends when it is over.
    "laaner_bekrefter": (("ending",), "confirm_ending", "ending", {"owner", "borrower"}),
    "dato_naadd": (("ending",), "end_date_reached", "ended", {"time"}),
}
# Rows that are no event here: that the agreement runs out stops no share, it bars new requests,
# which the guard of `submit` does.
NOT_HERE = {"avtale_utlopt": "agreement_in_force"}
# What the rows leave to the mail: a correction is fields, and 60 days of silence are the timer's.
OWN = {
    "fill_in": {"draft": "draft", "consulting": "consulting", "incomplete": "incomplete"},
    "give_up": dict.fromkeys(("draft", "consulting", "incomplete"), "withdrawn"),
    # The opinions may be sent along, and a yes may have a condition, which goes back to where it
    # was if it is declined (the first of the two for the table, the request's own for the rules).
    "submit_with_opinions": {"consulting": "submitted"},
    "accept_on_condition": {"submitted": "conditional", "received": "conditional"},
    "accept_condition": {"conditional": "accepted"},
    "decline_condition": {"conditional": "submitted"},
}
GUARDS = {
    "consult": {"course_information_complete", "only_opinions_missing"},
    "submit": {
        *("course_information_complete", "owner_owns_course"),
        *("agreement_in_force", "opinions_or_reason"),
    },
    "submit_with_opinions": {
        *("course_information_complete", "owner_owns_course", "agreement_in_force"),
        *("opinions_or_reason", "opinion_given"),
    },
    "resubmit": {"course_information_complete"},
    "undo_ending": {"same_as_who_ended", "end_date_ahead"},
    "confirm_ending": {"not_who_ended"},
}
STATES = (
    *("draft", "consulting", "submitted", "received", "incomplete", "conditional"),
    *("accepted", "shared", "ending", "ended", "rejected", "withdrawn"),
)


@pytest.fixture(scope="module")
def workflow(hf_text: str) -> Workflow:
    return read.workflow(hf_text, "hf_to_ks.yaml")


def moves_by_hand() -> dict[tuple[str, str], str]:
    rows = {(source, event): to for froms, event, to, _ in ROWS.values() for source in froms}
    own = {(source, event): to for event, row in OWN.items() for source, to in row.items()}
    return rows | own


def test_the_states_are_the_ones_that_users_know(workflow: Workflow) -> None:
    assert tuple(workflow.states) == STATES


def test_every_state_and_event_moves_as_by_hand_or_not_at_all(workflow: Workflow) -> None:
    table = machine.compile(workflow)
    by_hand = moves_by_hand()
    for state, event in product(STATES, workflow.events):
        assert table.target(state, event) == by_hand.get((state, event)), (state, event)
    assert {event for _, event in by_hand} == set(workflow.events)


@pytest.mark.parametrize("row", ROWS)
def test_each_row_may_be_done_by_its_own_people_alone(workflow: Workflow, row: str) -> None:
    _, event, _, who = ROWS[row]
    assert set(workflow.events[event].by) == who


def test_the_guards_are_the_rows_own(workflow: Workflow) -> None:
    found = {event.name: set(event.when) for event in workflow.events.values() if event.when}
    assert found == GUARDS, "write it in GUARDS above"
    assert set(NOT_HERE.values()) <= found["submit"]


def test_a_reason_is_asked_for_where_the_routine_demands_one(workflow: Workflow) -> None:
    asked = {event.name for event in workflow.events.values() if "reason" in event.needs}
    assert asked == {
        *("request_changes", "reject"),
        *("accept_on_condition", "decline_condition"),
    }


def test_opening_and_ending_need_the_stronger_proof_of_sender(workflow: Workflow) -> None:
    assert workflow.opens_with.proof is Proof.ALIGNED
    strong = {e.name for e in workflow.events.values() if e.proof is Proof.ALIGNED}
    assert strong == {"end_share"}


def test_the_label_is_borne_exactly_while_shared_or_ending(workflow: Workflow) -> None:
    borne = {name: state.label for name, state in workflow.states.items() if state.label}
    assert borne == {"shared": "delt til KS Læring", "ending": "delt til KS Læring"}


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("acknowledge", {"MOTTATT", "MOTTEKE", "MOTTEKEN", "RECEIVED"}),
        ("request_changes", {"MANGLER", "MANGLAR", "CHANGES"}),
        ("reject", {"AVSLÅTT", "AVSLAG", "REJECTED"}),
        ("confirm_label", {"MERKET", "MERKT", "LABELLED"}),
        ("stop_borrowing", {"IKKE I BRUK", "IKKJE I BRUK", "NOT IN USE"}),
        ("confirm_ending", {"BEKREFT", "STADFEST", "CONFIRM"}),
        ("fill_in", set()),
    ],
)
def test_the_mail_words_are_the_contract_s(workflow: Workflow, event: str, said: set[str]) -> None:
    words = workflow.events[event].says.values()
    assert {word for language in words for word in language} == said

"""Own words in the other routines: whoever is waited for is understood there, too."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model import LANGUAGES, Act, Proof
from engine.plan.case import Case
from engine.plan.understanding import understood
from tests.rows import each_of
from tests.unit.cases import AT, FORM, LOAN, act, actor, case, routine

ROUTINES: dict[str, dict[str, Any]] = {
    "hf_shares_from_ks": {"owner": "3401", "borrower": "si", "form": dict(LOAN)},
    "ks_orders_from_hf": {"requester": "3401", "form": dict(FORM)},
}
WAITING = {
    "hf_shares_from_ks": {
        "give_opinion": ("consulting", "subject_experts"),
        "acknowledge": ("submitted", "ks_laering"),
        "resubmit": ("incomplete", "elearning"),
        "accept": ("received", "ks_laering"),
        "confirm_label": ("linked", "elearning"),
        "confirm_ending": ("ending", "municipality"),
    },
    "ks_orders_from_hf": {
        "seek_permission": ("received", "elearning"),
        "resubmit": ("incomplete", "elearning"),
        "accept": ("sent_to_ks", "ks_laering"),
        "confirm_label": ("accepted", "elearning"),
        "confirm_ending": ("ending", "ks_laering"),
    },
}
ENDED_BY = {"ends_on": "2026-12-31", "ended_by": ["si"]}
ROWS = [
    (name, event, phrase)
    for name, events in WAITING.items()
    for event in events
    for language in LANGUAGES
    for phrase in routine(name)[0].events[event].phrases[language]
]


def in_state(name: str, state: str) -> Case:
    kept = ENDED_BY if state == "ending" else {}
    return case(state, name=name, kept=kept, **ROUTINES[name])


def by(duty: str) -> Act:
    return act("", actor(duty), Proof.REPLY)


@pytest.mark.parametrize("name", WAITING)
def test_the_events_with_phrases_are_these(name: str) -> None:
    events = routine(name)[0].events.values()
    assert {event.name for event in events if event.phrases} == set(WAITING[name])


@each_of(ROWS)
def test_a_phrase_alone_means_its_event(name: str, event: str, phrase: str) -> None:
    state, duty = WAITING[name][event]
    found = understood(in_state(name, state), by(duty), f"{phrase.capitalize()}.", "SV: x", AT)
    assert found is not None
    assert found.name == event


def test_own_words_are_no_consent_where_a_licence_lacks() -> None:
    loan = case(
        "received",
        name="hf_shares_from_ks",
        owner="3401",
        borrower="si",
        form={key: text for key, text in LOAN.items() if key != "licence"},
    )
    wanted = act("", actor("ks_laering"), Proof.REPLY, note="Kurset er godkjent.")
    assert understood(loan, wanted, "Kurset er godkjent.", "SV: x", AT) is None


@pytest.mark.parametrize(
    "text", ["Forfatteren har gitt løyve.", "Alt er tillatt.", "Feil foretak."]
)
def test_permissions_and_wrong_owners_take_their_words(text: str) -> None:
    order = in_state("ks_orders_from_hf", "received")
    assert understood(order, by("elearning"), text, "SV: x", AT) is None

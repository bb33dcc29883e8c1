"""Everybody has answered, and the request stands still even so: who is waited for, who hears it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from engine.service.acts import commands
from engine.service.letters.posting import envelope_of
from engine.service.register import agreements
from engine.service.requests.listing import lines
from engine.service.requests.show import one
from engine.service.requests.why import why
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.office import (
    AGREEMENT_ENDS,
    AT,
    COORDINATOR,
    EXPERTS,
    LIAISON,
    OWNER,
    PLATFORM,
    REQUESTER,
    Office,
    new_office,
)
from tests.unit.cases import FORM, LOAN


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return new_office(tmp_path / "site")


def past_the_agreement(office: Office) -> None:
    office.later(days=(AGREEMENT_ENDS - office.at.date()).days)
    sweep(office.site, office.at)


def consulted(office: Office) -> str:
    """A request whose opinions all come after the agreement has ended."""
    done = commands.open_by_command(office.site, "hf_to_ks", email=OWNER, at=office.at, values=FORM)
    past_the_agreement(office)
    for person in (EXPERTS, LIAISON):
        commands.fire(office.site, done.number, "give_opinion", email=person, at=office.at)
    return done.number


def waited_for(office: Office, number: str) -> list[tuple[str | None, str]]:
    return [(owed.party, owed.duty) for owed in one(office.site, number).owed]


def templates(office: Office, receiver: str) -> list[str]:
    """What the receiver was written, but for the letter of each morning."""
    found = [letter.template for letter in office.letters(receiver)]
    return [template for template in found if template != "morning"]


def test_the_last_opinion_leaves_a_request_that_cannot_go_on_to_whoever_opened_it(
    office: Office,
) -> None:
    number = consulted(office)
    assert office.state(number) == "consulting"
    assert waited_for(office, number) == [("si", "elearning")]
    # In lists it is the agreement's owners who are waited for: the opener can do nothing.
    (line,) = lines(office.look(), office.at)
    assert (line.row["number"], line.owed) == (number, ((None, "agreement_owner"),))
    assert "submit" in [event for event, _, _ in why(office.site, number, office.at, "nb").blocked]


def test_the_letter_on_the_last_opinion_says_what_is_in_the_way(office: Office) -> None:
    consulted(office)
    last, before = office.text(OWNER), office.letters(OWNER)[-2]
    assert templates(office, OWNER)[-2:] == ["opinion_given", "opinion_given"]
    assert "ingen avtale om deling gjelder nå" in last
    assert "Når en avtale gjelder, svar SEND" in last
    assert before.variables["extra"]["held_back"] == {}


def test_an_opinion_that_lets_the_request_go_on_tells_of_nothing_in_the_way(
    office: Office,
) -> None:
    done = commands.open_by_command(office.site, "hf_to_ks", email=OWNER, at=office.at, values=FORM)
    for person in (EXPERTS, LIAISON):
        commands.fire(office.site, done.number, "give_opinion", email=person, at=office.at)
    assert office.state(done.number) == "submitted"
    given = next(row for row in office.letters(OWNER) if row.template == "opinion_given")
    assert given.variables["extra"]["held_back"] == {}
    assert waited_for(office, done.number) == [("ks-laering", "ks_laering")]


def test_reminders_go_to_the_opener_and_not_to_those_who_have_answered(office: Office) -> None:
    office.at = datetime.combine(AGREEMENT_ENDS - timedelta(days=1), AT.timetz())
    number = consulted(office)
    for _ in range(30):
        office.later(days=1)
        sweep(office.site, office.at)
    assert office.state(number) == "consulting"
    # The command was a coordinator's act for them, which each is told (INTERFACE §5.5).
    answered = ["opinion_wanted", "done_for_you"]
    assert templates(office, EXPERTS) == templates(office, LIAISON) == answered
    assert templates(office, OWNER) == ["opinion_given", "opinion_given"]
    day = office.at.date()
    agreements.add(office.site, day, day + timedelta(days=365), office.at)
    for _ in range(30):
        office.later(days=1)
        sweep(office.site, office.at)
    assert templates(office, EXPERTS) == templates(office, LIAISON) == answered
    asked = ["opinion_given", "opinion_given", "held_back", "held_back", "held_back"]
    assert templates(office, OWNER) == asked
    assert "Alle som ble spurt" in office.text(OWNER)


def test_the_escalation_says_what_is_in_the_way(office: Office) -> None:
    office.at = datetime.combine(AGREEMENT_ENDS - timedelta(days=1), AT.timetz())
    consulted(office)
    office.later(days=100)
    sweep(office.site, office.at)
    assert templates(office, COORDINATOR) == ["escalation"]
    told = next(row for row in office.letters(COORDINATOR) if row.template == "escalation")
    text = office.site.letters.text(envelope_of(told))
    assert "Vi venter på dem som eier avtalen" in text
    assert "Dette står i veien:\n\n1. Ingen avtale om deling gjelder" in text
    assert "Vi har minnet om saken uten" not in text


def test_a_corrected_form_that_is_wrong_keeps_the_borrower_waited_for(office: Office) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="3401",
            duty="municipality",
            email="kurs@kongsvinger.example",
            valid_from=date(2016, 1, 1),
        )
    asked = {name: LOAN[name] for name in ("full_name", "owner", "link")}
    done = commands.open_by_command(
        office.site, "hf_shares_from_ks", email=OWNER, at=office.at, values=asked
    )
    commands.fire(
        office.site, done.number, "fill_in", email=OWNER, at=office.at, values={"link": "her"}
    )
    for person in (EXPERTS, LIAISON):
        commands.fire(office.site, done.number, "give_opinion", email=person, at=office.at)
    assert office.state(done.number) == "consulting"
    assert waited_for(office, done.number) == [("si", "elearning")]
    assert "disse linjene" not in office.text(OWNER)
    assert "\nLenke:\n" in office.text(OWNER)
    office.reply(OWNER, "Lenke: https://kurs.example/hygiene")
    assert office.state(done.number) == "submitted"


def test_an_order_whose_owner_is_named_without_an_agreement_is_left_to_whoever_ordered(
    office: Office,
) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="3405",
            duty="municipality",
            email=REQUESTER,
            valid_from=date(2016, 1, 1),
        )
    done = commands.open_by_command(
        office.site,
        "ks_orders_from_hf",
        email=REQUESTER,
        at=office.at,
        values={"full_name": FORM["full_name"]},
    )
    assert waited_for(office, done.number) == [("ks-laering", "ks_laering")]
    past_the_agreement(office)
    commands.fire(office.site, done.number, "name_owner", email=PLATFORM, at=office.at, note="si")
    assert office.state(done.number) == "ordered"
    assert waited_for(office, done.number) == [("3405", "municipality")]
    assert templates(office, REQUESTER)[-1] == "on_hold"
    assert "ingen avtale om deling gjelder nå" in office.text(REQUESTER)
    commands.fire(office.site, done.number, "wrong_owner", email=OWNER, at=office.at)
    assert waited_for(office, done.number) == [("ks-laering", "ks_laering")]


def test_a_new_agreement_and_the_openers_word_take_the_request_on(office: Office) -> None:
    number = consulted(office)
    with office.site.database.transaction() as tx:
        register.add_agreement(
            tx, AGREEMENT_ENDS, AGREEMENT_ENDS + timedelta(days=365), recorded_at=office.at
        )
    assert waited_for(office, number) == [("si", "elearning")]
    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert office.state(number) == "submitted"

"""Questions that the agreement answers, by mail: the rule's own words, or a question back."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.service.mail.verdict import MailOutcome
from tests.integration.office import (
    COORDINATOR,
    EXPERTS,
    LENDER,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    lending_office,
)

RESALE = "«Kurs en part har lånt av en annen part kan ikke selges videre av låneren,"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def told(outcome: MailOutcome) -> str:
    found = (r.values["names"] for r in outcome.reasons if r.code == "rule_answered")
    return ", ".join(next(found, ()))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_rule_is_told_at_once_in_its_own_words_with_its_source(office: Office) -> None:
    outcome = office.mail(LENDER, "Spørsmål", "Hei!\n\nKan vi selge kurset videre?\n\nMvh\nKari")
    assert (outcome.verdict, outcome.request, outcome.events) == ("answered", "", ())
    text = flat(office.text(LENDER))
    assert RESALE in text
    assert "Kilde: Pilotavtalen mellom KS og HSØ." in text


def test_whoever_works_at_a_trust_is_sent_to_other_support_than_a_municipality(
    office: Office,
) -> None:
    for sender, desk, other in (
        (OWNER, "Sykehuspartner-brukerstøtte", "KS Læring-brukerstøtte"),
        (LENDER, "KS Læring-brukerstøtte", "Sykehuspartner-brukerstøtte"),
    ):
        assert told(office.mail(sender, "Kurs", "Innloggingen virker ikke")) == "support"
        assert desk in office.text(sender)
        assert other not in office.text(sender)


def test_it_is_told_to_an_address_that_no_server_vouches_for_too(office: Office) -> None:
    assert told(office.mail(OWNER, "Hei", "Kven eig kurset?", aligned=False)) == "ownership"


def test_a_question_about_a_course_by_its_name_orders_nothing(office: Office) -> None:
    text = "Vi har lånt et kurs. Kan vi få endre i kurset «Fallforebygging»?"
    assert told(office.mail(LENDER, "Kurs", text)) == "change"


def test_where_it_is_not_certain_the_sender_is_asked_and_answers_with_a_word(
    office: Office,
) -> None:
    outcome = office.mail(LENDER, "Hei", "Hvem har ansvaret for kurset?")
    assert outcome.verdict == "unclear"
    assert "Gjelder det eierskap eller kontakt med KS Læring?" in flat(office.text(LENDER))
    assert told(office.reply(LENDER, "Eierskap")) == "ownership"

    office.mail(LENDER, "Hei", "Hvem har ansvar for dette kurset?")
    assert told(office.reply(LENDER, "2")) == "contact"
    assert office.reply(LENDER, "Tusen takk!").verdict == "answered"


def test_a_reply_in_a_case_that_asks_is_answered_and_passed_on_to_nobody(office: Office) -> None:
    number = office.open()
    before = len(office.letters(OWNER))
    outcome = office.reply(PLATFORM, "Hei! Kan vi selge kurset videre?")
    assert (outcome.verdict, outcome.request) == ("answered", number)
    assert "eies av Sykehuset Innlandet" in office.text(PLATFORM)
    assert office.state(number) == "submitted"
    assert len(office.letters(OWNER)) == before


def test_what_only_people_know_of_the_case_is_left_to_people(office: Office) -> None:
    office.open()
    assert told(office.reply(PLATFORM, "Hvilken lisens har kurset?")) == ""
    assert told(office.reply(PLATFORM, "Hvem kan vi ringe om dette?")) == ""


def test_a_question_beside_a_form_is_answered_beside_the_opening(office: Office) -> None:
    text = f"{form()}\n\nMvh"
    opened = office.mail(OWNER, SUBJECT, f"Hei! Eier vi kurset fortsatt?\n\n{text}")
    assert opened.verdict == "opened"
    assert [x.template for x in office.letters(OWNER)].count("rule_told") == 1


def test_a_question_beside_a_command_hijacks_it_not(office: Office) -> None:
    number = office.open()
    outcome = office.reply(PLATFORM, "MOTTATT\n\nTakk! Kan vi selge kurset videre?")
    assert outcome.verdict in ("fired", "suggested")
    assert outcome.request == number
    assert "rule_told" in [x.template for x in office.letters(PLATFORM)]


def test_what_stands_in_a_form_or_an_opinion_is_no_question(office: Office) -> None:
    told_of = form(Innhold="Hvem eier kurset? Kan vi selge det?", Unntak=None)
    number = office.mail(OWNER, SUBJECT, told_of).request
    assert office.state(number) == "consulting"
    outcome = office.reply(EXPERTS, "UTTALELSE: Kan kommunene endre i kurset? Det bør de ikke.")
    assert outcome.verdict == "fired"
    assert not [x for x in office.letters() if x.template == "rule_told"]


def test_a_coordinator_may_ask_too(office: Office) -> None:
    assert told(office.mail(COORDINATOR, "Spm", "Hva skjer når avtalen er ute?")) == "agreement"


def test_an_owner_who_mends_their_own_form_asks_about_no_rule(office: Office) -> None:
    office.open()
    office.reply(PLATFORM, "MANGLER: bilde til forsiden")
    assert told(office.reply(OWNER, "Kan vi endre i kurset selv nå?")) == ""

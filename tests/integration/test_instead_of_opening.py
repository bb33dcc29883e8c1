"""What is answered instead of opening: the form, who may open, where the course is, which case
(INTERFACE §5.2).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.store.contacts import register
from engine.store.mail_out import mornings
from tests.integration.office import (
    LIAISON,
    OURS,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    new_office,
)

MUNICIPALITY = "kurs@kongsvinger.example"
ANOTHER = "kurs@hamar.example"
LINK = "https://www.kslaring.no/course/77"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    there = new_office(tmp_path / "site")
    with there.site.database.transaction() as tx:
        for party, email in (("3401", MUNICIPALITY), ("3403", ANOTHER)):
            register.add_contact(
                tx,
                party_id=party,
                duty="municipality",
                email=email,
                valid_from=there.at.date(),
            )
    return there


def shared(office: Office) -> str:
    """A course that is shared and has an address."""
    number = office.mail(OWNER, SUBJECT, form(Lenke=LINK)).request
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    return number


@pytest.mark.parametrize(
    ("sender", "text", "asked"),
    [
        (OWNER, "SKJEMA", "Tidsbruk:"),
        (OWNER, "Hei! Finst det eit skjema for dette?", "Tidsbruk:"),
        (MUNICIPALITY, "Har dere et skjema vi skal bruke?", "Fullt navn på kurset:"),
        (MUNICIPALITY, "FORM", "Fullt navn på kurset:"),
    ],
)
def test_who_asks_for_the_form_gets_the_one_of_what_they_may_open(
    office: Office, sender: str, text: str, asked: str
) -> None:
    assert office.mail(sender, "Et spørsmål", text).verdict == "answered"
    assert office.last(sender).template == "form_sent"
    assert asked in office.text(sender)
    assert ("Tidsbruk:" in office.text(sender)) is (sender == OWNER)


def test_the_form_that_was_sent_opens_when_it_comes_back_filled_in(office: Office) -> None:
    office.mail(MUNICIPALITY, "Spørsmål", "SKJEMA")
    quoted = "\n".join(f"> {line}" for line in office.text(MUNICIPALITY).split("\n"))
    filled = quoted.replace("> Fullt navn på kurset:", "> Fullt navn på kurset: Trygg dusj")
    outcome = office.reply(MUNICIPALITY, f"Her er det.\n\n{filled}")
    assert (outcome.verdict, office.state(outcome.request)) == ("opened", "ordered")


def test_the_form_of_a_case_is_sent_as_it_stands(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Tidsbruk=None)).request
    office.mail(OWNER, f"[{number}]", "Er det et skjema her?")
    assert "Kursets kortnavn: SI-FALL1" in office.text(OWNER)


def test_whoever_may_not_open_is_told_who_may_and_that_person_gets_the_mail(
    office: Office,
) -> None:
    outcome = office.mail(LIAISON, "Deling til KS Læring: Fall", f"Vi vil dele dette.\n\n{form()}")
    assert (outcome.verdict, outcome.request) == ("refused", "")
    assert "den e-læringsansvarlige ved Sykehuset Innlandet" in office.text(LIAISON)
    assert "> Vi vil dele dette." in office.text(OWNER)

    outcome = office.reply(OWNER, "Ja")
    assert outcome.verdict == "opened"
    assert office.state(outcome.request) == "submitted"


def test_nobody_elses_party_gets_what_a_municipality_may_not_open(office: Office) -> None:
    office.mail(MUNICIPALITY, "Deling til KS Læring: Fall", form())
    assert office.letters(OWNER) == []
    assert "e-læringsansvarlige" in office.text(MUNICIPALITY)


def test_an_order_of_what_is_shared_is_answered_with_its_link(office: Office) -> None:
    shared(office)
    body = "Kan vi få låne kurset «Fallforebygging i sykehjem»?"
    assert office.mail(MUNICIPALITY, "Bestilling av kurs", body).request == ""
    assert LINK in office.text(MUNICIPALITY)


@pytest.mark.parametrize(
    ("answer", "verdict"), [("Ja, det er det!", "answered"), ("Nei", "opened")]
)
def test_an_order_of_a_course_of_like_name_is_asked_about(
    office: Office, answer: str, verdict: str
) -> None:
    shared(office)
    outcome = office.mail(MUNICIPALITY, "Bestilling av kurs: Fallførebygging i sjukeheimen", "Hei")
    assert (outcome.verdict, outcome.request) == ("unclear", "")
    assert LINK in office.text(MUNICIPALITY)
    assert office.reply(MUNICIPALITY, answer).verdict == verdict


def test_a_second_identical_order_is_told_of_the_first(office: Office) -> None:
    first = office.mail(MUNICIPALITY, "Bestilling av kurs", "Kurs: Trygg dusj\nKurseier: Ahus")
    again = office.mail(MUNICIPALITY, "Tinging av kurs: trygg  dusj", "Hei!")
    assert (again.verdict, again.request) == ("answered", first.request)
    assert first.request in office.text(MUNICIPALITY)
    assert office.mail(ANOTHER, "Bestilling av kurs: Trygg dusj", "Hei").verdict == "opened"


@pytest.mark.parametrize(
    "said",
    [
        "Hei! Er denne framleis aktuell?",
        "Jeg er tilbake nå. Er saken fortsatt aktuell?",
        "Is this still relevant?",
        "Hvor står den?",
    ],
)
def test_whether_a_case_still_stands_is_answered_with_its_status(office: Office, said: str) -> None:
    number = office.mail(MUNICIPALITY, "Bestilling av kurs: Trygg dusj", "Hei").request
    assert office.reply(MUNICIPALITY, said).verdict == "answered"
    assert f"Sak {number} står som «Bestilt»" in office.text(MUNICIPALITY)
    office.mail(MUNICIPALITY, "Et spørsmål", said)
    assert f"Sak {number} står som «Bestilt»" in office.text(MUNICIPALITY)


def test_a_question_about_the_course_is_not_taken_for_one_about_the_case(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form()).request
    said = "Er innholdet fortsatt aktuelt? Kapittel 3 virker gammelt."
    assert office.mail(PLATFORM, f"[{number}]", said).verdict != "answered"


def test_no_routine_is_offered_where_two_cases_are_named(office: Office) -> None:
    one = office.mail(MUNICIPALITY, "Bestilling av kurs: Trygg dusj", "Hei").request
    two = office.mail(MUNICIPALITY, "Bestilling av kurs: Trygg seng", "Hei").request
    for subject, body in (
        (f"Om {one} og {two}", "Dette haster for oss."),
        ("Noe haster", f"Det gjelder {one} og {two}."),
    ):
        assert office.mail(MUNICIPALITY, subject, body).verdict == "unclear"
        assert "Rutine:" not in office.text(MUNICIPALITY)
        assert one in office.text(MUNICIPALITY)
        assert two in office.text(MUNICIPALITY)
    assert office.reply(MUNICIPALITY, two).request == two


def test_who_has_us_in_copy_is_asked_nothing(office: Office) -> None:
    raw = office.raw(MUNICIPALITY, "Møte på torsdag", "Hei, passer det kl. 12?")
    copied = raw.replace(f"To: <{OURS}>".encode(), f"To: <a@b.example>\r\nCc: <{OURS}>".encode())
    assert office.take(copied).verdict == "unclear"
    assert office.letters(MUNICIPALITY) == []


def test_whoever_may_not_open_it_is_told_who_may_and_what_they_may_open_themselves(
    office: Office,
) -> None:
    said = office.mail(
        MUNICIPALITY, "Deling til KS Læring", "Hei!\n\nKurs: Vaktplan\n\nNår kan vi begynne?"
    )
    text = office.text(MUNICIPALITY)
    assert said.verdict == "refused"
    assert "åpnes av den e-læringsansvarlige i et helseforetak" in text
    assert "«Rutine: Bestilling av kurs»" in text
    ordered = office.reply(MUNICIPALITY, "Rutine: Bestilling av kurs")
    assert ordered.verdict == "opened"
    assert "Når kan vi begynne?" in office.text(MUNICIPALITY)


def test_a_question_offers_its_word_once_and_repeats_a_mail_as_it_was_written(
    office: Office,
) -> None:
    office.mail(
        LIAISON, "Deling til KS Læring: Fall", "Hei!\n\nKurs: Fall\nTidsbruk: 3 t\n\nMvh Turid"
    )
    text = office.text(OWNER)
    assert "> Kurs: Fall\n> Tidsbruk: 3 t\n" in text
    assert text.count("JA") == 1
    assert "Det går også an å svare" not in text


def test_what_is_asked_beside_an_order_that_opens_nothing_is_read_by_a_coordinator(
    office: Office,
) -> None:
    office.mail(MUNICIPALITY, "Bestilling av kurs", "Kurs: Trygg dusj\n\nMvh\nSolveig")
    again = office.mail(
        MUNICIPALITY, "Bestilling av kurs", "Kurs: Trygg dusj\n\nHvor lang tid tar det?\n\nSolveig"
    )
    assert again.events == ()
    assert "Koordinatoren leser det du skrev: «Hvor lang tid tar det?»" in office.text(MUNICIPALITY)
    sentence = "Vi ønsker å bestille kurset «Trygg dusj»."
    bare = office.mail(MUNICIPALITY, "Bestilling av kurs", f"Hei!\n\n{sentence}\n\nSolveig")
    assert "Koordinatoren leser det du skrev" not in office.text(MUNICIPALITY)
    with office.site.database.reading() as tx:
        assert [each.id for each in mornings.for_people(tx)] == [again.mail]
    assert bare.events == ()


def test_a_first_name_below_an_order_is_a_signature(office: Office) -> None:
    office.mail(MUNICIPALITY, "Bestilling av kurs: Trygg dusj", "Hei\n\nSolveig Li")
    assert "Solveig" not in office.text(MUNICIPALITY)

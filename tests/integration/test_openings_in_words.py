"""Openings as people write them: no routine named, the course in a sentence, a name below."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.model import Request
from engine.service.letters.posting import envelope_of
from engine.store.cases.requests import load_request
from engine.store.contacts import register
from tests.integration.office import (
    EXPERTS,
    LENDER,
    LIAISON,
    OWNER,
    PLATFORM,
    SUBJECT,
    Office,
    form,
    lending_office,
)

UNKNOWN = "Ønske om å dele et kurs"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return lending_office(tmp_path / "site")


def request(office: Office, number: str) -> Request:
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    return found


def field(office: Office, number: str, name: str) -> str:
    return request(office, number).form[name]


def test_the_writers_duty_and_the_form_say_which_routine_is_meant(office: Office) -> None:
    outcome = office.mail(OWNER, UNKNOWN, form())
    assert (outcome.verdict, outcome.events[0][0]) == ("opened", "open")
    assert request(office, outcome.request).workflow == "hf_to_ks"


def test_the_routine_may_be_named_in_the_writers_own_words(office: Office) -> None:
    outcome = office.mail(
        OWNER, "Nytt kurs", f"Det gjelder deling til KS Læring.\n\n{form(Tidsbruk=None)}"
    )
    assert outcome.verdict == "opened"


@pytest.mark.parametrize(
    "answer",
    ["Rutine: Deling til KS Læring", "Det gjelder deling til KS Læring.", "Deling til KS Læring"],
)
def test_an_answer_to_what_a_mail_is_about_is_read_together_with_it(
    office: Office, answer: str
) -> None:
    two_points = "Fullt navn på kurset: Sondeernæring\nTidsbruk: 20 min"
    assert office.mail(OWNER, UNKNOWN, f"Hei!\n\n{two_points}").verdict == "unclear"

    outcome = office.reply(OWNER, answer)

    assert outcome.verdict == "opened"
    assert field(office, outcome.request, "full_name") == "Sondeernæring"
    assert field(office, outcome.request, "time_needed") == "20 min"
    assert office.reply(OWNER, "STATUS").verdict == "answered"


def test_the_same_answer_twice_opens_once(office: Office) -> None:
    office.mail(OWNER, UNKNOWN, "Kan dere hjelpe oss med kurset vårt?")
    letter = office.last(OWNER)
    headers = f"In-Reply-To: {letter.message_id}\r\n"
    first = office.mail(OWNER, "SV: Hva", "Rutine: Deling til KS Læring", headers=headers)
    again = office.mail(OWNER, "SV: Hva", "Rutine: Deling til KS Læring", headers=headers)
    assert (first.verdict, again.verdict) == ("opened", "already_done")


def test_the_question_names_what_the_asker_may_use(office: Office) -> None:
    office.mail(LENDER, "Hei", "Vi lurer på noe om kurs hos dere.")
    text = office.text(LENDER)
    assert "Rutine: Bestilling av kurs" in text
    assert "Deling til KS Læring" not in text


@pytest.mark.parametrize(
    ("subject", "body", "named"),
    [
        ("Bestilling av kurs: smittevern", "Hei, vi vil gjerne ha dette.", "smittevern"),
        (
            "Bestilling av kurs",
            "Kan vi få bruke kurset «Smittevern i sykehjem» fra Ahus?",
            "Smittevern i sykehjem",
        ),
        ("SV: Tinging av kurs – Fallførebygging", "Takk!", "Fallførebygging"),
    ],
)
def test_the_course_may_be_named_in_subject_or_sentence(
    office: Office, subject: str, body: str, named: str
) -> None:
    outcome = office.mail(LENDER, subject, body)
    assert outcome.verdict == "opened"
    assert field(office, outcome.request, "full_name") == named


def test_names_links_and_parties_end_with_their_line(office: Office) -> None:
    body = "Kurs: Fallforebygging\nKurseier: Sykehuset Innlandet\n\nAnders"
    outcome = office.mail(LENDER, "Bestilling av kurs", body)
    assert request(office, outcome.request).owner == "si"

    under = "Kurseier: Sykehuset Innlandet\nKurs: Fallforebygging\nAnders"
    outcome = office.mail(LENDER, "Bestilling av kurs", under)
    assert field(office, outcome.request, "full_name") == "Fallforebygging"


def test_a_place_of_the_trust_is_the_trust(office: Office) -> None:
    produced = "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet Elverum"
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", form(Produsert_av=produced))
    assert outcome.events[-1][2] == "submitted"


def test_status_says_who_is_waited_for_since_when_and_what_comes_next(office: Office) -> None:
    number = office.mail(OWNER, "Deling til KS Læring: Fall", form()).request
    office.later(days=1)
    office.reply(OWNER, "Status?")
    text = office.text(OWNER)
    assert f"Sak {number} står som «Sendt» siden mandag 7. september 2026." in text
    assert "Vi venter på KS Læring. Neste: mandag 14. september 2026: påminnelse til" in text


def test_several_courses_in_one_mail_are_several_requests_told_in_one_letter(
    office: Office,
) -> None:
    body = (
        "Hei!\n\nKurs: Sondeernæring\nKurseier: Sykehuset Innlandet\n\n"
        "Kurs: Smittevern\nKurseier: Ahus\n\nMvh\nKari"
    )
    outcome = office.mail(LENDER, "Bestilling av kurs", body)

    assert outcome.verdict == "opened"
    assert [event for event, _, _ in outcome.events].count("open") == 2
    first, second = outcome.request, f"{outcome.request[:-1]}{int(outcome.request[-1]) + 1}"
    named = [(field(office, n, "full_name"), request(office, n).owner) for n in (first, second)]
    assert named == [("Sondeernæring", "si"), ("Smittevern", "ahus")]
    assert len(office.letters(LENDER)) == 1
    text = office.text(LENDER)
    assert f"Sak {first} er opprettet: Sondeernæring." in text
    assert f"Sak {second} er opprettet: Smittevern." in text


def test_the_same_course_twice_is_one_request(office: Office) -> None:
    body = "Kurs: Smittevern\nKurseier: Ahus\n\nKurs: Smittevern\nKurseier: Ahus"
    outcome = office.mail(LENDER, "Bestilling av kurs", body)
    assert [event for event, _, _ in outcome.events].count("open") == 1


def test_an_address_says_whom_to_ask_and_is_no_opinion(office: Office) -> None:
    another = "arne.foss@si.example"
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="si",
            duty="subject_experts",
            email=another,
            valid_from=office.at.date(),
        )
    told = form(Unntak=None, Fagmiljø=another)
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", told)
    assert outcome.events[-1][2] == "consulting"
    assert len(office.letters(another)) == 1
    assert office.letters(EXPERTS) == []
    assert len(office.letters(LIAISON)) == 1


@pytest.mark.parametrize(
    ("body", "named", "owner"),
    [
        ("Vi vil gjerne låne kurset «Trygg dusj» fra Sykehuset Innlandet.", "Trygg dusj", "si"),
        ("Kan me få bruke kurset «Trygg dusj» frå Ahus?", "Trygg dusj", "ahus"),
        ("Could we borrow the course “Trygg dusj” from Ahus?", "Trygg dusj", "ahus"),
        ("Vi ønsker å bestille kurset Sår hos eldre fra Ahus.", "Sår hos eldre", "ahus"),
        ("Vi trenger kurset «Trygg dusj». Hilsen oss", "Trygg dusj", None),
    ],
)
def test_a_municipality_that_asks_for_a_course_by_name_orders_it(
    office: Office, body: str, named: str, owner: str | None
) -> None:
    outcome = office.mail(LENDER, "Et spørsmål", f"Hei!\n\n{body}")
    assert outcome.verdict == "opened"
    assert field(office, outcome.request, "full_name") == named
    assert request(office, outcome.request).owner == owner


@pytest.mark.parametrize(
    "body",
    [
        "Takk for kurset «Trygg dusj», det var bra!",
        "Når blir kurset «Trygg dusj» klart? Vi vil bruke det i mars.",
        "Vi ønsker ikke kurset «Trygg dusj» lenger.",
        "Vi ønsker å vite mer om kurset «Trygg dusj».",
        "Har dere et kurs vi kan bruke?",
    ],
)
def test_who_only_speaks_of_a_course_is_asked(office: Office, body: str) -> None:
    assert office.mail(LENDER, "Et spørsmål", body).verdict == "unclear"


def test_what_is_written_beside_an_order_stands_in_the_letters_it_causes(office: Office) -> None:
    body = "Hei!\nKurs: Trygg dusj\nKurs: Trygg seng\n\nNår kan vi ta dem i bruk?"
    outcome = office.mail(LENDER, "Bestilling av kurs", body)
    assert [event for event, _, _ in outcome.events] == ["open", "open"]
    assert "> Når kan vi ta dem i bruk?" in "".join(
        office.site.letters.text(envelope_of(row)) for row in office.letters(PLATFORM)
    )
    assert "Du skrev også: «Når kan vi ta dem i bruk?»" in office.text(LENDER)


@pytest.mark.parametrize(
    "body",
    [
        "Kurseier: Ahus\nKurs: Trygg dusj\nKurs: Trygg seng",
        "Kurs:\n- Trygg dusj\n- Trygg seng\nKurseier: Ahus",
        "Kurs: «Trygg dusj» og «Trygg seng»\nKurseier: Ahus",
        "Kan vi få bruke kursene «Trygg dusj» og «Trygg seng» fra Ahus?",
    ],
)
def test_several_names_under_one_owner_are_one_order_each(office: Office, body: str) -> None:
    outcome = office.mail(LENDER, "Bestilling av kurs", body)
    first, second = outcome.request, f"{outcome.request[:-1]}{int(outcome.request[-1]) + 1}"
    named = {(field(office, n, "full_name"), request(office, n).owner) for n in (first, second)}
    assert named == {("Trygg dusj", "ahus"), ("Trygg seng", "ahus")}


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Deling til KS Læring", "Kan dere se om dette er slik dere vil ha det?"),
        ("Deling til KS Læring (utkast)", ""),
        ("Deling til KS Læring", "Vent med å sende til kapittel 3 er rettet."),
        ("Deling til KS Læring", "Er usikker på målgruppa."),
    ],
)
def test_a_form_with_a_doubt_around_it_stays_a_draft_until_its_opener_sends_it(
    office: Office, subject: str, said: str
) -> None:
    outcome = office.mail(OWNER, subject, f"{said}\n\n{form()}")
    assert office.state(outcome.request) == "draft"
    assert office.letters(PLATFORM) == []
    assert "Skal det sendes nå? Svar SEND" in office.text(OWNER)
    assert office.reply(OWNER, "Send!").verdict == "fired"
    assert office.state(outcome.request) == "submitted"


def test_an_offer_to_answer_questions_is_no_doubt(office: Office) -> None:
    said = "Her er kurset vårt. Ta gjerne kontakt hvis noe er uklart."
    outcome = office.mail(OWNER, "Deling til KS Læring", f"{said}\n\n{form()}")
    assert office.state(outcome.request) == "submitted"


@pytest.mark.parametrize(
    ("asked", "receiver"),
    [
        ("ny.lege@si.example", "ny.lege@si.example"),
        ("Arne Foss", "arne.foss@si.example"),
        ("Arne Foss, overlege", "arne.foss@si.example"),
        ("fagmiljøet", EXPERTS),
    ],
)
def test_an_address_of_the_party_a_name_or_the_duty_says_whom_to_ask(
    office: Office, asked: str, receiver: str
) -> None:
    with office.site.database.transaction() as tx:
        register.add_contact(
            tx,
            party_id="si",
            duty="subject_experts",
            email="arne.foss@si.example",
            name="Arne Foss",
            valid_from=office.at.date(),
        )
    told = form(Unntak=None, Fagmiljø=asked, Samhandlingsenhet="samhandlingsenheten")
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", told)
    assert office.state(outcome.request) == "consulting"
    assert len(office.letters(receiver)) == 1
    assert len(office.letters(LIAISON)) == 1
    assert office.reply(receiver, "INGEN MERKNADER").verdict == "fired"


def test_who_is_named_in_one_case_is_not_asked_in_another(office: Office) -> None:
    told = form(Unntak=None, Fagmiljø="ny.lege@si.example")
    office.mail(OWNER, "Deling til KS Læring: Fall", told)
    office.mail(OWNER, "Deling til KS Læring: B", form(Unntak=None, Kursets_kortnavn="SI-B"))
    assert len(office.letters("ny.lege@si.example")) == 1


def test_an_address_of_somebody_else_is_asked_about(office: Office) -> None:
    told = form(Unntak=None, Fagmiljø="ny.lege@sykehus.example")
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", told)
    assert office.state(outcome.request) == "draft"
    assert office.letters("ny.lege@sykehus.example") == office.letters(EXPERTS) == []
    assert "ny.lege@sykehus.example er ikke en adresse hos dere" in office.text(OWNER)
    assert office.reply(OWNER, "SEND").verdict == "fired"
    assert len(office.letters(EXPERTS)) == 1


def duties(office: Office, address: str) -> list[tuple[str, str]]:
    with office.site.database.reading() as tx:
        held = register.contacts_of_address(tx, address, office.at.date())
    return [(each.party, each.duty) for each in held]


def test_whom_the_other_side_names_is_not_let_in(office: Office) -> None:
    office.open()
    said = office.reply(PLATFORM, "Fagmiljø: per@ks.example")
    assert said.verdict == "refused"
    assert duties(office, "per@ks.example") == []


def test_whom_a_refused_correction_names_is_not_let_in(office: Office) -> None:
    office.open()
    assert office.reply(OWNER, "Fagmiljø: ny@si.example").verdict == "refused"
    assert duties(office, "ny@si.example") == []


def test_whom_an_order_names_at_another_party_is_not_let_in(office: Office) -> None:
    body = "Kurs: Trygg dusj\nKurseier: Ahus\nFagmiljø: ny@kongsvinger.example"
    office.mail(LENDER, "Bestilling av kurs", body)
    assert duties(office, "ny@kongsvinger.example") == []


def test_whom_a_mail_names_that_is_only_asked_about_is_not_let_in(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Tidsbruk=None)).request
    said = office.reply(OWNER, "Fagmiljø: ny@si.example\n\nTREKK\nSEND")
    assert (said.verdict, office.state(number)) == ("unclear", "draft")
    assert duties(office, "ny@si.example") == []


def test_whom_a_form_names_as_owner_is_not_let_in(office: Office) -> None:
    office.mail(OWNER, SUBJECT, form(Kurseier="ny@si.example", Tidsbruk=None))
    assert office.reply(OWNER, "Kurseier: kari@si.example").verdict == "fired"
    assert duties(office, "ny@si.example") == duties(office, "kari@si.example") == []


def test_whom_a_correction_names_is_asked_at_once(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Unntak=None, Tidsbruk=None)).request
    said = office.reply(OWNER, "Tidsbruk: 45 min\nFagmiljø: ny@si.example")
    assert (said.verdict, office.state(number)) == ("fired", "consulting")
    assert duties(office, "ny@si.example") == [("si", "subject_experts")]
    assert len(office.letters("ny@si.example")) == 1
    assert office.letters(EXPERTS) == []


@pytest.mark.parametrize("word", ["", "\n\nSPRÅK: bokmål"])
def test_an_address_of_somebody_else_in_a_correction_is_told(office: Office, word: str) -> None:
    office.mail(OWNER, SUBJECT, form(Tidsbruk=None))
    said = office.reply(OWNER, f"Fagmiljø: ny@annet.example{word}")
    assert said.verdict == "fired"
    assert "ny@annet.example er ikke en adresse hos dere" in office.text(OWNER)
    assert duties(office, "ny@annet.example") == []


def test_an_opinion_stands_behind_its_own_label(office: Office) -> None:
    told = (
        form(Unntak=None)
        + "\nUttalelse fra fagmiljø: Kurset er godt.\nUttalelse fra samhandlingsenhet: Støtter det."
    )
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", told)
    assert office.state(outcome.request) == "submitted"


@pytest.mark.parametrize("written", ["1. mars", "1.3.", "1. mars 2027", "01.03.2027"])
def test_a_day_without_a_year_is_the_next_such_day_and_is_read_back(
    office: Office, written: str
) -> None:
    told = form(Dato_for_studiestart=written)
    outcome = office.mail(OWNER, "Deling til KS Læring: Fall", told)
    assert office.state(outcome.request) == "submitted"
    assert field(office, outcome.request, "start_date").endswith("2027")
    read_back = "Dato for studiestart leses som mandag 1. mars 2027" in office.text(OWNER)
    assert read_back is ("2027" not in written)

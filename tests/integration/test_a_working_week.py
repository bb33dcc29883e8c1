"""What people wrote in a working week, a test for each kind, in other words than theirs: bokmål and
nynorsk, Outlook, Gmail and phones (INTERFACE §5).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.store.cases.requests import load_request
from engine.store.contacts import people, register
from tests.integration.office import (
    COORDINATOR,
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

AHUS = "elaering@ahus.example"
IPHONE = "\n\nSendt fra min iPhone"
SIGNED = "\n\nMed vennleg helsing\nTurid Moe\nSamhandlingseininga | Tlf. 900 00 000"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    there = lending_office(tmp_path / "site")
    with there.site.database.transaction() as tx:
        for party, duty, email, name in (
            ("si", "elearning", "kari@si.example", "Kari Nordmann"),
            ("si", "subject_experts", "arne.foss@si.example", "Arne Foss"),
        ):
            register.add_contact(
                tx,
                party_id=party,
                duty=duty,
                email=email,
                name=name,
                valid_from=there.at.date() - timedelta(days=99),
            )
    return there


def outlook(letter: str) -> str:
    """The letter below an answer, as Outlook quotes it."""
    head = "________________________________\nFra: Kursdeling <kursdeling@kursdeling.example>"
    return f"\n\n{head}\nSendt: mandag 7. september 2026 09:12\nTil: Du\nEmne: Brev\n\n{letter}"


def gmail(letter: str) -> str:
    """The letter below an answer, as Gmail quotes it."""
    quoted = "\n".join(f"> {line}" for line in letter.split("\n"))
    head = "man. 7. sep. 2026 kl. 09:12 skrev Kursdeling <kursdeling@kursdeling.example>:"
    return f"\n\n{head}\n\n{quoted}"


def asked(office: Office) -> str:
    """A request whose experts and cooperation unit are asked."""
    return office.mail(OWNER, SUBJECT, form(Unntak=None)).request


def to_answer(office: Office, receiver: str, number: str) -> str:
    """The headers of an answer to the newest letter to `receiver` about the request."""
    letter = next(each for each in reversed(office.letters(receiver)) if each.request == number)
    return f"In-Reply-To: {letter.message_id}\r\n"


@pytest.mark.parametrize(
    "said",
    [
        f"FRÅSEGN: Vi rår frå at dette blir delt no. Modul 2 byggjer på ein gammal rutine.{SIGNED}",
        "UTTALELSE: Bør ikke deles før bildene er byttet. De viser pasienter." + IPHONE,
    ],
)
def test_1_an_opinion_stops_with_the_opener(office: Office, said: str) -> None:
    number = asked(office)
    office.reply(EXPERTS, "INGEN MERKNADER")
    assert office.reply(LIAISON, said).verdict == "fired"
    assert office.state(number) == "consulting"
    assert office.letters(PLATFORM) == []
    text = office.text(OWNER)
    assert said.partition(": ")[2].partition(".")[0] in text
    assert "SEND" in text
    assert "TREKK" in text
    assert "trenger ikke gjøre noe" not in text


def test_2_an_address_behind_the_experts_label_is_whom_to_ask(office: Office) -> None:
    told = form(Unntak=None, Fagmiljø="Lise.Berg@si.example")
    number = office.mail(OWNER, SUBJECT, told + IPHONE).request
    assert office.state(number) == "consulting"
    assert office.last("lise.berg@si.example").template == "opinion_wanted"
    assert office.letters(EXPERTS) == []


@pytest.mark.parametrize("answer", ["Deling til KS Læring.", "Rutine: deling til ks læring"])
def test_3_the_answer_is_read_with_the_first_mail(office: Office, answer: str) -> None:
    assert office.mail(OWNER, "Nytt e-læringskurs fra oss", form()).verdict == "opened"
    few = "Hei!\n\nKurstittel: Sårstell\nTidsbruk: 15 min\n\nKva gjer vi no?"
    assert office.mail(OWNER, "Sårstell", few).verdict == "unclear"
    opened = office.reply(OWNER, answer + outlook(office.text(OWNER)))
    assert opened.verdict == "opened"
    with office.site.database.reading() as tx:
        found = load_request(tx, opened.request)
    assert found is not None
    assert (found.form["full_name"], found.form["time_needed"]) == ("Sårstell", "15 min")
    assert "Kva gjer vi no?" in office.text(OWNER)


@pytest.mark.parametrize(
    "said",
    [
        "Ja, det er riktig 🙂", "Jepp, stemmer!", "ja, det er rett", "JA!!", "👍🏼",
        "Helt riktig.",
        "Ja takk, gjerne", "Yes", "Stemmer bra, takk.", f"Jo, det stemmer.{IPHONE}",
    ],
)  # fmt: skip
def test_4_a_yes_is_a_yes_however_it_is_said(office: Office, said: str) -> None:
    number = office.open()
    assert office.reply(PLATFORM, "Dette ser fint ut, vi godtar kurset").verdict == "suggested"
    quoted = gmail(office.text(PLATFORM))
    assert office.reply(PLATFORM, said + quoted).verdict == "fired"
    assert office.state(number) == "accepted"


@pytest.mark.parametrize("label", ["Kurs", "Tittel", "Kursnamn"])
def test_7_every_block_is_an_order_of_its_own(office: Office, label: str) -> None:
    one, two = f"{label}: Trygg dusj\nKurseigar: Ahus", f"{label}: Trygg seng\nKurseigar: SI"
    blocks = f"Hei,\n\n{one}\n\n{two}{SIGNED}"
    ordered = office.mail(LENDER, "Tinging av kurs", blocks)
    assert [event for event, _, _ in ordered.events].count("open") == 2
    (receipt,) = office.letters(LENDER)
    assert receipt.template == "order_received"
    text = office.text(LENDER)
    assert "«Trygg dusj»" in text
    assert "«Trygg seng»" in text


@pytest.mark.parametrize(
    ("subject", "said", "course", "owner"),
    [
        ("Tinging av kurs: fallkurset", "Hei! Kan vi få det til nyttår?", "fallkurset", None),
        ("Kurs", "Me ynskjer å ta i bruk kurset «Trygg dusj» frå Ahus.", "Trygg dusj", "ahus"),
        ("Spørsmål", "Hei! Kunne vi fått kurset Trygg seng fra Ahus?", "Trygg seng", "ahus"),
    ],
)  # fmt: skip
def test_9_course_and_owner_may_stand_in_subject_or_sentence(
    office: Office, subject: str, said: str, course: str, owner: str | None
) -> None:
    number = office.mail(LENDER, subject, said + IPHONE).request
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    assert (found.form["full_name"], found.owner) == (course, owner)
    asked_of = AHUS if owner else PLATFORM
    assert said in office.text(asked_of)
    assert "uten navn" not in office.text(asked_of)


def test_10_a_first_name_below_a_name_is_a_signature(office: Office) -> None:
    number = office.mail(LENDER, "Bestilling av kurs: Trygg dusj", "Hei").request
    office.reply(LENDER, "EIER: Akershus universitetssykehus\n\nSolveig")
    assert office.state(number) == "received"
    borrowed = "Kurs: Sår\nKurseier: Kongsvinger kommune\nLenke: kslaring.no/sar\n\nIngrid"
    number = office.mail(OWNER, "Deling fra KS Læring", borrowed).request
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    assert found.form["link"] == "kslaring.no/sar"
    assert "https://kslaring.no/sar" in office.text(EXPERTS)


def test_11_faults_are_corrected_where_people_write(office: Office) -> None:
    number = office.mail(OWNER, SUBJECT, form(Tidsbruk=None, Forutsetninger=None)).request
    lines = [line for line in office.text(OWNER).split("\n") if line]
    answers = {"1. Forut": "Ingen", "2. Tids": "40 minutter"}
    written = [
        part
        for line in lines
        for part in (f"> {line}", *(a for k, a in answers.items() if line.startswith(k)))
    ]
    said = office.reply(OWNER, "Hei, se under.\n\n" + "\n".join(written))
    assert (said.verdict, office.state(number)) == ("fired", "submitted")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("GODTEKE. Fin oppbygging, vi publiserer på måndag.", "accepted"),
        ("Godtatt, supert!", "accepted"),
        ("MOTTATT 👍", "received"),
        (f"Mottatt, takk.{SIGNED}", "received"),
    ],
)
def test_12_a_command_with_a_mark_behind_it_is_the_command(
    office: Office, said: str, state: str
) -> None:
    number = office.open()
    assert office.reply(PLATFORM, said + outlook(office.text(PLATFORM))).verdict == "fired"
    assert office.state(number) == state


def test_12_a_short_question_and_a_short_withdrawal_are_words_too(office: Office) -> None:
    number = office.mail(LENDER, "Tinging av kurs: Trygg dusj", "Hei").request
    assert office.reply(LENDER, "Status?").verdict == "answered"
    assert f"Sak {number} står som" in office.text(LENDER)
    assert office.reply(LENDER, "Trekk tinginga, takk").verdict == "fired"
    assert office.state(number) == "withdrawn"


@pytest.mark.parametrize(
    ("said", "last"), [("Avslutt 15.1", "2027-01-15"), ("AVSLUTT 1. februar", "2027-02-01")]
)
def test_13_a_day_without_a_year_is_the_next_such_day_and_read_back(
    office: Office, said: str, last: str
) -> None:
    number = office.open()
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    assert office.reply(OWNER, said).verdict == "fired"
    with office.site.database.reading() as tx:
        found = load_request(tx, number)
    assert found is not None
    assert found.kept["ends_on"] == last
    assert "2027 kl. 24.00" in office.text(OWNER)


def test_13_an_absence_over_new_year_is_read(office: Office) -> None:
    said = f"FRÅVÆR 20. desember – 5. januar VIKAR: kari@si.example{SIGNED}"
    assert office.mail(OWNER, "Ferie", said).verdict == "answered"
    with office.site.database.reading() as tx:
        (away,) = people.absences(tx)
    assert (away.since.isoformat(), away.until.isoformat()) == ("2026-12-20", "2027-01-05")


def test_14_whoever_may_not_open_is_told_who_may_and_that_person_gets_the_mail(
    office: Office,
) -> None:
    said = office.mail(LIAISON, SUBJECT, f"Hei, her er kurset vårt.\n\n{form()}{SIGNED}")
    assert said.verdict == "refused"
    assert "e-læringsansvarlig" in office.text(LIAISON)
    letter = office.last("kari@si.example")
    assert letter.template == "opening_for_you"
    assert "Fallforebygging i sykehjem" in office.text("kari@si.example")
    assert office.reply("kari@si.example", "Ja, gjør det").verdict == "opened"


def test_15_examples_are_the_askers_own_and_none_where_two_cases_are_named(office: Office) -> None:
    one = office.mail(LENDER, "Bestilling av kurs: Trygg dusj", "Hei").request
    two = office.mail(LENDER, "Bestilling av kurs: Trygg seng", "Hei").request
    office.mail(LENDER, "To saker", f"Hei, hvordan er det med {one} og {two}? Vi må vite det.")
    assert "Rutine:" not in office.text(LENDER)
    before = len(office.letters(LENDER))
    raw = office.raw(LENDER, "Møte", "Hei Per, vi ses på torsdag og tar det der.")
    raw = raw.replace(b"To: <kursdeling@", b"To: <per@annet.example>\r\nCc: <kursdeling@")
    office.take(raw)
    assert len(office.letters(LENDER)) == before


@pytest.mark.parametrize(
    "said",
    [
        "Hei, er tilbake frå permisjon. Gjeld denne saka framleis?",
        "Er denne saken fortsatt aktuell? Har vært borte en stund.",
    ],
)
def test_20_whoever_comes_back_is_told_where_the_case_stands(office: Office, said: str) -> None:
    number = asked(office)
    office.later(days=3)
    assert office.reply(EXPERTS, said + SIGNED).verdict == "answered"
    assert f"Sak {number} står som «Til uttalelse» siden mandag" in office.text(EXPERTS)


def shared(office: Office) -> str:
    number = office.mail(OWNER, SUBJECT, form(Lenke="kslaring.no/fall")).request
    office.reply(PLATFORM, "GODTATT")
    office.reply(OWNER, "MERKET")
    assert office.state(number) == "shared"
    return number


def test_21_an_order_of_what_is_shared_gets_its_link_and_a_second_one_the_first(
    office: Office,
) -> None:
    shared(office)
    there = office.mail(LENDER, "Tinging av kurs", "Kurs: Fallforebygging i sykehjem" + IPHONE)
    assert there.events == ()
    text = office.text(LENDER)
    assert "kslaring.no/fall" in text
    assert "Dette er ikke gjort" not in text
    first = office.mail(LENDER, "Bestilling av kurs", "Kurs: Trygg dusj\nKurseier: Ahus").request
    again = office.mail(LENDER, "Tinging av kurs", "Kan vi få kurset «Trygg dusj» frå Ahus?")
    assert (again.events, again.request) == ((), first)
    assert first in office.text(LENDER)


def test_22_link_and_label_in_one_mail_are_told_as_one(office: Office) -> None:
    borrowed = "Kurs: Sår\nKurseier: Kongsvinger\nLenke: https://kslaring.no/sar\nUnntak: Hastar"
    number = office.mail(OWNER, "Deling fra KS Læring", borrowed).request
    office.reply(EXPERTS, "INGEN MERKNADER")
    office.reply(LIAISON, "INGEN MERKNADER")
    assert office.state(number) == "submitted"
    accepted = "GODTATT: samtykke fra kurseier"
    office.mail(PLATFORM, "SV", accepted, headers=to_answer(office, PLATFORM, number))
    said = "Lenkje: https://portal.example/sar\n\nMerkt" + IPHONE
    office.mail(OWNER, "SV", said, headers=to_answer(office, OWNER, number))
    assert office.state(number) == "shared"
    text = office.text(OWNER)
    assert "Svar MERKET" not in text
    assert "MERKET: " not in text.replace("«MERKET»: utført", "")


@pytest.mark.parametrize("place", ["Sykehuset Innlandet Gjøvik", "SI, Hamar"])
def test_23_a_place_of_the_trust_is_the_trust(office: Office, place: str) -> None:
    produced = f"Testperson Alfa, fagsykepleier, Ortopedisk avdeling, {place.partition(',')[0]}"
    number = office.mail(OWNER, SUBJECT, form(Produsert_av=produced)).request
    assert office.state(number) == "submitted"


def test_25_who_is_asked_for_an_opinion_reads_who_asks_for_what_and_where_it_is(
    office: Office,
) -> None:
    with office.site.database.transaction() as tx:
        for duty, email, name in (
            ("elearning", "elaering@siv.example", "Kari Nordmann"),
            ("subject_experts", "fag@siv.example", ""),
            ("cooperation_unit", "samhandling@siv.example", ""),
        ):
            since = office.at.date() - timedelta(days=99)
            register.add_contact(
                tx, party_id="siv", duty=duty, email=email, name=name, valid_from=since
            )
    told = form(
        Unntak=None,
        Lenke="portal.example/fall",
        Produsert_av="Testperson Alfa, lege, Ortopedisk avdeling, Sykehuset i Vestfold",
    )
    number = office.mail("elaering@siv.example", SUBJECT, told).request
    assert office.state(number) == "consulting"
    text = office.text("fag@siv.example")
    for said in (
        "Kari Nordmann", "Sykehuset i Vestfold", "KS Læring", "https://portal.example/fall",
        "Svaret går til Kari Nordmann.", "innsyn",
    ):  # fmt: skip
        assert said in text


def test_26_letters_are_true_and_greet_whom_they_know(office: Office) -> None:
    office.mail("kari@si.example", SUBJECT, "Hei, vi kommer med kurset snart.")
    empty = office.text("kari@si.example")
    assert empty.startswith("Hei, Kari Nordmann!")
    assert "Takk for skjemaet" not in empty
    assert "må rettes" not in empty
    office.mail("kari@si.example", SUBJECT, form(Kursets_kortnavn="SI-B", Unntak=None))
    assert office.text("arne.foss@si.example").startswith("Hei, Arne Foss!")
    assert office.text("kari@si.example").startswith("Hei, Kari Nordmann!")
    whole = office.mail("kari@si.example", SUBJECT, form(Tidsbruk="0", Kursets_kortnavn="SI-C"))
    assert whole.verdict == "opened"
    text = office.text("kari@si.example")
    assert "Tolv av tretten felt er i orden og lagret. Ett må rettes:" in text
    for row in office.letters():
        assert "uten navn" not in row.subject
    assert office.letters(COORDINATOR) == []

"""A year of eight networks in two areas, nynorsk and bokmål, as people write: the roll-ups and
supplements are held against a count by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.intake.files import docx
from engine.report.letter_documents import documents_of
from tests.integration.office import OURS
from tests.integration.two_areas import (
    ANNA,
    BODIL,
    CATO,
    DAG,
    DEPUTY_OF_RUS,
    EVA,
    FAGRAD,
    FINN,
    FONNA,
    FOUSAM,
    SEATS,
    SI,
    SU,
    UTVALG,
    Year,
    filled,
    merged,
    told,
)
from tests.unit.spreadsheet_cases import workbook

TWO = """Hei!
Her kjem det vi har frå begge nettverka.

Nettverk: Hjarte
Rapport for år: 2026
Tiltak: Hjarteskule
Satsingsområde: Tidlig innsats
Resultat: halde
Tiltak: App for heimemåling
Satsingsområde: Digitalt
Resultat: godt i gong
Avvik: ingen

Nettverk: Lunge
Rapport for år: 2026
Tiltak: Røykesluttkurs
Satsingsområde: Tidlig innsats
Resultat: avlyst
Avvik: to

Helsing Anna
"""
FORWARDED = f"""Hei, eg sender vidare denne frå Bodil.

---------- Forwarded message ---------
Frå: Bodil <{BODIL}>
Date: tys. 19. jan. 2027 kl. 14:02
Subject: Rapport Rus
To: <{DEPUTY_OF_RUS}>

Nettverk: Rus
Rapport for år: 2026
Tiltak 1: Lågterskeltilbod
Satsingsområde: Tidlig innsats
Resultat: gjennomført
Tiltak 2: Digital rettleiing
Satsingsområde: Digitalt
Resultat: under arbeid
Tiltak 3: Felles vaktordning
Satsingsområde: Tidlig innsats
Resultat: ikkje gjort
"""
SLAG = (
    ("Nettverk", "Slag"), ("Rapport for år", "2026"), ("Ingen aktivitet", ""),
    ("Tiltak 1", "Trombolysekurs"), ("Satsingsområde", "Tidlig innsats"), ("Resultat", "Utført"),
    ("Tiltak 2", "Videokonsultasjon"), ("Satsingsområde", "Digitalt"), ("Resultat", "Utsatt"),
    ("Avvik (tall)", "3"), ("Flaskehalser", ""), ("Forbedringsforslag", "Felles sjekkliste"),
)  # fmt: skip
BARN = """Nettverk: Barn
Rapport for år: 2026
Tiltak 1: Foreldrerettleiing
Satsingsområde: Tidlig innsats
Resultat: utført
Tiltak 2: Nettmøte
Satsingsområde: Digitalt
Resultat: fullført
Avvik (tal): sju
"""
DEMENS = (
    ("Tiltak", "Satsingsområde", "Resultat"),
    ("Pårørendeskole", "Tidlig innsats", "gjennomført"),
    ("Avvik (tall)", "4"),
)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """The reports on 2026 are asked for."""
    return Year(tmp_path / "site")


def january_in_fonna(year: Year) -> None:
    """Two networks in one mail, excuses, the deputy, a PDF, corrections."""
    year.day("2027-01-08")
    both = year.mail(ANNA, TWO, to="network_wanted")
    assert [event for event, _, _ in both.events] == ["deliver", "deliver"]
    year.day("2027-01-11")
    asks = year.mail(BODIL, "Me rekk ikkje fristen, kan me få to veker til?", to="network_wanted")
    assert asks.events == ()
    year.day("2027-01-12")
    away = year.mail(BODIL, "Eg har permisjon fram til påske.", to="network_wanted")
    assert (away.verdict, away.events) == ("suggested", ())
    assert "permisjon" not in year.text(FOUSAM)
    no = year.mail(FOUSAM, "Nei, dette er inga levering. Nestleiaren må ta det.",
                   to="network_question")  # fmt: skip
    assert (no.verdict, no.events) == ("answered", ())
    year.day("2027-01-20")
    forwarded = year.mail(DEPUTY_OF_RUS, FORWARDED, subject="VS: Rapport Rus")
    assert [event for event, _, _ in forwarded.events] == ["deliver"]
    year.day("2027-01-25")
    pdf = year.mail(CATO, "Hei, rapporten ligg ved som PDF.", to="network_wanted",
                    files=[("arsrapport.pdf", b"%PDF-1.7 rapport")])  # fmt: skip
    assert [event for event, _, _ in pdf.events] == ["deliver"]
    read = year.mail(FOUSAM, BARN, to="network_delivered", about="Barn")
    assert [event for event, _, _ in read.events] == ["read_in"]
    year.day("2027-01-27")
    year.mail(CATO, "Avvik (tal): 9, ikkje 7", to="network_receipt")
    assert "Avvik (tal): 12" in year.text(CATO)
    assert year.mail(CATO, "Det rette talet er:\nAvvik (tal): 9", to="network_receipt").events
    year.day("2027-01-28")
    mended = year.mail(ANNA, "Hei, Røykesluttkurset blei berre halvt:\nTiltak 1: delvis",
                       to="network_receipt", about="Lunge")  # fmt: skip
    assert [event for event, _, _ in mended.events] == ["deliver"]
    for name in ("Hjarte", "Lunge", "Barn"):
        accepted = year.mail(FOUSAM, "Godkjend. Takk!", to="network_delivered", about=name)
        assert accepted.verdict == "fired", name
    returned = year.mail(FOUSAM, "MANGLAR: talet på avvik", to="network_delivered", about="Rus")
    assert returned.verdict == "fired"


def january_in_innlandet(year: Year) -> None:
    """Content controls, no activity, a delay that is told, and a late table with merged cells."""
    wanted = year.mail(DAG, "Vedlagt er rapporten.", to="network_wanted",
                       files=[("Slag årsrapport.docx", filled(SLAG))])  # fmt: skip
    assert [event for event, _, _ in wanted.events] == ["deliver"]
    none = year.mail(DAG, "Diabetes har ikke hatt aktivitet i 2026.", to="network_wanted")
    assert [event for event, _, _ in none.events] == ["deliver"]
    sorry = year.mail(EVA, "Beklager, vi blir noen dager forsinket.", to="network_wanted")
    assert (sorry.verdict, sorry.events) == ("suggested", ())
    assert year.mail(FAGRAD, "NEI, men dere får til tirsdag.", to="network_question").events == ()
    assert "dere får til tirsdag" in year.text(EVA)
    # After the deadline, which a Sunday moves to Monday 1 February.
    year.day("2027-02-02")
    late = year.mail(EVA, "Her er den.", to="network_overdue", files=[("rapport.docx", merged())])
    assert [event for event, _, _ in late.events] == ["deliver"]
    assert "i tide" not in year.text(EVA)
    year.day("2027-02-03")
    again = year.mail(DEPUTY_OF_RUS, "Avvik (tal): 5", to="network_returned")
    assert [event for event, _, _ in again.events] == ["deliver"]
    assert year.mail(FOUSAM, "GODKJEND", to="network_delivered", about="Rus").verdict == "fired"
    assert year.mail(FAGRAD, "Hvem mangler?", subject="Rapporter").verdict == "answered"
    assert "Mangler (1): Demens" in year.text(FAGRAD)
    for name in ("Slag", "Diabetes", "Rehabilitering"):
        accepted = year.mail(FAGRAD, "Godkjent", to="network_delivered", about=name)
        assert accepted.verdict == "fired", name


def test_the_year_equals_a_count_by_hand(year: Year) -> None:
    january_in_fonna(year)
    january_in_innlandet(year)
    year.day("2027-02-22")
    for office in (FOUSAM, FAGRAD):
        sent = year.mail(office, "Lås og send.", to="rollup_draft")
        assert [event for event, _, _ in sent.events] == ["lock", "send"]
    counted(year)
    after_the_rollups(year)
    assert year.sent >= 30
    assert told(year.rollup(SI))["Demens"][0] == "missing"
    letters_are_about_networks(year)


def letters_are_about_networks(year: Year) -> None:
    """What people of the networks get speaks of no course and no coordinator; each form says what
    not to write; no number of deviations under five stands in a copy.
    """
    offices = {FOUSAM, FAGRAD, SU, UTVALG}
    people = offices | {each[0] for _, _, *held in SEATS for each in held}
    rows = [
        row for row in year.office.letters() if row.receiver in people and row.template != "morning"
    ]
    assert len(rows) > len(SEATS) * 10
    for row in rows:
        text = year.said(row).casefold()
        for word in ("kurset", "koordinator"):
            assert word not in text, (row.receiver, row.template, text)
        if row.receiver in {DAG, EVA, FINN, FAGRAD, UTVALG}:
            assert "fousam" not in text, text
        if any(label in text for label in ("\nrapport for år:", "\nplan for år:")):
            assert "knytast til ein pasient" in text or "knyttes til en pasient" in text, text
    copies = [row for row in rows if row.template == "rollup_copy"]
    assert {row.receiver for row in copies} >= {ANNA, CATO, DAG, EVA, FINN, DEPUTY_OF_RUS}
    for row in copies:
        (file,) = documents_of(row.template, row.variables, row.language, row.written_at)
        lines = [line.split("\t") for line in docx.text(file.content).split("\n")]
        few = {cells[0]: cells[-1] for cells in lines if cells[0] in ("Lunge", "Slag")}
        assert {*few.values()} <= {"under 5"}, lines


def counted(year: Year) -> None:
    """The roll-ups as they were sent."""
    assert told(year.rollup(FONNA)) == {
        "Barn": ("in_time", (2, 0, 0), 9),
        "Hjarte": ("in_time", (1, 1, 0), 0),
        "Lunge": ("in_time", (0, 1, 0), 2),
        "Rus": ("in_time", (1, 1, 1), 5),
    }
    assert told(year.rollup(SI)) == {
        "Demens": ("missing", None, None),
        "Diabetes": ("in_time", (0, 0, 0), None),
        "Rehabilitering": ("late", (1, 1, 1), 12),
        "Slag": ("in_time", (1, 0, 1), 3),
    }
    assert (year.rollup(FONNA).deviations, year.rollup(SI).deviations) == (16, 15)
    by_area = {each.name: each.total for each in year.rollup(SI).areas}
    assert by_area == {"Tidlig innsats": 3, "Digitalt": 2}
    assert [each.text for each in year.rollup(SI).proposals] == ["Felles sjekkliste"]


def after_the_rollups(year: Year) -> None:
    """What comes late, what is corrected, and a new leader."""
    year.day("2027-03-03")
    missing = year.mail(FINN, "Beklager at den kommer sent.", to="network_missing",
                        files=[("rapport.xlsx", workbook(DEMENS))])  # fmt: skip
    assert [event for event, _, _ in missing.events] == ["deliver_late"]
    assert year.mail(FAGRAD, "SEND", to="network_delivered_late").verdict == "answered"
    words = year.mail(CATO, "Det skal stå elleve avvik hos oss.", to="rollup_copy")
    assert words.events == ()
    assert "elleve avvik" in year.text(FOUSAM)
    year.day("2027-03-05")
    right = year.mail(CATO, "Avvik (tal): elleve", to="rollup_copy")
    assert [event for event, _, _ in right.events] == ["correct"]
    assert year.mail(FOUSAM, "Send", to="network_delivered", about="Barn").verdict == "answered"
    third = year.mail(EVA, "Tiltak 3: utført", to="rollup_copy")
    assert [event for event, _, _ in third.events] == ["correct"]
    assert year.mail(FAGRAD, "SEND", to="network_delivered").verdict == "answered"
    assert year.mail(EVA, "Tusen takk!", to="network_receipt").events == ()
    assert [told(each) for each in year.supplements(SU)] == [{"Barn": ("in_time", (2, 0, 0), 11)}]
    assert [told(each) for each in year.supplements(UTVALG)] == [
        {"Demens": ("late", (1, 0, 0), 4)},
        {"Rehabilitering": ("late", (2, 1, 0), 12)},
    ]
    year.mail(BODIL, "Ny leiar er Geir Hansen (geir@fonna.example).", subject="Rus")
    assert year.mail(FOUSAM, "Ja, det er greitt", to="network_question").verdict == "answered"
    assert "Du er leiar for Rus" in "".join(
        r.subject for r in year.office.letters("geir@fonna.example")
    )
    assert year.sent >= 30
    assert OURS


def test_two_documents_that_only_their_names_tell_apart(year: Year) -> None:
    word = filled((("Tiltak 1", "Kurs"), ("Resultat", "utført"), ("Avvik", "7")))
    sheet = "Tiltak;Resultat\nFagdag;delvis\nAvvik;2".encode("cp1252")
    files = [("Lunge rapport.docx", word), ("hjarte.csv", sheet)]
    outcome = year.mail(ANNA, "Her er begge.", to="network_wanted", files=files)
    assert [event for event, _, _ in outcome.events] == ["deliver", "deliver"]
    found = told(year.rollup(FONNA))
    assert found["Lunge"] == ("in_time", (1, 0, 0), 7)
    assert found["Hjarte"] == ("in_time", (0, 1, 0), 2)


def test_what_a_leader_asks_without_a_letter_comes_to_the_office(year: Year) -> None:
    words = "Kan vi få utsatt frist til 15. februar?"
    assert year.mail(FINN, words, subject="Rapporten").verdict == "remark"
    assert f"> {words}" in year.text(FAGRAD)
    assert "er sendt til Fagrådet" in year.text(FINN)
    assert told(year.rollup(SI))["Demens"][0] == "missing"


def test_the_office_asks_how_it_goes(year: Year) -> None:
    asked = year.mail(FAGRAD, "Hvordan ligger vi an med rapportene?", subject="Hei")
    assert asked.verdict == "answered"
    assert "Mangler (4): Demens, Diabetes, Rehabilitering, Slag" in year.text(FAGRAD)


def test_a_head_without_a_year_is_a_reports_where_only_a_report_says_the_rest(year: Year) -> None:
    body = "Nettverk: Rus\nTiltak 1: Kurs\nResultat: utført\nAvvik: ingen registrerte"
    assert year.mail(BODIL, body, subject="Hei").verdict == "fired"
    assert told(year.rollup(FONNA))["Rus"] == ("in_time", (1, 0, 0), 0)


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("Hei, kan de sende skjemaet på nytt? Eg finn det ikkje.", "network_wanted"),
        ("SKJEMA", "network_wanted"),
        ("Kan jeg få skjemaet?", ""),
    ],
)
def test_a_leader_who_asks_for_the_form_gets_it(year: Year, words: str, to: str) -> None:
    before = len(year.office.letters(ANNA))
    assert year.mail(ANNA, words, to=to, subject="Skjema").verdict == "answered"
    (sent,) = year.office.letters(ANNA)[before:]
    text = year.said(sent)
    for line in ("Nettverk: Hjarte", "Nettverk: Lunge", "Rapport for år: 2026", "Avvik (tal):"):
        assert line in text
    assert year.mail(ANNA, TWO, to="network_wanted").verdict == "fired"


def test_what_the_office_asks_about_a_report_comes_to_whoever_sent_it(year: Year) -> None:
    year.mail(EVA, "Nettverk: Rehabilitering\nTiltak 1: Kurs\nResultat: utført", subject="Rapport")
    asked = year.mail(FAGRAD, "Kan dere si mer om tiltak 1?", to="network_delivered")
    assert (asked.verdict, asked.events) == ("answered", ())
    assert "> Kan dere si mer om tiltak 1?" in year.text(EVA)
    assert f"er sendt til {EVA}" in year.text(FAGRAD)
    doubt = year.mail(FAGRAD, "Godkjent, men avvikene må på plass.", to="network_delivered")
    assert doubt.verdict == "suggested"
    assert "kurset" not in year.text(FAGRAD)


def test_words_that_are_neither_yes_nor_no_are_asked_about_again(year: Year) -> None:
    year.mail(FINN, "Vi blir litt forsinket.", to="network_wanted")
    given = year.mail(FAGRAD, "Det er greit, de får en uke til.", to="network_question")
    assert (given.verdict, given.events) == ("unclear", ())
    assert "verken ja eller nei" in year.text(FAGRAD)
    assert year.mail(FAGRAD, "NEI, men uken får dere.", to="network_question").verdict == "answered"
    assert "uken får dere" in year.text(FINN)

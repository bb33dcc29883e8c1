"""A year as its people wrote it: quoted forms, tables with columns, a yes that says more, two
secretaries at once.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.domain.area_file import area_of
from engine.domain.networks.network_report import deliveries_of
from engine.service.letters.posting import envelope_of
from engine.service.networks import setting_up
from engine.service.networks.areas import set_up
from engine.service.networks.rollup import view
from engine.service.register import absence
from engine.service.time.sweep import sweep
from engine.store.contacts import register
from tests.integration.network_office import AREA, BODIL, FOUSAM, network_office
from tests.integration.office import OURS, Office
from tests.integration.test_cycle_deliver import with_file
from tests.integration.test_cycle_own_area import AREA as INNLANDET
from tests.integration.test_cycle_said import answered, files_in, report_of
from tests.unit.docx_cases import document, paragraph
from tests.unit.spreadsheet_cases import workbook

SECOND = "fousam2@fonna.example"
PLAN = """Nettverk: Kreft
Plan for år: 2026
Tiltak 1: Kurs
Satsingsområde: Tidleg innsats
Tiltak 2: Fagdag
Satsingsområde: Barn og unge
"""
JOINED = "<w:tcPr><w:vMerge{}/></w:tcPr>"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The plan for 2026 was approved, two people are FOUSAM's, and its report is asked for."""
    made = network_office(tmp_path / "site", at=datetime(2025, 8, 20, 8, tzinfo=UTC))
    with made.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id=AREA, duty="fousam", email=SECOND, name="", valid_from=date(2016, 1, 1)
        )
    made.at = datetime(2025, 9, 1, 8, tzinfo=UTC)
    sweep(made.site, made.at)
    made.reply(BODIL, PLAN)
    assert answered(made, FOUSAM, "network_delivered", "GODKJEND").verdict == "fired"
    # Without a plan for the year after, so that the letters about the report are the last ones.
    for month, day in ((9, 1), (12, 2), (12, 9), (12, 16), (12, 23), (13, 4)):
        made.at = datetime(2026 + month // 13, month % 12 or 12, day, 8, tzinfo=UTC)
        sweep(made.site, made.at)
    return made


def newest(office: Office, receiver: str, template: str) -> str:
    row = [each for each in office.letters(receiver) if each.template == template][-1]
    return office.site.letters.text(envelope_of(row))


def quoting(office: Office, sender: str, template: str, marks: str = "") -> str:
    """The newest such letter below the line with which a mail program quotes it."""
    text = newest(office, sender, template).replace("\n", f"\n{marks}")
    return f"Frå: Kursdeling <{OURS}>\nSendt: måndag 4. januar 2027 09:00\n\n{marks}{text}"


@pytest.mark.parametrize("marks", ["", "> "])
@pytest.mark.parametrize("words", ["Rapporten kjem neste veke.", "Vi ber om utsett frist."])
def test_words_above_our_quoted_form_are_no_delivery(
    office: Office, words: str, marks: str
) -> None:
    body = f"{words}\n\n{quoting(office, BODIL, 'network_wanted', marks)}"
    assert answered(office, BODIL, "network_wanted", body).verdict == "suggested"
    assert report_of(office, "Kreft").state == "not_delivered"


def test_words_above_the_form_that_came_back_deliver_no_new_version(office: Office) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 3")
    answered(office, FOUSAM, "network_delivered", "MANGLAR: flaskehalsar")
    body = f"Ny versjon kjem i morgon.\n\n{quoting(office, BODIL, 'network_returned')}"
    assert answered(office, BODIL, "network_returned", body).verdict == "suggested"
    assert report_of(office, "Kreft").state == "returned"


def test_a_yes_that_says_more_is_asked_again(office: Office) -> None:
    office.reply(BODIL, "Vi bruker den frå i fjor.")
    asked = answered(office, FOUSAM, "network_question", "Ja, det er greitt, men rett datoane.")
    assert (asked.verdict, asked.events) == ("unclear", ())
    assert "Svar berre JA" in office.text(FOUSAM)
    fired = answered(office, FOUSAM, "network_question", "Ja, det er ei levering.")
    assert fired.verdict == "fired"


def test_a_yes_after_a_colleagues_no_counts_for_nothing(office: Office) -> None:
    office.reply(BODIL, "Vi ber om utsett frist.")
    assert answered(office, FOUSAM, "network_question", "NEI").verdict == "answered"
    late = answered(office, SECOND, "network_question", "JA")
    assert (late.verdict, late.events) == ("unclear", ())
    assert f"{FOUSAM} har alt svart NEI" in office.text(SECOND)
    # Whoever said no may think again.
    assert answered(office, FOUSAM, "network_question", "JA").verdict == "fired"


def test_what_stands_behind_a_no_goes_to_the_leader_and_the_question_says_so(
    office: Office,
) -> None:
    office.reply(BODIL, "Vi ber om utsett frist.")
    assert "det som står bak NEI, får leiaren lese" in office.text(FOUSAM)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def columns() -> bytes:
    """A table with a column for each field, a title over all of it, and two cells made one."""
    rows = (
        ("<w:tcPr><w:gridSpan w:val='3'/></w:tcPr>", ("Årsrapport 2026",)),
        ("", ("Tiltak", "Satsingsområde", "Resultat")),
        (JOINED.format(' w:val="restart"'), ("Kurs", "Tidleg innsats", "utført")),
        (JOINED.format(""), ("Fagdag", "", "delvis")),
    )
    xml = "".join(
        f"<w:tr>{''.join(cell(t, mark if n == len(said) // 2 else '') for n, t in enumerate(said))}"
        "</w:tr>"
        for mark, said in rows
    )
    return document(f"<w:tbl>{xml}</w:tbl>{paragraph('Avvik (tal): 12, derav 3 alvorlege')}")


def test_a_table_with_columns_and_joined_cells_is_read(office: Office) -> None:
    assert with_file(office, BODIL, "Sjå vedlegg.", "rapport.docx", columns()).verdict == "fired"
    contents = deliveries_of(report_of(office, "Kreft").kept)[-1].contents
    assert contents is not None
    assert [(m.text, m.priority_area, m.outcome) for m in contents.measures] == [
        ("Kurs", "Tidleg innsats", "done"),
        ("Fagdag", "Tidleg innsats", "partly"),
    ]
    assert contents.deviation_count == 12


def test_a_document_with_a_heading_like_a_field_is_for_fousam_to_read(office: Office) -> None:
    prose = document("".join(map(paragraph, ("Tiltak", "Vi heldt kurs i mars, og det gjekk bra."))))
    assert with_file(office, BODIL, "Sjå vedlegg.", "rapport.docx", prose).verdict == "fired"
    assert "Det er ulese" in office.text(FOUSAM)


def test_what_is_read_in_above_our_quoted_letter_is_the_writers_own(office: Office) -> None:
    with_file(office, BODIL, "Sjå vedlegg.", "rapport.pdf", b"%PDF-1.7 rapport")
    form = (
        "Nettverk: Kreft\nRapport for år: 2026\nTiltak 1: Kurs\nResultat: utført\n"
        "Tiltak 2: Fagdag\nResultat: utført\nAvvik (tal): {}\n\n"
    )
    quoted = quoting(office, FOUSAM, "network_delivered")
    body = form.format("tre") + quoted
    assert answered(office, FOUSAM, "network_delivered", body).verdict == "fired"
    contents = deliveries_of(report_of(office, "Kreft").kept)[-1].contents
    assert contents is not None
    assert (contents.deviation_count, contents.deviation_text) == (3, "")
    # A form that names no area has those of the plan, and none of its measures is outside them.
    assert [each.priority_area for each in contents.measures] == ["Tidleg innsats", "Barn og unge"]


def test_who_reads_in_a_number_that_is_none_is_told_so(office: Office) -> None:
    with_file(office, BODIL, "Sjå vedlegg.", "rapport.pdf", b"%PDF-1.7 rapport")
    form = "Nettverk: Kreft\nRapport for år: 2026\nTiltak 1: utført\nAvvik (tal): nokre få"
    assert answered(office, FOUSAM, "network_delivered", form).verdict == "fired"
    assert "Merk: " in office.text(FOUSAM)


def test_a_report_that_was_sent_back_is_missing_as_its_letter_says(office: Office) -> None:
    office.reply(BODIL, "Ingen aktivitet")
    answered(office, FOUSAM, "network_delivered", "MANGLAR: de hadde tiltak i planen")
    for at in (datetime(2027, 2, 1, 8, tzinfo=UTC), datetime(2027, 2, 24, 8, tzinfo=UTC)):
        office.at = at
        sweep(office.site, at)
    answered(office, FOUSAM, "rollup_draft", "LÅS\nSEND")
    office.later(hours=1)
    sweep(office.site, office.at)
    assert "står der som manglande" in newest(office, BODIL, "network_missing")
    told = {each.name: each.standing for each in view(office.site, 2026).rollup.lines}
    assert told["Kreft"] == "missing"
    late = "Tiltak 1: Kurs\nResultat: utført\nAvvik: 2"
    assert answered(office, BODIL, "network_missing", late).verdict == "fired"
    assert answered(office, FOUSAM, "network_delivered_late", "SEND").verdict == "answered"


def test_a_colleague_is_told_of_no_course_and_no_coordinator(office: Office) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 3")
    answered(office, FOUSAM, "network_delivered", "GODKJEND")
    told = newest(office, SECOND, "answered_by_colleague")
    assert "kurset" not in told
    assert "oordinator" not in told


def test_what_a_leader_says_of_the_roll_up_comes_to_fousam(office: Office) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 30")
    answered(office, FOUSAM, "network_delivered", "GODKJEND")
    for at in (datetime(2027, 2, 1, 8, tzinfo=UTC), datetime(2027, 2, 24, 8, tzinfo=UTC)):
        office.at = at
        sweep(office.site, at)
    answered(office, FOUSAM, "rollup_draft", "LÅS\nSEND")
    office.later(hours=1)
    sweep(office.site, office.at)
    words = "Det står 30 avvik hos oss, og det er feil."
    assert answered(office, BODIL, "rollup_copy", words).events == ()
    assert f"> {words}" in newest(office, FOUSAM, "network_words")
    assert "er sendt til FOUSAM" in office.text(BODIL)


def test_while_the_leader_is_away_the_deputy_is_asked(office: Office) -> None:
    wanted = absence.Absence(since=date(2027, 1, 5), until=date(2027, 3, 1))
    absence.away(office.site, BODIL, wanted, office.at)
    before = len([row for row in office.letters(BODIL) if row.template == "network_reminder"])
    for day in (17, 29):
        office.at = datetime(2027, 1, day, 8, tzinfo=UTC)
        sweep(office.site, office.at)
    asked = [row.receiver for row in office.letters() if row.template == "network_reminder"]
    assert asked.count(BODIL) == before
    assert asked.count("kreft@stord.example") == 2


def test_two_areas_may_have_a_network_for_the_same_field(office: Office) -> None:
    set_up(office.site, area_of(tomllib.loads(INNLANDET), "a.toml"), office.at, examples=False)
    first = setting_up.add(
        office.site, "Fagleg nettverk for hjarte", office.at, area=AREA, decided_on=date(2020, 1, 1)
    )
    second = setting_up.add(
        office.site,
        "Faglig nettverk for hjarte",
        office.at,
        area="innlandet",
        decided_on=date(2020, 1, 1),
    )
    assert (first.id, second.id) == ("hjarte", "hjarte-innlandet")


@pytest.mark.parametrize("words", ["Rapporten er godkjend frå oss", "Dette godtek vi"])
def test_what_seems_to_accept_a_report_is_no_wish_to_end_it(office: Office, words: str) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 30")
    outcome = answered(office, FOUSAM, "network_delivered", words)
    assert outcome.verdict in ("remark", "suggested")
    assert "avslå" not in office.text(FOUSAM)
    assert "kurset" not in office.text(FOUSAM)


ROWS = (
    ("Tiltak", "Satsingsområde", "Resultat"),
    ("Kurs", "Tidleg innsats", "utført"),
    ("Fagdag", "Barn og unge", "ikkje gjennomført"),
    ("Avvik (tal)", "6"),
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("årsrapport kreft.xlsx", workbook(ROWS)),
        ("rapport.csv", "\n".join(";".join(row) for row in ROWS).encode("cp1252")),
    ],
)
def test_a_report_in_a_spreadsheet_is_read(office: Office, name: str, content: bytes) -> None:
    assert with_file(office, BODIL, "Sjå reknearket.", name, content).verdict == "fired"
    contents = deliveries_of(report_of(office, "Kreft").kept)[-1].contents
    assert contents is not None
    assert [(m.text, m.outcome) for m in contents.measures] == [
        ("Kurs", "done"),
        ("Fagdag", "not_done"),
    ]
    assert contents.deviation_count == 6
    assert answered(office, FOUSAM, "network_delivered", "GODKJEND").verdict == "fired"


def test_a_spreadsheet_without_the_forms_words_comes_to_fousam_and_the_leader_is_told(
    office: Office,
) -> None:
    other = workbook((("Dato", "Møte"), ("12.3.", "Styringsgruppa")))
    assert with_file(office, BODIL, "Sjå vedlegg.", "møte.xlsx", other).verdict == "fired"
    assert "rekneark (xlsx, csv) der orda frå skjemaet står" in office.text(BODIL)
    assert "Det er ulese" in office.text(FOUSAM)
    assert files_in(office, FOUSAM)[:1] == ["møte.xlsx"]


@pytest.mark.parametrize(
    "words", ["LÅS og SEND", "Lås og send samlerapporten.", "LÅS, SEND", "Hei!\nLås + send\n\nMvh"]
)
def test_two_words_on_one_line_are_both_read(office: Office, words: str) -> None:
    office.at = datetime(2027, 2, 1, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    outcome = answered(office, FOUSAM, "rollup_draft", words)
    assert [event for event, _, _ in outcome.events] == ["lock", "send"]


@pytest.mark.parametrize(
    "words", ["Lås og send når Demens er inne", "Vi vil låse og sende seinare"]
)
def test_two_words_in_a_sentence_lock_nothing(office: Office, words: str) -> None:
    office.at = datetime(2027, 2, 1, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    assert answered(office, FOUSAM, "rollup_draft", words).events == ()


@pytest.mark.parametrize("words", ["Godkjend, fint arbeid!", "GODKJEND. Bra jobba", "Godkjend 👍"])
def test_what_a_colleague_did_already_is_told_with_who_did_it(office: Office, words: str) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 3")
    answered(office, FOUSAM, "network_delivered", "GODKJEND")
    late = answered(office, SECOND, "network_delivered", words)
    assert (late.verdict, late.events) == ("already_done", ())
    assert "dette er alt gjort (sekretariatet (Helse Fonna" in office.text(SECOND)


def test_a_doubt_about_what_a_colleague_did_is_no_receipt(office: Office) -> None:
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 3")
    answered(office, FOUSAM, "network_delivered", "GODKJEND")
    late = answered(office, SECOND, "network_delivered", "Godkjend, men avvika manglar.")
    assert late.verdict != "already_done"


def test_the_mandates_areas_of_work_are_asked_for_in_plans_alone(office: Office) -> None:
    told = [row for row in office.letters(FOUSAM) if row.template == "network_delivered"][-1]
    assert "som mandatet òg nemner" in office.site.letters.text(envelope_of(told))
    office.reply(BODIL, "Rapport for år: 2026\nTiltak 1: utført\nTiltak 2: delvis\nAvvik: 3")
    assert "som mandatet òg nemner" not in office.text(BODIL)
    assert "som mandatet òg nemner" not in office.text(FOUSAM)

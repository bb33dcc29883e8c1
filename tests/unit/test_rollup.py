"""The roll-up says what a person with a pencil would say, and never that unknown is 0."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import pytest
from msgspec.structs import replace

from engine.domain.networks.network_report import Contents
from engine.domain.networks.rollup import (
    Rollup,
    as_record,
    faults_in,
    from_record,
    held_back,
    rolled_up,
    sum_faults,
)
from engine.domain.secrecy import may_be_about_a_patient
from engine.model import LANGUAGES, Language
from engine.report.as_docx import docx
from engine.report.as_html import html
from engine.report.as_markdown import markdown
from engine.report.rollup import Bodies, document_of, record_of, supplement_of
from tests.unit.rollup_year import BY_HAND, measures, report, year

AT = datetime(2027, 2, 22, 12, 0, tzinfo=UTC)
BODIES = Bodies(area="Helse Fonna", fousam="FOUSAM", su="SU")


@pytest.fixture
def rollup() -> Rollup:
    uncovered = {"Nettverk for rus": ("Etne kommune",), "Nettverk for barn": ()}
    return rolled_up(replace(year(), uncovered=uncovered))


def test_the_numbers_are_those_of_the_sheet_made_by_hand(rollup: Rollup) -> None:
    record = record_of(rollup)
    assert {name: record[name] for name in BY_HAND} == BY_HAND
    assert json.loads(json.dumps(record)) == record


def test_sums_that_add_up_let_it_be_locked(rollup: Rollup) -> None:
    assert sum_faults(year(), rollup) == ()


def test_every_sum_that_does_not_add_up_is_named() -> None:
    contradictory = Contents(kind="report", measures=measures("1", "done"), stated_total=7)
    told = year()
    again = report("Nettverk for rus", 8, ("2027-01-02T00:00:00+00:00", contradictory))
    twice = replace(told, networks=9, reports=(*told.reports, again))
    assert [(fault.code, dict(fault.values)) for fault in sum_faults(twice, rolled_up(twice))] == [
        ("rollup_network_twice", {"network": "Nettverk for rus", "times": 2}),
        ("rollup_networks_differ", {"lines": 7, "networks": 9}),
        ("rollup_totals_differ", {"network": "Nettverk for rus", "stated": 7, "listed": 1}),
    ]


def test_what_is_unknown_is_never_nought() -> None:
    silent = replace(year(), reports=(report("Nettverk for smittevern", 6),), networks=1)
    record = record_of(rolled_up(silent))
    assert record["deviations"] is None
    assert record["lines"][0]["measures"] is None
    text = markdown(document_of(rolled_up(silent), BODIES, "nn"))
    assert "| Nettverk for smittevern | manglar | – | – | – |" in text
    assert "Ingen nettverk har oppgitt talet på avvik." in text


def test_it_is_the_same_after_it_was_kept(rollup: Rollup) -> None:
    told = replace(year(), uncovered={"Nettverk for rus": ("Etne kommune",)})
    kept = json.loads(json.dumps(as_record(told)))
    assert from_record(kept) == rollup
    assert faults_in(kept) == ()
    wrong = json.loads(json.dumps(as_record(replace(told, networks=7))))
    assert [reason.code for reason in faults_in(wrong)] == ["rollup_networks_differ"]


def test_what_is_held_back_is_shown_to_those_who_may_see_it() -> None:
    assert [each.text for each in held_back(year())] == [
        "Pasient Kari Testesen, 82 år gammal, venta ei veke."
    ]
    assert "Testesen" not in json.dumps(as_record(year()))


def test_without_priority_areas_the_networks_own_words_stand() -> None:
    undecided = replace(year(), priority_areas=())
    rolled = rolled_up(undecided)
    assert [line.name for line in rolled.areas][:2] == ["Barn og unge", "Digital samhandling"]
    assert sum_faults(undecided, rolled) == ()
    assert "ikkje vedteke satsingsområde for 2026" in markdown(document_of(rolled, BODIES, "nn"))


@pytest.mark.parametrize(
    "text",
    [
        "Pasient Kari Testesen venta.",
        "Ola Testesen, brukar i kommunen, fekk feil medisin.",
        "Mann, 82, vart send heim.",
        "82 år gammal kvinne",
        "fødd 12.03.1941",
        "Fnr. 010170 12345 i skjemaet",
        "Brukaren vart send heim 12.3.2026 utan tabell",
        "Diagnosen vart ikkje send.",
    ],
)
def test_text_that_may_be_about_a_patient_is_held_back(text: str) -> None:
    assert may_be_about_a_patient(text)


@pytest.mark.parametrize(
    "text",
    [
        "Epikrise same dag.",
        "Pasientar bør få éin kontaktperson.",
        "Felles opplæring i 2027, to gonger i året.",
        "Møte 12. mars med Etne kommune og Helse Fonna.",
        "Rutinar for utskriving av pasientar til kommunane.",
        "Tre av fem kommunar har teke i bruk e-meldingar.",
    ],
)
def test_text_about_the_work_is_printed(text: str) -> None:
    assert not may_be_about_a_patient(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_of_it_repeats_what_is_held_back(rollup: Rollup, language: Language) -> None:
    document = document_of(rollup, BODIES, language)
    written = (markdown(document), html(document), _words_of(docx(document, AT)))
    for text in (*written, json.dumps(record_of(rollup), ensure_ascii=False)):
        assert "Testesen" not in text
        assert "Epikrise same dag." in text


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.language = str(dict(attrs)["lang"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_be_read_by_everyone(rollup: Rollup, language: Language) -> None:
    page = html(document_of(rollup, BODIES, language))
    outline = _Outline()
    outline.feed(page)
    assert outline.language == language
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("caption") == outline.tags.count("table") == 2
    assert outline.tags.count("svg") == outline.tags.count("desc") == 1
    assert not {"script", "img", "link", "iframe"} & set(outline.tags)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_what_people_wrote_cannot_break_out_of_the_page() -> None:
    evil = '<script>alert(1)</script> | "fint" & *sterkt*'
    told = replace(year(), priority_areas=(evil,))
    contents = Contents(kind="report", measures=measures(evil, "done"), improvements=(evil,))
    told = replace(
        told, networks=1, reports=(report(evil, 1, ("2027-01-02T00:00:00+00:00", contents)),)
    )
    document = document_of(rolled_up(told), BODIES, "nn")
    assert "<script" not in html(document)
    assert "<script" not in markdown(document).replace("\\<", "")
    row = next(line for line in markdown(document).splitlines() if line.startswith("| \\<script"))
    assert row.replace("\\|", "").count("|") == 6


def test_the_same_document_gives_the_same_word_file(rollup: Rollup) -> None:
    document = document_of(rollup, BODIES, "nn")
    assert docx(document, AT) == docx(document, AT)
    words = _words_of(docx(document, AT))
    assert "Samlerapport om faglege nettverk 2026" in words
    assert (
        'w:val="nn-NO"'
        in zipfile.ZipFile(BytesIO(docx(document, AT))).read("word/styles.xml").decode()
    )


def test_a_supplement_says_its_number_and_that_the_report_stands(rollup: Rollup) -> None:
    text = markdown(supplement_of(rollup, 2, BODIES, "nn"))
    assert text.startswith("# Tillegg 2 til samlerapporten om faglege nettverk 2026")
    assert "Rapporten sjølv er ikkje endra." in text


def _words_of(content: bytes) -> str:
    return zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()

"""The form of a network's plan or report: written, sent as a Word file, filled in, read back."""

from __future__ import annotations

from email import message_from_bytes

import pytest
from msgspec.structs import replace

from engine.domain.networks.deliveries import warnings
from engine.domain.networks.network_form import names_in, outcome_of, read, sections, written
from engine.domain.networks.network_report import Contents, Kind, Measure, as_record, from_record
from engine.intake.files import docx
from engine.model import LANGUAGES, Language
from engine.wording import sentence
from tests.unit.letter_cases import envelope, letters
from tests.unit.letter_cases_networks import network

MEASURES = (
    Measure(text="Kurs for pårørande", priority_area="Tidleg innsats"),
    Measure(text="Fagdag", priority_area="2"),
)

DELIVERED = {
    "version": 1,
    "at": "2026-11-20T09:00:00+00:00",
    "source": "mail:1",
    "by": "a@b.example",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["plan", "report"])
def test_our_own_form_reads_back_in_every_language(kind: Kind, language: Language) -> None:
    found = read(written(kind, "Demens", 2027, MEASURES, language), kind)
    assert found == Contents(kind=kind, network="Demens", year=2027, measures=MEASURES)
    assert from_record(as_record(found)) == found


@pytest.mark.parametrize(
    ("template", "kind"), [("network_wanted", "plan"), ("network_overdue", "report")]
)
def test_each_network_of_a_letter_has_its_form_as_a_word_file_that_reads_back(
    template: str, kind: Kind
) -> None:
    def entry(name: str) -> dict[str, object]:
        lines = written(kind, name, 2027, MEASURES, "nn").split("\n")
        form = [list(line.partition(": ")[::2]) for line in lines]
        return network(name=name, form=[[label.rstrip(":"), value] for label, value in form])

    extra = {"year": 2027, "networks": [entry("Demens"), entry("Kreft")]}
    sent = envelope(template, "nn", {"extra": extra})
    raw = letters().render(sent)
    assert letters().render(sent) == raw
    files = [
        part.get_payload(decode=True)
        for part in message_from_bytes(raw).walk()
        if str(part.get_filename()).endswith(".docx")
    ]
    read_back = [read(docx.text(file), kind) for file in files if isinstance(file, bytes)]
    assert [each and each.network for each in read_back] == ["Demens", "Kreft"]
    assert [each and each.measures for each in read_back] == [MEASURES, MEASURES]


def test_a_report_is_read_as_people_fill_it_in() -> None:
    found = read(
        """Hei,
        her er rapporten vår.

        - Nettverk: Demens
        * Rapport for år: 2026
        Tiltak: Kurs
        Status: Utført, i mars
        2. Tiltak 2 : Fagdag
        Resultat:  ikkje gjennomført
        Tiltak 3: Rettleiar
        Resultat: Delvis (utsett til hausten)
        Avvik: 3
        Forbetringsforslag:
        - Éin felles rutine
        - Fleire møte
        Flaskehalsar: Få folk
        i haust
        """.replace("        ", ""),
        "report",
    )
    assert found is not None
    assert (found.network, found.year) == ("Demens", 2026)
    assert [each.outcome for each in found.measures] == ["done", "not_done", "partly"]
    assert found.deviation_count == 3
    assert found.improvements == ("Éin felles rutine", "Fleire møte")
    assert found.bottlenecks == "Få folk\ni haust"


@pytest.mark.parametrize(
    ("said", "count", "text"),
    [
        ("3", 3, ""),
        ("ingen", 0, ""),
        ("", None, ""),
        ("mange", None, "mange"),
        ("2 fall og 3 feil", None, "2 fall og 3 feil"),
        ("4 (pasient fekk feil medisin)", 4, "4 (pasient fekk feil medisin)"),
    ],
)
def test_deviations_are_a_number_and_unknown_is_never_none(
    said: str, count: int | None, text: str
) -> None:
    found = read(f"Tiltak: Kurs\nAvvik: {said}", "report")
    assert found is not None
    assert (found.deviation_count, found.deviation_text) == (count, text)


@pytest.mark.parametrize(
    ("said", "inactive"),
    [
        ("Ingen aktivitet", True),
        ("Ingen aktivitet: ja", True),
        ("Det har ikkje vore aktivitet i nettverket i 2026.", True),
        ("Ingen aktivitet:\nTiltak: Kurs", False),
        ("Ingen aktivitet: nei\nTiltak: Kurs", False),
    ],
)
def test_no_activity_is_said_in_a_line_or_in_ones_own_words(said: str, inactive: bool) -> None:
    found = read(said, "report")
    assert found is not None
    assert found.no_activity is inactive


def test_a_text_that_is_no_form_is_none() -> None:
    assert read("Hei, planen kjem i morgon. Helsing Kari", "plan") is None
    assert read("", "report") is None
    assert names_in("Tiltak: Kurs") is None


def test_forms_below_each_other_are_told_apart() -> None:
    both = "\n".join(written("plan", name, 2027, MEASURES, "nb") for name in ("Demens", "Kreft"))
    found = [names_in(part) for part in sections(f"Hei!\n{both}")]
    assert [each and each.network for each in found] == ["Demens", "Kreft"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Utført", "done"),
        ("ja, alt", "done"),
        ("IKKE utført", "not_done"),
        ("ikkje", "not_done"),
        ("delvis", "partly"),
        ("i gang", "partly"),
        ("?", "unknown"),
        ("", "unknown"),
        ("utfordrande", "unknown"),
    ],
)
def test_a_result_is_told_by_how_it_begins(said: str, outcome: str) -> None:
    assert outcome_of(said) == outcome


def test_what_the_mandate_names_and_nobody_wrote_of_is_a_warning_and_never_a_fault() -> None:
    plan = "Tiltak 1: Kurs\nKompetanseutvikling: Fagdag\nTilvising: Ny rutine\nAnna: –"
    found = read(plan, "plan")
    assert found is not None
    assert dict(found.sections) == {"competence": "Fagdag", "referral": "Ny rutine"}
    (warning,) = warnings({"deliveries": [{**DELIVERED, "contents": as_record(found)}]})
    assert warning.values["sections"] == ("transfer", "training", "user_involvement")
    said = sentence(warning, "nn")
    assert "gradvis overføring, opplæring av pasientar og pårørande og brukarmedverknad" in said


@pytest.mark.parametrize(
    "text",
    [
        "Tiltak 1: Opplæring i tilvising\nTiltak 2: Brukarmedverknad ved overføring til kommunen",
        "Ingen aktivitet",
    ],
)
def test_there_is_nothing_to_warn_of_where_a_measure_says_it_or_nothing_was_done(text: str) -> None:
    found = read(text, "report")
    assert found is not None
    told = warnings({"deliveries": [{**DELIVERED, "contents": as_record(found)}]})
    assert "sections_missing" not in {each.code for each in told}
    assert warnings({"deliveries": [{**DELIVERED, "contents": None}]}) == ()


def test_the_form_that_is_sent_back_holds_what_was_delivered_but_nothing_about_a_patient() -> None:
    said = Contents(
        kind="report",
        network="Demens",
        year=2026,
        measures=(Measure(text="Kurs", priority_area="Eldre", outcome="partly"),),
        deviation_count=3,
        bottlenecks="Lang ventetid",
        improvements=("Felles opplæring", "Éin kontakt"),
        sections={"referral": "Ny rutine"},
        free_text="Takk.",
    )
    form = written("report", "Demens", 2026, said.measures, "nn", said=said)
    assert read(form, "report") == said
    about = replace(
        said, free_text="Pasient Kari Testesen, 82 år", deviation_text="3 fall, fødd 1941"
    )
    assert read(written("report", "Demens", 2026, said.measures, "nn", said=about), "report") == (
        replace(said, free_text="")
    )
    idle = Contents(kind="report", network="Demens", year=2026, no_activity=True)
    assert read(written("report", "Demens", 2026, (), "nb", said=idle), "report") == idle


@pytest.mark.parametrize("row", ["Avvik\t7", "Avvik\t7\t", "Meldte avvik\t7"])
def test_a_number_in_the_next_cell_is_the_fields_and_no_part_of_its_label(row: str) -> None:
    said = read(f"Tiltak 1\tKurs\n{row}", "report")
    assert said is not None
    assert (said.deviation_count, [each.text for each in said.measures]) == (7, ["Kurs"])

"""A correction changes what it speaks of, by field and number, and asks where it is not certain."""

from __future__ import annotations

import dataclasses

import pytest
from msgspec.structs import replace

from engine.domain.networks.network_correction import corrected, differences
from engine.domain.networks.network_form import read
from engine.domain.networks.network_report import Contents, Kind, Measure
from engine.domain.networks.network_words import count_in

PLAN = Contents(
    kind="plan",
    network="Kreft",
    year=2027,
    measures=(
        Measure(text="Kurs", priority_area="Tidleg innsats", responsible="Karmøy"),
        Measure(text="Fagdag", priority_area="Barn og unge", responsible="Stord"),
        Measure(text="Ny rutine", priority_area="Barn og unge", responsible="Fonna"),
    ),
    sections={"transfer": "Gradvis frå mars"},
)
REPORT = replace(
    PLAN,
    kind="report",
    year=2026,
    measures=tuple(dataclasses.replace(each, outcome="done") for each in PLAN.measures),
    deviation_count=3,
    bottlenecks="For få folk",
    improvements=("Felles opplæring éin gong i året",),
)


def after(before: Contents, text: str, kind: Kind = "report") -> Contents:
    said = read(text, kind)
    assert said is not None
    found = corrected(before, said)
    assert found.doubts == ()
    return found.contents


def doubts(before: Contents, text: str, kind: Kind = "report") -> set[str]:
    said = read(text, kind)
    assert said is not None
    return {each.code for each in corrected(before, said).doubts}


def test_a_report_with_a_number_of_deviations_alone_loses_nothing() -> None:
    assert after(REPORT, "Avvik (tal): 4") == replace(REPORT, deviation_count=4)


def test_one_measure_by_its_number_leaves_the_others() -> None:
    found = after(PLAN, "Tiltak 2: Fagdag i mars", "plan")
    assert [each.text for each in found.measures] == ["Kurs", "Fagdag i mars", "Ny rutine"]
    assert found.measures[1].responsible == "Stord"
    assert found.sections == PLAN.sections


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("Tiltak 2: delvis", ["done", "partly", "done"]),
        ("Tiltak 2\nResultat: ikkje utført", ["done", "not_done", "done"]),
        ("Tiltak: fagdag\nResultat: Delvis", ["done", "partly", "done"]),
        ("Tiltak 4: Webinar\nResultat: utført", ["done", "done", "done", "done"]),
    ],
)
def test_what_became_of_one_measure_is_said_by_number_or_name(
    text: str, outcomes: list[str]
) -> None:
    assert [each.outcome for each in after(REPORT, text).measures] == outcomes


def test_a_measure_goes_out_of_a_plan_by_its_number() -> None:
    found = after(PLAN, "Tiltak 2: utgår", "plan")
    assert [each.text for each in found.measures] == ["Kurs", "Ny rutine"]


def test_a_whole_form_with_other_texts_takes_the_place_of_all() -> None:
    form = "Nettverk: Kreft\nPlan for år: 2027\nTiltak: A\nTiltak: B\nTiltak: C"
    assert [each.text for each in after(PLAN, form, "plan").measures] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("text", "kind", "doubt"),
    [
        ("Tiltak: Noko heilt nytt", "plan", "correction_uncertain"),
        ("Tiltak 1: Fagdag", "plan", "correction_uncertain"),
        ("Tiltak 9: utført", "report", "measure_not_known"),
        ("Ingen aktivitet: ja", "report", "correction_empties"),
    ],
)
def test_what_is_not_certain_is_asked(text: str, kind: Kind, doubt: str) -> None:
    assert doubts(PLAN if kind == "plan" else REPORT, text, kind) == {doubt}


def test_a_proposal_more_is_one_more_and_a_mended_one_stays_one() -> None:
    mended = after(REPORT, "Forbetringsforslag: Felles opplæring to gonger i året")
    assert mended.improvements == ("Felles opplæring to gonger i året",)
    more = after(REPORT, "Forbetringsforslag: Ein kontaktperson i kvar kommune")
    assert len(more.improvements) == 2


def test_the_difference_from_the_version_before_names_fields_and_numbers() -> None:
    found = after(REPORT, "Avvik: 5\nTiltak 2: delvis")
    assert list(differences(REPORT, found)) == [
        ("outcome", 2, "done", "partly"),
        ("deviations", 0, "3", "5"),
    ]
    fewer = after(PLAN, "Tiltak 1: utgår", "plan")
    assert ("measure", 1, "Kurs", "") in list(differences(PLAN, fewer))


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("12, derav 3 alvorlege", 12),
        ("12 (derav 3 alvorlige)", 12),
        ("1 200", 1200),
        ("1.200", 1200),
        ("tre", 3),
        ("Tolv meldte avvik", 12),
        ("eitt", 1),
        ("0", 0),
        ("17 meldte", 17),
        ("ein del", None),
        ("ca. 12", None),
        ("10-12", None),
        ("2 fall og 3 feil", None),
        ("to fall og ei feilmedisinering", None),
        ("mange", None),
        ("12 mot 15 i fjor", None),
    ],
)
def test_a_number_is_read_as_people_write_it_or_not_at_all(said: str, count: int | None) -> None:
    assert count_in(said) == count

"""The eleven points judged: the example courses, every field's faults, and nothing unasked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from config.register import parties
from engine.domain.course_information import Context, is_https, read
from engine.domain.fields import COURSE_INFORMATION, FIELDS, FORMS
from engine.model import LANGUAGES, Contact
from engine.wording import sentence

PARTIES = {party.id: party for party in parties()}
EXAMPLES = json.loads(Path(__file__).with_name("example_courses.json").read_text(encoding="utf-8"))
HOLDER = Contact(
    id=1,
    party="si",
    duty="elearning",
    email="elaring@si.example",
    name="Vakthavende E-læringsansvarlig",
    valid_from=date(2016, 1, 1),
)
SI = Context(
    owner=PARTIES["si"],
    parties=PARTIES,
    elearning=(HOLDER,),
    today=date(2026, 11, 20),
    short_name_taken_by=None,
    required=COURSE_INFORMATION,
)
VALID = {
    "full_name": "Fallforebygging i sykehjem",
    "short_name": "SI-FALL1",
    "category": "Helse og velferd",
    "start_date": "7. september 2026",
    "home_page": "ja",
    "goal": "Deltakeren kan forebygge fall.",
    "content": "Tre moduler.\nEn test.",
    "audience": "Ansatte i sykehjem",
    "summary": "Et kort kurs om fall.",
    "prerequisites": "Ingen",
    "produced_by": "Testperson Tau, fagsykepleier, Avdeling for fall, Sykehuset Innlandet",
    "time_needed": "45",
    "coordinator": "e-læringsansvarlig",
}


def codes(form: Mapping[str, str], context: Context = SI) -> list[tuple[str, str]]:
    return [(fault.values["field"], fault.code) for fault in read(form, context).faults]


def with_field(field: str, text: str) -> dict[str, str]:
    return {**VALID, field: text}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["form"]["full_name"])
def test_each_example_course_has_exactly_the_fault_it_was_made_for(example: dict[str, Any]) -> None:
    owner = PARTIES[example["owner"]]
    taken = "KD-2016-0002" if example["fault"] == "short_name_taken" else None
    context = replace(
        SI, owner=owner, elearning=(), today=date(2016, 11, 1), short_name_taken_by=taken
    )
    found = [fault.code for fault in read(example["form"], context).faults]
    assert found == ([example["fault"]] if example["fault"] else [])


def test_a_valid_form_gives_every_value_in_normal_form() -> None:
    judged = read(VALID, SI)
    assert judged.faults == judged.warnings == ()
    assert judged.values == {
        **VALID,
        "start_date": "2026-09-07",
        "home_page": "JA",
        "time_needed": "45 min",
    }


def test_values_in_normal_form_are_valid_and_stay_as_they_are() -> None:
    once = read(VALID, SI).values
    assert read(once, SI).values == once


def test_an_empty_form_names_every_missing_field_in_the_routines_order() -> None:
    assert codes({}) == [(name, f"{name}_missing") for name in COURSE_INFORMATION]


def test_only_required_and_given_fields_are_judged() -> None:
    order = replace(SI, owner=None, required=FORMS["order"].required)
    assert codes({"full_name": "Fallforebygging"}, order) == []
    assert codes({}, order) == [("full_name", "full_name_missing")]
    assert codes({"full_name": "Fall", "link": "http://x.example"}, order) == [
        ("link", "link_not_https")
    ]
    assert codes({"full_name": "Fall", "goal": "  "}, order) == []
    assert read({"full_name": "Fall", "routine": "x", "colour": "red"}, order).values == {
        "full_name": "Fall"
    }


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.name)
def test_every_required_field_has_words_for_being_missing(form: Any) -> None:
    judged = read({}, replace(SI, required=form.fields))
    for fault in judged.faults:
        for language in LANGUAGES:
            assert sentence(fault, language)
    assert {fault.values["field"] for fault in judged.faults} == set(FIELDS) - {
        "description",
        "routine",
    }


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("full_name", "x" * 255, "full_name_too_long"),
        ("full_name", "–", "full_name_missing"),
        ("short_name", "SI FALL", "short_name_spaces"),
        ("short_name", "x" * 101, "short_name_too_long"),
        ("start_date", "31.02.2027", "date_not_existing"),
        ("start_date", "12/31/2026", "date_order"),
        ("home_page", "NEI", "home_page_not_yes"),
        ("home_page", "", "home_page_missing"),
        ("goal", "...", "goal_missing"),
        ("prerequisites", "-", "prerequisites_missing"),
        ("time_needed", "0", "time_needed_not_positive"),
        ("time_needed", "0 min", "time_needed_not_positive"),
        ("time_needed", "-30 min", "time_needed_not_positive"),
        ("time_needed", "ca. –1 t", "time_needed_not_positive"),
        ("time_needed", "?", "time_needed_missing"),
        ("owner", "Ahuss", "unknown_party"),
        ("owner", "Ahus", "owner_differs"),
        ("licence", "CC", "licence_unclear"),
        ("licence", "CC BY-SA 4.0", "licence_needs_decision"),
        ("link", "http://kurs.example/1", "link_not_https"),
        ("link", "kurs", "link_not_https"),
    ],
)
def test_a_fault_in_one_field_is_that_fields_alone(field: str, text: str, code: str) -> None:
    judged = read(with_field(field, text), SI)
    assert [(fault.values["field"], fault.code) for fault in judged.faults] == [(field, code)]
    assert field not in judged.values
    for language in LANGUAGES:
        assert sentence(judged.faults[0], language)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("full_name", "x" * 254, "x" * 254),
        ("short_name", " SI-FALL1 ", "SI-FALL1"),
        ("category", "skulesektor", "Skolesektor"),
        ("home_page", "Ja.", "JA"),
        ("time_needed", "ca 1 t", "ca 1 t"),
        ("time_needed", "30-45 min", "30-45 min"),
        ("time_needed", "0,5 t", "0,5 t"),
        ("time_needed", "om lag ein time", "om lag ein time"),
        ("owner", "Sykehuset Innlandet HF", "si"),
        ("licence", "cc by-nc-sa", "CC BY-NC-SA"),
        ("licence", "CC BY-SA 4.0, vedtatt av eier", "CC BY-SA 4.0"),
        ("link", "https://kurs.example/1", "https://kurs.example/1"),
        ("exception", "Fagmiljøet er på ferie", "Fagmiljøet er på ferie"),
    ],
)
def test_what_is_in_order_comes_out_in_normal_form(field: str, text: str, value: str) -> None:
    judged = read(with_field(field, text), SI)
    assert judged.faults == ()
    assert judged.values[field] == value


def test_no_licence_is_in_order_and_gives_no_value() -> None:
    judged = read(with_field("licence", "ingen"), SI)
    assert judged.faults == ()
    assert "licence" not in judged.values


def test_a_taken_short_name_is_named_with_the_request_that_holds_it() -> None:
    judged = read(VALID, replace(SI, short_name_taken_by="KD-2026-0007"))
    assert sentence(judged.faults[0], "nn") == (
        "Kortnamnet «SI-FALL1» finst allereie i KS Læring (sak KD-2026-0007). Vel eit anna."
    )


def test_the_faults_read_like_the_letter_with_three_faults() -> None:
    form = VALID | {
        "short_name": "",
        "start_date": "31.02.2027",
        "produced_by": "Testperson Tau, fagsykepleier, Sykehuset Innlandet",
    }
    assert [sentence(fault, "nb") for fault in read(form, SI).faults] == [
        "Kursets kortnavn mangler. Velg et som ikke er brukt i KS Læring, for eksempel SI-FALL1.",
        "Dato for studiestart: «31.02.2027» finnes ikke. Skriv for eksempel 01.03.2027.",
        "Produsert av: trenger navn, stilling, avdeling og sykehus. "
        "Avdelingen ser ut til å mangle.",
    ]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("category", "HMS", "category_unknown"),
        ("summary", "Deltakeren kan forebygge fall.", "summary_repeats"),
        ("summary", "<b>Viktig</b> kurs", "markup"),
        ("content", "Om pasient 010190 12345", "identity_number"),
        ("licence", "CC BY-SA 4.0, vedtatt", "licence_decided"),
    ],
)
def test_what_is_odd_but_allowed_is_a_warning(field: str, text: str, code: str) -> None:
    judged = read(with_field(field, text), SI)
    assert judged.faults == ()
    assert [(w.values["field"], w.code) for w in judged.warnings] == [(field, code)]


def test_an_identity_number_is_never_repeated() -> None:
    judged = read(with_field("coordinator", "Pasient 01019012345"), SI)
    everything = f"{judged.values}{judged.faults}{judged.warnings}"
    assert "12345" not in everything
    assert "identity_number" in everything


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("https://kurs.example/mod?id=1#a", True),
        ("HTTPS://kurs.example", True),
        ("https://localhost/x", False),
        ("https://a b.example", False),
        ("https://kurs.example@evil.example", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_only_a_whole_https_address_is_a_link(link: str, good: bool) -> None:
    assert is_https(link) is good


def test_a_form_is_judged_anew_when_the_register_or_the_day_is_another() -> None:
    taken = replace(SI, short_name_taken_by="KD-2026-0001")
    closed = {name: party for name, party in PARTIES.items() if name != "si"}
    unknown = replace(SI, parties=closed)

    assert codes(VALID) == []
    assert ("short_name", "short_name_taken") in codes(VALID, taken)
    assert ("produced_by", "produced_by_other_hospital") in codes(VALID, unknown)
    assert codes(VALID) == []

"""Labels as people write them, and what each form asks for."""

from __future__ import annotations

import pytest

from engine.domain.fields import (
    COURSE_INFORMATION,
    FIELDS,
    FORMS,
    field_by_label,
)
from engine.domain.register.duties import DUTIES, duty_by_words
from engine.model import LANGUAGES
from engine.wording.names import DUTY_NAMES


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Fullt navn på kurset", "full_name"),
        ("**FULLT  NAVN på kurset:**", "full_name"),
        ("Kurs", "full_name"),
        ("- Kursets kortnavn :", "short_name"),
        ("Kortnamnet på kurset", "short_name"),
        ("* Studiekategori", "category"),
        ("• Dato for studiestart", "start_date"),
        ("Opprett heimeside", "home_page"),
        ("Opprett hjemmeside – JA", "home_page"),
        ("Kursbeskriving", "description"),
        ("Innhald", "content"),
        ("Målgruppe", "audience"),
        ("Kurssamandrag", "summary"),
        ("Føresetnader", "prerequisites"),
        ("9. Produsert av (navn, stilling, avdeling, sykehus):", "produced_by"),
        ("Tidsbruk", "time_needed"),
        ("Kurs-koordinator", None),
        ("Kurskoordinator", "coordinator"),
        ("Kurseigar", "owner"),
        ("Lenkje", "link"),
        ("Samhandlingseining", "liaison"),
        ("Unnatak", "exception"),
        ("Rutine", "routine"),
        ("full_name", "full_name"),
        ("Short name of the course", "short_name"),
        ("Ma\u030al", "goal"),  # å as two signs, as some Macs write it
        ("Hei", None),
        ("", None),
        (":", None),
        ("http", None),
    ],
)
def test_a_label_is_known_however_it_is_written(written: str, field: str | None) -> None:
    assert field_by_label(written) == field


def test_no_two_fields_share_a_label_or_a_synonym() -> None:
    for field in FIELDS.values():
        for text in (field.name, *field.labels.values(), *field.synonyms):
            assert field_by_label(text) == field.name, text


def test_every_field_has_a_label_in_every_language() -> None:
    for field in FIELDS.values():
        assert set(field.labels) == set(LANGUAGES)
    assert FIELDS["short_name"].labels["nn"] == "Kortnamnet på kurset"


def test_there_are_eleven_points_and_the_description_has_three_parts() -> None:
    parts = FIELDS["description"].parts
    assert parts == ("goal", "content", "audience")
    assert len(set(COURSE_INFORMATION) - set(parts)) + 1 == 11


def test_each_form_requires_what_its_routine_needs_and_takes_the_rest() -> None:
    assert FORMS["course_information"].required == COURSE_INFORMATION
    assert FORMS["order"].required == ("full_name",)
    assert FORMS["link"].required == ("full_name", "owner", "link")
    for form in FORMS.values():
        assert {*form.fields} == set(FIELDS) - {"description", "routine"}
        assert {*form.required} <= {*form.fields}


def test_there_are_twelve_duties_with_words_in_every_language() -> None:
    assert len(DUTIES) == 12
    assert DUTY_NAMES["elearning"]["nn"] == "e-læringsansvarleg"
    for duty in DUTIES:
        for language in LANGUAGES:
            assert duty_by_words(DUTY_NAMES[duty][language]) == duty


def test_a_duty_is_known_by_its_usual_words() -> None:
    assert duty_by_words("E-læringsansvarleg") == "elearning"
    assert duty_by_words("cooperation_unit") == "cooperation_unit"
    assert duty_by_words("vaktmester") is None

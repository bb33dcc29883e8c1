"""What letters of several routines share: numbered faults, opinions without words, whose label."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model import LANGUAGES, Language
from tests.unit.letter_cases import envelope, letters

LETTERS = letters()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_stands_on_a_line_of_its_own(language: Language) -> None:
    lines = LETTERS.text(envelope("form_faults", language)).splitlines()
    assert [line[:2] for line in lines[2:5]] == ["1.", "2.", "3."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opinion_without_words_says_so(language: Language) -> None:
    opinions: dict[str, Any] = {"opinions": [{"who": "fagmiljø", "text": ""}]}
    text = LETTERS.text(envelope("borrowing_submitted", language, opinions))
    assert ("> No remarks." if language == "en" else "> Ingen merknader.") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_permissions_that_remain_are_listed_with_the_word_to_answer_with(
    language: Language,
) -> None:
    text = LETTERS.text(envelope("permissions_open", language, {"parts_open": ["A", "B"]}))
    assert "\n- A\n- B\n" in text
    word = {"nb": "TILLATT", "nn": "TILLATE", "en": "PERMITTED"}[language]
    assert word in "\n".join(text.splitlines()[1:4])


@pytest.mark.parametrize(
    ("language", "last"),
    [("nb", "trengs én tillatelse til"), ("nn", "trengst det eitt løyve til"), ("en", "one more")],
)
def test_the_last_permission_is_not_called_several(language: Language, last: str) -> None:
    assert last in LETTERS.text(envelope("permissions_open", language, {"parts_open": ["A"]}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_without_an_owner_is_escalated_without_an_empty_name(language: Language) -> None:
    text = LETTERS.text(envelope("escalation", language, {"owner_name": ""}))
    assert "KS Læring" not in text
    assert " ," not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["remind", "lapse_warning"])
def test_a_reminder_names_the_lines_or_points_to_the_form(
    template: str, language: Language
) -> None:
    few = {"answers": [], "fault_labels": ["Tidsbruk"]}
    many = {"answers": [], "fault_labels": [f"Felt {n}" for n in range(6)]}
    assert "Tidsbruk:" in LETTERS.text(envelope(template, language, few)).splitlines()[1:5]
    assert "Felt 1:" not in LETTERS.text(envelope(template, language, many))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["no_contact", "suggestion_unanswered"])
def test_who_is_called_like_their_party_is_named_once(template: str, language: Language) -> None:
    changes: dict[str, Any] = {"intended_duty": "KS Læring", "extra": {"party": "KS Læring"}}
    text = LETTERS.text(envelope(template, language, {**changes, "course_name": "Fall"}))
    assert text.count("KS Læring") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_letter_of_an_order_says_where_the_course_is(language: Language) -> None:
    known = LETTERS.text(envelope("course_ready", language, {"link": "https://ks.example/1"}))
    assert "https://ks.example/1" in known
    unknown = LETTERS.text(envelope("course_ready", language, {"link": ""}))
    assert "SI-FALL1" in unknown
    assert "KS Læring" in unknown

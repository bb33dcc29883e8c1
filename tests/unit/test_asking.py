"""Each letter asks one question, kept as data: which events answer it, or JA."""

from __future__ import annotations

import pytest

from engine.model import LANGUAGES, Language
from engine.service.answering.asking import question_of
from notifiers.answers import Answers
from tests.unit.letter_cases import TEMPLATES, envelope

YES_OR_NO = frozenset(
    """ask_to_send confirm_answer confirm_opening delegate import_confirm order_to_confirm
    register_confirm substitute suggestion""".split()
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_letters_that_ask_for_it_are_answered_by_a_yes(language: Language) -> None:
    letters = {name: envelope(name, language).variables for name in TEMPLATES}
    asked = {name for name, variables in letters.items() if question_of(name, variables).yes}
    assert asked == YES_OR_NO


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_events_of_a_question_are_those_that_the_letter_offers(language: Language) -> None:
    for name in TEMPLATES:
        rows = envelope(name, language).variables["answers"]
        offered = {row["event"] for row in rows if Answers(rows, language).word(row["event"])}
        assert set(question_of(name, {"answers": rows}).events) == offered - {"", "yes"}, name

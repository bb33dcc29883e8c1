"""The proof of letters: no text uses what nobody gives it; and how long all proofs may take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from engine.calendar import Calendar
from engine.check import Names, check
from engine.definition import read
from engine.errors import SettingsError
from engine.model import LANGUAGES, Language
from engine.plan.variables import EMPTY
from notifiers.render import TemplateLetters

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "notifiers" / "templates"
TEXT = (ROOT / "workflows" / "hf_to_ks.yaml").read_text(encoding="utf-8")
OF_RENDERING_ALONE = {"done", "not_done"}
LIMIT = 1.0 if sys.gettrace() is None else 6.0
"""Seconds of CPU; measuring coverage makes everything some times slower."""
Uses = Callable[[Language, str], frozenset[str]]


def own(folder: Path) -> TemplateLetters:
    """The letters of a site whose own texts lie in `folder`."""
    return TemplateLetters(sender="a@b.example", reply_to="", site_mark="", templates=[folder])


def problems(names: Names, calendar: Calendar, uses: Uses) -> list[tuple[str, str]]:
    """(rule, message) of each problem when letters need what `uses` says."""
    given = replace(names, variables=frozenset(EMPTY), uses=uses)
    found = check(read.workflow(TEXT, "hf_to_ks.yaml"), given, calendar).problems
    return [(problem.rule, problem.message) for problem in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_s_own_letters_use_only_what_every_letter_is_given(language: Language) -> None:
    letters = own(TEMPLATES)
    given = set(EMPTY) | {"kept.ends_on"}

    for name in sorted(letters.templates(language)):
        assert letters.uses(language, name) <= given | OF_RENDERING_ALONE, name


def test_the_program_s_own_letters_are_not_read_for_each_site(tmp_path: Path) -> None:
    assert own(tmp_path).uses("nb", "receipt") == frozenset()


def test_what_a_text_sets_or_brings_in_itself_is_not_needed(tmp_path: Path) -> None:
    (tmp_path / "nb").mkdir()
    text = (
        "Emne: {{ title }}\n\n{% import 'nb/_parts.txt' as parts with context %}"
        "{% set mine = 1 %}{{ mine }}{% for x in opinions %}{{ x.who }}{% endfor %}"
        "{% if note %}{% set open = 1 %}{{ open }}{% else %}{{ note }}{% endif %}"
        "{{ kept.held_on|day }}{{ noted }}{{ word('accept') }}"
    )
    (tmp_path / "nb" / "own.txt").write_text(text, encoding="utf-8")

    assert own(tmp_path).uses("nb", "own") == {"opinions", "kept", "kept.held_on", "note", "noted"}


def test_a_variable_that_nobody_gives_is_found(known_names: Names, no_calendar: Calendar) -> None:
    def uses(language: Language, template: str) -> frozenset[str]:
        wrong = (language, template) == ("nn", "label_wanted")
        return frozenset({"note", "lable"} if wrong else {"kept.ends_on", "label"})

    assert problems(known_names, no_calendar, uses) == [
        (
            "letter-variable",
            "the letter «label_wanted» in nn uses «lable», which no letter has;"
            " did you mean «label»?",
        )
    ]


def test_a_day_that_the_routine_never_keeps_is_found(
    known_names: Names, no_calendar: Calendar
) -> None:
    def uses(language: Language, template: str) -> frozenset[str]:
        return frozenset({"kept.end_on"} if (language, template) == ("nb", "remind") else ())

    ((rule, message),) = problems(known_names, no_calendar, uses)
    assert rule == "letter-variable"
    assert "«kept.end_on»" in message
    assert "did you mean «kept.ends_on»?" in message


def test_a_text_that_cannot_be_read_is_found(known_names: Names, no_calendar: Calendar) -> None:
    def uses(language: Language, template: str) -> frozenset[str]:
        if (language, template) == ("en", "receipt"):
            raise SettingsError("template en/receipt.txt, line 3: unexpected end")
        return frozenset()

    assert problems(known_names, no_calendar, uses) == [
        ("letter-unreadable", "template en/receipt.txt, line 3: unexpected end")
    ]


def test_all_shipped_routines_are_proved_in_less_than_a_second(
    known_names: Names, no_calendar: Calendar
) -> None:
    files = sorted((ROOT / "workflows").glob("*_*.yaml"))
    started = process_time()
    for file in files:
        check(read.workflow(file.read_bytes(), file.name), known_names, no_calendar)

    assert process_time() - started < LIMIT

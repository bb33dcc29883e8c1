"""What the tests of the workflow language share: the shipped file, and how to spoil it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import Calendar
from engine.check import Names
from engine.domain.fields import FORMS
from engine.domain.words import GENERAL
from engine.model import LANGUAGES
from workflows.guards import GUARDS

WORKFLOWS = Path(__file__).parents[2] / "workflows"
TEMPLATES = Path(__file__).parents[2] / "notifiers" / "templates"


@pytest.fixture(scope="session")
def hf_text() -> str:
    """The text of the shipped hf_to_ks.yaml."""
    return (WORKFLOWS / "hf_to_ks.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def spoil(hf_text: str) -> Callable[[str, str], str]:
    """Replaces the first occurrence of a piece of the shipped file, which must be there."""

    def spoiled(old: str, new: str) -> str:
        assert old in hf_text, old
        return hf_text.replace(old, new, 1)

    return spoiled


@pytest.fixture(scope="session")
def no_calendar() -> Calendar:
    """A calendar that knows the fixed holidays of 2011 to 2020."""
    days = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
    holidays = frozenset(date(year, *day) for year in range(2011, 2021) for day in days)
    return Calendar(name="no", version="test", holidays=holidays)


@pytest.fixture(scope="session")
def known_names() -> Names:
    """The guards, letters, forms and words that the program has."""
    return Names(
        guards=frozenset(GUARDS),
        letters={
            language: frozenset(path.stem for path in (TEMPLATES / language).glob("*.txt"))
            for language in LANGUAGES
        },
        forms=frozenset(FORMS),
        general_words={
            language: frozenset(word for words in GENERAL.values() for word in words[language])
            for language in LANGUAGES
        },
    )

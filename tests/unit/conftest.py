"""What the tests of the workflow language share: the shipped file, and how to spoil it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from engine.calendar import Calendar
from engine.check import Names
from engine.definition import read
from engine.model import LANGUAGES

WORKFLOWS = Path(__file__).parents[2] / "workflows"
GUARDS = (
    *("course_information_complete", "owner_owns_course", "agreement_in_force"),
    *("opinions_or_reason", "only_opinions_missing", "same_as_who_ended", "not_who_ended"),
    *("end_date_ahead", "was_submitted"),
)
ENGINE_LETTERS = ("answer", "confirm_opening", "form_faults", "remind", "escalation")


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
def known_names(hf_text: str) -> Names:
    """The allowlists under which the shipped file is without problems."""
    workflow = read.workflow(hf_text, "hf_to_ks.yaml")
    ordered = {order.template for event in workflow.events.values() for order in event.letters}
    sent = {t.target for timers in workflow.timers.values() for t in timers if t.action == "send"}
    letters = frozenset({*ordered, *sent, *ENGINE_LETTERS})
    return Names(
        guards=frozenset(GUARDS),
        letters=dict.fromkeys(LANGUAGES, letters),
        forms=frozenset({"course_information", "order", "link"}),
        general_words={
            "nb": frozenset({"STATUS", "HJELP", "STOPP", "JA"}),
            "nn": frozenset({"STATUS", "HJELP", "STOPP", "JA"}),
            "en": frozenset({"STATUS", "HELP", "STOP", "YES"}),
        },
    )

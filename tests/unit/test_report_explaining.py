"""What has happened and what comes, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.calendar import OSLO
from engine.model import LANGUAGES, Language
from engine.report.explaining import comes, happened

AT = datetime(2026, 3, 5, 9, 15, tzinfo=UTC).astimezone(OSLO)


def told(language: Language, *, note: str = "", role: str = "platform") -> str:
    return happened(
        at=AT,
        event="reject",
        state="Avslått",
        role=role,
        party="ks-laering",
        cause=("mail", "7"),
        note=note,
        language=language,
    )


def test_an_event_is_told_with_time_actor_cause_and_words() -> None:
    assert told("nb", note="Finnes\nfra før") == (
        "torsdag 5. mars 2026 kl. 10.15: reject av KS Læring, ks-laering (e-post 7). "
        "Saken sto da som «Avslått». «Finnes fra før»"
    )


def test_a_role_that_only_a_sites_own_file_knows_is_told_by_its_name() -> None:
    assert "by printer, ks-laering" in told("en", role="printer")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", ["remind", "send", "escalate", "fire"])
def test_every_deadline_is_told_in_every_language(action: str, language: Language) -> None:
    text = comes(action, "give_up", ("owner", "borrower"), "after 5 working days", language)

    assert text
    assert "{" not in text


def test_a_reminder_names_who_gets_it_and_by_which_rule() -> None:
    assert comes("remind", "", ("owner", "borrower"), "after 5 working days", "nb") == (
        "påminnelse til kurseieren og låneren (etter 5 arbeidsdager)"
    )


def test_a_rule_in_words_of_its_own_is_told_as_it_stands() -> None:
    assert "(10 days before give_up)" in comes(
        "send", "lapse_warning", ("owner",), "10 days before give_up", "en"
    )

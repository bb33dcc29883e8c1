"""What has happened and what comes, in sentences."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.calendar import OSLO
from engine.model import LANGUAGES, Language
from engine.report.explaining import comes, happened

AT = datetime(2026, 3, 5, 9, 15, tzinfo=UTC).astimezone(OSLO)


def told(
    language: Language,
    *,
    act: str = "word",
    note: str = "",
    role: str = "owner",
    party: str = "OUS",
) -> str:
    return happened(
        at=AT,
        act=act,
        word="AVSLÅTT",
        state="Avslått",
        role=role,
        party=party,
        cause=("mail", "7"),
        note=note,
        language=language,
    )


def test_an_event_is_told_with_time_actor_cause_and_words() -> None:
    assert told("nb", note="Finnes\nfra før") == (
        "torsdag 5. mars 2026 kl. 10.15: kurseieren (OUS) svarte AVSLÅTT (e-post 7). "
        "Saken sto da som «Avslått». «Finnes fra før»"
    )


def test_a_role_that_only_a_sites_own_file_knows_is_told_by_its_name() -> None:
    assert "printer (OUS) answered AVSLÅTT" in told("en", role="printer")


def test_a_party_that_is_called_like_its_role_is_named_once() -> None:
    assert "10.15: KS Læring svarte" in told("nn", role="platform", party="KS Læring")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happens_by_itself_is_told_without_the_event_s_name(language: Language) -> None:
    acts = {told(language, act="give_up", role=role) for role in ("system", "time", "owner")}
    acts |= {
        told(language, act=a) for a in ("open", "form", "undo", "correct", "reopen", "imported")
    }
    assert len(acts) == 9
    assert not any("give_up" in text or "{" in text for text in acts)


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

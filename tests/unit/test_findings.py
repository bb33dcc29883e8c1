"""What `doctor` and `contact check` say, in every language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.model import LANGUAGES
from engine.service.upkeep.health_store import Finding, finding
from engine.wording.catalogue import asked_for, texts
from engine.wording.findings import found
from tests.unit.test_wording import BOKMAAL_ONLY, NYNORSK_ONLY


@pytest.mark.parametrize("code", sorted(texts("findings", "nb")))
def test_every_finding_holds_the_same_values_in_every_language(code: str) -> None:
    used = [asked_for(texts("findings", language)[code]) for language in LANGUAGES]
    assert used[0] == used[1] == used[2]
    values = dict.fromkeys(used[0], "X")
    assert all(found(code, values, language) for language in LANGUAGES)


@pytest.mark.parametrize("code", sorted(texts("findings", "nb")))
def test_no_finding_mixes_the_written_standards(code: str) -> None:
    assert not NYNORSK_ONLY.search(texts("findings", "nb")[code].lower())
    assert not BOKMAAL_ONLY.search(texts("findings", "nn")[code].lower())


def test_what_another_program_says_is_the_same_in_every_language() -> None:
    assert Finding("mailbox", "broken", "no route to host").in_words("nn") == "no route to host"
    ours = finding("letters", "warning", "letters_held", count=3)
    assert ours.what == "3 are held: letter release"
    assert ours.in_words("nn") == "3 blir haldne tilbake: letter release"


def test_an_instant_is_told_in_the_readers_words_and_clock() -> None:
    paused = finding(
        "letters", "broken", "paused", since=datetime(2026, 11, 30, 7, 5, tzinfo=UTC), why=""
    )
    told = paused.in_words("nb")
    assert told == "ingenting sendes siden mandag 30. november 2026 kl. 08.05: letter resume"

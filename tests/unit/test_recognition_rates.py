"""Of machine mail at least 96 % is known, and of ordinary mail at most 1 % taken for it."""

from __future__ import annotations

import pytest

from tests.corpus.measure import corpus, lines, pythons, rates

KNOWN = 0.96
MISTAKEN = 0.01


@pytest.mark.parametrize("source", [corpus, lines, pythons])
def test_machine_mail_is_known_source_by_source(source: object) -> None:
    assert callable(source)
    found = rates(source())
    assert found.known >= KNOWN or not found.machines, found.missed


def test_ordinary_mail_is_hardly_ever_mistaken() -> None:
    found = rates([*corpus(), *lines(), *pythons()])
    assert found.people > 100
    assert found.wronged <= MISTAKEN, found.mistaken

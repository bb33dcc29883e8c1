"""Every letter reads as it was reviewed, in all three languages; `make snapshots` renews them."""

from __future__ import annotations

import pytest

from engine.model import LANGUAGES, Language
from tests.unit.letter_cases import TEMPLATES
from tests.unit.letter_snapshots import FOLDER, file_of, snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_a_letter_reads_as_it_was_reviewed(template: str, language: Language) -> None:
    assert snapshot(template, language) == file_of(template, language).read_text(encoding="utf-8")


def test_there_is_a_snapshot_of_each_letter_and_of_nothing_else() -> None:
    there = {(file.stem, file.parent.name) for file in FOLDER.glob("*/*")}
    assert there == {(template, language) for template in TEMPLATES for language in LANGUAGES}

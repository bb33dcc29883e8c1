"""Every letter reads as it was reviewed, in all three languages; `make snapshots` renews them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest

from engine.model import LANGUAGES, Language
from engine.service.trials.preview import named
from tests.integration.letter_snapshots import (
    BETWEEN,
    FOLDER,
    FORM,
    file_of,
    played,
    routines,
    snapshot,
)  # fmt: skip
from tests.rows import each_of
from tests.unit.letter_cases import TEMPLATES
from tests.unit.test_letters_text import BOKMAAL_ONLY, LONGEST, NYNORSK_ONLY, words_of

OPINIONS: dict[Language, str] = {"nb": "Uttalelser", "nn": "Fråsegner", "en": "Opinions"}
NOT_OURS = re.compile(r"^(?:>.*|\d+\. .*|[^.?!]{1,60}:)$", re.MULTILINE)
"""What somebody has written, what is wrong with it, and the lines to fill in."""


@each_of(product(sorted(TEMPLATES), LANGUAGES))
def test_a_letter_reads_as_it_was_reviewed(template: str, language: Language) -> None:
    assert snapshot(template, language) == file_of(template, language).read_text(encoding="utf-8")


def test_there_is_a_snapshot_of_each_letter_and_of_nothing_else() -> None:
    there = {(file.stem, file.parent.name) for file in FOLDER.glob("*/*")}
    assert there == {(template, language) for template in TEMPLATES for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_that_a_routine_names_comes_when_it_is_played(language: Language) -> None:
    wanted = {letter for workflow in routines() for letter in named(workflow)}
    assert wanted <= {each.template for each in played(language)}


def letters_of(language: Language) -> Iterator[tuple[str, str, str]]:
    """Each reviewed letter in the language: its name, its subject, and all that it says."""
    for file in sorted((FOLDER / language).glob("*.txt")):
        for letter in file.read_text(encoding="utf-8").split(BETWEEN):
            subject, _, text = letter.partition("\n\n")
            yield file.stem, subject, re.sub(r"^(\[.*\]|\+ .*)\n?", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_the_routines_is_longer_than_130_words_before_the_form(
    language: Language,
) -> None:
    for name, _, text in letters_of(language):
        before = text.partition(f"\n{FORM[language]}\n")[0]
        ours = NOT_OURS.sub("", before.partition(f"\n{OPINIONS[language]}\n")[0])
        # One that holds several is as long as these, and each is looked at by itself.
        assert name == "told" or len(ours.split()) <= LONGEST, name


@pytest.mark.parametrize(("language", "foreign"), [("nn", BOKMAAL_ONLY), ("nb", NYNORSK_ONLY)])
def test_letters_of_the_routines_keep_to_their_own_norwegian(
    language: Language, foreign: frozenset[str]
) -> None:
    # «Linjene» is nynorsk too; «fra» stands in the label of what comes from the municipalities.
    exempt = {"linjene"}
    for name, subject, text in letters_of(language):
        said = f"{subject}\n{text}".replace("delt fra KS", "")
        assert words_of(said) & (foreign - exempt) == set(), name

"""Letters: each text can be read, and uses no variable that nobody gives it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.findings import Names, found
from engine.check.resolving import wanted_letters
from engine.definition.problems import did_you_mean
from engine.definition.types import Workflow
from engine.errors import SettingsError
from engine.model import LANGUAGES, Problem

KEPT = "kept."


def letter_texts(workflow: Workflow, names: Names) -> Iterator[Problem]:
    """Problems with the texts of the letters that the routine can come to write."""
    given = names.variables | _kept(workflow)
    wanted = {letter: mark for mark, letter in wanted_letters(workflow)}
    for letter, mark in wanted.items():
        for language in LANGUAGES:
            if letter not in names.letters.get(language, ()):
                # That it does not exist is said where names are resolved.
                continue
            try:
                unknown = sorted(names.uses(language, letter) - given)
            except SettingsError as error:
                yield found(workflow, mark, "letter-unreadable", str(error))
                continue
            for name in unknown:
                hint = did_you_mean(name, given)
                yield found(
                    workflow,
                    mark,
                    "letter-variable",
                    f"the letter «{letter}» in {language} uses «{name}», which no letter has{hint}",
                )


def _kept(workflow: Workflow) -> frozenset[str]:
    return frozenset(
        f"{KEPT}{keep.name}"
        for event in workflow.events.values()
        for keep in event.keeps
        if keep.kind in ("day", "text", "link")
    )

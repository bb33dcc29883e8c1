"""What a check is given besides the file, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from engine.definition.types import Mark, Workflow
from engine.model import Language, Problem


def _nothing(language: Language, template: str) -> frozenset[str]:
    return frozenset()


class Names(Struct, frozen=True, kw_only=True):
    """The allowlists that names in a workflow file are resolved against."""

    guards: frozenset[str]
    """Conditions of events and of letters."""
    letters: Mapping[Language, frozenset[str]]
    """The templates that exist in each language."""
    forms: frozenset[str]
    general_words: Mapping[Language, frozenset[str]]
    """Words that the engine itself answers to (STATUS, HJELP, …) and that no event may take.

    A word of the engine's that an event may go before (ANGRE in `ending`) is not among them.
    """
    variables: frozenset[str] = frozenset()
    """What every letter is given."""
    uses: Callable[[Language, str], frozenset[str]] = _nothing
    """(language, template) → the variables that its text needs, a kept one as `kept.NAME`;
    SettingsError for a text that cannot be read.
    """


class Findings(Struct, frozen=True, kw_only=True):
    """Every problem of one workflow, and how long it can be silent before it ends or escalates."""

    problems: tuple[Problem, ...]
    longest_silence_days: int
    """0 when nothing waits, and when a problem says that silence has no end."""


def found(workflow: Workflow, mark: Mark, rule: str, message: str) -> Problem:
    """A problem at a place of the workflow's file."""
    return Problem(
        file=workflow.file, line=mark.line, column=mark.column, rule=rule, message=message
    )


def mark_of(workflow: Workflow, event: str, key: str) -> Mark:
    """Where a key of an event stands; the event itself if the key is not there."""
    known = workflow.events[event]
    return known.marks.get(key, known.mark)

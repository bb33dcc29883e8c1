"""Proofs about a workflow: what is claimed in its file holds before it may run."""

from __future__ import annotations

from itertools import chain, islice

from engine.calendar import Calendar
from engine.check.findings import Findings, Names
from engine.check.labels import labels
from engine.check.letters import letter_texts
from engine.check.opening import opening
from engine.check.paths import graph
from engine.check.phrases import phrases
from engine.check.resolving import names_resolve
from engine.check.silence import silence
from engine.check.waiting import waiting
from engine.check.words import words
from engine.definition.problems import AT_MOST, in_order
from engine.definition.types import Workflow

__all__ = ["Findings", "Names", "check"]


def check(workflow: Workflow, names: Names, calendar: Calendar) -> Findings:
    """Every problem of a workflow that was read without any, and its longest silence.

    Stops after so many problems as reading does. Raises ValueError when the calendar does not
    reach as far as the timers.
    """
    silent, longest = silence(workflow, calendar)
    proofs = chain(
        names_resolve(workflow, names),
        letter_texts(workflow, names),
        graph(workflow),
        opening(workflow),
        words(workflow, names),
        phrases(workflow),
        labels(workflow),
        waiting(workflow),
        silent,
    )
    problems = tuple(islice(proofs, AT_MOST))
    return Findings(problems=in_order(problems), longest_silence_days=0 if problems else longest)

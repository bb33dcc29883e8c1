"""Proofs about a workflow: what is claimed in its file holds before it may run."""

from __future__ import annotations

from engine.calendar import Calendar
from engine.check.findings import Findings, Names, found
from engine.check.labels import labels
from engine.check.opening import opening
from engine.check.paths import graph
from engine.check.resolving import names_resolve
from engine.check.silence import silence
from engine.check.waiting import waiting
from engine.check.words import words
from engine.definition.problems import in_order
from engine.definition.types import Mark, Workflow
from engine.machine import proof_of_table

__all__ = ["Findings", "Names", "check"]


def check(workflow: Workflow, names: Names, calendar: Calendar) -> Findings:
    """Every problem of a workflow that was read without any, and its longest silence.

    Names are resolved against the allowlists before `transitions` sees the file. Raises ValueError
    when the calendar does not reach as far as the timers.
    """
    silent, longest = silence(workflow, calendar)
    problems = [
        *names_resolve(workflow, names),
        *graph(workflow),
        *opening(workflow),
        *words(workflow, names),
        *labels(workflow),
        *waiting(workflow),
        *silent,
        *(
            found(workflow, Mark(1, 1), "table-differs", disagreement)
            for disagreement in proof_of_table(workflow)
        ),
    ]
    return Findings(problems=in_order(problems), longest_silence_days=0 if problems else longest)

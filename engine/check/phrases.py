"""Own words: what may never be suggested has none, and every phrase can be understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from engine.check.findings import found, mark_of
from engine.check.paths import way_to
from engine.check.words import may_be_one_person
from engine.definition.types import Event, Workflow
from engine.model import Problem

KEPT_BY_WORDS = frozenset({"form", "opinion", "confirmed", "settled"})
"""What an event may keep though nothing but own words came with it."""


def phrases(workflow: Workflow) -> Iterator[Problem]:
    """Problems with people's own words: INTERFACE §5 says what is never suggested."""
    for event in workflow.events.values():
        if event.phrases:
            yield from _too_far(workflow, event)
            yield from _of_one(workflow, event)
    for state in workflow.states:
        here = [e for e in workflow.events.values() if e.phrases and state in e.sources]
        for first, second in combinations(here, 2):
            yield from _clash(workflow, state, first, second)


def _too_far(workflow: Workflow, event: Event) -> Iterator[Problem]:
    for source in event.sources:
        target = event.target(source)
        ends = workflow.states[target].final
        if ends or (workflow.states[source].label and target != source):
            why = f"ends in «{target}»" if ends else f"moves a share out of «{source}»"
            yield found(
                workflow,
                mark_of(workflow, event.name, "phrases"),
                "phrases-too-far",
                f"«{event.name}» {why}, so it takes its mail word: own words never mean it"
                f"{way_to(workflow, source)}",
            )
            return


def _of_one(workflow: Workflow, event: Event) -> Iterator[Problem]:
    mark = mark_of(workflow, event.name, "phrases")
    for keep in event.keeps:
        if keep.kind not in KEPT_BY_WORDS and not keep.optional:
            yield found(
                workflow,
                mark,
                "phrases-too-little",
                f"«{event.name}» keeps «{keep.name}», which own words do not give",
            )


def _clash(workflow: Workflow, state: str, first: Event, second: Event) -> Iterator[Problem]:
    mine, other = _folded(first), _folded(second)
    both = [phrase for key, phrase in mine.items() if key in other]
    people = [
        (one, two) for one in first.by for two in second.by if may_be_one_person(workflow, one, two)
    ]
    if both and people:
        yield found(
            workflow,
            mark_of(workflow, second.name, "phrases"),
            "phrase-clash",
            f"in «{state}», «{both[0]}» may mean both {first.name} and {second.name}"
            f"{way_to(workflow, state)}",
        )


def _folded(event: Event) -> Mapping[str, str]:
    return {phrase.casefold(): phrase for said in event.phrases.values() for phrase in said}

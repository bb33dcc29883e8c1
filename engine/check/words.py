"""Mail words: in one state, one word from one person may mean only one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

from engine.check.findings import Names, found, mark_of
from engine.check.paths import way_to
from engine.definition.types import TIME, Event, Role, Workflow
from engine.model import Problem


def words(workflow: Workflow, names: Names) -> Iterator[Problem]:
    """Problems with mail words: two meanings for the same person, and words of the engine's own."""
    general = {word.casefold() for taken in names.general_words.values() for word in taken}
    for event in workflow.events.values():
        for key, word in _words(event).items():
            if key in general:
                yield found(
                    workflow,
                    mark_of(workflow, event.name, "says"),
                    "word-taken",
                    f"«{word}» is a word of the program's own: «{event.name}» cannot have it",
                )
    for state in workflow.states:
        here = [event for event in workflow.events.values() if state in event.sources]
        for first, second in combinations(here, 2):
            yield from _clash(workflow, state, first, second)


def _clash(workflow: Workflow, state: str, first: Event, second: Event) -> Iterator[Problem]:
    # The words of all three languages are always accepted, whatever the writer's own is.
    mine, other = _words(first), _words(second)
    both = [word for key, word in mine.items() if key in other]
    if not both:
        return
    for one, two in product(first.by, second.by):
        if may_be_one_person(workflow, one, two):
            people = f"«{one}»" if one == two else f"«{one}» and «{two}», who can be the same"
            yield found(
                workflow,
                mark_of(workflow, second.name, "says"),
                "word-clash",
                f"in «{state}», «{both[0]}» means both {first.name} and {second.name}"
                f" for {people}{way_to(workflow, state)}",
            )
            return


def _words(event: Event) -> Mapping[str, str]:
    return {word.casefold(): word for said in event.says.values() for word in said}


def may_be_one_person(workflow: Workflow, one: str, two: str) -> bool:
    """Whether one contact can hold both roles for the same request; time is nobody."""
    if TIME in (one, two):
        return False
    first, second = workflow.roles[one], workflow.roles[two]
    if first.side != second.side or not set(first.duties) & set(second.duties):
        return False
    return _may_be_one_party(_party(workflow, first), _party(workflow, second))


def _party(workflow: Workflow, role: Role) -> tuple[str, str]:
    """Whether the role's party is fixed or only known for each request, and which it is."""
    if role.of is None:
        return "fixed", role.party or ""
    given = workflow.opens_with.parties.get(role.of, "form")
    return ("open", role.of) if given in ("sender", "form") else ("fixed", given)


def _may_be_one_party(first: tuple[str, str], second: tuple[str, str]) -> bool:
    if first == second:
        return True
    if first[0] == second[0] == "fixed":
        return False
    # Nobody borrows or orders from themselves, so the owner is never the other relation.
    return first[0] != second[0] or "owner" not in (first[1], second[1])

"""The label: borne exactly while the course is shared, and ended by nobody but its two parties."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.findings import found, mark_of
from engine.check.paths import Move, moves, shortest, told, way_to
from engine.definition.types import State, Workflow
from engine.domain.labels import LABELS, direction_of
from engine.model import Problem

ENDING_RELATIONS = ("owner", "borrower")
"""Who may end a share (R8), and who puts the label on."""


def labels(workflow: Workflow) -> Iterator[Problem]:
    """Problems with labels; a routine without any is about no course and has none."""
    labelled = [state for state in workflow.states.values() if state.label]
    if not labelled:
        return
    yield from _states(workflow, labelled)
    yield from _directions(workflow, labelled)
    names = frozenset(state.name for state in labelled)
    for move in moves(workflow):
        if move.source not in names and move.target in names:
            yield from _entering(workflow, move)
        if move.source in names and move.target not in names:
            yield from _leaving(workflow, move)
        if move.source in names and _rests(workflow.states[move.source]):
            yield from _beginning_of_the_end(workflow, move)


def _rests(state: State) -> bool:
    return not state.final and not state.waits_for


def _states(workflow: Workflow, labelled: list[State]) -> Iterator[Problem]:
    for state in workflow.states.values():
        if _rests(state) and not state.label:
            yield found(
                workflow,
                state.mark,
                "label-missing",
                f"«{state.name}» rests as a shared course does, but bears no label"
                f"{way_to(workflow, state.name)}",
            )
    for state in labelled:
        if state.final:
            yield found(
                workflow,
                state.mark,
                "label-stays",
                f"«{state.name}» is final, so no share is left for its label"
                f"{way_to(workflow, state.name)}",
            )
        if state.label != labelled[0].label:
            yield found(
                workflow,
                state.mark,
                "label-differs",
                f"«{state.name}» bears another label than «{labelled[0].name}»",
            )


def _directions(workflow: Workflow, labelled: list[State]) -> Iterator[Problem]:
    sides = {role.side for role in workflow.roles.values() if role.of == "owner"}
    for state in labelled:
        if state.label not in LABELS:
            # That there is no such label is said where names are resolved.
            continue
        lender = "trust" if direction_of(state.label) == "to_ks" else "municipal"
        if sides - {lender}:
            yield found(
                workflow,
                state.mark,
                "label-direction",
                f"«{state.label}» is for a course whose owner is on the {lender} side,"
                f" but here the owner is on the {', '.join(sorted(sides))} side",
            )


def _entering(workflow: Workflow, move: Move) -> Iterator[Problem]:
    if not _rests(workflow.states[move.target]):
        yield found(
            workflow,
            workflow.states[move.target].mark,
            "label-too-early",
            f"«{move.target}» bears the label before the course was shared"
            f" (shortest path: {_path_with(workflow, move)})",
        )
    elif not _by_the_two(workflow, move.event):
        yield found(
            workflow,
            mark_of(workflow, move.event, "by"),
            "label-by-others",
            f"«{move.event}» puts the label on, which is the owner's or the borrower's to do"
            f" (shortest path: {_path_with(workflow, move)})",
        )


def _leaving(workflow: Workflow, move: Move) -> Iterator[Problem]:
    if not workflow.states[move.target].final:
        yield found(
            workflow,
            workflow.states[move.target].mark,
            "label-lost",
            f"«{move.event}» takes the label from a share that has not ended"
            f" (shortest path: {_path_with(workflow, move)})",
        )


def _beginning_of_the_end(workflow: Workflow, move: Move) -> Iterator[Problem]:
    if not _by_the_two(workflow, move.event):
        yield found(
            workflow,
            mark_of(workflow, move.event, "by"),
            "ended-by-others",
            f"«{move.event}» can begin the end of a share, which only the owner's or the"
            f" borrower's act may (shortest path: {_path_with(workflow, move)})",
        )


def _by_the_two(workflow: Workflow, event: str) -> bool:
    roles = (workflow.roles.get(name) for name in workflow.events[event].by)
    return all(role is not None and role.of in ENDING_RELATIONS for role in roles)


def _path_with(workflow: Workflow, move: Move) -> str:
    return told((*shortest(workflow).get(move.source, ("…",)), move.event))

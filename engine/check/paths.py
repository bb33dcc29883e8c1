"""The states as a graph: what is reachable, what comes to an end, and the shortest way there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from msgspec import Struct

from engine.check.findings import found
from engine.definition.types import Workflow
from engine.model import Problem


class Move(Struct, frozen=True):
    """One event that leads from a state to another one."""

    event: str
    source: str
    target: str


def moves(workflow: Workflow) -> tuple[Move, ...]:
    """Every move of the workflow but those that stay, in the order of the file."""
    return tuple(
        Move(event.name, source, target)
        for event in workflow.events.values()
        for source in event.sources
        for target in event.targets(source)
        if target != source
    )


def shortest(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    """By reachable state, the fewest events that lead there from opening; what goes back leads to
    no state that was not there before.
    """
    begin = workflow.opens_with.state
    paths: dict[str, tuple[str, ...]] = {begin: ()}
    waiting = deque([begin])
    ways: dict[str, list[Move]] = {}
    for move in moves(workflow):
        if workflow.events[move.event].back:
            continue
        ways.setdefault(move.source, []).append(move)
    while waiting:
        state = waiting.popleft()
        for move in ways.get(state, ()):
            if move.target not in paths:
                paths[move.target] = (*paths[state], move.event)
                waiting.append(move.target)
    return paths


def ending_states(workflow: Workflow) -> frozenset[str]:
    """The states from which some path reaches a final state, those included."""
    found_states = {state.name for state in workflow.states.values() if state.final}
    ways = moves(workflow)
    grown = True
    while grown:
        before = len(found_states)
        found_states |= {move.source for move in ways if move.target in found_states}
        grown = len(found_states) > before
    return frozenset(found_states)


def told(path: tuple[str, ...]) -> str:
    """A path of events for a message: `opening → submit → accept`."""
    return " → ".join(("opening", *path))


def way_to(workflow: Workflow, state: str) -> str:
    """How a request gets into a state by the fewest events, to end a message with."""
    path = shortest(workflow).get(state)
    return "" if path is None else f" (shortest path: {told(path)})"


def graph(workflow: Workflow) -> Iterator[Problem]:
    """Problems with the shape: unreachable states, no way out, and final states that go on."""
    reachable = shortest(workflow)
    ending = ending_states(workflow)
    for state in workflow.states.values():
        if state.name not in reachable:
            yield found(
                workflow,
                state.mark,
                "unreachable",
                f"no path leads from «{workflow.opens_with.state}» to «{state.name}»",
            )
        if state.name not in ending:
            yield found(
                workflow,
                state.mark,
                "never-ends",
                f"no path leads from «{state.name}» to a final state{way_to(workflow, state.name)}",
            )
    yield from _final_states(workflow)


def _final_states(workflow: Workflow) -> Iterator[Problem]:
    for event in workflow.events.values():
        for source in event.sources:
            # What stays where it is, as a correction of what was received, leaves nothing.
            if workflow.states[source].final and event.to is not None:
                yield found(
                    workflow,
                    event.marks.get("from", event.mark),
                    "final-goes-on",
                    f"«{event.name}» leaves «{source}», which is final{way_to(workflow, source)}",
                )
    for name, timers in workflow.timers.items():
        if timers and workflow.states[name].final:
            yield found(
                workflow, timers[0].mark, "final-goes-on", f"«{name}» is final and needs no timers"
            )

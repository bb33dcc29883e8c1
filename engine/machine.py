"""A workflow's decision table, and the proof that it answers as `transitions` does.

The table is what the engine asks; `transitions` is the judge. One Machine is made for a definition,
without automatic transitions (they would be a way round every rule), and only ever triggered on a
scratch object, because an exception in a callback would leave a real one in its new state. It gets
real functions as conditions, never names: it would import a dotted string.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from engine.definition.types import Event, Workflow

if TYPE_CHECKING:
    from transitions import Machine


class Table(Struct, frozen=True):
    """Which event is possible in which state, and where it leads if its guards hold."""

    moves: Mapping[str, Mapping[str, str]]
    """By state, then by event in the order of the file."""

    def target(self, state: str, event: str) -> str | None:
        """The state after `event` in `state`, or None if it is not possible there."""
        return self.moves.get(state, {}).get(event)

    def events(self, state: str) -> tuple[str, ...]:
        """The events that are possible in `state`, in the order of the file."""
        return tuple(self.moves.get(state, ()))


def compile(workflow: Workflow) -> Table:  # noqa: A001 - the word of the trade, never used bare
    """The decision table of a workflow."""
    return Table(
        {
            state: {
                event.name: event.target(state)
                for event in workflow.events.values()
                if state in event.sources
            }
            for state in workflow.states
        }
    )


class _Scratch:
    """What `transitions` moves instead of a request: it can hold a state and nothing else."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def proof_of_table(workflow: Workflow, table: Table | None = None) -> tuple[str, ...]:
    """Every disagreement between the table and `transitions`, over state, event and guard outcome.

    Takes the workflow's own compiled table unless another is given; empty when they agree.
    """
    judged = compile(workflow) if table is None else table
    machine = _machine(workflow)
    return tuple(
        f"in «{state}», {event.name} with {_outcome_text(outcome)} leads to {ours or 'nothing'}"
        f" by the table and to {theirs or 'nothing'} by transitions"
        for state, event, outcome in _cases(workflow)
        if (ours := judged.target(state, event.name) if all(outcome.values()) else None)
        != (theirs := _answer(machine, state, event.name, outcome))
    )


def _cases(workflow: Workflow) -> Iterator[tuple[str, Event, dict[str, bool]]]:
    for state, event in product(workflow.states, workflow.events.values()):
        for holds in product((True, False), repeat=len(event.when)):
            yield state, event, dict(zip(event.when, holds, strict=True))


def _machine(workflow: Workflow) -> Machine:
    from transitions import Machine

    machine = Machine(
        model=None,
        states=list(workflow.states),
        initial=workflow.opens_with.state,
        auto_transitions=False,
        queued=False,
    )
    for event in workflow.events.values():
        machine.add_transition(
            event.name,
            list(event.sources),
            event.to,
            conditions=[partial(_holds, guard) for guard in event.when],
        )
    return machine


def _holds(guard: str, outcome: Mapping[str, bool]) -> bool:
    return outcome[guard]


def _answer(machine: Machine, state: str, event: str, outcome: Mapping[str, bool]) -> str | None:
    from transitions import MachineError

    scratch = _Scratch(state)
    trigger: Any = machine.events[event].trigger
    try:
        moved = trigger(scratch, outcome)
    except MachineError:
        return None
    return scratch.state if moved else None


def _outcome_text(outcome: Mapping[str, bool]) -> str:
    words = [f"{guard} {'true' if holds else 'false'}" for guard, holds in outcome.items()]
    return ", ".join(words) or "no guards"

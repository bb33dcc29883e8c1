"""A workflow's decision table, which `transitions` compiles.

Its Machine is made for one definition, without automatic transitions (they would be a way round
every rule), and only ever triggered on a scratch object. It gets names of states and events alone:
conditions it would import, if they were dotted strings, and the guards are for `plan` to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from engine.definition.types import Workflow


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
    """The decision table of a workflow: what `transitions` does with each event in each state.

    A state that the workflow does not have leads nowhere; whoever proves the workflow tells it.
    """
    from transitions import Machine, MachineError

    machine = Machine(
        model=None,
        states=list(workflow.states),
        initial=workflow.opens_with.state,
        auto_transitions=False,
        queued=False,
    )
    for event in workflow.events.values():
        machine.add_transition(event.name, list(event.sources), event.to)

    def after(state: str, event: str) -> str | None:
        scratch = _Scratch(state)
        trigger: Any = machine.events[event].trigger
        try:
            return scratch.state if trigger(scratch) else None
        except (MachineError, ValueError):
            return None

    found = {state: {e: after(state, e) for e in workflow.events} for state in workflow.states}
    return Table(
        {
            state: {event: target for event, target in row.items() if target is not None}
            for state, row in found.items()
        }
    )


class _Scratch:
    """What `transitions` moves instead of a request: it can hold a state and nothing else."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state

"""What must be true of opening: who may open, and what happens by itself afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from engine.check.findings import found, mark_of
from engine.definition.types import TIME, Event, Workflow
from engine.model import Problem


def opening(workflow: Workflow) -> Iterator[Problem]:
    """Problems with `opens_with` and `on_open`."""
    yield from _opener(workflow)
    refreshed = {workflow.opens_with.state} | _states_with_news(workflow)
    for name in workflow.on_open:
        event = workflow.events[name]
        if not refreshed & set(event.sources):
            yield found(
                workflow,
                mark_of(workflow, name, "from"),
                "on-open-never",
                f"«{name}» stands in on_open, but starts neither in"
                f" «{workflow.opens_with.state}» nor where something can be filled in",
            )
        yield from _by_itself(workflow, event)


def _opener(workflow: Workflow) -> Iterator[Problem]:
    opens = workflow.opens_with
    if workflow.states[opens.state].final:
        yield found(
            workflow,
            opens.mark,
            "opens-final",
            f"a request cannot open in «{opens.state}», the end",
        )
    if opens.by_time:
        return
    role = workflow.roles[opens.by]
    if role.of is not None and opens.parties.get(role.of) != "sender":
        yield found(
            workflow,
            opens.mark,
            "opener-unknown",
            f"«{opens.by}» opens, so parties must say «{role.of}: sender»",
        )


def _states_with_news(workflow: Workflow) -> set[str]:
    return {
        source
        for event in workflow.events.values()
        if any(keep.kind in ("form", "opinion", "party", "parts") for keep in event.keeps)
        for source in event.sources
    }


def _by_itself(workflow: Workflow, event: Event) -> Iterator[Problem]:
    if event.by == (TIME,) or event.needs:
        what = "is for time alone" if event.by == (TIME,) else "needs a reason from somebody"
        yield found(
            workflow,
            event.mark,
            "on-open-cannot",
            f"«{event.name}» stands in on_open, but {what}",
        )
    for source in event.sources:
        if event.target(source) == source:
            yield found(
                workflow,
                mark_of(workflow, event.name, "to"),
                "on-open-stays",
                f"«{event.name}» stands in on_open, but leaves a request in «{source}»",
            )

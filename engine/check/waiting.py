"""Waiting: whoever is waited for can act, is reminded in time, and not waited for in eternity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.check.findings import found, mark_of
from engine.check.paths import way_to
from engine.definition.types import TIME, State, Timer, Workflow
from engine.model import Problem


def waiting(workflow: Workflow) -> Iterator[Problem]:
    """Problems with who is waited for and with the timers of a state."""
    for state in workflow.states.values():
        yield from _waited_for(workflow, state)
    kept = days_kept(workflow)
    for name, timers in workflow.timers.items():
        for timer in timers:
            yield from _timer(workflow, workflow.states[name], timer, kept)
    yield from _events_by_time(workflow)


def ends_wait(workflow: Workflow, timer: Timer) -> bool:
    """Whether a timer surely ends a wait: it escalates, or fires what no guard can refuse."""
    if timer.action == "escalate":
        return True
    if timer.of is not None and timer.of == _confirmed_by(workflow):
        return False
    return timer.action == "fire" and not workflow.events[timer.target].when


def _confirmed_by(workflow: Workflow) -> str:
    """The day that only what others have forwarded keeps."""
    forwarded = workflow.opens_with.forwarded
    return "" if forwarded is None else forwarded.name


def days_kept(workflow: Workflow) -> Mapping[str, frozenset[str]]:
    """By state, the days that are kept on the request however it came there."""
    every = frozenset(
        keep.name
        for event in workflow.events.values()
        for keep in event.keeps
        if keep.kind == "day"
    )
    given = frozenset(workflow.opens_with.days)
    kept = dict.fromkeys(workflow.states, every | given)
    kept[workflow.opens_with.state] = given
    changed = True
    while changed:
        before = dict(kept)
        for event in workflow.events.values():
            own = frozenset(keep.name for keep in event.keeps if keep.kind == "day")
            for source in event.sources:
                for target in event.targets(source):
                    kept[target] &= kept[source] | own
        changed = kept != before
    return kept


def _waited_for(workflow: Workflow, state: State) -> Iterator[Problem]:
    if state.final:
        return
    for role in dict.fromkeys((*state.waits_for, *([state.then] if state.then else ()))):
        if not any(role in e.by and state.name in e.sources for e in workflow.events.values()):
            yield found(
                workflow,
                state.mark,
                "waits-in-vain",
                f"«{state.name}» waits for «{role}», who can do nothing there"
                f"{way_to(workflow, state.name)}",
            )
    yield from _owed(workflow, state)
    timers = workflow.timers.get(state.name, ())
    for answered in (False, True) if state.then else (False,):
        stage = [timer for timer in timers if timer.answered == answered]
        if state.waits_for and not any(ends_wait(workflow, timer) for timer in stage):
            once = " once all have answered" if answered else ""
            yield found(
                workflow,
                state.mark,
                "waits-for-ever",
                f"«{state.name}» waits{once}, but no timer surely ends or escalates the wait"
                f"{way_to(workflow, state.name)}",
            )


def _owed(workflow: Workflow, state: State) -> Iterator[Problem]:
    if state.owes is None:
        if state.then is not None:
            yield found(
                workflow,
                state.mark,
                "then-in-vain",
                f"«{state.name}» waits for «{state.then}» then, but says not what is owed before",
            )
        return
    event = workflow.events[state.owes]
    others = [role for role in state.waits_for if role not in event.by]
    if state.name not in event.sources or others or not state.waits_for:
        who = ", ".join(others) or "whoever is waited for"
        yield found(
            workflow,
            state.mark,
            "owes-impossible",
            f"in «{state.name}», «{state.owes}» is owed but not possible for {who}",
        )


def _timer(
    workflow: Workflow, state: State, timer: Timer, kept: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    if timer.of not in {None, _confirmed_by(workflow), *kept[state.name]}:
        yield found(
            workflow,
            timer.mark,
            "day-not-kept",
            f"«{timer.of}» is not kept on every path to «{state.name}»"
            f"{way_to(workflow, state.name)}",
        )
    if timer.action == "fire":
        yield from _fires(workflow, state, timer)
    if timer.answered and state.then is None:
        yield found(
            workflow,
            timer.mark,
            "then-in-vain",
            f"in «{state.name}», nobody is waited for once all have answered",
        )
    if timer.action == "remind":
        for role in timer.roles:
            if role not in ((state.then,) if timer.answered else state.waits_for):
                yield found(
                    workflow,
                    timer.mark,
                    "reminds-nobody",
                    f"«{role}» is reminded in «{state.name}», but not waited for there",
                )


def _fires(workflow: Workflow, state: State, timer: Timer) -> Iterator[Problem]:
    event = workflow.events[timer.target]
    if event.by != (TIME,):
        yield found(
            workflow, timer.mark, "fires-no-time", f"«{event.name}» fires, but is not «by: time»"
        )
    if state.name not in event.sources:
        yield found(
            workflow,
            timer.mark,
            "fires-in-vain",
            f"«{event.name}» fires in «{state.name}», where it is not possible",
        )
    if event.when:
        yield found(
            workflow,
            mark_of(workflow, event.name, "when"),
            "fires-perhaps",
            f"«{event.name}» fires in «{state.name}», but its guards may refuse it",
        )


def _events_by_time(workflow: Workflow) -> Iterator[Problem]:
    for event in workflow.events.values():
        if event.by != (TIME,) or event.follows is not None:
            continue
        for source in event.sources:
            timers = workflow.timers.get(source, ())
            if not any(t.action == "fire" and t.target == event.name for t in timers):
                yield found(
                    workflow,
                    mark_of(workflow, event.name, "from"),
                    "never-fires",
                    f"«{event.name}» is for time alone, but no timer fires it in «{source}»",
                )

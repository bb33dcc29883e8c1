"""Where in a site's routines a letter belongs: after which event, in which state, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.service.site import Routine


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter belongs: after which event, in which state, to whom."""

    routine: Routine
    event: str
    state: str
    role: str


def _is_usual(routine: Routine) -> bool:
    """False, which sorts first, for the routine of most requests: that of course information."""
    return routine.workflow.opens_with.form != "course_information"


def place_of(routines: Iterable[Routine], template: str) -> Place:
    """Return the first place that sends the letter, the usual routines going first.

    A letter that no routine sends is about a request that waits for somebody.
    """
    return _place(sorted(routines, key=_is_usual), template)


def _place(routines: Sequence[Routine], template: str) -> Place:
    if template == "form_faults":
        opening = routines[0].workflow.opens_with
        return Place(routines[0], "open", opening.state, opening.by)
    for routine in routines:
        places = (*_ordered(routine, template), *_timed(routine, template))
        if places:
            return places[0]
    return _waiting(routines[0])


def _ordered(routine: Routine, template: str) -> Iterator[Place]:
    """Every place where the opening or an event sends the letter."""
    opening = routine.workflow.opens_with
    for order in opening.letters:
        if order.template == template:
            yield Place(routine, "open", opening.state, order.to)
    for event in routine.workflow.events.values():
        for order in event.letters:
            if order.template == template:
                yield Place(routine, event.name, event.to or event.sources[0], order.to)


def _timed(routine: Routine, template: str) -> Iterator[Place]:
    """Every state in which a timer sends the letter."""
    workflow = routine.workflow
    for state, timers in workflow.timers.items():
        for timer in timers:
            sent = {"remind": "remind", "send": timer.target, "escalate": "escalation"}
            if sent.get(timer.action) == template:
                roles = timer.roles or workflow.states[state].waits_for
                yield Place(routine, "", state, roles[0] if roles else workflow.opens_with.by)


def _waiting(routine: Routine) -> Place:
    """A state that waits for somebody else than the opener, if there is one."""
    opener = routine.workflow.opens_with.by
    states = routine.workflow.states.values()
    found = ((s.name, role) for s in states for role in s.waits_for if role != opener)
    state, role = next(found, (routine.workflow.opens_with.state, opener))
    return Place(routine, "", state, role)

"""Where in a site's routines a letter belongs: after which event, in which state, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.frozen import dataclass
from engine.service.site import Routine


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter belongs: after which event, in which state, to whom."""

    routine: Routine
    event: str
    state: str
    role: str
    action: str = ""
    """What a timer does there; empty where the letter follows an event."""
    target: str = ""


def _is_usual(routine: Routine) -> bool:
    """False, which sorts first, for the routine of most requests: that of course information."""
    return routine.workflow.opens_with.form != "course_information"


def places_of(routines: Iterable[Routine], template: str) -> tuple[Place, ...]:
    """Return every place that sends the letter, those of the usual routines first.

    A letter that no routine sends is about a request that waits for somebody. Routines that time
    opens are left out: what their letters tell cannot be made up here.
    """
    by_mail = (each for each in routines if not each.workflow.opens_with.by_time)
    usual_first = sorted(by_mail, key=_is_usual)
    if template == "form_faults":
        opening = usual_first[0].workflow.opens_with
        return (Place(usual_first[0], "open", opening.state, opening.by),)
    found = [
        place
        for routine in usual_first
        for place in (*_ordered(routine, template), *_timed(routine, template))
    ]
    return tuple(found) or (_waiting(usual_first[0]),)


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
                role = roles[0] if roles else workflow.opens_with.by
                yield Place(routine, "", state, role, timer.action, timer.target)


def _waiting(routine: Routine) -> Place:
    """A state that waits for somebody else than the opener, if there is one."""
    opener = routine.workflow.opens_with.by
    states = routine.workflow.states.values()
    found = ((s.name, role) for s in states for role in s.waits_for if role != opener)
    state, role = next(found, (routine.workflow.opens_with.state, opener))
    return Place(routine, "", state, role)

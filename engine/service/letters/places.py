"""Where in a site's routines a letter belongs: after which event, in which state, to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

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


_BESIDE: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "delivery_unclear": ("network_plan", "not_delivered", "leader", ""),
    "network_question": ("network_plan", "not_delivered", "fousam", "send"),
    "network_words": ("network_plan", "not_delivered", "fousam", "send"),
    "network_status": ("network_plan", "not_delivered", "fousam", ""),
    "network_task_over": ("network_plan", "not_delivered", "leader", ""),
    "network_task": ("network_plan", "not_delivered", "leader", ""),
    "rollup_copy": ("su_rollup", "sent", "su", "send"),
    "rollup_supplement": ("su_rollup", "sent", "su", "send"),
}
"""Letters that the services write about a yearly routine: the routine, a state, whom it goes to."""


def _is_yearly(routine: Routine) -> bool:
    return routine.workflow.opens_with.by_time


def _is_usual(routine: Routine) -> bool:
    """False, which sorts first, for the routine of most requests: that of course information."""
    return routine.workflow.opens_with.form != "course_information"


def places_of(routines: Iterable[Routine], template: str) -> tuple[Place, ...]:
    """Return every place that sends the letter, those of the usual routines first.

    Routines that time opens count for letters that no other routine sends. A letter that no
    routine's file names is about a request that waits for somebody.
    """
    known = {each.workflow.name: each for each in routines}
    usual_first = sorted((r for r in known.values() if not _is_yearly(r)), key=_is_usual)
    if template == "form_faults":
        opening = usual_first[0].workflow.opens_with
        return (Place(usual_first[0], "open", opening.state, opening.by),)
    yearly = [each for each in known.values() if _is_yearly(each)]
    return (
        _in(usual_first, template)
        or _in(yearly, template)
        or tuple(_beside(known, template))
        or (_waiting(usual_first[0]),)
    )


def _in(routines: Iterable[Routine], template: str) -> tuple[Place, ...]:
    """Where the files of the routines name the letter."""
    return tuple(
        place
        for routine in routines
        for place in (*_ordered(routine, template), *_timed(routine, template))
    )


def _beside(known: Mapping[str, Routine], template: str) -> Iterator[Place]:
    """Where a letter about the networks' year belongs that no routine's file names."""
    name, state, role, action = _BESIDE.get(template, ("", "", "", ""))
    if name in known:
        yield Place(known[name], "", state, role, action, template if action else "")


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

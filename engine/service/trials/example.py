"""Made-up data for a letter that nobody is sent: invented people, and a course that is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from engine.model import Language
from engine.service.site import Routine
from engine.wording.catalogue import say, texts

NUMBER: Final = "KD-2026-0001"
TOKEN: Final = "7K2Q9M4D"  # noqa: S105 - a token that opens nothing: it stands in made-up letters
TO: Final = "mottaker@kommune.example"
LINK: Final = "https://kslaring.example/kurs/4711"

FAULTY: Final[Mapping[str, str]] = {"short_name": "", "start_date": "2027-02-31", "produced_by": ""}
"""What is wrong with it in a letter that lists faults."""


_COLLEAGUE: Final = "kollega@sykehus.example"


def beside(template: str, language: Language, word: str, earlier: str) -> Mapping[str, Any]:
    """Return the variables of a letter that no routine orders, by name.

    `word` is an answer, and `earlier` what an earlier state is called.
    """
    form = texts("example_form", language)
    own: dict[str, dict[str, Any]] = {
        "answered_by_colleague": {"colleague": _COLLEAGUE, "said": word},
        "corrected": {"was": earlier, "share": ""},
        "delegate": {"colleague": _COLLEAGUE, "said": word},
        "import_confirm": {
            "courses": [
                {
                    "number": NUMBER,
                    "name": form["full_name"],
                    "short_name": form["short_name"],
                    "label": "delt til KS Læring",
                    "borrower": "KS Læring",
                    "since": "2025-08-18",
                    "licence": form["licence"],
                    "link": LINK,
                }
            ]
        },
        "register_confirm": {"entries": [say("example.entry", language)], "aliases": []},
        "substitute": {
            "colleague": _COLLEAGUE,
            "since": "2026-12-21",
            "until": "2027-01-04",
            "entries": [say("example.entry", language)],
        },
        "exact_word": {"why": "no"},
        "person_wanted": {"colleague": _COLLEAGUE},
        "suggestion": {"word": word},
        "wait_told": {"until": "2027-01-04"},
        "suggestion_unanswered": {"word": word},
    }
    quoting = template in ("exact_word", "suggestion", "suggestion_unanswered", "remark_kept")
    return {
        "extra": own.get(template, {}),
        "remark": say("example.remark", language) if quoting else "",
    }


class Place(Struct, frozen=True):
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
            asks = "held_back" if timer.answered else "remind"
            sent = {"remind": asks, "send": timer.target, "escalate": "escalation"}
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

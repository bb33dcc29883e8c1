"""What people call the events, states and parties of a request: read in any language, told in
theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.definition.types import Workflow
from engine.domain.register.duties import KS_LAERING, MUNICIPALITY
from engine.model import Language
from engine.plan.case import Case
from engine.wording.catalogue import say
from engine.wording.meant import folded, meant, near
from engine.wording.names import EVENT_NAMES, HOLDER_NAMES, all_of


def event_named(workflow: Workflow, text: str, state: str) -> str:
    """The name of the event that `text` names, is a mail word of, or is what we call it; one
    possible in `state` first.

    A text that fits none is returned as it is, for the plan to refuse.
    """
    if text in workflow.events:
        return text
    found = meant(text, _events(workflow))
    here = [name for name in found if state in workflow.events[name].sources]
    return next(iter((*here, *found)), text)


def state_named(workflow: Workflow, text: str) -> str:
    """The name of the state that `text` names or is the title of; else the text as it is."""
    return next(iter(meant(text, _states(workflow))), text)


def near_event(workflow: Workflow, text: str) -> str:
    """What of the routine's events, as people or files write it, `text` may mean; else empty."""
    return _one(near(text, _events(workflow)), text)


def near_state(workflow: Workflow, text: str) -> str:
    """What of the routine's states, as people or files write it, `text` may mean; else empty."""
    return _one(near(text, _states(workflow)), text)


def event_title(workflow: Workflow | None, name: str, language: Language) -> str:
    """What the event is called where people read it: our name for it, else its mail word."""
    if name in EVENT_NAMES:
        return EVENT_NAMES[name][language]
    event = workflow.events.get(name) if workflow else None
    words = event.says.get(language, ()) if event else ()
    return words[0] if words else name.replace("_", " ")


def state_title(workflow: Workflow | None, name: str | None, language: Language) -> str:
    """What the state is called; its name where the routine does not have it."""
    state = workflow.states.get(name or "") if workflow else None
    return state.titles[language] if state else name or ""


def party_name(case: Case, party: str | None) -> str:
    """The party's name as people say it, or its id where the register does not know it."""
    known = case.facts.parties.get(party or "")
    return known.name.removesuffix(" HF") if known else (party or "")


def waited_for(case: Case, owing: Iterable[str], language: Language) -> str:
    """Those of the roles `owing`, each duty with its party where the duty does not name it, nor the
    routine concerns one party alone.
    """
    holders: dict[str, list[str]] = {}
    alone = case.workflow.opens_with.by_time
    for role in owing:
        duty, party = case.duty_of(role), case.party_of(case.workflow.roles[role])
        at = "" if party is None or alone or duty == KS_LAERING else party_name(case, party)
        named = at if at and duty == MUNICIPALITY else HOLDER_NAMES[duty][language]
        holders.setdefault("" if named == at else at, []).append(named)
    told = []
    for at, names in holders.items():
        duty = all_of(tuple(dict.fromkeys(names)), language)
        told.append(say("morning.duty_at", language, duty=duty, party=at) if at else duty)
    return all_of(tuple(told), language)


def routine_title(workflow: Workflow | None, name: str, language: Language) -> str:
    """What the routine is called; its name where the site has it no more."""
    return workflow.titles[language] if workflow else name


def _events(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    return {
        event.name: (
            *(word for words in event.says.values() for word in words),
            *EVENT_NAMES.get(event.name, {}).values(),
        )
        for event in workflow.events.values()
    }


def _states(workflow: Workflow) -> Mapping[str, tuple[str, ...]]:
    return {state.name: tuple(state.titles.values()) for state in workflow.states.values()}


def _one(found: tuple[str, ...], text: str) -> str:
    """The first that begins as `text` does, else the first; empty where there is none."""
    alike = (each for each in found if folded(each)[:1] == folded(text)[:1])
    return next(alike, next(iter(found), ""))

"""What the receiver of a letter may answer with: the words, and what goes with each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.definition.types import Event
from engine.model import Language
from engine.plan.case import Case, Happening
from engine.plan.keeping import is_followed
from engine.plan.possible import blockers, by_itself, supposed, word_of


def answers(case: Case, role: str, language: Language, at: datetime) -> list[dict[str, Any]]:
    """What a holder of `role` may answer with now: the word, and whether a reason or a day goes
    with it.
    """
    found = []
    for event in case.events_here():
        if role not in event.by or word_of(event, language) is None:
            continue
        if not event.when:
            found += _rows(event, language)
            continue
        act = supposed(case, event, role)
        if not blockers(case, event, act, at):
            found += _rows(event, language)
        elif not blockers(case, event, replace(act, note=event.asks.get(language, "")), at):
            found += _rows(event, language, must_say=True)
    return found


def answers_left(happening: Happening, role: str, language: Language) -> list[dict[str, Any]]:
    """The answers that are worth a word: neither what follows by itself, nor what is done."""
    case = happening.case
    state, cause = case.workflow.states[case.request.state], happening.act.event
    left_out = following(happening) if is_followed(case.workflow.events.get(cause)) else set()
    if f"{role}:{state.owes}" in case.request.done:
        left_out.add(str(state.owes))
    open_to = answers(case, role, language, happening.at)
    return [each for each in open_to if each["event"] not in left_out]


def following(happening: Happening) -> set[str]:
    """The events that happen by themselves now, so that nobody need ask for them."""
    case, at = happening.case, happening.at
    here = (event for event in case.events_here() if event.name in case.workflow.on_open)
    return {each.name for each in here if not blockers(case, each, by_itself(each), at)}


def _rows(event: Event, language: Language, *, must_say: bool = False) -> list[dict[str, Any]]:
    """The event's first word; where it keeps an opinion, also the words that say there is none.

    A text that may follow is left out, unless the event happens only with it (`must_say`).
    """
    words = event.says.get(language) or event.says["nb"]
    kinds = {keep.kind for keep in event.keeps}
    opinion = "opinion" in kinds
    may_say = any(keep.kind == "text" and keep.optional for keep in event.keeps)
    asks = "" if may_say and not must_say else event.asks.get(language, "")
    return [
        {
            "word": word,
            "event": event.name,
            "reason": place == 0 and (opinion or must_say or "reason" in event.needs),
            "day": "day" in kinds,
            **({"text": asks} if asks and place == 0 else {}),
        }
        for place, word in enumerate(words if opinion else words[:1])
    ]

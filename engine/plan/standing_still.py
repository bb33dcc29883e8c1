"""What is in the way of a request that stands still, as letters tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.definition.types import Event
from engine.domain.fields import FIELDS
from engine.model import Language, Reason
from engine.plan.case import Case
from engine.plan.possible import (
    OPINIONS_TO_READ,
    going_on,
    is_left_to_opener,
    is_on_hold,
    is_ready,
    lacks_agreement,
    nearest_onwards,
    waits_for_opener,
    word_of,
)
from engine.wording import sentence


def in_the_way(case: Case, language: Language, at: datetime) -> dict[str, Any]:
    """What keeps the request from going on by itself, where everybody has done their part, or
    nothing but the opener's own word does any more; else nothing.

    `word` is what the opener may answer with once nothing is in the way; empty where no word of
    theirs takes the request on. `to_read` says that it is theirs to decide, since an opinion has
    text; that is no hindrance that somebody could put right.
    """
    if not (is_left_to_opener(case) or is_ready(case, at) or waits_for_opener(case, at)):
        return {}
    event, reasons = nearest_onwards(case, at)
    word = _word(case, event, language) if reasons else word_onwards(case, language)
    others = tuple(reason for reason in reasons if reason.code != OPINIONS_TO_READ)
    return {
        **told(others, language, word=word),
        "to_read": others != reasons,
        "all_answered": _all_answered(case),
    }


def word_for_opinions(case: Case, language: Language) -> str:
    """The opener's word that alone sends the request on, where an opinion has text; else empty."""
    said = any(text.strip() for text in case.request.kept.get("opinions", {}).values())
    return word_onwards(case, language) if said else ""


def agreement_lacking(case: Case, language: Language, at: datetime) -> dict[str, Any]:
    """That no agreement is in force, where the request cannot go on without one; else nothing.

    `alone` says whether nothing else is in the way, `word` what the opener may answer with once
    there is an agreement.
    """
    if not lacks_agreement(case, at):
        return {}
    return {"alone": is_on_hold(case, at), "word": word_onwards(case, language)}


def word_onwards(case: Case, language: Language) -> str:
    """The opener's word for going on, whichever step comes next."""
    words = (_word(case, event, language) for event in going_on(case))
    return next((word for word in words if word), "")


def _word(case: Case, event: Event, language: Language) -> str:
    theirs = case.workflow.opens_with.by in event.by
    return (word_of(event, language) if theirs else None) or ""


def _all_answered(case: Case) -> bool:
    """Whether somebody was asked here, and each of them has answered."""
    state = case.workflow.states[case.request.state]
    return state.owes is not None and all(
        f"{role}:{state.owes}" in case.request.done for role in state.waits_for
    )


def told(reasons: Sequence[Reason], language: Language, *, word: str = "") -> dict[str, Any]:
    """The reasons as sentences, and the labels of the fields that they are about."""
    fields = dict.fromkeys(str(reason.values.get("field", "")) for reason in reasons)
    return {
        "reasons": [sentence(reason, language) for reason in reasons],
        "labels": [FIELDS[name].labels[language] for name in fields if name in FIELDS],
        "word": word,
    }

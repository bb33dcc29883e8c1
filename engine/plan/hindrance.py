"""What is in the way of a request that stands still, as letters tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.domain.fields import FIELDS
from engine.model import Language, Reason
from engine.plan.case import Case
from engine.plan.possible import is_left_to_opener, nearest_onwards, word_of
from engine.wording import sentence


def in_the_way(case: Case, language: Language, at: datetime) -> dict[str, Any]:
    """What keeps the request from going on by itself, where everybody has done their part; else
    nothing.

    `word` is what the opener may answer with once nothing is in the way; empty where no word of
    theirs takes the request on.
    """
    if not is_left_to_opener(case):
        return {}
    event, reasons = nearest_onwards(case, at)
    theirs = case.workflow.opens_with.by in event.by
    word = word_of(event, language) if theirs else None
    return told(reasons, language, word=word or "")


def told(reasons: Sequence[Reason], language: Language, *, word: str = "") -> dict[str, Any]:
    """The reasons as sentences, and the labels of the fields that they are about."""
    fields = dict.fromkeys(str(reason.values.get("field", "")) for reason in reasons)
    return {
        "reasons": [sentence(reason, language) for reason in reasons],
        "labels": [FIELDS[name].labels[language] for name in fields if name in FIELDS],
        "word": word,
    }

"""What a correction changed, in words: «Tiltak 2: «Fagdag» → «Fagdag i mars»»."""

from __future__ import annotations

from typing import Final

from engine.model import Language
from engine.wording.catalogue import say

LONGEST: Final = 120
_ABOUT_A_MEASURE: Final = frozenset({"priority_area", "responsible", "outcome"})


def change(
    label: str, was: str, now: str, language: Language, *, measure: str = "", hidden: bool = False
) -> str:
    """One change as a line; `measure` names the measure that a field is of, and a text that may be
    about a patient is `hidden`.
    """
    head = f"{measure}, {label[:1].lower()}{label[1:]}" if measure else label
    if hidden:
        return f"{head}: …"
    if not was:
        return f"{head}: {_quoted(now)} ({say('network_changes.new', language)})"
    if not now:
        return f"{head}: {_quoted(was)} ({say('network_changes.out', language)})"
    return f"{head}: {_quoted(was)} → {_quoted(now)}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    short = f"{line[:LONGEST].rstrip()}…" if len(line) > LONGEST else line
    return short if short.isdecimal() else f"«{short}»"


def is_of_a_measure(name: str) -> bool:
    """Whether the field is one of those that each measure has."""
    return name in _ABOUT_A_MEASURE

"""Who hears of a request that everybody has answered and that stands still even so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine.model import LetterDraft
from engine.plan.case import Happening
from engine.plan.letters import role_letters
from engine.plan.possible import is_left_to_opener, is_on_hold

HELD_BACK: Final = "held_back"
"""The letter that says what is in the way, and what to answer when it is gone."""
ON_HOLD: Final = "on_hold"
"""The letter that says that only an agreement is missing, and that nobody need do anything."""


def letters_if_untold(happening: Happening, told: Sequence[LetterDraft]) -> Iterator[LetterDraft]:
    """A letter to each holder of the opening role, unless one of `told` goes to it already."""
    opener = happening.case.workflow.opens_with.by
    if is_left_to_opener(happening.case) and opener not in {letter.role for letter in told}:
        held = is_on_hold(happening.case, happening.at)
        yield from role_letters(happening, opener, ON_HOLD if held else HELD_BACK)

"""The lines of a network's form, and the numbers that may stand on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.wording.glossary import SHIPPED

FORM: Final = SHIPPED.apart["networks"]
"""The lines of the form, in order (`workflows/forms/networks.yaml`)."""

_NUMBER: Final = re.compile(r"(?<![\w.,])\d{1,6}(?![\w%]|[.,]\d)")
_THOUSANDS: Final = re.compile(r"(?<!\d)(\d{1,3})[ .\u00a0\u202f](?=\d{3}(?!\d))")
_PART_OF: Final = re.compile(
    r"[,;(]?\s*\b(?:derav|hvorav|herav|der av|kor av|av (?:desse|disse|dei|de)|of which|of these"
    r"|inkludert|including)\b"
)
"""What comes after it is counted within the number before it."""
_ABOUT: Final = re.compile(
    r"\b(?:ca|cirka|omtrent|om lag|omlag|rundt|minst|meir enn|mer enn|fleire enn|flere enn|over"
    r"|under|opp mot|nesten|fleire|flere|nokre|noen|mange|about|at least|around|some|pluss|minus"
    r"|mot|versus|i fjor)\b"
)
"""Words with which a number is no count."""
_RANGE: Final = re.compile(r"\d\s*(?:-|–|/|til|to)\s*\d")
_WORDS: Final[Mapping[str, int]] = {
    word: number for number, words in enumerate(FORM["total"].words.values()) for word in words
}
_COUNTED: Final = frozenset({"", "avvik", "meldt", "deviation", "reported"})


def count_in(text: str) -> int | None:
    """The one number that the text gives as a count; None where it gives none, several, or one
    that is not certain.
    """
    said = " ".join(text.casefold().split()).strip(" .!:")
    said = _THOUSANDS.sub(r"\1", said)
    parted = _PART_OF.split(said, maxsplit=1)
    whole = parted[0]
    numbers = _NUMBER.findall(whole)
    if _ABOUT.search(whole) or _RANGE.search(whole) or len(numbers) > 1:
        return None
    if numbers:
        return int(numbers[0])
    return _in_words(whole)


def _in_words(said: str) -> int | None:
    first, *others = re.split(r"[\s(),;]+", said)
    # «To fall og ei feilmedisinering» is no number that anybody may add up, and «ein del» is none.
    if {"og", "and"} & set(others):
        return None
    number = _WORDS.get(first)
    return None if number == 1 and set(others) - _COUNTED else number


def is_bare(text: str) -> bool:
    """Whether the text is a number and nothing beside it."""
    said = text.casefold().strip(" .")
    return _THOUSANDS.sub(r"\1", said).isdecimal() or said in _WORDS

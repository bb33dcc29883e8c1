"""Request numbers and tokens in a subject line."""

from __future__ import annotations

import re
from typing import Final

from engine.pattern import pattern

_BRACKETS: Final = pattern(r"\[([^\[\]]{8,60})\]")
_TOKEN: Final = pattern(r"(KD-\d{4}-\d{4,9})\.([0-9A-Z]{6,16})")
_NUMBER: Final = pattern(r"(?<![A-Z0-9])KD ?- ?(\d{4}) ?- ?(\d{4,9})(?!\d)", re.IGNORECASE)


def tokens(subject: str) -> tuple[tuple[str, str], ...]:
    """Return the (number, token) pairs in `subject`, whatever its case and folding blanks."""
    bare = ("".join(found[1].split()).upper() for found in _BRACKETS.finditer(subject))
    pairs = (_TOKEN.fullmatch(text) for text in bare)
    return tuple(dict.fromkeys((p[1], p[2]) for p in pairs if p is not None))


def numbers(subject: str) -> tuple[str, ...]:
    """Return the request numbers in `subject`, with or without a token."""
    found = [f"KD-{m[1]}-{m[2]}" for m in _NUMBER.finditer(subject)]
    return tuple(dict.fromkeys([*found, *(number for number, _ in tokens(subject))]))

"""The two labels that a shared course bears; fixed words, never translated (R26, R30, R33)."""

from __future__ import annotations

from typing import Final, Literal

Direction = Literal["to_ks", "from_ks"]

SHARED_TO_KS: Final = "delt til KS Læring"
SHARED_FROM_KS: Final = "delt fra KS"
LABELS: Final[frozenset[str]] = frozenset({SHARED_TO_KS, SHARED_FROM_KS})


def direction_of(label: str) -> Direction:
    """Return which way a course with this label is lent; any other text raises ValueError."""
    if label == SHARED_TO_KS:
        return "to_ks"
    if label == SHARED_FROM_KS:
        return "from_ks"
    raise ValueError(f"no such label: {label!r}; there are {SHARED_TO_KS!r}, {SHARED_FROM_KS!r}")


def label_of(direction: Direction) -> str:
    """Return the label that a course bears while it is lent this way."""
    return SHARED_TO_KS if direction == "to_ks" else SHARED_FROM_KS

"""The duties that the program's own rules speak of, and what people call any of them."""

from __future__ import annotations

from typing import Final

from engine.wording.glossary import DUTIES, DUTY_BY_KEY, duty_key

__all__ = [
    "ARCHIVE",
    "CONTACT_POINT",
    "COORDINATOR",
    "DUTIES",
    "ELEARNING",
    "KS_LAERING",
    "MUNICIPALITY",
    "duty_by_words",
]

ARCHIVE: Final = "archive"
"""The duty of whoever answers a demand for insight."""
CONTACT_POINT: Final = "contact_point"
"""The duty that one person has on each side (R12)."""
ELEARNING: Final = "elearning"
COORDINATOR: Final = "coordinator"
KS_LAERING: Final = "ks_laering"
"""The duty whose holders are called what their party is."""
MUNICIPALITY: Final = "municipality"
"""The duty of whoever orders courses for a municipality."""


def duty_by_words(text: str) -> str | None:
    """Return the duty that a text names, in any of the languages, or None."""
    return DUTY_BY_KEY.get(duty_key(text))

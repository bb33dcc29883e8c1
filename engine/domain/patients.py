"""Finds free text that may be about a patient, so that no report repeats it (fvl. § 13)."""

from __future__ import annotations

import re
from typing import Final

from engine.domain.secrecy import has_identity_number
from engine.pattern import pattern

_PERSON: Final = (
    r"(?:pasient(?:en|ar|er|ane|ene)?|bruk[ea]r(?:en|ar|ane|ne)?|bebuar(?:en)?|beboer(?:en)?"
    r"|pårørende|pårørande|patient|resident)"
)
_NAME: Final = r"[A-ZÆØÅ][a-zæøåéèü]+"
_SIGNS: Final = (
    # born on a day, or in a year
    pattern(r"\b(?:født|fødd|f\.|born)\s*(?:den\s*)?\d{1,4}", re.IGNORECASE),
    # an age, as of one person
    pattern(r"\b\d{1,3}\s*[- ]?(?:år gam(?:mel|mal)|åring\w*|years old)", re.IGNORECASE),
    pattern(
        r"\b(?:mann|kvinne|dame|gut|gutt|jente|man|woman)\s*[,(]?\s*\(?\d{1,3}\b", re.IGNORECASE
    ),
    # one patient with a name or initials, whether the name comes first or last
    pattern(rf"\b(?i:{_PERSON})\s+(?:{_NAME}\b|[A-ZÆØÅ]\.?[A-ZÆØÅ]\b)"),
    pattern(rf"\b{_NAME}\s+{_NAME}[^.!?\n]{{0,60}}\b(?i:{_PERSON})\b"),
    pattern(rf"\b(?i:{_PERSON})\b[^.!?\n]{{0,60}}\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{2,4}}\b"),
    # what is written about one person only
    pattern(r"\b(?:diagnose[nr]?|journal(?:en|nummer)?|innlagt|døde|medisinert)\b", re.IGNORECASE),
)


def may_be_about_a_patient(text: str) -> bool:
    """Whether `text` holds an identity number, or words as people use them of one patient.

    It would rather hold back one text too many: a person then reads it and says that it may go.
    """
    return has_identity_number(text) or any(sign.search(text) for sign in _SIGNS)

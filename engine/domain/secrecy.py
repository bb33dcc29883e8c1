"""Finds what no report may repeat: numbers that may be somebody's national identity number, which
it takes out of a text, and words that may be about a patient (fvl. § 13).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MASK: Final = "***********"

_ELEVEN_DIGITS = re.compile(r"(?<![0-9])[0-9]{6}[ \u00a0.-]?[0-9]{5}(?![0-9])")
_SIX_DIGITS = re.compile(r"[0-9]{6}")
"""What every such number holds; far quicker to look for, and hardly any text has it."""
_WEIGHTS: Final = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
_DAYS: Final = frozenset({*range(1, 32), *range(41, 72)})
"""Of the month; D-numbers add 40."""
_MONTHS: Final = frozenset(month + added for month in range(1, 13) for added in (0, 40, 65, 80))
"""Auxiliary and synthetic numbers add 40, 65 or 80."""


def has_identity_number(text: str) -> bool:
    """Whether `text` holds eleven digits that are, or look like, an identity number (§ 13 fvl.)."""
    return masked(text) != text


def masked(text: str) -> str:
    """Return `text` with asterisks in place of each such number, so that nobody repeats it."""
    if _SIX_DIGITS.search(text) is None:
        return text
    return _ELEVEN_DIGITS.sub(lambda found: MASK if _suspect(found[0]) else found[0], text)


def masked_values(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The texts, each as by `masked`."""
    # Hardly any form has such a number: one look at all of it is quicker than one at each text.
    if _SIX_DIGITS.search("\n".join(texts.values())) is None:
        return texts
    return {name: masked(text) for name, text in texts.items()}


def _suspect(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdecimal()]
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    return (day in _DAYS and month in _MONTHS) or _control_digits_agree(digits)


def _control_digits_agree(digits: list[int]) -> bool:
    return all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
        for weights in _WEIGHTS
    )


_PERSON: Final = (
    r"(?:pasient(?:en|ar|er|ane|ene)?|bruk[ea]r(?:en|ar|ane|ne)?|bebuar(?:en)?|beboer(?:en)?"
    r"|pårørende|pårørande|patient|resident)"
)
_NAME: Final = r"[A-ZÆØÅ][a-zæøåéèü]+"
_SIGNS: Final = (
    # born on a day, or in a year
    re.compile(r"\b(?:født|fødd|f\.|born)\s*(?:den\s*)?\d{1,4}", re.IGNORECASE),
    # an age, as of one person
    re.compile(r"\b\d{1,3}\s*[- ]?(?:år gam(?:mel|mal)|åring\w*|years old)", re.IGNORECASE),
    re.compile(
        r"\b(?:mann|kvinne|dame|gut|gutt|jente|man|woman)\s*[,(]?\s*\(?\d{1,3}\b", re.IGNORECASE
    ),
    # one patient with a name or initials, whether the name comes first or last
    re.compile(rf"\b(?i:{_PERSON})\s+(?:{_NAME}\b|[A-ZÆØÅ]\.?[A-ZÆØÅ]\b)"),
    re.compile(rf"\b{_NAME}\s+{_NAME}[^.!?\n]{{0,60}}\b(?i:{_PERSON})\b"),
    re.compile(rf"\b(?i:{_PERSON})\b[^.!?\n]{{0,60}}\b\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{2,4}}\b"),
    # what is written about one person only
    re.compile(
        r"\b(?:diagnose[nr]?|journal(?:en|nummer)?|innlagt|døde|medisinert)\b", re.IGNORECASE
    ),
)


def may_be_about_a_patient(text: str) -> bool:
    """Whether `text` holds an identity number, or words as people use them of one patient.

    It would rather hold back one text too many: a person then reads it and says that it may go.
    """
    return has_identity_number(text) or any(sign.search(text) for sign in _SIGNS)

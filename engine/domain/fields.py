"""Fields of forms as they stand on a request: what a label means, which point they belong to, and
what it says of one that nobody has told it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from engine.model import Language, Reason
from engine.wording.glossary import FIELD_BY_KEY, FIELDS, FORMS, label_key

__all__ = ["FIELDS", "FORMS"]

COURSE_INFORMATION: Final = FORMS["course_information"].required
"""What a course needs on its way into KS Læring, in the routine's order (R34–R44): its eleven
points as thirteen fields, for the description has three. Letters count fields, as their
reader sees them.
"""

NOT_REGISTERED: Final = "ikke registrert"
"""What is kept for a point that nobody has told; it is as good as an empty one."""
NOT_REGISTERED_WORDS: Final[Mapping[Language, str]] = {
    "nb": NOT_REGISTERED,
    "nn": "ikkje registrert",
    "en": "not registered",
}
"""What a letter shows for it, and what comes back in a form that nobody has filled in further."""
_NOT_REGISTERED: Final = frozenset(NOT_REGISTERED_WORDS.values())
_INITIALS: Final = frozenset(
    letter for words in _NOT_REGISTERED for letter in (words[0], words[0].upper())
)
"""How those begin: few other texts do, and a letter asks of each point."""


def field_by_label(text: str) -> str | None:
    """Return the name of the field that a label means, or None.

    Tolerant of case, spacing, written standard, a number or mark before it (`*`, `-`, `•`), bold
    marks around it, an explanation in brackets after it, and a closing colon.
    """
    return FIELD_BY_KEY.get(label_key(text))


def called(form: str, given: Mapping[str, str]) -> str:
    """Return what a request is called: what its form says in its first field."""
    return given.get(next(iter(FORMS[form].fields), ""), "")


def is_told(text: str) -> bool:
    """Whether a point's value says more than that nobody has told."""
    first = text[:1]
    if first not in _INITIALS and not first.isspace():
        return True
    return " ".join(text.split()).casefold() not in _NOT_REGISTERED


def shown(text: str, language: Language) -> str:
    """A point's value as a letter in `language` shows it."""
    return text if is_told(text) else NOT_REGISTERED_WORDS[language]


class Judged(Struct, frozen=True, kw_only=True):
    """One field after judging; `value` counts only without faults, and may be empty."""

    value: str = ""
    faults: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


def accepted(value: str, *warnings: Reason) -> Judged:
    """Return a field that is in order, with its normal form."""
    return Judged(value=value, warnings=warnings)


def faulty(code: str, **values: Any) -> Judged:
    """Return a field that has one fault."""
    return Judged(faults=(Reason(code, values),))

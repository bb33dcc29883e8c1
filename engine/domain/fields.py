"""The fields of the course information (R34–R44): their labels, and the forms that ask for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from engine.domain.synonyms import SYNONYMS
from engine.model import Language, Reason
from engine.plain import composed
from engine.wording.names import FIELD_NAMES


class Field(Struct, frozen=True, kw_only=True):
    """One field of a form: its label in each language, and what else people call it."""

    name: str
    labels: Mapping[Language, str]
    synonyms: tuple[str, ...]


class Form(Struct, frozen=True, kw_only=True):
    """Which fields an opening asks for, and which it also takes."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]


COURSE_INFORMATION: Final = (
    "full_name",
    "short_name",
    "category",
    "start_date",
    "home_page",
    "goal",
    "content",
    "audience",
    "summary",
    "prerequisites",
    "produced_by",
    "time_needed",
    "coordinator",
)
"""What a course needs on its way into KS Læring, in the routine's order (R34–R44)."""

DESCRIPTION_PARTS: Final = ("goal", "content", "audience")
"""The three fields that make up the one point «Kursbeskrivelse» (R34)."""

POINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "description" if name == "goal" else name: DESCRIPTION_PARTS if name == "goal" else (name,)
    for name in COURSE_INFORMATION
    if name not in DESCRIPTION_PARTS[1:]
}
"""The 11 points in order, each with its fields; letters count points, never fields."""

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

EXTRAS: Final = ("owner", "licence", "link", "experts", "liaison", "exception")
"""What may go with the 11 points."""

FIELDS: Final[Mapping[str, Field]] = {
    name: Field(name=name, labels=FIELD_NAMES[name], synonyms=synonyms)
    for name, synonyms in SYNONYMS.items()
}


def _form(name: str, required: tuple[str, ...]) -> Form:
    rest = (field for field in (*COURSE_INFORMATION, *EXTRAS) if field not in required)
    return Form(name=name, required=required, optional=tuple(rest))


FORMS: Final[Mapping[str, Form]] = {
    form.name: form
    for form in (
        _form("course_information", COURSE_INFORMATION),
        _form("order", ("full_name",)),
        _form("link", ("full_name", "owner", "link")),
    )
}
"""By the name that a workflow file uses in `opens_with.form`."""

_IN_BRACKETS = re.compile(r"\([^()]*\)\s*$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"^\d+\s+")


@lru_cache(maxsize=2048)
def _key(text: str) -> str:
    bare = _IN_BRACKETS.sub("", composed(text).strip(" \t*_:"))
    return _NUMBERED.sub("", _NOT_LETTERS.sub(" ", bare.casefold()).strip())


_BY_KEY: Final[Mapping[str, str]] = {
    _key(text): field.name
    for field in FIELDS.values()
    for text in (field.name, *field.labels.values(), *field.synonyms)
}


def field_by_label(text: str) -> str | None:
    """Return the name of the field that a label means, or None.

    Tolerant of case, spacing, written standard, a number or mark before it (`*`, `-`, `•`), bold
    marks around it, an explanation in brackets after it, and a closing colon.
    """
    return _BY_KEY.get(_key(text))


def label(name: str, language: Language) -> str:
    """Return a field's label; a name that is no field raises KeyError."""
    return FIELD_NAMES[name][language]


def point_of(name: str) -> str:
    """Return the point that a field belongs to: `description` for its three parts (R34)."""
    return "description" if name in DESCRIPTION_PARTS else name


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

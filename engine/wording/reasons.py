"""Turns a reason, which is a code and its data, into a sentence for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.model import Language, Reason
from engine.wording.catalogue import Names, begun, filled, names, texts
from engine.wording.dates import day, day_and_time
from engine.wording.names import (
    DUTY_NAMES,
    FIELD_NAMES,
    HOLDER_NAMES,
    ROLE_NAMES,
    SECTION_NAMES,
    all_of,
    one_of,
)

_SECTIONS: Final = (
    "reasons_course",
    "reasons_acts",
    "reasons_routines",
    "reasons_people",
    "reasons_missing",
    "reasons_mending",
    "reasons_morning",
    "reasons_mail",
    "reasons_networks",
    "reasons_typed",
    "reasons_settings",
    "reasons_store",
)
"""The catalogue's sections that hold sentences by a reason's code."""
Joined = Callable[[tuple[str, ...], Language], str]

_OSLO: Final = ZoneInfo("Europe/Oslo")
_LONGEST_QUOTE: Final = 120
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")
_NAMES: Final[Mapping[str, tuple[Names, ...]]] = {
    "field": (FIELD_NAMES, ROLE_NAMES, names("kept_days")),
    "roles": (ROLE_NAMES, HOLDER_NAMES),
    "duty": (DUTY_NAMES,),
    "parts": (names("producer_parts"),),
    "needed": (names("proofs"),),
    "sections": (SECTION_NAMES,),
}
"""The values that may hold our own names, and the words for them."""
_ANY_OF_THEM: Final = frozenset({"not_your_role"})
"""The codes whose lists are alternatives."""
_ANY: Final = "nearest"
"""The value whose list is always of alternatives: what may have been meant."""
_DAYS: Final = frozenset({"day", "latest", "first", "today"})
_INSTANTS: Final = frozenset({"at", "last"})
_ADDRESS: Final = "address"


def sentence(reason: Reason, language: Language) -> str:
    """Return the reason as a sentence; a code without one, or a value it lacks, raises KeyError.

    Values may be text, a mapping from language to text, days and instants (also as ISO text), and
    our own names of fields, roles, duties and proofs, alone, in a sequence or comma-separated.
    """
    either = reason.code in _ANY_OF_THEM
    words = {
        key: _word(key, value, language, one_of if either or key == _ANY else all_of)
        for key, value in reason.values.items()
    }
    return begun(filled(pattern_of(reason.code, language), words))


def codes() -> tuple[str, ...]:
    """Every code that has a sentence."""
    return tuple(code for section in _SECTIONS for code in texts(section, "nb"))


def pattern_of(code: str, language: Language) -> str:
    """The sentence of a code as it stands in the catalogue; KeyError for a code without one."""
    for section in _SECTIONS:
        if code in (found := texts(section, language)):
            return found[code]
    raise KeyError(code)


def _word(key: str, value: Any, language: Language, joined: Joined) -> str:
    if isinstance(value, Mapping):
        chosen = value.get(language, "")
        listed = isinstance(chosen, Sequence) and not isinstance(chosen, str)
        return joined(tuple(chosen), language) if listed else _quoted(chosen)
    if key in _DAYS | _INSTANTS:
        return _time_word(value, language)
    if key in _NAMES:
        return _named(key, value, language, joined)
    if key == _ADDRESS:
        # A link that is cut short leads nowhere.
        return str(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return joined(tuple(_quoted(item) for item in value), language)
    return _quoted(value)


def _quoted(value: Any) -> str:
    """On one line and of a bearable length, whatever a stranger wrote."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"


def _time_word(value: Any, language: Language) -> str:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        value = date.fromisoformat(value)
    elif isinstance(value, str) and _ISO_INSTANT.fullmatch(value):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return day_and_time(value.astimezone(_OSLO), language)
    return day(value, language) if isinstance(value, date) else _quoted(value)


def _named(key: str, value: Any, language: Language, joined: Joined) -> str:
    names = [part.strip() for part in value.split(",")] if isinstance(value, str) else list(value)
    words = tuple(dict.fromkeys(_name(key, name, language) for name in names if name))
    return joined(words, language)


def _name(key: str, name: Any, language: Language) -> str:
    known = next((known for known in _NAMES[key] if name in known), None)
    return known[name][language] if known else _quoted(name)

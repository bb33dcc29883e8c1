"""Turns a reason, which is a code and its data, into a sentence for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from string import Formatter
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.model import Language, Reason
from engine.pattern import pattern
from engine.wording.dates import day, day_and_time
from engine.wording.names import (
    DUTY_NAMES,
    FIELD_NAMES,
    HOLDER_NAMES,
    PRODUCER_PARTS,
    PROOF_NAMES,
    ROLE_NAMES,
    SECTION_NAMES,
    Names,
    all_of,
    one_of,
)
from engine.wording.reasons_course import COURSE_REASONS
from engine.wording.reasons_mail import MAIL_REASONS
from engine.wording.reasons_mending import MENDING_REASONS
from engine.wording.reasons_missing import MISSING_REASONS
from engine.wording.reasons_morning import MORNING_REASONS
from engine.wording.reasons_networks import NETWORK_REASONS
from engine.wording.reasons_people import PEOPLE_REASONS
from engine.wording.reasons_routines import ROUTINE_REASONS
from engine.wording.reasons_rules import RULE_REASONS
from engine.wording.reasons_store import STORE_REASONS
from engine.wording.reasons_usage import USAGE_REASONS
from engine.wording.settings import SETTING_REASONS

REASONS: Final[Mapping[str, Mapping[Language, str]]] = MappingProxyType(
    {
        code: {"nb": nb, "nn": nn, "en": en}
        for code, (nb, nn, en) in {
            **COURSE_REASONS,
            **RULE_REASONS,
            **ROUTINE_REASONS,
            **PEOPLE_REASONS,
            **MISSING_REASONS,
            **MENDING_REASONS,
            **MORNING_REASONS,
            **MAIL_REASONS,
            **NETWORK_REASONS,
            **USAGE_REASONS,
            **SETTING_REASONS,
            **STORE_REASONS,
        }.items()
    }
)
"""Every sentence by code and language; `[…]` is left out when a value in it is missing or
empty, and `{Name}` is the value of `name` with a capital letter."""

Joined = Callable[[tuple[str, ...], Language], str]

_OSLO: Final = ZoneInfo("Europe/Oslo")
_LONGEST_QUOTE: Final = 120
_OPTIONAL: Final = pattern(r"\[([^\[\]]*)\]")
_ISO_DAY: Final = pattern(r"\d{4}-\d{2}-\d{2}")
_ISO_INSTANT: Final = pattern(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})")
_NAMES: Final[Mapping[str, tuple[Names, ...]]] = {
    "field": (FIELD_NAMES, ROLE_NAMES),
    "roles": (ROLE_NAMES, HOLDER_NAMES),
    "duty": (DUTY_NAMES,),
    "parts": (PRODUCER_PARTS,),
    "needed": (PROOF_NAMES,),
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
    pattern = REASONS[reason.code][language]
    either = reason.code in _ANY_OF_THEM
    words = {
        key: _word(key, value, language, one_of if either or key == _ANY else all_of)
        for key, value in reason.values.items()
    }
    words |= {key.capitalize(): _begun(text) for key, text in words.items()}

    def kept(part: re.Match[str]) -> str:
        return part[1] if all(words.get(name) for name in placeholders(part[1])) else ""

    return _begun(_OPTIONAL.sub(kept, pattern).format_map(words))


def placeholders(pattern: str) -> frozenset[str]:
    """Return the names of the values that a pattern of REASONS uses."""
    return frozenset(name for _, name, _, _ in Formatter().parse(pattern) if name)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    for names in _NAMES[key]:
        if name in names:
            return names[name][language]
    return _quoted(name)

"""What a look at the site and at a link finds, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.dates import day_and_time
from engine.wording.names import duty

_OSLO: Final = ZoneInfo("Europe/Oslo")
_TYPED: Final = frozenset({"provisional"})
"""Those in which the duty stands as it is typed."""


def found(code: str, values: Mapping[str, Any], language: Language) -> str:
    """What was found, as a phrase without a capital; KeyError for an unknown code."""
    told = {name: _in_oslo(value, language) for name, value in values.items()}
    if "duty" in told and code not in _TYPED:
        told["duty"] = duty(str(told["duty"]), language)
    return say(f"findings.{code}", language, **told)


def _in_oslo(value: Any, language: Language) -> Any:
    if not isinstance(value, datetime):
        return value
    return day_and_time(value.astimezone(_OSLO), language)


def link_words(code: str, detail: str, language: Language) -> str:
    """What the look at a link came to, as a phrase; KeyError for an unknown code."""
    return say(f"links.{code}", language, detail=detail)


def link_state(name: str, language: Language) -> str:
    """How a link stands, in a word or two."""
    return say(f"link_states.{name}", language)

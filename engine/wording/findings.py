"""What a look at the site and at a link finds, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.names import duty

_TYPED: Final = frozenset({"provisional"})
"""Those in which the duty stands as it is typed."""


def found(code: str, values: Mapping[str, Any], language: Language) -> str:
    """What was found, as a phrase without a capital; KeyError for an unknown code."""
    told = dict(values)
    if "duty" in told and code not in _TYPED:
        told["duty"] = duty(str(told["duty"]), language)
    return say(f"findings.{code}", language, **told)


def link_words(code: str, detail: str, language: Language) -> str:
    """What the look at a link came to, as a phrase; KeyError for an unknown code."""
    return say(f"links.{code}", language, detail=detail)


def link_state(name: str, language: Language) -> str:
    """How a link stands, in a word or two."""
    return say(f"link_states.{name}", language)

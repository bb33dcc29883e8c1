"""Whom an opening asks for an opinion, and what is one (INTERFACE §5.2)."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = 200
"""A text of more characters says something, whatever address it holds."""
_NAME: Final = re.compile(r"[A-ZÆØÅ][\w.'’-]{1,30}(?: (?:[A-ZÆØÅ][\w.'’-]{0,30}|de|van|von)){1,3}")
_NO_NAMES: Final = frozenset({"ingen merknader", "ingen merknadar", "no remarks"})
_DUTY: Final = re.compile(
    r"(?:det |vårt |lokalt |den |vår |the )?(?:fagmiljø(?:et)?|fagperson(?:er|ar|ene|ane)?"
    r"|samhandlings(?:enhet(?:en)?|eining(?:a)?|ansvarlige?|ansvarlege?)|subject experts"
    r"|cooperation unit)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[^\s<>,;:()\[\]]+@[^\s<>,;:()\[\]]+\.[^\s<>,;:()\[\]]*\w")


def is_opinion(text: str) -> bool:
    """Whether `text`, written for experts or cooperation unit, is an opinion: an address, a name or
    the duty in words says whom to ask.
    """
    return bool(text.strip()) and not (
        address_in(text) or name_in(text) or _DUTY.fullmatch(text.strip(" ."))
    )


def name_in(text: str) -> str:
    """The person's name that is all a text says, but for a title behind a comma; empty for none."""
    if len(text) > _SHORT:
        return ""
    name = " ".join(text.partition(",")[0].strip(" .").split())
    is_name = _NAME.fullmatch(name) and name.casefold() not in _NO_NAMES
    return name if is_name else ""


def address_in(text: str) -> str:
    """The address that a short `text` holds, in small letters; empty for none."""
    found = _ADDRESS.search(text) if len(text) <= _SHORT else None
    return found[0].lower() if found else ""

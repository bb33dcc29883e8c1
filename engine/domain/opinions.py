"""Whom an opening asks for an opinion, and what is one (INTERFACE §5.2)."""

from __future__ import annotations

import re
from typing import Final

_SHORT: Final = 200
"""A text of more characters says something, whatever address it holds."""
_ADDRESS: Final = re.compile(r"[^\s<>,;:()\[\]]+@[^\s<>,;:()\[\]]+\.[^\s<>,;:()\[\]]*\w")


def is_opinion(text: str) -> bool:
    """Whether `text`, written for experts or cooperation unit, is an opinion: an address says whom
    to ask.
    """
    return bool(text.strip()) and not address_in(text)


def address_in(text: str) -> str:
    """The address that a short `text` holds, in small letters; empty for none."""
    found = _ADDRESS.search(text)
    return found[0].lower() if found and len(text) <= _SHORT else ""

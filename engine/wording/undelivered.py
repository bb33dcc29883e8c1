"""Sentences about letters that did not arrive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.dates import day_and_time

MOST_SHOWN: Final = 200
_WHY: Final[Mapping[str, tuple[str, ...]]] = {
    "no_address": ("5.1.", "5.4.4", "550", "551", "553", "556"),
    "closed": ("5.2.1", "521"),
    "full": ("5.2.2", "4.2.2", "552"),
    "refused": ("5.7.", "4.7.", "554"),
    "too_late": ("4.",),
    "other": ("",),
}
"""By how the status code begins, the first that fits (RFC 3463; SMTP's own codes too)."""


def why_undelivered(status: str, reason: str, language: Language) -> str:
    """Why a letter did not arrive, without a capital, and the server's own words."""
    why = next(name for name, starts in _WHY.items() if status.startswith(starts))
    said = say(f"why_undelivered.{why}", language)
    own = " ".join(reason.split())[:MOST_SHOWN]
    return f"{said}. {say('quotes.quoted', language, text=own)}" if own else f"{said}."


def came_back(
    at: datetime, address: str, status: str, reason: str, language: Language, *, late: bool
) -> str:
    """That a letter did not arrive, or is `late`; `at` in the zone that it shall be told in."""
    why = why_undelivered(status, reason, language)
    key = "undelivered.delayed" if late else "undelivered.lost"
    return say(key, language, when=day_and_time(at, language), address=address, why=why)


def goes_to_you(address: str, language: Language) -> str:
    """That somebody else gets a letter because it did not reach `address`."""
    return say("undelivered.goes_to_you", language, address=address)

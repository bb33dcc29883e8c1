"""What stands before a command: which site, at what time, in which language, for whom."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

from engine.calendar import OSLO
from engine.model import Language

YEARS: Final = range(1900, 3000)
"""Those in which there may be anything; an instant beyond them is a slip of the keys."""
MORNING = time(8)
"""The Oslo clock time that `--at` means when it is a date alone."""


def now() -> datetime:
    """The present instant, in whole seconds of UTC."""
    return datetime.now(UTC).replace(microsecond=0)


class Given(Struct, kw_only=True):
    """What stands before the command; filled in before the command runs."""

    folder: Path = field(default_factory=Path)
    json: bool = False
    language: Language = "nb"
    at: datetime = field(default_factory=now)
    """The business time of the command."""
    closing: ExitStack = field(default_factory=ExitStack)
    """Closes what the command has opened, when it is over."""


def read_at(text: str) -> datetime:
    """The instant that `--at` means, in whole seconds of UTC; ValueError when it means none.

    A date alone is 08.00 that day, and a time without an offset is in Oslo.
    """
    text = text.strip()
    if len(text) == len("2026-01-01"):
        day = date.fromisoformat(text)
        if day.year not in YEARS:
            raise ValueError(text)
        return datetime.combine(day, MORNING, OSLO).astimezone(UTC)
    at = datetime.fromisoformat(text)
    if at.year not in YEARS:
        raise ValueError(text)
    return (at if at.tzinfo else at.replace(tzinfo=OSLO)).astimezone(UTC).replace(microsecond=0)


def one_line(document: Mapping[str, Any]) -> str:
    """The document as one line of JSON, with letters as they are."""
    return json.dumps(document, ensure_ascii=False)

"""Values of settings: as TOML, as text on a command line, and checked against what is expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import time
from typing import Any, Final

from engine.errors import SettingsError
from engine.model import Reason
from engine.wording.catalogue import names

Value = str | int | bool | tuple[str, ...]

CHOICES: dict[str, tuple[str, ...]] = {
    "mail.mode": ("own", "beside"),
    "letters.mode": ("shadow", "hold", "live"),
    "letters.transport": ("file", "smtp"),
    "language.neutral": ("nb", "nn"),
    "smtp.security": ("none", "starttls", "tls"),
    "imap.security": ("none", "starttls", "tls"),
}
"""Settings that allow only a few words."""

RANGES: dict[str, tuple[int, int]] = {
    "mail.answers_per_day": (1, 10_000),
    "mail.passed_on_per_day": (0, 10_000),
    "mail.soft_bounces": (1, 100),
    "mail.soft_bounce_days": (1, 365),
    "links.every_days": (1, 365),
    "letters.undo_minutes": (0, 7 * 24 * 60),
    "letters.brake_per_hour": (0, 1_000_000),
    "smtp.port": (1, 65535),
    "smtp.timeout": (1, 120),
    "smtp.connections": (1, 50),
    "smtp.per_minute": (0, 100_000),
    "imap.port": (1, 65535),
    "imap.look_back_days": (0, 3650),
}
"""Settings that are numbers, with the smallest and the largest."""

_TIME: Final = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
TIMES: Final = frozenset({"letters.digest"})
"""Settings that are a time of the day, or empty."""


def time_of_day(text: str) -> time | None:
    """Return the time that `08.00` or `8:00` stands for; None for anything else."""
    found = _TIME.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Return ` (did you mean …?)` for the known word nearest to `word`, or nothing if none is."""
    found = near(word, known)
    return f" (did you mean {found}?)" if found else ""


def near(word: str, known: tuple[str, ...]) -> str:
    """Return the known word nearest to `word`, empty if none is."""
    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


def from_toml(key: str, value: object, default: Value) -> Value:
    """Return what a settings file says for `key`; raises SettingsError naming the key.

    The default's type is the type that is asked for.
    """
    if isinstance(default, tuple):
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise _unfit(f"{key} must be a list of texts, not {value!r}", key, value, "list")
        return _judged(key, tuple(value))
    if type(value) is not type(default):
        kind, told = _KINDS[type(default)]
        raise _unfit(f"{key} must be {told}, not {value!r}", key, value, kind)
    return _judged(key, value)


_KINDS: Final[Mapping[type, tuple[str, str]]] = {
    str: ("str", "a text"),
    int: ("int", "a whole number"),
    bool: ("bool", "true or false"),
}
"""By a default's type: how the catalogue names it, and how an error does."""


def from_text(key: str, text: str, default: Value) -> Value:
    """Return what `--set KEY=VALUE` says: lists are comma-separated; raises SettingsError."""
    if isinstance(default, tuple):
        return _judged(key, tuple(item.strip() for item in text.split(",") if item.strip()))
    if isinstance(default, bool):
        if text.lower() not in {"true", "false"}:
            raise _unfit(f"{key} must be true or false, not {text!r}", key, text, "bool")
        return text.lower() == "true"
    if isinstance(default, int):
        if not text.strip().isdecimal():
            raise _unfit(f"{key} must be a whole number, not {text!r}", key, text, "int")
        return _judged(key, int(text))
    return _judged(key, text.strip())


def to_toml(value: Value) -> str:
    """Return `value` as TOML writes it, on one line."""
    if isinstance(value, tuple):
        return "[" + ", ".join(to_toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def _unfit(told: str, key: str, value: object, kind: str) -> SettingsError:
    """That the value of a setting is of another kind than it must be."""
    reason = Reason(
        "setting_kind", {"key": key, "text": value, "kind": names("setting_kinds")[kind]}
    )
    return SettingsError(told, reason=reason)


def _judged(key: str, value: Any) -> Value:
    """Return `value` if it is one that `key` allows; raises SettingsError."""
    if key in CHOICES and value not in CHOICES[key]:
        words = ", ".join(CHOICES[key])
        values = {"key": key, "text": value, "known": words}
        raise SettingsError(
            f"{key} must be one of {words}, not {value!r}{suggestion(str(value), CHOICES[key])}",
            reason=Reason("setting_choice", values),
        )
    if key in RANGES and not RANGES[key][0] <= value <= RANGES[key][1]:
        low, high = RANGES[key]
        values = {"key": key, "text": value, "low": low, "high": high}
        raise SettingsError(
            f"{key} must be from {low} to {high}, not {value!r}",
            reason=Reason("setting_range", values),
        )
    if key in TIMES and value and time_of_day(value) is None:
        raise SettingsError(
            f"{key} must be a time as 08.00, or empty, not {value!r}",
            reason=Reason("setting_time", {"key": key, "text": value}),
        )
    judged: Value = value
    return judged

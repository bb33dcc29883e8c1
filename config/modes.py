"""Whether letters leave: for the whole site, and for single routines and parties.

`[letters.workflows]` and `[letters.parties]` are the only tables whose keys a site names itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.errors import SettingsError
from engine.model import Reason

MODES: Final = ("shadow", "hold", "live")
WORKFLOWS: Final = "letters.workflows."
PARTIES: Final = "letters.parties."
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")


def is_mode(key: str) -> bool:
    """Whether the dotted key says how letters of one routine or to one party leave."""
    return key.startswith((WORKFLOWS, PARTIES))


def judged(key: str, value: object) -> str:
    """The mode that `key` is set to; SettingsError for another value, or for no name at all."""
    name = key.removeprefix(WORKFLOWS).removeprefix(PARTIES)
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{key}: {name!r} is no name of a routine or a party",
            reason=Reason("setting_mode_name", {"key": key, "text": name}),
        )
    if not isinstance(value, str) or value not in MODES:
        values = {"key": key, "text": value, "known": ", ".join(MODES)}
        raise SettingsError(
            f"{key} must be {', '.join(MODES)}, not {value!r}",
            reason=Reason("setting_choice", values),
        )
    return value


def taken_from(section: dict[str, Any]) -> dict[str, Any]:
    """`workflows` and `parties` by name, moved out of the section `letters` of the settings."""
    found: dict[str, dict[str, str]] = {"workflows": {}, "parties": {}}
    for key in [key for key in section if "." in key]:
        table, _, name = key.partition(".")
        found[table][name] = str(section.pop(key))
    return {**found}


def lines(header: str, wanted: Mapping[str, str]) -> list[str]:
    """The lines of the table under `header`, as `[letters.parties]`, that `wanted` asks for."""
    prefix = f"{header.strip('[]')}."
    return [
        f'{key.removeprefix(prefix)} = "{mode}"'
        for key, mode in wanted.items()
        if prefix in (WORKFLOWS, PARTIES) and key.startswith(prefix)
    ]

"""The settings of backups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from engine.errors import SettingsError


class BackupSettings(Struct, frozen=True, kw_only=True):
    """Where the worker keeps backups of the database, and how many."""

    folder: Path | None
    """None: the worker makes none."""
    keep: int


def backup(site: Path, section: Mapping[str, Any]) -> BackupSettings:
    """Return the settings of the section `backup`; a folder's name is seen from the site."""
    if section["keep"] < 1:
        raise SettingsError(f"backup.keep must be 1 or more, not {section['keep']}")
    folder = site / section["folder"] if section["folder"] else None
    return BackupSettings(folder=folder, keep=section["keep"])

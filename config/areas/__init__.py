"""The areas of cooperation that come with the program, as data."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from engine.domain.area_file import AreaFile, area_of
from engine.errors import SettingsError
from engine.model import Reason


def shipped() -> dict[str, AreaFile]:
    """Return every area that comes with the program, by id."""
    found = {}
    for entry in sorted(files("config.areas").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            described = area_of(tomllib.loads(entry.read_text(encoding="utf-8")), entry.name)
            found[described.area.id] = described
    return found


def from_file(path: Path) -> AreaFile:
    """Return the area that a site's own file describes; SettingsError when it describes none."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{path} cannot be read: {error}",
            reason=Reason("area_unreadable", {"place": path, "text": error}),
        ) from error
    return area_of(table, str(path))

"""Where areas of cooperation come from: those that come with the program, or a site's own file."""

from __future__ import annotations

from pathlib import Path

from config import areas
from engine.domain.area_file import AreaFile
from engine.errors import RefusedError
from engine.model import Reason


def described(name: str) -> AreaFile:
    """The area of that id, or that the file `name` describes.

    RefusedError when there is none, SettingsError for a file that describes none.
    """
    if name.endswith(".toml"):
        return areas.from_file(Path(name))
    known = areas.shipped()
    if name not in known:
        values = {"area": name, "known": ", ".join(sorted(known))}
        raise RefusedError((Reason("area_unknown", values),))
    return known[name]

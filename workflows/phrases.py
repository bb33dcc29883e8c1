"""What people write in their own words, as data: `phrases.toml`, by the event that it means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The phrases of each event in the routines that share courses, in the file's order."""
    text = files("workflows").joinpath("phrases.toml").read_text(encoding="utf-8")
    return {name: tuple(each) for name, each in tomllib.loads(text).items()}

"""The lists of words by which people's own words are read, as data: `workflows/hindering.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

_LISTS: Final[Mapping[str, Mapping[str, str | list[str]]]] = tomllib.loads(
    files("workflows").joinpath("hindering.toml").read_text("utf-8")
)


def listed(rules: str, name: str) -> tuple[str, ...]:
    """Return the list `name` of those rules, in the file's order: words, or several words each."""
    found = _LISTS[rules][name]
    return tuple(found.split() if isinstance(found, str) else found)

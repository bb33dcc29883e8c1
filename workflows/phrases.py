"""What people write in their own words, as data: `phrases.toml`, by the event that it means."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from engine.errors import SettingsError
from engine.model import Reason

FILE = "phrases.toml"
Phrases = Mapping[str, tuple[str, ...]]


@cache
def phrases() -> Phrases:
    """The phrases of each event in the routines that share courses, in the file's order."""
    text = files("workflows").joinpath(FILE).read_text(encoding="utf-8")
    return {name: tuple(each) for name, each in tomllib.loads(text).items()}


def phrases_at(folder: Path) -> Callable[[], Phrases]:
    """What gives the program's phrases with those of the site in `folder` behind them.

    SettingsError for a file of the site that is no TOML, or that holds anything but lists of texts.
    """
    file = folder / "workflows" / FILE
    if not file.is_file():
        return phrases
    fault = SettingsError(
        f"{file}: no lists of texts", reason=Reason("phrases_broken"), place=str(file)
    )
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise fault from error
    if not all(isinstance(each, list) and all(map(_is_phrase, each)) for each in found.values()):
        raise fault

    @cache
    def whole() -> Phrases:
        known = phrases()
        return {**known, **{n: (*known.get(n, ()), *each) for n, each in found.items()}}

    return whole


def _is_phrase(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())

"""The catalogue: what people read, one text file per language that is edited without Python."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any

from engine.model import LANGUAGES, Language

Names = Mapping[str, Mapping[Language, str]]
"""By our own word: what it is called in each language."""


class _Value(str):
    """A value that a text asks for: `{x: words}` is left out where it is empty, `{n:one|many}` is
    chosen by the number.
    """

    __slots__ = ()

    def __format__(self, part: str) -> str:
        if not part:
            return str(self)
        if self.isdecimal() and "|" in part:
            one, _, many = part.partition("|")
            return one if int(self) == 1 else many
        return part if self else ""


class _Values(dict[str, str]):
    """The values that a pattern is filled in with: also with a capital letter, and empty where only
    an optional part asks for one that is absent.
    """

    def __init__(self, pattern: str, values: Mapping[str, Any]) -> None:
        super().__init__({name: _Value(value) for name, value in values.items()})
        self.pattern = pattern

    def __missing__(self, name: str) -> str:
        small = name[:1].lower() + name[1:]
        if small in self and small != name:
            return _Value(begun(self[small]))
        if f"{{{small}:" in self.pattern:
            return _Value()
        raise KeyError(name)


def say(key: str, language: Language, /, **values: Any) -> str:
    """The text of `section.name`, filled in; KeyError for one that is not there, or a value that it
    lacks.
    """
    section, _, name = key.partition(".")
    return filled(texts(section, language)[name], values)


def filled(pattern: str, values: Mapping[str, Any]) -> str:
    """The pattern of a text with its values."""
    return pattern.format_map(_Values(pattern, values)) if "{" in pattern else pattern


def begun(words: str) -> str:
    """The words with a capital letter, as a sentence begins; an address stays as it is."""
    return words if "@" in words.partition(" ")[0] else words[:1].upper() + words[1:]


@cache
def names(section: str) -> Names:
    """What everything in a section is called, by our own word, in each language."""
    known = {language: texts(section, language) for language in LANGUAGES}
    return MappingProxyType(
        {key: {each: known[each][key] for each in LANGUAGES} for key in known["nb"]}
    )


@cache
def texts(section: str, language: Language) -> Mapping[str, str]:
    """The texts of a section as they are written, by name; KeyError for one that is not there."""
    found: dict[str, str] = {}
    for line in sections(language)[section].splitlines():
        name, is_there, words = line.partition(" = ")
        if is_there and not line.startswith("#"):
            found[name] = words.replace(r"\n", "\n").replace(r"\t", "\t")
    return MappingProxyType(found)


@cache
def sections(language: Language) -> Mapping[str, str]:
    """The sections of a language's file by name, each as it is written; read once."""
    whole = files("engine.wording").joinpath(f"{language}.txt").read_text("utf-8")
    parts = (part.partition("]\n") for part in whole.split("\n[")[1:])
    return MappingProxyType({name: body for name, _, body in parts})


def asked_for(pattern: str) -> frozenset[str]:
    """The names of the values that a text asks for, optional ones too."""
    found: set[str] = set()
    for _, name, part, _ in Formatter().parse(pattern):
        if name:
            found |= {name} | asked_for(part or "")
    return frozenset(found)

"""Collects every problem of one workflow file, so that an author sees all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from engine.definition.types import Mark
from engine.errors import DefinitionError
from engine.model import Problem

AT_MOST = 100
"""After so many problems reading stops: a hostile file must not cost more than that."""

_SHOWN = 60
_FEW = 12


class Problems:
    """The problems found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []

    def add(self, mark: Mark, rule: str, message: str) -> None:
        """Notes one problem; raises DefinitionError when there are too many to be worth more."""
        self._found.append(
            Problem(file=self.file, line=mark.line, column=mark.column, rule=rule, message=message)
        )
        if len(self._found) >= AT_MOST:
            self.raise_any()

    def stop(self, mark: Mark, rule: str, message: str) -> NoReturn:
        """Notes a problem after which nothing more can be read, and raises DefinitionError."""
        self.add(mark, rule, message)
        raise DefinitionError(in_order(self._found))

    def raise_any(self) -> None:
        """Raises DefinitionError with every problem in the order of the file, if there is one."""
        if self._found:
            raise DefinitionError(in_order(self._found))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems as they come in the file, without repeats."""
    unique = {(p.line, p.column, p.rule, p.message): p for p in problems}
    return tuple(unique[key] for key in sorted(unique))


def shown(text: str) -> str:
    """The text between quotation marks, cut to a length that fits in a message."""
    return f"«{text[:_SHOWN]}…»" if len(text) > _SHOWN else f"«{text}»"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A suggestion to end a message with: the nearest known name, else all if they are few."""
    names = sorted(known)
    near = get_close_matches(word[:_SHOWN], names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean «{near[0]}»?"
    if 0 < len(names) <= _FEW:
        return f"; known here: {', '.join(names)}"
    return ""

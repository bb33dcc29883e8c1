"""Regular expressions that are compiled when they are first asked something.

Compiling one takes the processor 0.1 to 6 ms, and the program has some two hundred, of which one
command asks a few; so a module that is imported only notes them. Type checkers see what the
standard library makes, and from the second question on it is that which answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

__all__ = ["pattern"]

_ASKED: Final = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")


class _Late:
    """Stands in place of a compiled expression, and hands every question on to it."""

    def __init__(self, text: Any, flags: int = 0) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled: Any = re.compile(*self._given)
        self.__dict__ |= {each: getattr(compiled, each) for each in _ASKED}
        return getattr(compiled, name)


if TYPE_CHECKING:
    from re import compile as pattern
else:
    pattern = _Late

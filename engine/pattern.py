"""Regular expressions that are compiled when they are first asked something.

Compiling one takes the processor 0.1 to 6 ms, and the program has some two hundred, of which one
command asks a few; so a module that is imported only notes them. Type checkers see what the
standard library makes, and from the second question on it is that which answers.

Most mail holds none of the words that the longest patterns look for. Such a pattern may name parts
of words in `needs`, in lower case and with `|` between them: a text without any of them is no match
and is told so without compiling. A test proves for each that every match holds one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr, Final

__all__ = ["pattern"]

_ASKED: Final = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")
_FOUND: Final = ("match", "fullmatch", "search")
_LIKE_ASCII: Final = frozenset("ıſ")
"""Letters that `re.IGNORECASE` takes for i and s, and `str.lower` does not."""


class _Late:
    """Stands in place of a compiled expression, and hands every question on to it."""

    def __init__(self, text: Any, flags: int = 0, needs: str = "") -> None:
        self.given = text, flags
        if needs:
            self.needs: tuple[str, ...] = tuple(needs.split("|"))
            self.__dict__ |= {each: self._unless_without(each) for each in _FOUND}

    def __getattr__(self, name: str) -> Any:
        compiled: Any = re.compile(*self.given)
        self.__dict__ |= {each: getattr(compiled, each) for each in _ASKED}
        return getattr(compiled, name)

    def _unless_without(self, name: str) -> Callable[..., Any]:
        def asked(text: str, *place: int) -> Any:
            lower = text.lower()
            if any(part in lower for part in self.needs) or not _LIKE_ASCII.isdisjoint(lower):
                return self.__getattr__(name)(text, *place)
            return None

        return asked


if TYPE_CHECKING:

    def pattern(text: AnyStr, flags: int = 0, needs: str = "") -> re.Pattern[AnyStr]:
        """As `re.compile`."""
else:
    pattern = _Late

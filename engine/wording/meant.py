"""Finds what a typed word means among names and what they are called: what is printed is read."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from engine.plain import composed

NEAR = 0.6
"""Below this likeness a word is no help, but a riddle."""
MOST = 3


def folded(text: str) -> str:
    """The text without what no reader minds: case, blanks, underscores, the way of accents."""
    return " ".join(composed(text).casefold().replace("_", " ").split())


def meant(text: str, known: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Every name in `known` that `text` is, or that is called so; a name itself goes before."""
    wanted = folded(text)
    names = tuple(name for name in known if folded(name) == wanted)
    return names or tuple(
        name for name, titles in known.items() if wanted in {folded(title) for title in titles}
    )


def near(text: str, known: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """What in `known`, as it is written there, is so like `text` that it may have been meant; of
    each only what is most like it.
    """
    pool: dict[str, tuple[str, str]] = {}
    for name, titles in known.items():
        for each in (*titles, name):
            pool.setdefault(folded(each), (name, each))
    found = difflib.get_close_matches(folded(text), pool, n=2 * MOST, cutoff=NEAR)
    best: dict[str, str] = {}
    for each in found:
        best.setdefault(*pool[each])
    return tuple(best.values())[:MOST]

"""How far long work has come, for whoever watches it on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress() -> Iterator[Callable[[str, int], None]]:
    """A function to tell (what, how many so far) with; it says nothing where nobody watches.

    One line on standard error, written over and gone in the end.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _count: None
        return
    width = 0

    def tell(what: str, count: int) -> None:
        nonlocal width
        line = f"{what} {count}"
        width = max(width, len(line))
        print(f"\r{line.ljust(width)}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print(f"\r{' ' * width}\r", end="", file=sys.stderr, flush=True)

"""How much the long tests do: a little in `make test`, all of it in `make soak`."""

from __future__ import annotations

import os

SOAK = bool(os.environ.get("KURSDELING_SOAK"))


def rounds(short: int, long: int) -> int:
    """`short`, or `long` when soaking."""
    return long if SOAK else short

"""Long work that makes many small values and keeps few of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SELDOM: Final = 50_000
"""How many new values there are before Python looks for those that refer to each other in rings."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for rings of values less often, and never among those that stand already.

    Routines and templates are most of what there is, and live as long as the program: looking
    through them again and again was a tenth of a simulation.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(max(SELDOM, usual[0]), *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()

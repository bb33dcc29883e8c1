"""Seals: digests that stand beside what may change, so that a change by hand does not fit them.

A statement that changes a sealed row makes its seal anew; in SQL by the function `seal`, which
gives the same as here.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from engine.store.database import Row
from engine.store.statements import SEALED

SEPARATOR = "\x1f"
"""Between two values; no text that is kept holds it."""
NOTHING = "-"
THERE = "="
"""Before each value, so that none and an empty one differ."""


def seal(*values: object) -> str:
    """The SHA-256 of the values in their order, in hexadecimal; the database's own function too."""
    return sealed(values)


def sealed(values: Iterable[object]) -> str:
    """As `seal`, of the values that are given one by one."""
    parts = [NOTHING if value is None else f"{THERE}{value}" for value in values]
    return sha256(SEPARATOR.join(parts).encode()).hexdigest()


def seal_of_row(table: str, row: Row) -> str:
    """The seal of a row of a sealed table, whatever seal it bears."""
    return sealed([row[name] for name in SEALED[table]])


def seal_of_mail(row: Row) -> str:
    """The seal of a message's row, in which `no_raw` tells whether its bytes were removed."""
    return sealed([*(row[name] for name in SEALED["inbox"]), int(row["no_raw"])])

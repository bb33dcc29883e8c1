"""The file of a SQLite database: whose it is, and that it is there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from engine.errors import SchemaError, StoreError
from engine.model import Reason
from engine.store.database import NO_TABLES


def make(path: str) -> None:
    """Make the file if it is missing, for its owner alone: it is to hold every mail.

    SQLite gives the files beside it the same mode. What is wrong is left for SQLite to say.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def see(file: Path) -> None:
    """StoreError unless the file is there, SchemaError when it is empty.

    SQLite would make what is missing, and write in what is empty.
    """
    if not file.exists():
        raise StoreError(
            f"{file} is gone: put it or a backup back; `kursdeling db upgrade` makes an empty one",
            reason=Reason("db_gone"),
            place=str(file),
        )
    if file.stat().st_size == 0:
        raise SchemaError(NO_TABLES, reason=Reason("db_no_tables"))

"""What a database says when it cannot, as reasons that people read in their own language."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from engine.model import Reason

_SQLITE: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_FULL: "db_full",
    sqlite3.SQLITE_BUSY: "db_locked",
    sqlite3.SQLITE_LOCKED: "db_locked",
    sqlite3.SQLITE_READONLY: "db_read_only",
    sqlite3.SQLITE_PERM: "db_read_only",
    sqlite3.SQLITE_CANTOPEN: "db_unopened",
    sqlite3.SQLITE_CORRUPT: "db_damaged",
    sqlite3.SQLITE_NOTADB: "db_damaged",
    sqlite3.SQLITE_IOERR: "db_disk",
}
_POSTGRESQL: Final[Mapping[str, str]] = {
    "53100": "db_full",
    "55P03": "db_locked",
    "25006": "db_read_only",
    "58030": "db_disk",
    "XX001": "db_damaged",
    "XX002": "db_damaged",
}


def of_sqlite(error: sqlite3.Error) -> Reason:
    """What SQLite's error means; in its own words where it is none that people meet."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return Reason(_SQLITE.get(code, "db_said"), {"text": str(error)})


def of_postgresql(state: str, text: str) -> Reason:
    """What the server's SQLSTATE means; in its own words where it is none that people meet."""
    return Reason(_POSTGRESQL.get(state, "db_said"), {"text": text})

"""The least that a process per mail can cost: reads one mail, and writes rows that it is told.

`python -m bench.bare_mail DATABASE ROWS < MAIL`, where ROWS holds two lists of statements.
"""

from __future__ import annotations

import email
import pickle
import sqlite3
import sys
from pathlib import Path

if __name__ == "__main__":
    path, rows = sys.argv[1:]
    raw = sys.stdin.buffer.read()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    for work in pickle.loads(Path(rows).read_bytes()):  # noqa: S301 – the bench has just written it
        connection.execute("BEGIN IMMEDIATE")
        for sql, params in work:
            connection.execute(sql, params)
        connection.execute("COMMIT")
    for part in email.message_from_bytes(raw).walk():
        if not part.is_multipart():
            part.get_payload(decode=True)
    connection.close()

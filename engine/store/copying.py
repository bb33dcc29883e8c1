"""A whole site's rows, copied from one database into another that is empty."""

from __future__ import annotations

from engine.store.database import Database
from engine.store.statements import SQLITE

READ, WRITE = "copy_read_", "copy_write_"
MADE_WITH_TABLES = "schema_version"


def copy(source: Database, target: Database) -> None:
    """Write every row of `source` into `target`, which holds the same tables, empty.

    The source is only read, at one moment. The bytes of mails, letters and attachments are not
    copied: they are most of a site's size, and what is copied never leaves.
    """
    names = [name.removeprefix(READ) for name in SQLITE if name.startswith(READ)]
    with source.reading() as reading, target.transaction() as writing:
        for name in names:
            if name != MADE_WITH_TABLES:
                writing.run_many(WRITE + name, reading.all(READ + name))

"""A whole site's rows, copied from one database into another that is empty."""

from __future__ import annotations

from typing import Final

from engine.store.database import Database
from engine.store.tables import whole

MADE_WITH_TABLES: Final = "schema_version"


def copy(source: Database, target: Database) -> None:
    """Write every row of `source` into `target`, which holds the same tables, empty.

    The source is only read, at one moment. The bytes of mails, letters and attachments are not
    copied: they are most of a site's size, and what is copied never leaves.
    """
    with source.reading() as reading, target.transaction() as writing:
        for table in whole.TABLES:
            if table != MADE_WITH_TABLES:
                rows = reading.all_of(whole.reading(source.dialect, table, with_bytes=False))
                writing.write_all(whole.writing(target.dialect, table), rows)

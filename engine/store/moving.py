"""A whole site's rows, moved from one database into another of either kind, and proved equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from msgspec import Struct

from engine.errors import StoreError
from engine.model import Reason
from engine.store import schema
from engine.store.copying import MADE_WITH_TABLES
from engine.store.database import Database, Row, Transaction
from engine.store.encoding import canonical
from engine.store.tables import whole

LEFT_BEHIND: Final = frozenset({MADE_WITH_TABLES, "heartbeat"})
"""What is made anew: the schema's version, and workers that are not at the new place."""
WITH_BYTES: Final = frozenset({"inbox", "letter", "attachment"})
"""The tables that hold whole mails."""
FEW, MANY = 4, 500
"""How many rows with and without such bytes are in memory at once."""

Progress = Callable[[str, int], None]
"""Told (table, how many of its rows so far) now and then."""


class Moved(Struct, frozen=True, kw_only=True):
    """What stands in the new database, read back from there."""

    rows: dict[str, int]
    """How many, by table."""
    heads: int
    """How many requests, each with the same last event as in the old one."""


def move(
    source: Database, target: Database, progress: Progress = lambda _table, _count: None
) -> Moved:
    """Write every row of `source`, as it stands at one moment, into `target`, which holds none.

    All or nothing: what is read back from the target must be the same before it is committed.
    SchemaError when the source is of another version, StoreError when the target holds something.
    """
    schema.check(source)
    _make_ready(target)
    rows: dict[str, int] = {}
    with source.reading() as reading, target.transaction() as writing:
        for table in tables():
            wanted = _Digest()
            rows_to_move = _rows(reading, source.dialect, table)
            for batch in _batches(wanted.of(rows_to_move), _at_once(table)):
                writing.write_all(whole.writing(target.dialect, table), batch)
                progress(table, wanted.count)
            _same(table, wanted, _rows(writing, target.dialect, table))
            rows[table] = wanted.count
        writing.define(whole.counting(target.dialect))
    return Moved(rows=rows, heads=rows["request"])


def tables() -> tuple[str, ...]:
    """Every table that is moved, those that others refer to first."""
    return tuple(name for name in whole.TABLES if name not in LEFT_BEHIND)


def _make_ready(target: Database) -> None:
    if not target.has_tables():
        schema.create(target)
        return
    schema.check(target)
    with target.reading() as tx:
        for table in tables():
            if next(_rows(tx, target.dialect, table), None) is not None:
                raise StoreError(
                    f"the database to copy to holds something already: {table}",
                    reason=Reason("db_not_empty", {"table": table}),
                )


def _rows(tx: Transaction, dialect: str, table: str) -> Iterator[Row]:
    return tx.stream_of(whole.reading(dialect, table), batch=_at_once(table))


def _at_once(table: str) -> int:
    return FEW if table in WITH_BYTES else MANY


def _batches(rows: Iterable[Row], at_once: int) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, at_once)):
        yield batch


def _same(table: str, wanted: _Digest, written: Iterable[Row]) -> None:
    found = _Digest()
    for _ in found.of(written):
        pass
    if (found.count, found.value) != (wanted.count, wanted.value):
        raise StoreError(f"{table} came out otherwise than it went in, so nothing was copied")


class _Digest:
    """How many rows went by, and one number for all that they hold, in whatever order."""

    def __init__(self) -> None:
        self.count = 0
        self.value = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.count += 1
            text = canonical({name: _plain(row[name]) for name in row})
            self.value += int.from_bytes(sha256(text.encode()).digest())
            yield row


def _plain(value: Any) -> Any:
    return sha256(value).hexdigest() if isinstance(value, bytes) else value

"""One statement on one connection to PostgreSQL: its text, its parameters and its columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg.pq import Format
from psycopg.pq.abc import PGresult

from engine.errors import StoreError
from engine.store.database import Params

Connection = psycopg.Connection[dict[str, Any]]
Columns = tuple[tuple[str, Callable[[bytes], Any]], ...]
"""Each column's name, and what reads its values."""
_PARAMETER: Final = re.compile(r"%\((\w+)\)s|%%")


class Prepared:
    """One statement on one connection."""

    __slots__ = ("_columns", "_names", "name", "reads", "sent", "text")

    def __init__(self, sql: str, name: bytes) -> None:
        self.text, self._names = _numbered(sql)
        self.name = name
        self.reads = sql.startswith("SELECT")
        self.sent = False
        """Whether the server knows it by its name."""
        self._columns: Columns = ()

    def values(self, params: Params) -> list[bytes | None]:
        """The parameters in the statement's order, as the server reads them."""
        return [_encoded(params[name]) for name in self._names]

    def formats(self, params: Params) -> list[Format] | None:
        """How each is encoded; None where all are text."""
        if not any(isinstance(value, bytes) for value in params.values()):
            return None
        return [
            Format.BINARY if isinstance(params[name], bytes) else Format.TEXT
            for name in self._names
        ]

    def columns(self, result: PGresult, connection: Connection) -> Columns:
        """Each column's name, and what reads its values; looked up once."""
        if not self._columns:
            self._columns = tuple(
                (_name(result, place), _loading(connection, result.ftype(place)))
                for place in range(result.nfields)
            )
        return self._columns


Message = tuple[Prepared, list[bytes | None], list[Format] | None]
"""A statement with its parameters, and how these are encoded."""
Question = tuple[bytes, tuple[bytes | None, ...]]
"""By which an answer is found: the statement's name and the parameters."""


def question(message: Message) -> Question:
    prepared, values, _ = message
    return prepared.name, tuple(values)


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with `$1` for the first parameter and so on, and the parameters' names."""
    places: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        name = found[1]
        return "%" if name is None else f"${places.setdefault(name, len(places) + 1)}"

    # Where a statement has no parameters, a `%` is not doubled.
    text = _PARAMETER.sub(numbered, sql) if "%(" in sql else sql
    return text.encode(), tuple(places)


def _encoded(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, str):
        found = value.encode()
        if b"\0" in found:
            # libpq would end the text there.
            raise StoreError("PostgreSQL: text cannot hold a NUL character")
        return found
    if isinstance(value, int):
        return b"%d" % value
    raise TypeError(f"no column holds a {type(value).__name__}")


def _name(result: PGresult, place: int) -> str:
    return (result.fname(place) or b"").decode()


def _loading(connection: Connection, kind: int) -> Callable[[bytes], Any]:
    loader = connection.adapters.get_loader(kind, Format.TEXT)
    if loader is None:
        return bytes.decode
    return loader(kind, connection).load

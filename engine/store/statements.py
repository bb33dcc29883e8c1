"""The SQL of daily work, out of the files in `sql/`: each query once, for both databases.

A query begins with `-- name: x` and a line that says what it is for, and ends with `;`. Beside SQL
itself the files say

- `:x` for a parameter, and `:x::text` for one whose type PostgreSQL cannot tell;
- `IN (:x::int[])` or `IN (:x::text[])` for the members of a JSON array;
- `{x}` for the text of another query, or of a `-- part: x` that is none by itself;
- `seal(…)` for a digest of values, and `{seal}` for that of a sealed row as the UPDATE leaves it;
- FOR UPDATE as PostgreSQL has it: SQLite's writers take turns anyway;
- `-- sqlite` or `-- postgresql` at the end of a line that is for that database alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from engine.store.seals import SEALED, seal_on_postgresql

_HEAD: Final = re.compile(r"^-- (name|part): (\w+)\n", re.MULTILINE)
_SAID: Final = re.compile(r"\A(?:-- .*\n)+")
_INCLUDED: Final = re.compile(r"\{(\w+)\}")
_ONLY: Final = re.compile(r"^(.*) -- (sqlite|postgresql)$", re.MULTILINE)
_LOCK: Final = re.compile(r"\s+FOR UPDATE(?: OF [\w, ]+?)?(?: SKIP LOCKED)?(?=\n|$)")
_SET: Final = re.compile(r"UPDATE (\w+)\s+SET (.*),\s+seal = ", re.DOTALL)
_MEMBERS: Final = re.compile(r"\(:(\w+)::(\w+)\[\]\)")
_PARAMETER: Final = re.compile(r":(\w+)(::\w+)?")


class Statements(Mapping[str, str]):
    """Each query by its name, as one of the databases takes it; made when it is first asked for."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._made: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        made = self._made.get(name)
        if made is None:
            written = _ONLY.sub(lambda m: m[1] * (m[2] == self._database), _whole(name))
            made = _sqlite(written) if self._database == "sqlite" else _postgresql(written)
            self._made[name] = made = made.strip()
        return made

    def __iter__(self) -> Iterator[str]:
        return (name for name, (kind, _) in _written().items() if kind == "name")

    def __len__(self) -> int:
        return sum(1 for _ in self)


SQLITE: Final = Statements("sqlite")
POSTGRESQL: Final = Statements("postgresql")


@cache
def _written() -> dict[str, tuple[str, str]]:
    found = {}
    for file in (files("engine.store") / "sql").iterdir():
        _, *blocks = _HEAD.split(file.read_text("utf-8"))
        for kind, name, block in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
            found[name] = kind, block
    return found


def _whole(name: str) -> str:
    text = _SAID.sub("", _written()[name][1]).partition(";")[0]
    sql = _INCLUDED.sub(lambda m: m[0] if m[1] == "seal" else _whole(m[1]), text)
    if "{seal}" not in sql:
        return sql
    ((table, changes),) = _SET.findall(sql)
    changed = dict(each.split(" = ", 1) for each in _split(changes)[0])
    values = ", ".join(changed.get(column, column) for column in SEALED[table])
    return sql.replace("{seal}", f"seal({values})")


def _sqlite(sql: str) -> str:
    sql = _MEMBERS.sub(r"(SELECT value FROM json_each(:\1))", _LOCK.sub("", sql))
    return _PARAMETER.sub(r":\1", sql)


def _postgresql(sql: str) -> str:
    before, sealed, after = sql.partition("seal(")
    if sealed:
        values, rest = _split(after)
        sql = before + seal_on_postgresql(values) + rest
    if ":" not in sql:
        return sql  # the driver takes a `%` as it stands where there are no parameters
    sql = _MEMBERS.sub(
        r"(SELECT CAST(value AS \2) FROM json_array_elements_text(:\1::json))",
        sql.replace("%", "%%"),
    )
    return _PARAMETER.sub(r"%(\1)s\2", sql)


def _split(text: str) -> tuple[list[str], str]:
    """What stands between commas up to a bracket that nothing in the text has opened, and what
    comes after that one.
    """
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        if depth < 0 or (sign == "," and not depth):
            found.append(text[start:place].strip())
            start = place + 1
        if depth < 0:
            return found, text[start:]
    return [*found, text[start:].strip()], ""

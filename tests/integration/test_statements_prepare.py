"""Each database takes every statement as it is written, whatever is asked with it."""

from __future__ import annotations

import re
from contextlib import closing

import psycopg
import pytest

from engine.store import schema
from engine.store.opening import open_database
from engine.store.sqlite import connect
from engine.store.statements import POSTGRESQL, SQLITE
from engine.store.tables.whole import TABLES, counting, reading, writing
from tests.integration.postgres import new_database

WHOLE = [
    (table, kind) for table in TABLES for kind in ("reading", "reading without bytes", "writing")
]

NUMBERED = """
SELECT table_name FROM information_schema.columns WHERE column_default LIKE 'nextval%'
"""


def whole(database: str, table: str, kind: str) -> str:
    if kind == "writing":
        return writing(database, table)
    return reading(database, table, with_bytes=kind == "reading")


def test_sqlite_takes_every_statement(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = str(tmp_path_factory.mktemp("prepare") / "all.db")
    with open_database(file) as database:
        schema.create(database)
    texts = {**SQLITE, **{f"{k} {t}": whole("sqlite", t, k) for t, k in WHOLE}}
    with closing(connect(file)) as connection:
        for name, sql in texts.items():
            params = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
            assert connection.execute(f"EXPLAIN {sql}", params).fetchall(), name


def test_postgresql_takes_every_statement_without_being_told_what_is_asked_with_it(
    postgresql_server: str,
) -> None:
    url = new_database(postgresql_server, "prepared")
    with open_database(url) as database:
        schema.create(database)
    texts = {**POSTGRESQL, **{f"{k} {t}": whole("postgresql", t, k) for t, k in WHOLE}}
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        refused = {}
        for name, sql in texts.items():
            names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
            text = sql.replace("%%", "%") if names else sql
            for place, each in enumerate(names, start=1):
                text = text.replace(f"%({each})s", f"${place}")
            try:
                connection.execute(f'PREPARE "{name}" AS {text}'.encode())
            except psycopg.Error as error:
                refused[name] = str(error)
        given = {row[0] for row in connection.execute(NUMBERED)}
    assert refused == {}
    assert {re.findall(r"FROM (\w+)\)", sql)[0] for sql in counting("postgresql")} == given
    assert counting("sqlite") == ()

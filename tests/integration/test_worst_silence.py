"""A worker that hangs in the middle of a transaction, and one that nobody can reach any more: the
server ends what they had open, and somebody else goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from engine.errors import StoreError
from engine.store import postgresql
from engine.store.database import Database
from engine.store.opening import open_database
from engine.store.schema import create
from tests.integration import store_site
from tests.integration.postgres import new_database

SOON = timedelta(milliseconds=300)
NUMBER = {"number": "KD-2026-0001"}
NAMES = (
    "tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout",
)  # fmt: skip


@pytest.fixture
def address(postgresql_server: str) -> Iterator[str]:
    """A database with one request, dropped in the end."""
    address = new_database(postgresql_server, "silence")
    with open_database(address) as database:
        create(database)
        store_site.fill(database)
        store_site.write(database, store_site.opening())
    yield address
    with closing(psycopg.connect(f"{postgresql_server}/postgres", autocommit=True)) as connection:
        connection.execute("DROP DATABASE silence WITH (FORCE)")


def shown(address: str) -> list[str]:
    """What the server holds itself to towards one client of the program."""
    with closing(postgresql.connect(address)) as connection:
        found = [connection.execute(f"SHOW {name}".encode()).fetchone() for name in NAMES]
    return [row[0] for row in found if row is not None]


def test_the_server_gives_a_silent_client_up_as_soon_as_the_client_the_server(address: str) -> None:
    assert shown(address) == ["10", "5", "3", "25000"]
    asked = "keepalives_idle=7&keepalives_interval=2&keepalives_count=4&tcp_user_timeout=9000"
    assert shown(f"{address}?{asked}") == ["7", "2", "4", "9000"]


def test_a_worker_that_hangs_in_a_transaction_does_not_hold_the_others_for_ever(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "STANDSTILL", SOON)
    other = open_database(address)
    with open_database(address) as hanging, other:
        with pytest.raises(StoreError, match="idle-in-transaction timeout"):
            hang(hanging, other)
        # The server has ended its connection; it makes a new one.
        assert lock(hanging) == lock(other) == NUMBER["number"]


def hang(hanging: Database, other: Database) -> None:
    """Lock the request, and do nothing until somebody else has locked it."""
    with hanging.transaction() as tx:
        tx.one("request_by_number_locked", NUMBER)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lock, other).result(timeout=20) == NUMBER["number"]
        tx.one("request_by_number_locked", NUMBER)


def lock(database: Database) -> str:
    """Lock the request for a moment, however long that has to be waited for; its number."""
    with database.transaction() as tx:
        row = tx.one("request_by_number_locked", NUMBER)
    return "" if row is None else str(row["number"])

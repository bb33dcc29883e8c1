"""Databases for tests of real ones: the same test on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import schema
from engine.store.database import Database
from engine.store.opening import open_database
from tests.integration import postgres, store_site

_names = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a private PostgreSQL server."""
    with postgres.server(postgres.binaries_or_skip()) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty database: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        return str(tmp_path / "kursdeling.db")
    server = request.getfixturevalue("postgresql_server")
    return postgres.new_database(server, f"site{next(_names)}")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with tables, parties and people."""
    with open_database(url) as opened:
        schema.create(opened)
        store_site.fill(opened)
        yield opened

"""Databases for tests of real ones: the same test on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import schema
from engine.store.database import Database
from engine.store.opening import is_address, open_database
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


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with tables, parties and people, to be copied and never used itself."""
    file = tmp_path_factory.mktemp("filled") / "kursdeling.db"
    _fill(str(file))
    return file


@pytest.fixture(scope="session")
def filled_on_server(postgresql_server: str) -> str:
    """The name of the same on PostgreSQL."""
    _fill(postgres.new_database(postgresql_server, "filled"))
    return "filled"


@pytest.fixture
def database(request: pytest.FixtureRequest, url: str) -> Iterator[Database]:
    """A database with tables, parties and people."""
    if is_address(url):
        postgres.become(url, like=request.getfixturevalue("filled_on_server"))
    else:
        shutil.copy(request.getfixturevalue("filled"), url)
    with open_database(url) as opened:
        yield opened


def _fill(url: str) -> None:
    with open_database(url) as opened:
        schema.create(opened)
        store_site.fill(opened)

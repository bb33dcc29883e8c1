"""What every floor of tests shares."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any, Final, cast

import hypothesis
import pytest

from config import settings
from engine.ports import Guard
from engine.store.database import Database
from notifiers.bounded import Sandbox
from tests.declared_facts import declaring
from tests.soak import SOAK
from workflows.guards import GUARDS

# Whoever runs the tests sees what everybody sees; new examples are looked for by `make soak`.
# No example has a time limit: a busy machine is no fault.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
PATIENT = hypothesis.settings.get_profile("patient")
hypothesis.settings.register_profile("the same each time", PATIENT, derandomize=True, database=None)
hypothesis.settings.register_profile("new each time", PATIENT, print_blob=True)
hypothesis.settings.load_profile("new each time" if SOAK else "the same each time")

UNDECLARED: Final[list[str]] = []
"""What guards have read in the running test without declaring it."""

# Whoever decides anything in a test asks these guards, so that none can be forgotten.
for _name, _guard in tuple(GUARDS.items()):
    cast("dict[str, Guard]", GUARDS)[_name] = declaring(_guard, UNDECLARED)


@pytest.fixture(autouse=True)
def _guards_read_what_they_declare() -> Iterator[None]:
    UNDECLARED.clear()
    yield
    assert not UNDECLARED, UNDECLARED


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site's folder with its settings: letters to files, nothing waiting, live."""
    folder = tmp_path / "site"
    folder.mkdir()
    settings.write_default(
        folder,
        {
            "mail.addresses": "kursdeling@kursdeling.example",
            "mail.trusted_servers": "mx.kursdeling.example",
            "letters.mode": "live",
            "letters.undo_minutes": "0",
            "letters.digest": "",
        },
    )
    return folder


@pytest.fixture(autouse=True, scope="session")
def unsynchronised_files() -> Iterator[None]:
    """Files of this process wait for no disk: no test cuts the power, and each wait is 5 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True, scope="session")
def compiled_templates() -> Iterator[None]:
    """Each template is compiled once for all the sites of a run: that is a third of most tests."""
    compiled: dict[tuple[Any, ...], CodeType] = {}
    compile_anew = Sandbox.compile

    def known(sandbox: Sandbox, source: Any, name: Any = None, filename: Any = None) -> CodeType:
        what = (source, name, filename)
        if what not in compiled:
            compiled[what] = compile_anew(sandbox, *what)
        return compiled[what]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sandbox, "compile", known)
        yield


@pytest.fixture(autouse=True, scope="session")
def opened_databases() -> Iterator[list[Database]]:
    """Every database that is open for a test, or for several; what is left is closed at the end."""
    opened: list[Database] = []
    begin = Database.__init__

    def noted(database: Database) -> None:
        begin(database)
        opened.append(database)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "__init__", noted)
        yield opened
    _close(opened)


@pytest.fixture(autouse=True)
def closed_databases(opened_databases: list[Database]) -> Iterator[None]:
    """Closes what a test has opened: an office or a site ends with the test that made it.

    That the program closes what it opens itself is a test of its own.
    """
    before = len(opened_databases)
    yield
    _close(opened_databases[before:])
    del opened_databases[before:]


def _close(opened: list[Database]) -> None:
    for database in opened:
        with suppress(AttributeError):  # it could not be opened, so there is nothing to close
            database.close()

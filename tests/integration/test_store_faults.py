"""Whatever is wrong with the database: every command says one clear thing and changes nothing."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import click
import pytest

from config import settings as configuration
from engine import cli
from engine.cli.commands import COMMANDS
from engine.cli.program import program, run
from engine.store import schema
from engine.store.sqlite import SqliteDatabase
from tests.integration.office import SETTINGS, new_office

NO_DATABASE = {
    "init", "demo", "workflow list", "workflow show", "workflow check", "workflow try",
    "letter preview", "db copy",
}  # fmt: skip
"""Commands that need none, or make their own."""
Fault = Callable[[Path, ExitStack], None]


def gone(file: Path, _stack: ExitStack) -> None:
    file.unlink()


def empty(file: Path, _stack: ExitStack) -> None:
    file.write_bytes(b"")


def no_database(file: Path, _stack: ExitStack) -> None:
    file.write_bytes(b"Something else lies here. " * 400)


def corrupt(file: Path, _stack: ExitStack) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


def older(file: Path, _stack: ExitStack) -> None:
    _set_version(file, "0000")


def newer(file: Path, _stack: ExitStack) -> None:
    _set_version(file, schema.revision(schema.SCHEMA + 1))


def read_only(file: Path, stack: ExitStack) -> None:
    file.chmod(0o444)
    file.parent.chmod(0o555)
    stack.callback(file.parent.chmod, 0o755)
    if os.geteuid() == 0:  # whom no mode stops, but for the capability
        stack.enter_context(_heeding_modes())


@contextmanager
def _heeding_modes() -> Iterator[None]:
    """Root in this thread without CAP_DAC_OVERRIDE, see capget(2).

    Another user might not even read the program, where it lies in root's own folder.
    """
    libc, header = ctypes.CDLL(None, use_errno=True), (ctypes.c_uint32 * 2)(0x20080522, 0)
    before = (ctypes.c_uint32 * 6)()  # twice: effective, permitted, inheritable
    assert libc.capget(header, before) == 0
    without = (ctypes.c_uint32 * 6)(*before)
    without[0] &= ~(1 << 1)
    assert libc.capset(header, without) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


def no_server(file: Path, _stack: ExitStack) -> None:
    settings = file.with_name("kursdeling.toml")
    text = settings.read_text(encoding="utf-8")
    address = 'database = "postgresql://nobody@127.0.0.1:1/nothing"'
    settings.write_text(text.replace('database = "kursdeling.db"', address), encoding="utf-8")


def _set_version(file: Path, version: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE schema_version SET version_num = ?", (version,))
        connection.commit()


FAULTS: list[tuple[Fault, str]] = [
    (gone, "is gone"),
    (empty, "holds no tables"),
    (no_database, "no whole database"),
    (corrupt, "no whole database"),
    (older, "db upgrade"),
    (newer, "Install the newer program"),
    (read_only, "is read-only"),
    (no_server, "does not answer"),
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's folder with its database closed."""
    office = new_office(tmp_path / "site")
    office.site.database.close()
    return tmp_path / "site"


def arguments_of(path: str, file: Path) -> list[str]:
    """The command with something in place of everything that it must be given."""
    command: click.Command | None = program()
    words = path.split()
    for word in words:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None
    given: list[str] = []
    for param in command.params:
        value = _value(param, file)
        if isinstance(param, click.Argument):
            given += [value] if param.required or param.name == "paths" else []
        elif param.required:
            given += [param.opts[0], value]
    return [*words, *given]


def _value(param: click.Parameter, file: Path) -> str:
    kind = param.type
    if isinstance(kind, click.Choice):
        return str(kind.choices[0])
    if isinstance(kind, click.types.IntParamType):
        return "1"
    if isinstance(kind, click.Path) or param.name in {"file", "paths"}:
        return str(file)
    if param.name == "duty":
        return "elearning"
    for text in ("2026-12-01", "1", "x@ahus.example"):
        try:
            kind.convert(text, param, None)
        except click.BadParameter:
            continue
        return "x@ahus.example" if kind is click.STRING else text
    return "x"


@contextmanager
def wrong(fault: Fault, site: Path) -> Iterator[None]:
    with ExitStack() as stack:
        fault(site / "kursdeling.db", stack)
        yield


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_every_command_says_what_is_wrong_and_changes_nothing(
    fault: Fault, words: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "given.eml"
    file.write_text("From: x@ahus.example\n\nHei\n")
    reached: set[str] = set()
    with wrong(fault, site):
        before = _held(site)
        for path in asked(fault):
            code = run(["--site", str(site), "--lang", "en", *arguments_of(path, file)])
            said = capsys.readouterr()
            told = said.out if path == "doctor" else said.err
            assert code in {1, 2}, (path, code, said)
            assert "Traceback" not in told
            assert _held(site) == before, path
            if words in told:
                assert len(told.splitlines()) <= (9 if path == "doctor" else 3), (path, told)
                reached.add(path)
    # A few look at what they were given first, and find fault with that.
    assert len(reached) > 40
    assert reached >= {
        "doctor", "run", "tick", "sweep", "request list", "request fire", "letter send",
        "db verify", "simulate", "catalogue", "contact end",
    }  # fmt: skip


def asked(fault: Fault) -> Iterator[str]:
    """The commands that cannot do what they are for."""
    for path in COMMANDS:
        if path == "db upgrade" and fault in {gone, empty}:
            continue  # mends it
        if path == "db backup" and fault in {older, newer}:
            continue  # keeps whatever stands there
        if path not in NO_DATABASE and not path.startswith("key "):
            yield path


def _held(site: Path) -> dict[str, bytes]:
    """What stands in the site, but for what SQLite needs to read it."""
    files = {path.name: path for path in site.iterdir() if path.is_file()}
    return {n: p.read_bytes() for n, p in files.items() if not n.endswith(("-shm", "-wal"))}


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_mail_server_is_told_to_try_again(
    fault: Fault,
    words: str,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["kursdeling", "--site", str(site), "--lang", "en", "mail", "take", __file__]
    monkeypatch.setattr(sys, "argv", command)
    with wrong(fault, site), pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 75
    assert words in capsys.readouterr().err


def test_a_database_that_another_locks_is_waited_for_and_then_told_of(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.store.sqlite.BUSY_SECONDS", 0.2)
    file = tmp_path / "given.eml"
    file.write_text("From: x@ahus.example\n\nHei\n")
    take: list[Any] = ["--site", str(site), "mail", "take", str(file)]
    with closing(sqlite3.connect(site / "kursdeling.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert run(take) == 75
        assert "holder databasen opptatt" in capsys.readouterr().err
        assert run(["--site", str(site), "contact", "end", "elaering@ahus.example"]) == 1
        assert "holder databasen opptatt" in capsys.readouterr().err
        assert run(["--site", str(site), "request", "list"]) == 0
        other.execute("ROLLBACK")
    assert run(take) == 0


def test_a_site_is_not_half_made_where_its_database_cannot_be(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    address = "postgresql://nobody@127.0.0.1:1/nothing"
    assert run(["init", str(folder), "--set", f"database={address}"]) == 1
    assert not (folder / configuration.FILE).exists()
    assert run(["init", str(folder), *(f"--set={k}={v}" for k, v in SETTINGS.items())]) == 0


@pytest.mark.parametrize("fault", [older])
def test_every_command_closes_what_it_opens(
    fault: Fault | None, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, closed = Counter[str](), Counter[str]()
    connect, close = SqliteDatabase.__init__, SqliteDatabase.close

    def counting(database: SqliteDatabase, *arguments: Any, **options: Any) -> None:
        connect(database, *arguments, **options)
        opened[command] += 1

    def closing_it(database: SqliteDatabase) -> None:
        close(database)
        closed[command] += 1

    monkeypatch.setattr(SqliteDatabase, "__init__", counting)
    monkeypatch.setattr(SqliteDatabase, "close", closing_it)
    file = tmp_path / "given.eml"
    file.write_text("From: x@ahus.example\n\nHei\n")
    with ExitStack() as stack:
        if fault:
            fault(site / "kursdeling.db", stack)
        for command in (*asked(fault or gone), "db upgrade"):
            if command not in {"run", "tick"}:  # processes of their own; `tick` waits for a mailbox
                run(["--site", str(site), *arguments_of(command, file)])
    assert opened.total() > 40
    assert opened == closed

"""A copy of the whole database in one file, made while everybody works on."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.errors import StoreError
from engine.model import Reason
from engine.store.database import Database
from engine.store.opening import open_database
from engine.store.sqlite import SqliteDatabase

PART: Final = ".part"
"""The end of the name of a copy that is not whole yet."""
NAME: Final = "kursdeling-{:%Y-%m-%dT%H%M%SZ}.db"
_BACKUP: Final = re.compile(r"kursdeling-\d{4}-\d\d-\d\dT\d{6}Z\.db")


def write_backup(
    database: Database,
    file: Path,
    *,
    overwrite: bool = False,
    progress: Callable[[str, int], None] = lambda _table, _count: None,
) -> int:
    """Write the database, as it stands at one moment, into the SQLite file `file`; its bytes.

    The file is whole and on the disk, or not there. StoreError when it exists and is not to be
    overwritten, or cannot be written.
    """
    if file.exists() and not overwrite:
        raise StoreError(f"{file} exists already", reason=Reason("backup_stands", {"place": file}))
    for left in (f"{file}-wal", f"{file}-journal"):
        # SQLite would take what it holds for the last changes of the new file.
        if Path(left).exists():
            raise StoreError(
                f"{left} is left from a database that was there, or is still in use",
                reason=Reason("backup_left", {"place": left}),
            )
    try:
        with _whole(file, overwrite=overwrite) as part:
            if isinstance(database, SqliteDatabase):
                database.write_copy(part)
            else:
                from engine.store.moving import move

                with open_database(part) as target:
                    move(database, target, progress)
            _sound(part)
        return file.stat().st_size
    except OSError as error:
        raise StoreError(f"{file}: {error.strerror or error}") from error


def backup_file(folder: Path, at: datetime) -> Path:
    """The name of a backup made at `at`."""
    return folder / NAME.format(at)


def backups(folder: Path) -> tuple[Path, ...]:
    """The backups in a folder, oldest first; none when there is no such folder. OSError when it
    cannot be read.
    """
    try:
        files = [*folder.iterdir()]
    except FileNotFoundError:
        return ()
    return tuple(file for file in sorted(files) if _BACKUP.fullmatch(file.name))


def made_at(file: Path) -> datetime:
    """When a backup was made, by its name."""
    return datetime.fromisoformat(file.stem.removeprefix("kursdeling-"))


def forget_old(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove all backups but the newest `keep`; those that were removed."""
    old = backups(folder)[:-keep]
    for file in old:
        file.unlink(missing_ok=True)
    return old


@contextmanager
def _whole(file: Path, *, overwrite: bool) -> Iterator[Path]:
    """A file to write beside `file`, which takes its place, synced, if all goes well."""
    part = file.with_name(f"{file.name}.{os.getpid()}{PART}")
    # Nobody else may read it: it holds every mail.
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield part
        _sync(part)
        if overwrite:
            part.replace(file)
        else:
            os.link(part, file)  # fails if somebody has made it meanwhile
        _sync(file.parent)
    finally:
        for left in (part, *file.parent.glob(f"{part.name}-*")):
            with suppress(OSError):
                left.unlink()


def _sound(file: Path) -> None:
    with open_database(file) as copy:
        if isinstance(copy, SqliteDatabase) and (found := copy.pragma("quick_check")) != "ok":
            raise StoreError(f"the copy cannot be read again: {found}")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

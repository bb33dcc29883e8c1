"""A site's database in another place: a backup once a day, made by whichever worker comes first,
and the database itself, moved once nobody works on it any more.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct

from engine.calendar import oslo_day
from engine.errors import StoreError
from engine.model import Reason
from engine.service.site import Site
from engine.store import heartbeats, schema
from engine.store.backup import backup_file, backups, forget_old, made_at, write_backup
from engine.store.database import Database
from engine.store.moving import Moved, move
from engine.store.opening import open_database

AFTER_A_FAULT: Final = timedelta(hours=1)
"""How long a backup that could not be made is let be."""
LOCK: Final = ".lock"


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup in the folder was made; None when there is none."""
    found = backups(folder)
    return made_at(found[-1]) if found else None


class DailyBackup(Struct, kw_only=True):
    """The job of a worker that sees to it."""

    site: Site
    _not_before: datetime | None = None

    def make(self) -> Path | None:
        """Make the day's backup and forget the oldest; None when that is done, or not wanted.

        By the wall clock, whatever the business time is. StoreError when it cannot be made; it is
        then tried again an hour later.
        """
        folder, now = self.site.backup_folder, self.site.clock.now()
        if folder is None or (self._not_before is not None and now < self._not_before):
            return None
        self._not_before = now + AFTER_A_FAULT
        made = _made(self.site, folder, now)
        self._not_before = None
        return made


def _made(site: Site, folder: Path, now: datetime) -> Path | None:
    try:
        if _has_todays(folder, now):
            return None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _only_one(folder) as mine:
            if not mine or _has_todays(folder, now):
                return None
            file = backup_file(folder, now)
            write_backup(site.database, file)
            forget_old(folder, site.backup_keep)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}") from error
    return file


def _has_todays(folder: Path, now: datetime) -> bool:
    last = last_backup(folder)
    return last is not None and oslo_day(last) >= oslo_day(now)


@contextmanager
def _only_one(folder: Path) -> Iterator[bool]:
    """Whether no other worker of this machine makes a backup here; none may begin meanwhile."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def moved(
    source: str, target: str, now: datetime, progress: Callable[[str, int], None], *, anyway: bool
) -> Moved:
    """Every row of the database at `source`, written into the empty one at `target`.

    StoreError when a worker runs on the source, since what it wrote would be lost; not if
    `anyway`. `progress` is told (table, rows so far).
    """
    with open_database(source, must_exist=True) as old:
        schema.check(old)
        if not anyway:
            _refuse_if_worked_on(old, now)
        with open_database(target) as new:
            return move(old, new, progress)


def _refuse_if_worked_on(database: Database, now: datetime) -> None:
    with database.reading() as tx:
        running = [each.worker for each in heartbeats.listed(tx) if not each.is_stale(now)]
    if running:
        raise StoreError(
            f"{', '.join(running)} still works on it: stop it first, or say --anyway",
            reason=Reason("db_in_use", {"workers": running}),
        )

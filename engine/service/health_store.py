"""What may go wrong with a site's database and its files: clocks, disks, promises, backups."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from engine.service.backups import last_backup
from engine.service.finding import Finding
from engine.service.site import Site
from engine.store import queries
from engine.store.schema import SCHEMA

SECRETS: Final = ("signing.key", "*.password", "*.secret")
MEGABYTE: Final = 2**20
TOO_LITTLE: Final = 100 * MEGABYTE
LITTLE: Final = 1024 * MEGABYTE
APART: Final = timedelta(seconds=5)
"""How far two clocks may be from each other before somebody should look."""
FAR_APART: Final = timedelta(minutes=1)
LATE: Final = timedelta(days=2)
"""How long events may stand without a backup; one that is made each day leaves a day at most."""


def stored(site: Site) -> Iterator[Finding]:
    """What was looked at about the database, the disk and the files; nothing is changed."""
    yield Finding("tables", "ok", f"schema {SCHEMA}, as the program needs it")
    unsafe = site.database.durability()
    yield from (
        Finding("database", "warning", f"{what}: a power cut loses mail") for what in unsafe
    )
    if not unsafe:
        yield Finding("database", "ok", "what is committed is on the disk")
    with site.database.reading() as tx:
        first, last = queries.recorded_span(tx)
    yield _clock(site, last)
    yield _disk(site.folder)
    yield from _secrets(site.folder)
    yield _backup(site, first, last)


def _clock(site: Site, recorded: datetime | None) -> Finding:
    now = site.clock.now()
    apart = abs(site.database.now() - now)
    if recorded is not None and recorded - now > FAR_APART:
        what = f"the machine's clock stands at {now:%Y-%m-%dT%H:%M:%SZ}, before what is recorded"
        return Finding("clock", "broken", f"{what} at {recorded:%Y-%m-%dT%H:%M:%SZ}: set it right")
    if apart > APART:
        what = f"{apart.total_seconds():.0f} seconds apart from the database's: set them right"
        return Finding("clock", "broken" if apart > FAR_APART else "warning", what)
    return Finding("clock", "ok", "in step with the database's")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    what = f"{free // MEGABYTE} MB free"
    if free < TOO_LITTLE:
        return Finding("disk", "broken", f"{what}: mail can soon be stored no more")
    return Finding("disk", "warning" if free < LITTLE else "ok", what)


def _secrets(folder: Path) -> Iterator[Finding]:
    files = sorted(file for pattern in SECRETS for file in folder.glob(pattern))
    for file in files:
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding("secrets", "warning", f"others may read {file.name}: chmod 600")
            return
    yield Finding("secrets", "ok", ", ".join(file.name for file in files))


def _backup(site: Site, first: datetime | None, last: datetime | None) -> Finding:
    """A backup that is missing; `first` and `last` are when history was written."""
    folder = site.backup_folder
    if folder is None:
        return Finding("backup", "ok", "backup.folder is empty: somebody else sees to it")
    made = last_backup(folder)
    said = f"the last of {made:%Y-%m-%dT%H:%M:%SZ}" if made else "none yet"
    since = made or first
    unsaved = since is not None and last is not None and (made is None or last > made)
    if unsaved and since is not None and site.clock.now() - since > LATE:
        what = f"{said} in {folder}, and much has happened since: run makes one a day, or db backup"
        return Finding("backup", "warning", what)
    return Finding("backup", "ok", f"{said} in {folder}")

"""What may go wrong with a site's database and its files: clocks, disks, promises, backups."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, TypeGuard

from msgspec import Struct, field

from engine.model import Language
from engine.service.site import Site
from engine.service.upkeep.backups import last_backup
from engine.service.upkeep.furthest import fell_back
from engine.service.upkeep.leaping import leaps
from engine.store.cases import queries
from engine.store.schema import SCHEMA
from engine.wording.findings import found

SECRETS: Final = ("signing.key", "*.password", "*.secret")
PERSONAL: Final = ("*.db", "*.db-wal", "log/*.log", "outbox", "kursdeling-*.db")
SHOWN: Final = 3
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
    yield finding("tables", "ok", "schema_fits", schema=SCHEMA)
    unsafe = site.database.durability()
    yield from (finding("database", "warning", "unsafe", what=what) for what in unsafe)
    if not unsafe:
        yield finding("database", "ok", "on_disk")
    with site.database.reading() as tx:
        first, last = queries.recorded_span(tx)
    lost = fell_back(site)
    if lost:
        yield finding("database", "broken", "fell_back", **{"mail": 0, "letter": 0, **lost})
    yield _clock(site, last)
    leapt = leaps(site, site.clock.now())
    if leapt is not None:
        yield finding("deadlines", "warning", leapt.code, **leapt.values)
    yield from _read("disk", lambda: [_disk(site.folder)])
    yield from _read("secrets", lambda: _secrets(site.folder))
    yield from _read("files", lambda: [_private(site)])
    yield from _read("backup", lambda: [_backup(site, first, last)])


def _read(check: str, look: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What was looked at, or that it cannot be read: no place ends the look at the others."""
    try:
        yield from look()
    except OSError as error:
        yield finding(check, "broken", "unreadable", why=error)


def _clock(site: Site, recorded: datetime | None) -> Finding:
    now = site.clock.now()
    apart = abs(site.database.now() - now)
    if recorded is not None and recorded - now > FAR_APART:
        return finding("clock", "broken", "clock_behind", now=now, recorded=recorded)
    if apart > APART:
        state: State = "broken" if apart > FAR_APART else "warning"
        return finding("clock", state, "clocks_apart", seconds=round(apart.total_seconds()))
    return finding("clock", "ok", "clock_right")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    left = free // MEGABYTE
    if free < TOO_LITTLE:
        return finding("disk", "broken", "disk_full", free=left)
    return finding("disk", "warning" if free < LITTLE else "ok", "disk_free", free=left)


def _secrets(folder: Path) -> Iterator[Finding]:
    files = sorted(file for pattern in SECRETS for file in folder.glob(pattern))
    for file in files:
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield finding("secrets", "warning", "secret_open", file=file.name)
            return
    yield Finding("secrets", "ok", ", ".join(file.name for file in files))


def _private(site: Site) -> Finding:
    """What holds personal data, and can be read by everybody with an account on the machine."""
    folders = [folder for folder in (site.folder, site.backup_folder) if _is_open(folder)]
    held = [file for folder in folders for pattern in PERSONAL for file in folder.glob(pattern)]
    found = [file.relative_to(file.parent.parent) for file in sorted({*held}) if _is_open(file)]
    if found:
        names = ", ".join(map(str, found[:SHOWN])) + (" …" if len(found) > SHOWN else "")
        return finding("files", "warning", "files_open", files=names)
    return finding("files", "ok", "files_private")


def _is_open(place: Path | None) -> TypeGuard[Path]:
    """Whether others than its owner and group may read a file, or look for names in a folder."""
    if place is None or not place.exists():
        return False
    mode = place.stat().st_mode
    return bool(mode & (stat.S_IXOTH if stat.S_ISDIR(mode) else stat.S_IROTH))


def _backup(site: Site, first: datetime | None, last: datetime | None) -> Finding:
    """A backup that is missing; `first` and `last` are when history was written."""
    folder = site.backup_folder
    if folder is None:
        return finding("backup", "ok", "backup_elsewhere")
    made = last_backup(folder)
    known = {"folder": folder, "made": made or ""}
    since = made or first
    unsaved = since is not None and last is not None and (made is None or last > made)
    if unsaved and since is not None and site.clock.now() - since > LATE:
        return finding("backup", "warning", "backup_late" if made else "backup_lacks", **known)
    return finding("backup", "ok", "backup_made" if made else "backup_none", **known)


State = Literal["ok", "warning", "broken"]


class Finding(Struct, frozen=True):
    """One thing that was looked at: `ok`, `warning` (works, but look), or `broken` (mend it)."""

    check: str
    state: State
    what: str
    code: str = ""
    """What it says in every language; empty where `what` is another program's own words."""
    values: Mapping[str, Any] = field(default_factory=dict)

    def in_words(self, language: Language) -> str:
        """What was found, in `language` where there are words for it."""
        return found(self.code, self.values, language) if self.code else self.what


def finding(check: str, state: State, code: str, **values: object) -> Finding:
    """What was found, with the words for it in every language."""
    return Finding(check, state, found(code, values, "en"), code, values)

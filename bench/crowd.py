"""A site in which very many requests wait for their deadline, made from one that really does.

One request is sent back to its owner, reminded and warned by the program itself. It is then copied
by SQL, with its course, its history, its armed timers and a letter, whose text alone is left out.
Keys and Message-IDs of the copies lie evenly between those that are still to come, so that new ones
find the indexes as they find them on a site that has grown.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from atexit import register as at_exit
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bench import stand
from engine.service.acts import commands
from engine.service.time.sweep import sweep

DUE = 1_000
"""How many requests' time has come at `DUE_AT`; that of all others comes a year later."""
FIRST = "KD-2026-0001"
LAPSES = datetime.fromisoformat("2026-11-06T23:00:00Z")
"""When the one that is copied lapses: at 24.00 of the sixtieth day after it was sent back."""
DUE_AT = LAPSES + timedelta(hours=1)
_LATER = "2027-11-07T00:00:00Z"
_FIRST_CLONE = 1_000_000
_SPREAD = "printf('%08x', n.i * (4294967295 / {copies}))"
"""Something to begin a key with that grows from copy to copy and is spread over all that it can be,
as random keys are."""
_COPIED: Mapping[str, Mapping[str, str]] = {
    "course": {
        "id": "1 + n.i",
        "short_name": "'SI-K' || (1000000 + n.i)",
        "short_name_key": "'si-k' || (1000000 + n.i)",
        "full_name": "'Kurs nummer ' || n.i",
    },
    "request": {
        "id": "1 + n.i",
        "number": f"'KD-2026-' || ({_FIRST_CLONE} + n.i)",
        "course": "1 + n.i",
        "form": "json_set(form, '$.short_name', 'SI-K' || (1000000 + n.i),"
        " '$.full_name', 'Kurs nummer ' || n.i)",
    },
    "history": {
        "request": "1 + n.i",
        "key": f"'cli:' || {_SPREAD} || t.seq",
        "cause_ref": _SPREAD,
    },
    "timer": {"request": "1 + n.i", "due_at": f"iif(n.i % {{apart}}, '{_LATER}', '{{due}}')"},
    "letter": {
        "request": "1 + n.i",
        "message_id": f"'<' || {_SPREAD} || '@kursdeling.example>'",
        "variables": "'{{}}'",
    },
}
_WHICH: Mapping[str, str] = {
    "course": "t.id = 1",
    "request": "t.id = 1",
    "history": "t.request = 1",
    "timer": "t.request = 1 AND t.status = 'armed'",
    "letter": "t.id = (SELECT min(id) FROM letter WHERE request = 1)",
}


@cache
def crowd(copies: int) -> Path:
    """The folder of a site with `copies` such requests beside the first one; made once in a
    process, and gone with it.
    """
    place = Path(tempfile.mkdtemp(prefix="kursdeling-bench-"))
    at_exit(shutil.rmtree, place, ignore_errors=True)
    site = stand.new_site(place / "site", 0)
    commands.fire(
        site, FIRST, "request_changes", email=stand.PLATFORM, at=stand.AT, note="Målet mangler."
    )
    for days in (15, 51, 60):
        # The last one is early on the last day: it writes that day's morning letter.
        sweep(site, stand.AT + timedelta(days=days, minutes=15))
    site.database.close()
    # In a process of its own, whose memory is not counted where the site is measured.
    made = place / "site" / "kursdeling.db"
    subprocess.run([sys.executable, "-m", "bench.crowd", str(made), str(copies)], check=True)
    return place / "site"


def spent() -> None:
    """Let the next who asks for a crowd get a new one: this one has been changed for good."""
    crowd.cache_clear()


def number_of(copy: int) -> str:
    """The request number of the copy, counted from 1."""
    return f"KD-2026-{_FIRST_CLONE + copy}"


def _multiply(file: Path, copies: int) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    # Nothing is lost if this fails: it is begun anew.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute("UPDATE letter SET state = 'sent' WHERE state = 'waiting'")
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    for table in _COPIED:
        connection.execute(_copying(connection, table, copies))
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


def _copying(connection: sqlite3.Connection, table: str, copies: int) -> str:
    changed = _COPIED[table]
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    if table in ("timer", "letter"):
        columns.remove("id")
    values = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    filled = values.format(copies=copies, apart=copies // DUE, due=_as_text(DUE_AT))
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies})"
        f' INSERT INTO "{table}" ({names}) SELECT {filled} FROM n CROSS JOIN "{table}" t'
        f" WHERE {_WHICH[table]}"
    )


def _as_text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    _multiply(Path(sys.argv[1]), int(sys.argv[2]))

"""A sweep: 1,000 deadlines have come, and each closes its request, writes history and two letters.

The bound finds what is due by the program's own statement, and writes the very rows that the
program wrote by `executemany`, in as many transactions. `rate` and `bound` are deadlines per
second, so a `ratio` of 0.4 is 2.5 times the bound's time. Both work on the same file, in turns, and
after each turn the rows are put back as they were.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from bench import bound
from bench.crowd import DUE, DUE_AT, crowd
from bench.rows import Row, interleaved, row, working_on
from bench.sweeping import SOON, swept
from engine.app import open_site
from engine.service import sweep as service
from engine.store.database import Database
from engine.store.encoding import instant
from engine.store.statements import SQLITE

STORED = (1_000, 10_000, 1_000_000)
_DUE = f"SELECT request FROM timer WHERE status = 'armed' AND due_at <= '{instant(DUE_AT)}'"


def run() -> Iterator[Row]:
    """A row for each number of requests that are stored; as many are due each time."""
    for stored in STORED:
        working_on(f"sweep: {DUE:,} due of {stored:,}")
        pair = _Pair(folder=crowd(stored))
        rate, least = interleaved(pair.ours, pair.theirs)
        case = f"{DUE:,} due of {stored:,}"
        yield replace(row("sweep", case, rate=rate, bound=least), peak_mb=round(pair.peak_mb, 1))


@dataclass(slots=True, kw_only=True)
class _Pair:
    """The program and the bound, sweeping the same site."""

    folder: Path
    peak_mb: float = 0.0
    """The program's own, in a process that only sweeps."""
    before: _Before | None = None
    written: Sequence[Sequence[bound.Written]] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    def ours(self) -> float:
        """Deadlines per second of the program; what it writes is recorded in a sweep before."""
        if self.before is None:
            self._record()
        told = subprocess.run(
            [sys.executable, "-m", "bench.sweeping", str(self.folder)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        took = json.loads(told.stdout)
        assert took["fired"] == DUE, took
        self.peak_mb = max(self.peak_mb, took["peak_mb"])
        self._put_back()
        return DUE / float(took["seconds"])

    def theirs(self) -> float:
        """Deadlines per second of the bare driver."""
        connection = bound.sqlite(self._file)
        first, *rest = self.written
        bound.write_in_bulk(connection, first)
        begun = time.perf_counter()
        for batch in rest:
            found = connection.execute(SQLITE["timers_due"], _ASKED).fetchall()
            assert found
            bound.write_in_bulk(connection, batch)
        spent = time.perf_counter() - begun
        connection.close()
        self._put_back()
        return DUE / spent

    @property
    def _file(self) -> Path:
        return self.folder / "kursdeling.db"

    def _record(self) -> None:
        self.before = _Before.of(self._file)
        site = open_site(self.folder)
        recorder = bound.Recorder(site.database, SQLITE)
        swept(replace(site, database=cast("Database", recorder)))
        site.database.close()
        # What else a sweep looks after writes nothing here.
        self.written = [
            batch for batch in recorder.written if any("INTO history" in sql for sql, _ in batch)
        ]
        self.rows = self.before.counted()
        self.before.put_back()

    def _put_back(self) -> None:
        assert self.before is not None
        assert self.before.counted() == self.rows
        self.before.put_back()


_ASKED = {"at": instant(DUE_AT + SOON), "at_most_rows": service.BATCH, "but": "[]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What a sweep will change, as it stands before."""

    file: Path
    requests: Sequence[tuple[Any, ...]]
    timers: Sequence[tuple[Any, ...]]
    letter: int
    """The highest id of a letter."""
    timer: int
    """The highest id of a timer."""

    @classmethod
    def of(cls, file: Path) -> _Before:
        """As it stands now."""
        connection = bound.sqlite(file)

        def all_of(sql: str) -> list[tuple[Any, ...]]:
            return connection.execute(sql).fetchall()

        found = cls(
            file=file,
            requests=all_of(f"SELECT * FROM request WHERE id IN ({_DUE})"),
            timers=all_of(f"SELECT * FROM timer WHERE request IN ({_DUE})"),
            letter=all_of("SELECT max(id) FROM letter")[0][0],
            timer=all_of("SELECT max(id) FROM timer")[0][0],
        )
        connection.close()
        assert len(found.requests) == DUE + 1
        return found

    def counted(self) -> Mapping[str, int]:
        """How many rows a sweep has written, and what they add up to."""
        ids = json.dumps([row[0] for row in self.requests])
        theirs = "IN (SELECT value FROM json_each(:ids))"
        counts = {
            "history": f"SELECT count(*) FROM history WHERE request {theirs}",
            "seq": f"SELECT sum(seq) FROM request WHERE id {theirs}",
            "withdrawn": f"SELECT count(*) FROM request WHERE id {theirs} AND state = 'withdrawn'",
            "armed": f"SELECT count(*) FROM timer WHERE request {theirs} AND status = 'armed'",
            "letters": f"SELECT count(*) FROM letter WHERE id > {self.letter}",
            "bytes": f"SELECT sum(length(variables)) FROM letter WHERE id > {self.letter}",
        }
        connection = bound.sqlite(self.file)
        found = {
            name: connection.execute(sql, {"ids": ids}).fetchone()[0]
            for name, sql in counts.items()
        }
        connection.close()
        assert found["withdrawn"] == DUE + 1
        return found

    def put_back(self) -> None:
        """Let everything stand as before."""
        connection = bound.sqlite(self.file)
        # A row that is replaced is away for a moment.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN")
        connection.execute(f"DELETE FROM letter WHERE id > {self.letter}")
        connection.execute(f"DELETE FROM timer WHERE id > {self.timer}")
        newer = "DELETE FROM history WHERE request = ? AND seq > ?"
        seq = [each[0] for each in connection.execute("SELECT * FROM request LIMIT 0").description]
        place = seq.index("seq")
        connection.executemany(newer, [(row[0], row[place]) for row in self.requests])
        for table, rows in (("request", self.requests), ("timer", self.timers)):
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

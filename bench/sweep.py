"""A sweep: 1,000 deadlines have come, and each closes its request, writes history and two letters.

The bound is the sweep that somebody would write by hand (`bench/sweep_by_hand.py`): it reads the
due requests, makes the same rows and writes them, in as many transactions. Before anything is
measured, both sweep by the same clock, and every row that stands then is compared. `rate` and
`bound` are deadlines per second, so a `ratio` of 0.4 is 2.5 times the bound's time. Both work on
the same file, each in a process of its own, in turns, and after each turn the rows are put back as
they were.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bench import bound
from bench.crowd import DUE, DUE_AT, crowd
from bench.rows import Row, interleaved, row, working_on
from engine.store.encoding import instant

STORED = (1_000, 10_000, 1_000_000)
OURS, BY_HAND = "ours", "by hand"
_DUE = f"SELECT request FROM timer WHERE status = 'armed' AND due_at <= '{instant(DUE_AT)}'"
_THEIRS = "IN (SELECT value FROM json_each(:ids))"


def run() -> Iterator[Row]:
    """A row for each number of requests that are stored; as many are due each time."""
    for stored in STORED:
        working_on(f"sweep: {DUE:,} due of {stored:,}")
        pair = _Pair(folder=crowd(stored))
        pair.compare()
        rate, least = interleaved(pair.ours, pair.theirs)
        case = f"{DUE:,} due of {stored:,}"
        yield replace(row("sweep", case, rate=rate, bound=least), peak_mb=round(pair.peak_mb, 1))


class _Pair:
    """The program and the bound, sweeping the same site."""

    def __init__(self, *, folder: Path) -> None:
        self.peak_mb = 0.0
        """The program's own, in a process that only sweeps."""
        self._folder = folder
        self._before = _Before.of(folder / "kursdeling.db")

    def compare(self) -> None:
        """Let both sweep once; AssertionError where a row of the two differs by a letter."""
        written = []
        for who in (OURS, BY_HAND):
            self._took(who)
            written.append(self._before.rows())
            self._before.put_back()
        for table, rows in written[0].items():
            assert rows == written[1][table], table

    def ours(self) -> float:
        """Deadlines per second of the program."""
        took = self._took(OURS)
        self.peak_mb = max(self.peak_mb, took["peak_mb"])
        self._put_back()
        return DUE / took["seconds"]

    def theirs(self) -> float:
        """Deadlines per second of the sweep by hand."""
        took = self._took(BY_HAND)
        self._put_back()
        return DUE / took["seconds"]

    def _took(self, who: str) -> Mapping[str, float]:
        told = subprocess.run(
            [sys.executable, "-m", "bench.sweeping", str(self._folder), who],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        took: Mapping[str, float] = json.loads(told.stdout)
        assert took["fired"] == DUE, took
        return took

    def _put_back(self) -> None:
        rows = self._before.rows()
        assert len(rows["history"]) == len(rows["request"]) == DUE + 1
        assert len(rows["letter"]) == 2 * (DUE + 1)
        self._before.put_back()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What a sweep will change, as it stands before."""

    file: Path
    tables: Mapping[str, Sequence[tuple[Any, ...]]]
    """The requests that are due, their courses and their timers."""
    ids: str
    """Of the requests, as JSON."""
    letter: int
    """The highest id of a letter."""
    timer: int
    """The highest id of a timer."""
    seq: int
    """How many events each request has had."""

    @classmethod
    def of(cls, file: Path) -> _Before:
        """As it stands now."""
        connection = bound.sqlite(file)

        def all_of(sql: str) -> list[tuple[Any, ...]]:
            return connection.execute(sql).fetchall()

        ids = [found[0] for found in all_of(_DUE)]
        ((seq,),) = all_of(f"SELECT DISTINCT seq FROM request WHERE id IN ({_DUE})")
        of_course = f"SELECT course FROM request WHERE id IN ({_DUE})"
        found = cls(
            file=file,
            tables={
                "request": all_of(f"SELECT * FROM request WHERE id IN ({_DUE})"),
                "course": all_of(f"SELECT * FROM course WHERE id IN ({of_course})"),
                "timer": all_of(f"SELECT * FROM timer WHERE request IN ({_DUE})"),
            },
            ids=json.dumps(ids),
            letter=all_of("SELECT max(id) FROM letter")[0][0],
            timer=all_of("SELECT max(id) FROM timer")[0][0],
            seq=seq,
        )
        connection.close()
        assert len(ids) == DUE + 1
        return found

    def rows(self) -> Mapping[str, Sequence[tuple[Any, ...]]]:
        """Every row of the requests that a sweep can have changed or written."""
        asked = {
            "request": f"SELECT * FROM request WHERE id {_THEIRS} ORDER BY id",
            "course": "SELECT * FROM course WHERE id IN"
            f" (SELECT course FROM request WHERE id {_THEIRS}) ORDER BY id",
            "timer": f"SELECT * FROM timer WHERE request {_THEIRS} ORDER BY id",
            "history": f"SELECT * FROM history WHERE request {_THEIRS} AND seq > {self.seq}"
            " ORDER BY request, seq",
            "grounds": f"SELECT * FROM grounds WHERE request {_THEIRS} AND seq > {self.seq}"
            " ORDER BY request, seq",
            "letter": f"SELECT * FROM letter WHERE id > {self.letter} ORDER BY id",
        }
        connection = bound.sqlite(self.file)
        found = {
            table: connection.execute(sql, {"ids": self.ids} if _THEIRS in sql else {}).fetchall()
            for table, sql in asked.items()
        }
        connection.close()
        return found

    def put_back(self) -> None:
        """Let everything stand as before."""
        connection = bound.sqlite(self.file)
        # A row that is replaced is away for a moment.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN")
        connection.execute(f"DELETE FROM letter WHERE id > {self.letter}")
        connection.execute(f"DELETE FROM timer WHERE id > {self.timer}")
        for table in ("history", "grounds"):
            newer = f"DELETE FROM {table} WHERE request {_THEIRS} AND seq > {self.seq}"
            connection.execute(newer, {"ids": self.ids})
        for table, rows in self.tables.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

"""Transitions that are whole: state, history, timers and letters, committed for good."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from bench import bound, transitions_postgresql
from bench.peers import transitions as peers
from bench.rows import RUNS, Row, interleaved, row
from bench.stand import AT, PLATFORM, folder, new_site, number_of, reopened
from engine.service.acts import commands, many
from engine.service.site import Site
from engine.store.database import Database
from engine.store.statements import SQLITE

LATER = AT + timedelta(hours=1)
ONE_BY_ONE = 400
CASES: Mapping[str, int] = {"one client": 1, "bulk of 50": 50, "bulk of 500": 500}


def run() -> Iterator[Row]:
    """A row per case, on SQLite and, where there is a server, on PostgreSQL."""
    with folder() as place:
        copies = max(ONE_BY_ONE, *CASES.values())
        site = new_site(place / "site", copies)
        site.database.close()
        for case, together in CASES.items():
            pair = _Pair(place, site, together, max(together, ONE_BY_ONE))
            rate, least = interleaved(pair.ours, pair.theirs)
            yield row("transitions", case, rate=rate, bound=least)
            assert pair.runs == 2 * RUNS
            if together == 1:
                yield from peers.rows(pair.ours, site, pair.ask, place)
    yield from transitions_postgresql.run()


@dataclass(slots=True)
class _Pair:
    """The program and the bound, doing the same to copies of the same database."""

    place: Path
    site: Site
    together: int
    requests: int
    written: Sequence[Sequence[bound.Written]] = ()
    rows: Mapping[str, int] | None = None
    runs: int = 0

    def ours(self) -> float:
        """Transitions per second of the program; what it writes is recorded in a run before."""
        if not self.written:
            self._record()
        path = self._copy("ours")
        site = reopened(self.site, path)
        # One transition outside the clock, on the first request: what a process does only once.
        acknowledge(site, ["KD-2026-0001"])
        spent = _timed(lambda: self._act(site))
        site.database.close()
        self._same_rows(path)
        return self.requests / spent

    def theirs(self) -> float:
        """Transitions per second of the bare driver, which reads each request before it writes."""
        path = self._copy("theirs")
        connection = bound.sqlite(path)
        write = bound.write if self.together == 1 else bound.write_in_bulk
        first, *rest = self.written
        write(connection, first, ["KD-2026-0001"])
        spent = _timed(
            lambda: [
                write(connection, work, numbers)
                for work, numbers in zip(rest, self._numbers(), strict=True)
            ]
        )
        connection.close()
        self._same_rows(path)
        return self.requests / spent

    def ask(self, sql: str) -> Sequence[Mapping[str, object]]:
        """The rows that a statement gives on the database in which the transitions are made."""
        connection = bound.sqlite(self.place / "recording.db")
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(sql)]
        connection.close()
        return found

    def _numbers(self) -> Iterator[list[str]]:
        for start in range(1, self.requests + 1, self.together):
            yield [number_of(copy) for copy in range(start, start + self.together)]

    def _record(self) -> None:
        path = self._copy("recording")
        site = reopened(self.site, path)
        recorder = bound.Recorder(site.database, SQLITE)
        watched = replace(site, database=cast("Database", recorder))
        acknowledge(watched, ["KD-2026-0001"])
        self._act(watched)
        self.written = recorder.written
        site.database.close()
        connection = bound.sqlite(path)
        self.rows = bound.counted(connection)
        connection.close()

    def _act(self, site: Site) -> None:
        for numbers in self._numbers():
            acknowledge(site, numbers)

    def _copy(self, name: str) -> Path:
        path = self.place / f"{name}.db"
        for leftover in self.place.glob(f"{name}.db*"):
            leftover.unlink()
        shutil.copyfile(self.place / "site" / "kursdeling.db", path)
        return path

    def _same_rows(self, path: Path) -> None:
        self.runs += 1
        connection = bound.sqlite(path)
        assert bound.counted(connection) == self.rows
        connection.close()


def acknowledge(site: Site, numbers: Sequence[str]) -> None:
    """KS Læring says «mottatt» to each request, in one transaction."""
    if len(numbers) == 1:
        commands.fire(site, numbers[0], "acknowledge", email=PLATFORM, at=LATER)
        return
    done = many.fire_all(site, numbers, "acknowledge", email=PLATFORM, at=LATER)
    assert all(isinstance(each, commands.Done) for each in done), done


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

"""Transitions on PostgreSQL: one client, and four workers at once, each commit on the disk.

The bound is bare psycopg: it reads the request's row, then sends the very statements that the
program sent, prepared, in one pipeline, and commits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Final, cast

import psycopg
from msgspec.structs import replace
from psycopg.rows import dict_row

from bench import bound, postgresql, stand
from bench.peers import transitions as peers
from bench.rows import Row, interleaved, left_out, row
from engine.app import open_site
from engine.service.acts import commands
from engine.service.site import Site
from engine.store.database import Database
from engine.store.opening import open_database
from engine.store.statements import POSTGRESQL

CASES: Final[Mapping[str, int]] = {"PostgreSQL one client": 1, "PostgreSQL 4 workers": 4}
REQUESTS: Final = 120
"""How many move in a turn, shared between the workers."""
LATER: Final = stand.AT + timedelta(hours=1)
_SITE: Final = "site"
_RECORDING: Final = "recording"
_PATIENCE: Final = 120
_READ: Final = "SELECT * FROM request WHERE number = %s FOR UPDATE"
_SUMS: Final = {
    "history": "SELECT count(*) FROM history",
    "letter": "SELECT count(*) FROM letter",
    "timer": "SELECT count(*) FROM timer",
    "void": "SELECT count(*) FROM timer WHERE status = 'void'",
    "course": "SELECT count(*) FROM course",
    "seq": "SELECT sum(seq) FROM request",
}

Span = tuple[float, float]
"""When a worker began and ended, by the clock that all processes share."""
Work = Sequence[tuple[str, Sequence[bound.Written]]]
"""(request, what was written for it), one transaction each."""


def run() -> Iterator[Row]:
    """A row for each case; none where no server is installed."""
    if postgresql.programs() is None:
        for case in CASES:
            left_out(case, "no PostgreSQL server is installed")
        return
    with stand.folder() as place, postgresql.server() as address:
        url = postgresql.new_database(address, _SITE)
        site = stand.new_site(place / "site", REQUESTS + max(CASES.values()), url)
        site.database.close()
        for case, workers in CASES.items():
            pair = _Pair(folder=place / "site", address=address, workers=workers)
            rate, least = interleaved(pair.ours, pair.theirs)
            yield row("transitions", case, rate=rate, bound=least)
            if workers == 1:
                yield from peers.rows_on_postgresql(
                    pair.ours,
                    site,
                    pair.ask,
                    place,
                    url=postgresql.new_database(address, "dbos", like=_SITE),
                    system=postgresql.new_database(address, "dbos_system"),
                )


@dataclass(slots=True, kw_only=True)
class _Pair:
    """The program and the bound, doing the same to copies of the same database."""

    folder: Path
    address: str
    workers: int
    written: Mapping[str, Sequence[bound.Written]] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)

    def ours(self) -> float:
        """Transitions per second of the program; what it writes is recorded in a run before."""
        if not self.written:
            self._record()
        url = self._copy("ours")
        spent = _spent(_ours, [(self.folder, url, numbers) for numbers in self._shares()])
        assert _counted(url) == self.rows
        return REQUESTS / spent

    def theirs(self) -> float:
        """Transitions per second of the bare driver."""
        url = self._copy("theirs")
        works = [[(n, self.written[n]) for n in numbers] for numbers in self._shares()]
        spent = _spent(_theirs, [(url, work) for work in works])
        assert _counted(url) == self.rows
        return REQUESTS / spent

    def ask(self, sql: str) -> Sequence[Mapping[str, Any]]:
        """The rows that a statement gives on the database in which the transitions are made."""
        with psycopg.connect(f"{self.address}/{_RECORDING}", row_factory=dict_row) as connection:
            return connection.execute(sql.encode()).fetchall()

    def _record(self) -> None:
        url = self._copy(_RECORDING)
        site = _site(self.folder, url)
        recorder = bound.Recorder(site.database, POSTGRESQL)
        watched = replace(site, database=cast("Database", recorder))
        numbers = [number for numbers in self._shares() for number in numbers]
        for number in numbers:
            _acknowledge(watched, number)
        site.database.close()
        self.written = dict(zip(numbers, recorder.written, strict=True))
        self.rows = _counted(url)

    def _shares(self) -> list[list[str]]:
        """What each worker moves: one outside the clock, then its share."""
        every = [stand.number_of(copy + 1) for copy in range(REQUESTS + self.workers)]
        return [every[first :: self.workers] for first in range(self.workers)]

    def _copy(self, name: str) -> str:
        return postgresql.new_database(self.address, name, like=_SITE)


def _acknowledge(site: Site, number: str) -> None:
    commands.fire(site, number, "acknowledge", email=stand.PLATFORM, at=LATER)


def _site(folder: Path, url: str) -> Site:
    site = open_site(folder)
    site.database.close()
    return replace(site, database=open_database(url))


def _spent(worker: Callable[..., None], shares: Sequence[tuple[Any, ...]]) -> float:
    """Seconds from the first worker's beginning to the last one's end; each is a process."""
    context = get_context("spawn")
    together, spans = context.Barrier(len(shares)), context.Queue()
    processes = [context.Process(target=worker, args=(together, spans, *share)) for share in shares]
    for process in processes:
        process.start()
    found: list[Span] = [spans.get(timeout=_PATIENCE) for _ in processes]
    for process in processes:
        process.join()
    return max(end for _, end in found) - min(begin for begin, _ in found)


def _ours(
    together: Barrier, spans: Queue[Span], folder: Path, url: str, numbers: Sequence[str]
) -> None:
    site = _site(folder, url)
    first, *rest = numbers
    # Outside the clock: what a process does only once.
    _acknowledge(site, first)
    together.wait(_PATIENCE)
    begun = time.perf_counter()
    for number in rest:
        _acknowledge(site, number)
    spans.put((begun, time.perf_counter()))
    site.database.close()


def _theirs(together: Barrier, spans: Queue[Span], url: str, work: Work) -> None:
    with psycopg.connect(url, prepare_threshold=0, autocommit=True) as connection:
        first, *rest = work
        _write(connection, *first)
        together.wait(_PATIENCE)
        begun = time.perf_counter()
        for number, written in rest:
            _write(connection, number, written)
        spans.put((begun, time.perf_counter()))


def _write(
    connection: psycopg.Connection[tuple[Any, ...]],
    number: str,
    written: Sequence[bound.Written],
) -> None:
    with connection.transaction():
        assert connection.execute(_READ, (number,)).fetchone()
        with connection.pipeline():
            for sql, params in written:
                connection.execute(sql.encode(), params)


def _counted(url: str) -> Mapping[str, int]:
    with psycopg.connect(url) as connection:
        return {
            name: number
            for name, sql in _SUMS.items()
            for (number,) in connection.execute(sql).fetchall()
        }

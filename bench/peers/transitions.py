"""One client's transitions against those of other programs: the same work, done their way.

Each reads the state again, asks a guard, and commits the state, a history row under a unique key
and a letter that waits; on SQLite all write ahead and sync fully. The program's own transition
writes more rows than that, and ends its letters' timers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from bench.peers.starting import missing, started
from bench.rows import Row, interleaved, row

QUICK, SLOW = "201", "61"
"""How many transitions a round has, the first of which is outside the clock."""


def rows(ours: Callable[[], float], place: Path) -> Iterator[Row]:
    """A row for each peer that is installed; `ours` gives transitions per second of the program,
    and `place` is a folder for the peers' databases.
    """
    yield from _row("SQLModel session", "sqlmodel", ours, [f"{place}/sqlmodel.db", QUICK])
    yield from _row("SpiffWorkflow", "spiff", ours, [f"{place}/spiff.db", QUICK])
    urls = [f"sqlite:///{place}/dbos.db", f"sqlite:///{place}/dbos-system.db"]
    yield from _row("DBOS", "dbos", ours, [*urls, SLOW])


def rows_on_postgresql(ours: Callable[[], float], url: str, system: str) -> Iterator[Row]:
    """As `rows`, on two empty databases of a PostgreSQL server, given as addresses."""
    urls = [each.replace("postgresql://", "postgresql+psycopg://", 1) for each in (url, system)]
    yield from _row("PostgreSQL DBOS", "dbos", ours, [*urls, SLOW])


_PACKAGES = {"sqlmodel": "sqlmodel", "spiff": "SpiffWorkflow", "dbos": "dbos"}


def _row(
    case: str, peer: str, ours: Callable[[], float], arguments: Sequence[str]
) -> Iterator[Row]:
    if missing(case, _PACKAGES[peer]):
        return
    turn = count()
    with ExitStack() as stack:
        running = stack.enter_context(started(f"transitions_{peer}", arguments))
        rate, theirs = interleaved(ours, lambda: float(running.round(f"turn {next(turn)}")))
    yield row("transitions", case, rate=rate, bound=theirs)

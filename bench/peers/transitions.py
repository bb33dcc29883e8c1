"""One client's transitions against those of other programs: the same work, done their way.

Each works on a copy of the program's own database, reads the request and its course, and writes the
rows that the program writes (`given`), each transition in a commit of its own; on SQLite all write
ahead and sync fully. What it writes is counted afterwards, as it is with the bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from bench.peers.given import Ask, give
from bench.peers.starting import missing, started
from bench.rows import Row, interleaved, row
from engine.service.site import Site

QUICK, SLOW, SLOW_ON_POSTGRESQL = "201", "61", "24"
"""How many transitions a round has, the first of which is outside the clock."""
_ROUTINE = "hf_to_ks"
_PACKAGES = {"sqlmodel": "sqlmodel", "spiff": "SpiffWorkflow", "dbos": "dbos"}


def rows(ours: Callable[[], float], site: Site, ask: Ask, place: Path) -> Iterator[Row]:
    """A row for each peer that is installed; `ours` gives transitions per second of the program.

    `ask` asks a database in which the program has made every transition, and `place` is the folder
    of the site, whose database they have not been made in, and of the peers' databases.
    """
    given = str(give(place, ask, _routine(site)))
    copy = [given, str(place / "site" / "kursdeling.db")]
    yield from _row("SQLModel session", "sqlmodel", ours, [*copy, f"{place}/sqlmodel.db", QUICK])
    yield from _row("SpiffWorkflow", "spiff", ours, [*copy, f"{place}/spiff.db", QUICK])
    own = place / "dbos.db"
    own.write_bytes(Path(copy[1]).read_bytes())
    urls = [f"sqlite:///{own}", f"sqlite:///{place}/dbos-system.db"]
    yield from _row("DBOS", "dbos", ours, [given, *urls, SLOW])


def rows_on_postgresql(
    ours: Callable[[], float], site: Site, ask: Ask, place: Path, *, url: str, system: str
) -> Iterator[Row]:
    """As `rows`, on a copy of the site's database on a server, and on an empty one beside it."""
    given = str(give(place, ask, _routine(site)))
    urls = [each.replace("postgresql://", "postgresql+psycopg://", 1) for each in (url, system)]
    yield from _row("PostgreSQL DBOS", "dbos", ours, [given, *urls, SLOW_ON_POSTGRESQL])


def _routine(site: Site) -> Mapping[str, Any]:
    """The routine that the requests follow, as far as a peer can know it."""
    routine = site.routines.named(_ROUTINE)
    workflow, table = routine.workflow, routine.table
    return {
        "opens_in": workflow.opens_with.state,
        "final": [name for name, state in workflow.states.items() if state.final],
        "moves": [
            (state, event, table.target(state, event) or state)
            for state in workflow.states
            for event in table.events(state)
        ],
    }


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

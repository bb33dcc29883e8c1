"""What a transition costs as the site grows: from a thousand stored requests to a million.

`rate` is microseconds per transition, from the first read to the commit; `bound` is what it costs
at a thousand, and `ratio` is how much dearer it has become. The sizes take turns, and the requests
that move lie evenly among the stored ones.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta

from bench.crowd import FIRST, crowd, number_of, spent
from bench.rows import Row, row, working_on
from bench.stand import AT, OWNER
from engine.app import open_site
from engine.service import commands
from engine.service.site import Site

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TURNS = 15
EACH = 50
"""How many requests move in a turn."""
LATER = AT + timedelta(days=60, hours=1)
_MICRO = 1e6


def run() -> Iterator[Row]:
    """A row for each size."""
    with ExitStack() as open_ones:
        sites = {}
        for size in SIZES:
            working_on(f"growth: {size:,} stored requests are made")
            sites[size] = open_site(crowd(size))
            open_ones.callback(sites[size].database.close)
        costs = _costs(sites)
    spent()
    for size, cost in costs.items():
        yield row(
            "growth",
            f"{size:,} stored requests",
            rate=cost,
            bound=costs[SIZES[0]],
            unit="microseconds",
        )


def _costs(sites: Mapping[int, Site]) -> Mapping[int, float]:
    """Size → microseconds per transition: the median of the turns."""
    for site in sites.values():
        # Outside the clock: what a process does only once.
        _resubmit(site, FIRST)
    turns: dict[int, list[float]] = {size: [] for size in sites}
    for turn in range(TURNS):
        for size, site in sites.items():
            apart = size // (TURNS * EACH)
            numbers = [number_of((turn + TURNS * n) * apart + 1) for n in range(EACH)]
            gc.collect()
            begun = time.perf_counter()
            for number in numbers:
                _resubmit(site, number)
            turns[size].append((time.perf_counter() - begun) / EACH * _MICRO)
    return {size: statistics.median(found) for size, found in turns.items()}


def _resubmit(site: Site, number: str) -> None:
    """The owner sends the request in again: a state, a history row, three timers, two letters."""
    done = commands.fire(site, number, "resubmit", email=OWNER, at=LATER)
    assert [to for _, _, to in done.events] == ["submitted"], done

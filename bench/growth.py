"""What a transition costs as the site grows: from a thousand stored requests to a million.

`rate` is microseconds per transition, from the first read to the commit; `bound` is what it costs
at a thousand, and `ratio` is how much dearer it has become. The sizes take turns, and the requests
that move lie evenly among the stored ones.
"""

from __future__ import annotations

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
EACH = 750
"""How many requests move on each site."""
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
    """Size → microseconds of the middle one of its transitions.

    They take turns one by one, and the middle one is taken, so that what else the machine does
    falls on all sizes alike, and a pause on none.
    """
    for site in sites.values():
        # Outside the clock: what a process does only once.
        _resubmit(site, FIRST)
    took: dict[int, list[float]] = {size: [] for size in sites}
    for turn in range(EACH):
        for size in _in_turn(tuple(sites), turn):
            number = number_of(turn * (size // EACH) + 1)
            begun = time.perf_counter()
            _resubmit(sites[size], number)
            took[size].append((time.perf_counter() - begun) * _MICRO)
    return {size: statistics.median(found) for size, found in took.items()}


def _in_turn(sizes: tuple[int, ...], turn: int) -> tuple[int, ...]:
    """The sizes, each of them first as often as the others."""
    first = turn % len(sizes)
    return (*sizes[first:], *sizes[:first])


def _resubmit(site: Site, number: str) -> None:
    """The owner sends the request in again: a state, a history row, three timers, two letters."""
    done = commands.fire(site, number, "resubmit", email=OWNER, at=LATER)
    assert [to for _, _, to in done.events] == ["submitted"], done

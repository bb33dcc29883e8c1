"""What a transition costs as the site grows: from a thousand stored requests to a million.

`rate` is microseconds per transition, from the first read to the commit, and in cases of their own
those that the processor works; `bound` is what it costs at a thousand, and `ratio` is how much
dearer it has become. The sizes take turns, and the requests that move lie evenly among the stored
ones.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from bench.crowd import FIRST, crowd, number_of, spent
from bench.rows import Row, row, working_on
from bench.stand import AT, OWNER
from engine.app import open_site
from engine.service.acts import commands
from engine.service.site import Site

SIZES = (1_000, 10_000, 100_000, 1_000_000)
EACH = 750
"""How many requests move on each site."""
LATER = AT + timedelta(days=60, hours=1)
_MICRO = 1e6


@dataclass(frozen=True, slots=True)
class _Costs:
    """Microseconds of each transition on one site."""

    whole: list[float] = field(default_factory=list)
    """By the clock, with waiting for the disk and for others."""
    processor: list[float] = field(default_factory=list)


def run() -> Iterator[Row]:
    """Two rows for each size: the whole cost, and the processor's."""
    with ExitStack() as open_ones:
        sites = {}
        for size in SIZES:
            working_on(f"growth: {size:,} stored requests are made")
            sites[size] = open_site(crowd(size))
            open_ones.callback(sites[size].database.close)
        costs = _costs(sites)
    spent()
    whole = {size: statistics.median(cost.whole) for size, cost in costs.items()}
    processor = {size: statistics.median(cost.processor) for size, cost in costs.items()}
    for of_what, middle in (("", whole), (", processor", processor)):
        for size, cost in middle.items():
            yield row(
                "growth",
                f"{size:,} stored requests{of_what}",
                rate=cost,
                bound=middle[SIZES[0]],
                unit="microseconds",
            )


def _costs(sites: Mapping[int, Site]) -> Mapping[int, _Costs]:
    """Size → what each of its transitions cost.

    They take turns one by one, and the middle one counts, so that what else the machine does falls
    on all sizes alike, and a pause on none.
    """
    for site in sites.values():
        # Outside the clock: what a process does only once.
        _resubmit(site, FIRST)
    took = {size: _Costs() for size in sites}
    for turn in range(EACH):
        for size in _in_turn(tuple(sites), turn):
            number = number_of(turn * (size // EACH) + 1)
            begun, worked = time.perf_counter(), time.process_time()
            _resubmit(sites[size], number)
            took[size].processor.append((time.process_time() - worked) * _MICRO)
            took[size].whole.append((time.perf_counter() - begun) * _MICRO)
    return took


def _in_turn(sizes: tuple[int, ...], turn: int) -> tuple[int, ...]:
    """The sizes, each of them first as often as the others."""
    first = turn % len(sizes)
    return (*sizes[first:], *sizes[:first])


def _resubmit(site: Site, number: str) -> None:
    """The owner sends the request in again: a state, a history row, three timers, two letters."""
    done = commands.fire(site, number, "resubmit", email=OWNER, at=LATER)
    assert [to for _, _, to in done.events] == ["submitted"], done

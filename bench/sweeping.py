"""`python -m bench.sweeping FOLDER`: sweep the site in the folder, and print what it took as JSON.

In a process of its own, so that the peak is the sweep's and not that of who made the site.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bench.crowd import DUE_AT, LAPSES
from bench.rows import peak_mb
from engine.app import open_site
from engine.service.site import Site
from engine.service.sweep import sweep

SOON = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a sweep took."""

    seconds: float
    fired: int
    peak_mb: float


def swept(site: Site) -> Took:
    """What a sweep took in which every request acts whose time has come; the very first of them
    acts before, outside the clock: what a process does only once.
    """
    assert sweep(site, LAPSES + SOON).fired == 1
    begun = time.perf_counter()
    done = sweep(site, DUE_AT + SOON)
    spent = time.perf_counter() - begun
    assert done.fired == done.due, done
    assert not done.faults, done
    return Took(seconds=spent, fired=done.fired, peak_mb=peak_mb())


def main() -> None:
    """Sweep, and print one object."""
    site = open_site(Path(sys.argv[1]))
    took = swept(site)
    site.database.close()
    print(json.dumps({"seconds": took.seconds, "fired": took.fired, "peak_mb": took.peak_mb}))


if __name__ == "__main__":
    main()

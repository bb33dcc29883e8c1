"""`python -m bench.sweeping FOLDER WHO`: sweep the site in the folder, and print what it took as
JSON. WHO is the program (`ours`) or the sweep written by hand (`by hand`).

In a process of its own, so that the peak is the sweep's and not that of who made the site, and so
that both begin alike.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from bench import bound, sweep_by_hand
from bench.crowd import DUE_AT, LAPSES
from bench.rows import peak_mb
from config.keys import KEY_FILE
from engine.app import open_site
from engine.service.time.sweep import sweep
from engine.store import apply
from engine.store.encoding import instant

SOON = timedelta(minutes=30)
RECORDED_AT = DUE_AT + timedelta(hours=1)
"""The clock of both stands still, so that they write the same rows."""


class _Clock:
    def now(self) -> datetime:
        return RECORDED_AT


class Took(Struct, frozen=True, kw_only=True):
    """What a sweep took."""

    seconds: float
    processor: float
    """Seconds of it that the processor worked."""
    fired: int
    peak_mb: float


def ours(folder: Path) -> Took:
    """What the program took."""
    site = replace(open_site(folder), clock=_Clock())
    setattr(apply, "new_salt", lambda: sweep_by_hand.SALT)  # noqa: B010 – the same on both sides

    def fired(at: datetime) -> int:
        done = sweep(site, at)
        assert done.fired == done.due, done
        assert not done.faults, done
        return done.fired

    with closing(site.database):
        return _measured(fired)


def by_hand(folder: Path) -> Took:
    """What the sweep written by hand took."""
    (key,) = (folder / KEY_FILE).read_text(encoding="ascii").split()
    with closing(bound.sqlite(folder / "kursdeling.db")) as connection:
        bare = sweep_by_hand.ByHand(
            connection=connection, key=bytes.fromhex(key), domain="kursdeling.example"
        )
        return _measured(lambda at: bare.sweep(instant(at), instant(RECORDED_AT)))


def _measured(fired: Callable[[datetime], int]) -> Took:
    """What a sweep took in which every request acts whose time has come; the very first of them
    acts before, outside the clock: what a process does only once.
    """
    assert fired(LAPSES + SOON) == 1
    begun, worked = time.perf_counter(), time.process_time()
    done = fired(DUE_AT + SOON)
    return Took(
        seconds=time.perf_counter() - begun,
        processor=time.process_time() - worked,
        fired=done,
        peak_mb=peak_mb(),
    )


def main() -> None:
    """Sweep, and print one object."""
    folder, who = Path(sys.argv[1]), sys.argv[2]
    took = {"ours": ours, "by hand": by_hand}[who](folder)
    print(json.dumps(asdict(took)))


if __name__ == "__main__":
    main()

"""Which workers run on the site, and when each was last heard of."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant

MISSED = 3
"""How many beats a worker may miss before it counts as gone."""


class Heartbeat(Struct, frozen=True, kw_only=True):
    """One worker, as it was last heard of."""

    worker: str
    at: datetime
    """By the wall clock, whatever the business time is."""
    doing: str
    interval: timedelta
    """How often it means to be heard of."""
    settings: str = ""
    """The digest of the settings that it was started with; empty where that is not known."""

    def is_stale(self, now: datetime) -> bool:
        """Whether it has been silent for more than three of its intervals, by a clock that may
        have been set back meanwhile.
        """
        return abs(now - self.at) > MISSED * self.interval


def beat(tx: Transaction, heartbeat: Heartbeat) -> None:
    """Write that the worker is alive, in place of what stood there."""
    tx.run(
        "heartbeat_beat",
        {
            "worker": heartbeat.worker,
            "at": instant(heartbeat.at),
            "doing": heartbeat.doing,
            "interval_seconds": int(heartbeat.interval.total_seconds()),
            "settings": heartbeat.settings,
        },
    )


def stop(tx: Transaction, worker: str) -> None:
    """Forget a worker that has ended."""
    tx.run("heartbeat_stop", {"of_worker": worker})


def listed(tx: Transaction) -> tuple[Heartbeat, ...]:
    """Every worker that has not ended cleanly, by name."""
    return tuple(
        Heartbeat(
            worker=row["worker"],
            at=read_instant(row["at"]),
            doing=row["doing"],
            interval=timedelta(seconds=row["interval_seconds"]),
            settings=row["settings"],
        )
        for row in tx.all("heartbeats")
    )

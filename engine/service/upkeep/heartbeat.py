"""A worker tells that it is alive, and is forgotten when it ends; a killed one is noticed."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Final

from msgspec import Struct

from engine.service.site import Site
from engine.store import heartbeats
from engine.store.heartbeats import Heartbeat

LEAPT: Final = "clock"
"""What a worker does whose clock is far ahead: it takes mail, and waits for the right time."""


class Worker(Struct, frozen=True, kw_only=True):
    """One process that works on a site."""

    site: Site
    name: str
    interval: timedelta

    def beat(self, doing: str) -> None:
        """Tell that it is alive, and what it is about to do."""
        with self.site.database.transaction() as tx:
            heartbeats.beat(
                tx,
                Heartbeat(
                    worker=self.name,
                    at=self.site.clock.now(),
                    doing=doing,
                    interval=self.interval,
                    settings=self.site.settings,
                ),
            )

    def end(self) -> None:
        """Be forgotten: it ended as it should."""
        with self.site.database.transaction() as tx:
            heartbeats.stop(tx, self.name)


def begin(site: Site, interval: timedelta) -> Worker:
    """A worker for this process, alive from now on, in the place of dead ones of this host."""
    host = socket.gethostname()
    worker = Worker(site=site, name=f"{host}:{os.getpid()}", interval=interval)
    now = site.clock.now()
    with site.database.transaction() as tx:
        for other in heartbeats.listed(tx):
            there, _, process = other.worker.rpartition(":")
            if there == host and (other.is_stale(now) or not _runs(int(process))):
                heartbeats.stop(tx, other.worker)
    worker.beat("starting")
    return worker


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

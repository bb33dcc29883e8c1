"""Other workers that have deadlines in hand: what they are about to write belongs together with
what this one has written.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Final

from engine.service.site import Site
from engine.store import timers

PATIENCE: Final = 10.0
"""Seconds after which a worker that hangs keeps nobody waiting any more."""
PAUSE: Final = 0.05
MOST: Final = 1000
"""How many deadlines are looked at; more than so many workers have in hand."""


def wait_for_others(site: Site, at: datetime) -> bool:
    """Wait until no other worker has a deadline in hand that is due at `at`; whether that came
    about before `PATIENCE` was over.
    """
    end = time.monotonic() + PATIENCE
    while _in_others_hands(site, at):
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def _in_others_hands(site: Site, at: datetime) -> bool:
    with site.database.transaction() as tx:
        free = {timer.id for timer in timers.due(tx, at, MOST)}
    with site.database.reading() as tx:
        return any(timer.id not in free for timer in timers.due(tx, at, MOST))

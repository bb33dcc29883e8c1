"""A clock that leaps ahead acts on nothing: what it let happen could not be mended until that day.

INTERFACE §2: `run`, `tick` and `sweep` refuse a time far past the newest stored one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.errors import RefusedError
from engine.model import Reason
from engine.service.site import Site
from engine.store import passes

FURTHEST: Final = timedelta(days=92)
ALIKE: Final = timedelta(days=1)
"""A pass so soon after the last recorded one is not recorded: once a day is enough."""


def leaps(site: Site, at: datetime) -> Reason | None:
    """Why nothing may act at `at`; None where it is near enough to what is stored."""
    with site.database.reading() as tx:
        newest = passes.newest(tx)
    if newest is None or at <= newest + FURTHEST:
        return None
    return Reason("clock_leaps", {"at": at, "last": newest, "days": FURTHEST.days})


def begin_pass(site: Site, at: datetime, *, leap: bool = False, dry_run: bool = False) -> None:
    """Let a pass be made at `at`, and remember it but for a `dry_run`; RefusedError where the clock
    has leapt, unless that is meant.
    """
    with site.database.reading() as tx:
        last = passes.last(tx)
    if last is not None and timedelta(0) <= at - last < ALIKE:
        return
    near = last is not None and at <= last + FURTHEST  # then nothing else need be looked for
    reason = None if leap or near else leaps(site, at)
    if reason is not None:
        raise RefusedError([reason])
    if not dry_run:
        with site.database.transaction() as tx:
            passes.record(tx, at)

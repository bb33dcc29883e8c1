"""A site's database, moved to another place once nobody works on it any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.errors import StoreError
from engine.model import Reason
from engine.store import heartbeats, schema
from engine.store.database import Database
from engine.store.moving import Moved, move
from engine.store.opening import open_database


def moved(
    source: str, target: str, now: datetime, progress: Callable[[str, int], None], *, anyway: bool
) -> Moved:
    """Every row of the database at `source`, written into the empty one at `target`.

    StoreError when a worker runs on the source, since what it wrote would be lost; not if
    `anyway`. `progress` is told (table, rows so far).
    """
    with open_database(source, must_exist=True) as old:
        schema.check(old)
        if not anyway:
            _refuse_if_worked_on(old, now)
        with open_database(target) as new:
            return move(old, new, progress)


def _refuse_if_worked_on(database: Database, now: datetime) -> None:
    with database.reading() as tx:
        running = [each.worker for each in heartbeats.listed(tx) if not each.is_stale(now)]
    if running:
        raise StoreError(
            f"{', '.join(running)} still works on it: stop it first, or say --anyway",
            reason=Reason("db_in_use", {"workers": running}),
        )

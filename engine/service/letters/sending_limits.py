"""How many letters may leave: a cap per minute, and a brake for an hour that goes wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.service.site import Pace
from engine.store.database import Transaction
from engine.store.mail_out import departures

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def room(tx: Transaction, pace: Pace, at: datetime, most: int) -> int:
    """How many letters may be claimed at `at` in this transaction: at most `most`, 0 for none.

    Pulls the brake where that is called for: then the site is paused until somebody lets letters
    go on, and what was written until then goes without being counted again.
    """
    if departures.paused(tx) is not None:
        return 0
    if not (pace.per_minute or pace.brake_per_hour):
        return most
    departures.take_turn(tx)
    if pace.brake_per_hour and _too_many(tx, pace.brake_per_hour, at):
        return 0
    if pace.per_minute:
        most = min(most, pace.per_minute - departures.left_since(tx, at - MINUTE))
    return max(most, 0)


def _too_many(tx: Transaction, limit: int, at: datetime) -> bool:
    number = departures.fresh(tx, since=at - HOUR, until=at)
    if number <= limit:
        return False
    departures.pause(tx, f"{number} > letters.brake_per_hour = {limit}", at)
    return True

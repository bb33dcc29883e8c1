"""Which periods of the agreement may be recorded beside those that are (R4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from engine.model import Agreement, Reason


def against_period(
    recorded: Iterable[Agreement], since: date, to: date, today: date
) -> tuple[Reason, ...]:
    """Every reason against recording the agreement from `since` until the day before `to`.

    Periods neither overlap nor are recorded for days that have gone by without one. The first one
    may have begun before anything was recorded here.
    """
    known = sorted(recorded, key=lambda each: each.since)
    if to <= since:
        return (Reason("agreement_backwards", {"day": since, "latest": to}),)
    overlapping = [each for each in known if each.since < to and since < each.to]
    if overlapping:
        last = max(each.to for each in known)
        values = {
            "first": overlapping[0].since,
            "last": overlapping[0].to - timedelta(days=1),
            "day": max(last, today),
        }
        return (Reason("agreement_overlaps", values),)
    if known and since < today:
        return (Reason("agreement_backdated", {"day": since, "today": today}),)
    return ()

"""In time, late or missing: a function of dates, never something that is set by hand (§2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from engine.calendar import end_of_day

Punctuality = Literal["in_time", "in_time_weekend", "late", "waiting", "missing"]


def punctuality(
    delivered_at: datetime | None, kept: Mapping[str, Any], at: datetime
) -> Punctuality:
    """How what was first delivered at `delivered_at` stands to the days that the request keeps."""
    late_from = end_of_day(date.fromisoformat(kept["late_after"]))
    if delivered_at is None:
        return "missing" if at >= late_from else "waiting"
    if delivered_at < end_of_day(date.fromisoformat(kept["deadline"])):
        return "in_time"
    return "in_time_weekend" if delivered_at < late_from else "late"

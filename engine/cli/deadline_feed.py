"""What the clock will bring, as a calendar that people subscribe to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from engine.calendar import oslo_day
from engine.domain.all_day import AllDay, calendar_file
from engine.model import Language
from engine.report.explaining import comes
from engine.store.timers import TimerRow

NAMES: Final[Mapping[Language, str]] = {
    "nb": "Kursdeling: frister",
    "nn": "Kursdeling: fristar",
    "en": "Kursdeling: deadlines",
}


def feed(rows: Iterable[TimerRow], at: datetime, language: Language, site: str) -> bytes:
    """Return the deadlines as a calendar file stamped `at`, each an all-day entry in Oslo.

    An entry's UID is the deadline's own at `site` (a domain), and its sequence how often it has
    acted: a subscriber's calendar moves what moves, and drops what is gone.
    """
    return calendar_file(
        (
            AllDay(
                uid=f"deadline-{row.id}@{site}",
                sequence=row.occurrence,
                day=oslo_day(row.due_at),
                title=f"{row.request}: "
                + comes(row.action, row.target, row.roles, row.rule, language),
                text=f"{row.workflow} · {row.state} · {row.rule}",
                language=language,
            )
            for row in rows
        ),
        at,
        NAMES[language],
    )

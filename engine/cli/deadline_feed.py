"""What the clock will bring, as a calendar that people subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from engine.calendar import last_day
from engine.domain.all_day import AllDay, calendar_file
from engine.model import Language
from engine.store.cases.timers import TimerRow
from engine.wording.catalogue import say
from engine.wording.durations import calendar_words


def feed(
    rows: Iterable[TimerRow],
    at: datetime,
    language: Language,
    site: str,
    told: Callable[[TimerRow], str],
) -> bytes:
    """Return the deadlines as a calendar file stamped `at`, each an all-day entry in Oslo; `told`
    says what each will do.

    An entry's UID is the deadline's own at `site` (a domain), and its sequence how often it has
    acted: a subscriber's calendar moves what moves, and drops what is gone.
    """
    return calendar_file(
        (
            AllDay(
                uid=f"deadline-{row.id}@{site}",
                sequence=row.occurrence,
                day=last_day(row.due_at),
                title=f"{row.request}: {told(row)}",
                text=f"{row.workflow} · {row.state} · {row.rule} · "
                f"{calendar_words(row.calendar, language)}",
                language=language,
            )
            for row in rows
        ),
        at,
        say("cli.feed_name", language),
    )

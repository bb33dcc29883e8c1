"""Deadlines ahead, as a list and as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from engine.calendar import end_of_day, last_day
from engine.cli.call import Call, command
from engine.cli.printing import documents
from engine.cli.program import option
from engine.cli.usage import DAY
from engine.definition.types import Workflow
from engine.domain.all_day import AllDay, calendar_file
from engine.model import Language
from engine.plan.naming import routine_title, state_title
from engine.report.table import deadline
from engine.service.requests.why import teller
from engine.service.site import Routine
from engine.store.cases import timers
from engine.store.cases.timers import TimerRow
from engine.store.encoding import instant
from engine.wording.catalogue import say
from engine.wording.durations import calendar_words

COLUMNS = ("at", "request", "workflow", "state", "calendar", "what")


@command("deadline list")
@option("--until", type=DAY, metavar="DATE", help="until_deadline")
@option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="ics",
)
def list_(call: Call, until: date | None, ics: Path | None) -> None:
    """Print every armed deadline, the earliest first: when, what follows, and by which rule."""
    site = call.site()
    with site.database.reading() as tx:
        armed = timers.armed(tx)
    rows = [row for row in armed if until is None or row.due_at <= end_of_day(until)]
    told = teller(site, call.language)
    if ics is not None:
        domain = site.intake.loop_mark or "kursdeling"
        _write(ics, feed(rows, call.at, call.language, domain, told))
    found = [_document(row, told(row)) for row in rows]
    routines = site.routines.current
    shown = [
        {
            **each,
            "at": deadline(row.due_at),
            "workflow": routine_title(_workflow(routines, row), row.workflow, call.language),
            "state": state_title(_workflow(routines, row), row.state, call.language),
            "calendar": calendar_words(row.calendar, call.language),
        }
        for each, row in zip(found, rows, strict=True)
    ]
    documents(call, found, COLUMNS, shown)


def _workflow(routines: Mapping[str, Routine], row: TimerRow) -> Workflow | None:
    routine = routines.get(row.workflow)
    return routine.workflow if routine else None


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: a web server may be reading the file that stands there."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)


def _document(row: TimerRow, what: str) -> dict[str, Any]:
    return {
        "at": instant(row.due_at),
        "request": row.request,
        "workflow": row.workflow,
        "state": row.state,
        "action": row.action,
        "target": row.target or None,
        "roles": list(row.roles),
        "rule": row.rule,
        "every": row.every or None,
        "acted": row.occurrence,
        "calendar": row.calendar,
        "what": what,
    }


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

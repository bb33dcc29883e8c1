"""What the clock will bring."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from engine.calendar import end_of_day
from engine.cli.call import Call
from engine.cli.dates import DAY
from engine.cli.deadline_feed import feed
from engine.cli.printing import documents
from engine.cli.program import command
from engine.report.explaining import comes
from engine.store import timers
from engine.store.encoding import instant
from engine.store.timers import TimerRow

COLUMNS = ("at", "request", "workflow", "state", "what", "calendar")


@command("deadline list")
@click.option("--until", type=DAY, metavar="DATE", help="Only up to and including this day.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write them as a calendar that Outlook, Google and Apple can subscribe to.",
)
def list_(call: Call, until: date | None, ics: Path | None) -> None:
    """Print every armed deadline, the earliest first: when, what follows, and by which rule."""
    site = call.site()
    with site.database.reading() as tx:
        armed = timers.armed(tx)
    rows = [row for row in armed if until is None or row.due_at <= end_of_day(until)]
    if ics is not None:
        _write(ics, feed(rows, call.at, call.language, site.intake.loop_mark or "kursdeling"))
    shown = [{**_document(row, call), "at": row.due_at} for row in rows]
    documents(call, [_document(row, call) for row in rows], COLUMNS, shown)


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: a web server may be reading the file that stands there."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(content)
    beside.replace(file)


def _document(row: TimerRow, call: Call) -> dict[str, Any]:
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
        "what": comes(row.action, row.target, row.roles, row.rule, call.language),
    }

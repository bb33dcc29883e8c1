"""The command that brings in shares which existed before the program did."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.call import Call, command
from engine.cli.csv_file import csv_rows
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document
from engine.cli.program import option
from engine.errors import InputError
from engine.model import Reason
from engine.plan.importing import COLUMNS, REQUIRED
from engine.report.table import table
from engine.service.requests.importing import Came, Import, Listed, import_shares
from engine.wording.catalogue import say


@command("request import")
@click.argument("file", metavar="FILE")
@option("--dry-run", is_flag=True, help="dry_run")
def import_(call: Call, *, file: str, dry_run: bool) -> None:
    """Register every share in a csv file, or say everything that is wrong with the file."""
    site = call.site()
    rows = [
        Listed(line=line, values=_tidy(file, line, row))
        for line, row in csv_rows(file, COLUMNS, REQUIRED)
    ]
    found = import_shares(site, rows, at=call.at, dry_run=dry_run)
    if found.faults:
        raise InputError(faults=[(f"{file}:{line}", reason) for line, reason in found.faults])
    if not dry_run:
        new = [each.number for each in found.came if not each.before]
        noted(site, [Note(what="request.imported", ids={"request": n}) for n in new])
    document(call, _document(found, dry_run=dry_run), _text(call, found, dry_run=dry_run))


def _tidy(file: str, line: int, row: dict[str, str]) -> dict[str, str]:
    if None in row:
        raise InputError(faults=[(f"{file}:{line}", Reason("csv_too_many"))])
    return {name: " ".join((text or "").split()) for name, text in row.items()}


def _document(found: Import, *, dry_run: bool) -> dict[str, Any]:
    return {
        "imported": [_row(each) for each in found.came if not each.before],
        "before": [_row(each) for each in found.came if each.before],
        "letters": found.letters,
        "dry_run": dry_run,
    }


def _row(came: Came) -> dict[str, Any]:
    return {
        "line": came.line,
        "request": came.number or None,
        "workflow": came.share.workflow.name,
        "owner": came.share.owner.id,
        "borrower": came.share.borrower.id,
        "short_name": came.share.form["short_name"],
        "since": came.share.since.isoformat(),
    }


def _text(call: Call, found: Import, *, dry_run: bool) -> str:
    new = [_row(each) for each in found.came if not each.before]
    lines = [say("cli.dry_run", call.language)] if dry_run else []
    if new:
        columns = ("request", "workflow", "owner", "borrower", "short_name", "since")
        lines.append(table(new, columns, call.language))
    counts = say(
        "cli.import_counts", call.language, new=len(new), before=len(found.came) - len(new)
    )
    return "\n".join([*lines, counts, say("cli.letters", call.language, n=found.letters)])

"""Commands that act on requests, on behalf of somebody."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from engine.cli.call import Call, command
from engine.cli.files import csv_rows, text_of
from engine.cli.given import one_line
from engine.cli.groups.mail_log import Note, noted
from engine.cli.printing import document, moves_told, routine_of
from engine.cli.program import option
from engine.cli.usage import ACTOR, REQUEST, not_among, pairs, request_number
from engine.definition.types import Workflow
from engine.domain.fields import FIELDS, field_by_label
from engine.errors import InputError
from engine.intake import form as forms
from engine.model import Language, Reason
from engine.plan.common_events.importing import COLUMNS, REQUIRED
from engine.report.table import table
from engine.service.acts.commands import Done, open_by_command
from engine.service.acts.commands import fire as fired
from engine.service.acts.many import Refused, fire_all
from engine.service.requests import mending
from engine.service.requests.importing import Came, Import, Listed, import_shares
from engine.service.site import Site
from engine.wording import sentence
from engine.wording.catalogue import names, say
from engine.wording.names import FIELD_NAMES


@command("request open")
@click.argument("workflow", metavar="WORKFLOW")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="as")
@option("--form", "file", metavar="FILE", help="form")
@option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="set")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def open_(
    call: Call,
    *,
    workflow: str,
    email: str,
    file: str | None,
    settings: tuple[str, ...],
    key: str,
    dry_run: bool,
) -> None:
    """Open a request as if the form had come by mail."""
    values = forms.fields(text_of(file, f"--form {file}")) if file else {}
    values |= values_of(settings, frozenset(FIELDS))
    site = call.site()
    done = open_by_command(
        site, workflow, email=email, at=call.at, values=values, key=key, dry_run=dry_run
    )
    if not dry_run:
        noted(site, [note_of("request.opened", done, email)])
    tell(call, site, done, dry_run=dry_run, routine=workflow)


@command("request fire")
@click.argument("number", metavar="ID[,ID…]")
@click.argument("event", metavar="EVENT")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="as")
@option("--note", default="", metavar="TEXT", help="note")
@option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="set")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def fire(
    call: Call,
    *,
    number: str,
    event: str,
    email: str,
    note: str,
    settings: tuple[str, ...],
    key: str,
    dry_run: bool,
) -> int:
    """Let an event happen, by the same rules as if it had come by mail.

    Several IDs with commas between them are done together; what is refused of them keeps none of
    the others from happening.
    """
    site = call.site()
    values = values_of(settings, frozenset(FIELDS) | kept_names(site))
    numbers = [request_number(each) for each in number.split(",") if each.strip()]
    if len(numbers) > 1:
        told: Sequence[Done | Refused] = fire_all(
            site, numbers, event,
            email=email, at=call.at, note=note, values=values, key=key, dry_run=dry_run,
        )  # fmt: skip
        done = [each for each in told if isinstance(each, Done)]
    else:
        told = done = [
            fired(
                site, request_number(number), event,
                email=email, at=call.at, note=note, values=values, key=key, dry_run=dry_run,
            )
        ]  # fmt: skip
    if not dry_run:
        noted(site, [note_of("request.fired", each, email) for each in done])
    for each in told:
        if isinstance(each, Done):
            tell(call, site, each, dry_run=dry_run)
        else:
            tell_refused(call, each)
    return 0 if len(done) == len(told) else 1


def tell_refused(call: Call, refused: Refused) -> None:
    """Print why one of several was refused."""
    reasons = [sentence(reason, call.language) for reason in refused.reasons]
    for reason in reasons:
        print(f"{refused.number}: {reason}", file=sys.stderr)
    if call.json:
        print(one_line({"request": refused.number, "error": "refused", "reasons": reasons}))


def note_of(what: str, done: Done, email: str) -> Note:
    """The note in the logs about what a command did on behalf of `email`."""
    moves = [event for event, _, _ in done.events]
    ids = {"request": done.number, "moves": moves, "repeated": done.repeated}
    return Note(what=what, ids=ids, personal={"actor": email})


def kept_names(site: Site) -> frozenset[str]:
    """The names under which events keep what comes with them, `ends_on` for one."""
    return frozenset(
        keep.name
        for routine in site.routines.current.values()
        for event in routine.workflow.events.values()
        for keep in event.keeps
    )


def values_of(settings: Iterable[str], known: frozenset[str]) -> dict[str, str]:
    """The values by field name; wrong usage for a text without `=` or a name not in `known`."""
    found = {}
    for key, value in pairs(settings):
        name = key if key in known else field_by_label(key)
        if name is None:
            called = {**names("kept_days"), **FIELD_NAMES}
            titles = {each: tuple(called.get(each, {}).values()) for each in known}
            raise click.UsageError(f"--set: {not_among(key, titles)}")
        found[name] = value
    return found


def tell(call: Call, site: Site, done: Done, *, dry_run: bool, routine: str = "") -> None:
    """Print what a command came to, or would come to; `routine` names that of a request that has
    no number yet.
    """
    workflow = None
    if not call.json:
        known = site.routines.current.get(routine)
        workflow = known.workflow if known else routine_of(site, done.number)
    found = {
        "request": done.number or None,
        "state": done.events[-1][2] if done.events else None,
        "events": [{"event": event, "from": start, "to": to} for event, start, to in done.events],
        "missing": [sentence(reason, call.language) for reason in done.missing],
        "letters": done.letters,
        "repeated": done.repeated,
        "dry_run": dry_run,
    }
    document(call, found, _done_text(found, workflow, call.language))


def _done_text(found: Mapping[str, Any], workflow: Workflow | None, language: Language) -> str:
    lines = [say("cli.repeated", language)] if found["repeated"] else []
    lines += [say("cli.dry_run", language)] if found["dry_run"] else []
    number = f"{found['request']} " if found["request"] else ""
    lines += [f"{number}{each}" for each in moves_told(found["events"], workflow, language)]
    lines += [f"  {reason}" for reason in found["missing"]]
    lines.append(say("cli.letters", language, n=found["letters"]))
    return "\n".join(lines)


@command("request undo")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="regretter")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def undo(call: Call, *, number: str, email: str, key: str, dry_run: bool) -> None:
    """Take back somebody's last act while the letters about it wait."""
    site = call.site()
    done = mending.undo(site, number, email=email, at=call.at, key=key, dry_run=dry_run)
    _say(call, site, "request.undone", done, email=email, dry_run=dry_run)


@command("request correct")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--to", "state", required=True, metavar="STATE", help="to_state")
@option("--reason", required=True, metavar="TEXT", help="reason")
@option("--as", "email", default="", metavar="EMAIL", help="as_coordinator")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def correct(
    call: Call, *, number: str, state: str, reason: str, email: str, key: str, dry_run: bool
) -> None:
    """Put a request into another state of its routine; label and share follow."""
    site = call.site()
    done = mending.correct(
        site, number, state, reason=reason, at=call.at, email=email, key=key, dry_run=dry_run
    )
    _say(call, site, "request.corrected", done, email=email, dry_run=dry_run)


@command("request reopen")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--reason", required=True, metavar="TEXT", help="reason")
@option("--as", "email", default="", metavar="EMAIL", help="as_coordinator")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def reopen(call: Call, *, number: str, reason: str, email: str, key: str, dry_run: bool) -> None:
    """Open a closed request again, where it last was."""
    site = call.site()
    done = mending.reopen(
        site, number, reason=reason, at=call.at, email=email, key=key, dry_run=dry_run
    )
    _say(call, site, "request.reopened", done, email=email, dry_run=dry_run)


def _say(call: Call, site: Site, what: str, done: Done, *, email: str, dry_run: bool) -> None:
    if not dry_run:
        noted(site, [note_of(what, done, email)])
    tell(call, site, done, dry_run=dry_run)


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

"""Commands about mail that came in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from engine import app, intake
from engine.cli.call import Call
from engine.cli.choices import VERDICTS
from engine.cli.judging import judged, mail_events, outcome_document, words_of
from engine.cli.noting import mail_notes, noted
from engine.cli.printing import document, documents
from engine.cli.program import command
from engine.errors import KursdelingError
from engine.report.table import facts
from engine.service import receive
from engine.service.receive import MailOutcome
from engine.service.site import Site
from engine.store import attachments, inbox, letters, sorting
from engine.store.attachments import AttachmentRow
from engine.store.encoding import instant
from engine.store.inbox import MailRow
from engine.store.sorting import SortingRow

NOT_STORED = 75
"""Told to a mail server as: keep the mail, and try again later."""


@command("mail take")
@click.argument("paths", nargs=-1, metavar="[PATH…|-]")
def take(call: Call, paths: tuple[str, ...]) -> int:
    """Store every message, then judge each; 75 unless every one is stored."""
    site = call.site()
    stored, faults = _stored(call, site, paths or ("-",))
    outcomes, unjudged = judged(site, stored, call.at)
    for fault in (*faults, *unjudged):
        print(fault, file=sys.stderr)
    noted(site, mail_notes(site, outcomes))
    _tell(call, outcomes)
    return NOT_STORED if faults else 0


def _stored(call: Call, site: Site, paths: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """(the ids of the messages that are safe now, why the others are not)."""
    stored: list[int] = []
    faults: list[str] = []
    for path in paths:
        for source, raw in app.messages(path):
            try:
                if isinstance(raw, OSError):
                    raise raw
                stored.append(receive.take(site, raw, source, call.at))
            except (OSError, KursdelingError) as error:
                faults.append(f"{source}: {error}")
    return stored, faults


def _tell(call: Call, outcomes: list[MailOutcome]) -> None:
    found = [outcome_document(each, call.language) for each in outcomes]
    shown = [{**each, "events": mail_events(each["events"])} for each in found]
    columns = ("mail", "verdict", "request", "events", "reasons")
    try:
        documents(call, found, columns, shown)
        print(end="", flush=True)
    except OSError as error:
        # The mail is safe, and that is what the exit code is about.
        print(error, file=sys.stderr)


@command("mail list")
@click.option("--verdict", type=click.Choice(VERDICTS), help="Only mail with this verdict.")
def list_(call: Call, verdict: str | None) -> None:
    """Print every message with its verdict."""
    with call.site().database.reading() as tx:
        rows = inbox.listed(tx, verdict or "")
    found = [_row_document(call, row) for row in rows]
    columns = ("mail", "received_at", "sender", "subject", "verdict", "request")
    shown = [
        {**each, "received_at": row.received_at} for each, row in zip(found, rows, strict=True)
    ]
    documents(call, found, columns, shown)


@command("mail show")
@click.argument("mail", type=int, metavar="ID")
@click.option("--save", default="", metavar="DIR", help="Write its attachments there, by hash.")
def show(call: Call, mail: int, save: str) -> None:
    """Print one message: what it says, its verdict, what it brought about, and our answers."""
    site = call.site()
    with site.database.reading() as tx:
        row = inbox.get(tx, mail)
        raw = inbox.raw_of(tx, mail)
        answers = [letter.id for letter in letters.of_mail(tx, mail)]
        sorted_ = [_sorting_document(each) for each in sorting.of_mail(tx, mail)]
        attached = attachments.of_mail(tx, mail)
    text = "" if raw is None else intake.read(raw, site.intake).text
    if save:
        _save(site, attached, Path(save))
    found = {
        **_row_document(call, row),
        "letters": answers,
        "sorted": sorted_,
        "attachments": [asdict(each) for each in attached],
        "text": text,
    }
    keys = (
        "mail", "received_at", "sender", "subject", "verdict", "request", "events", "reasons",
        "sorted", "attachments",
    )  # fmt: skip
    shown = {
        **found,
        "received_at": row.received_at,
        "events": mail_events(found["events"]),
        "attachments": [f"{each.name} ({each.type}, {each.size})" for each in attached],
        "sorted": [" ".join(text for text in each.values() if text) for each in sorted_],
    }
    document(call, found, f"{facts(shown, keys, call.language)}\n\n{text}")


def _save(site: Site, attached: Iterable[AttachmentRow], folder: Path) -> None:
    """Write each attachment into `folder`: never under a sender's name, and never to be run."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with site.database.reading() as tx:
            for each in attached:
                (folder / each.sha256).write_bytes(attachments.content_of(tx, each.sha256))
    except OSError as error:
        raise click.UsageError(f"--save {folder}: {error}") from error


def _sorting_document(row: SortingRow) -> dict[str, Any]:
    return {
        "at": instant(row.at),
        "action": row.action,
        "verdict": row.verdict,
        "note": row.note,
    }


def _row_document(call: Call, row: MailRow) -> dict[str, Any]:
    return {
        "mail": row.id,
        "message_id": row.message_id,
        "verdict": row.verdict,
        "request": row.request or None,
        "events": [dict(event) for event in row.events],
        "reasons": [words_of(reason, call.language) for reason in row.reasons],
        "sender": row.sender or None,
        "subject": row.subject,
        "kind": row.kind or None,
        "source": row.source,
        "received_at": instant(row.received_at),
    }

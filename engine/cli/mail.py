"""Commands about mail that came in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from itertools import chain
from typing import Any

import click

from engine import app
from engine.cli.call import Call, command
from engine.cli.choices import VERDICTS
from engine.cli.failing import reasons_of
from engine.cli.mail_judged import judged, mail_shown, outcome_document, words_of
from engine.cli.mail_log import mail_notes, noted
from engine.cli.printing import documents, survivors
from engine.cli.program import option
from engine.cli.usage import Word
from engine.errors import KursdelingError, UnwritableError
from engine.service import receive
from engine.service.answering.answer_limits import IN_CIRCLES, USED_UP
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site
from engine.store.encoding import instant
from engine.store.mail_in import inbox, sorting
from engine.store.mail_in.inbox import MailRow
from engine.wording.names import VERDICT_NAMES, called

NOT_STORED = 75
"""Told to a mail server as: keep the mail, and try again later."""

FOR_PEOPLE = frozenset(
    {
        None, "unclear", "remark", "newcomer", "unknown_sender", "unproved_sender", "bounce",
        "unreadable", "oversize",
    }
)  # fmt: skip
"""The verdicts after which somebody should look, until the message is attached or discarded."""


@command("mail take")
@click.argument("paths", nargs=-1, metavar="[PATH…|-]")
@option("--mbox", multiple=True, metavar="FILE", help="mbox")
def take(call: Call, paths: tuple[str, ...], mbox: tuple[str, ...]) -> int:
    """Store every message, then judge each; 75 unless every one is stored."""
    site = call.site()
    asked = paths if paths or mbox else ("-",)
    found = [app.messages(path) for path in asked] + [
        app.messages(path, mbox=True) for path in mbox
    ]
    stored, faults = _stored(call, site, chain.from_iterable(found))
    try:
        outcomes, unjudged = judged(site, stored, call.at)
    except UnwritableError as error:  # what is stored is judged when there is room again
        outcomes, unjudged = [], reasons_of(error, call.language)
    for fault in (*faults, *unjudged):
        print(fault, file=sys.stderr)
    noted(site, mail_notes(site, outcomes))
    _tell(call, site, outcomes)
    return NOT_STORED if faults else 0


def _stored(
    call: Call, site: Site, found: Iterable[tuple[str, bytes | OSError]]
) -> tuple[list[int], list[str]]:
    """(the ids of the messages that are safe now, why the others are not)."""
    stored: list[int] = []
    faults: list[str] = []
    for source, raw in found:
        try:
            if isinstance(raw, OSError):
                raise raw
            stored.append(receive.take(site, raw, source, call.at, begun=True))
        except (OSError, KursdelingError) as error:
            faults.append(f"{source}: {' '.join(reasons_of(error, call.language))}")
    return stored, faults


def _tell(call: Call, site: Site, outcomes: list[MailOutcome]) -> None:
    columns = ("mail", "verdict", "request", "events", "reasons")
    try:
        found = [outcome_document(each, call.language) for each in outcomes]
        shown = [] if call.json else [mail_shown(call, site, each) for each in found]
        documents(call, found, columns, shown)
        print(end="", flush=True)
    except (OSError, KursdelingError) as error:
        # The mail is safe, and that is what the exit code is about.
        print(error, file=sys.stderr)


@command("mail list")
@option(
    "--verdict",
    type=Word("VERDICT_NAMES", VERDICTS, "VERDICT"),
    help="verdict",
)
@option("--waiting", is_flag=True, help="waiting")
def list_(call: Call, verdict: str | None, *, waiting: bool) -> None:
    """Print every message with its verdict."""
    with call.site().database.reading() as tx:
        rows = inbox.listed(tx, verdict or "")
        if waiting:
            settled = sorting.settled(tx)
            rows = tuple(r for r in rows if r.id not in settled and _waits(r))
    found = survivors(call, rows, partial(row_document, call), stored_document)
    columns = ("mail", "received_at", "sender", "verdict", "request", "subject")
    shown = [
        {
            **each,
            "received_at": row.received_at,
            "verdict": called(VERDICT_NAMES, row.verdict, call.language),
        }
        for each, row in zip(found, rows, strict=True)
    ]
    documents(call, found, columns, shown)


def _waits(row: MailRow) -> bool:
    codes = {reason["code"] for reason in row.reasons}
    return row.verdict in FOR_PEOPLE or bool(codes & {USED_UP, IN_CIRCLES})


def row_document(call: Call, row: MailRow) -> dict[str, Any]:
    """A stored message as `mail list` and `mail show` tell of it."""
    reasons = [words_of(reason, call.language) for reason in row.reasons]
    return {**stored_document(row), "reasons": reasons}


def stored_document(row: MailRow) -> dict[str, Any]:
    """What stands in the table of the message, whatever its reasons are called."""
    return {
        "mail": row.id,
        "message_id": row.message_id,
        "verdict": row.verdict,
        "request": row.request or None,
        "events": [dict(event) for event in row.events],
        "reasons": [],
        "sender": row.sender or None,
        "subject": row.subject,
        "kind": row.kind or None,
        "source": row.source,
        "received_at": instant(row.received_at),
    }

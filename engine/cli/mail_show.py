"""One stored message as a coordinator looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from engine import intake
from engine.cli.call import Call, command
from engine.cli.mail import row_document
from engine.cli.mail_judged import mail_shown
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.speaking import spoken
from engine.cli.usage import NUMBER, wrong
from engine.errors import NotFoundError
from engine.model import Reason
from engine.report.table import facts
from engine.service.site import Site
from engine.store.encoding import instant
from engine.store.mail_in import attachments, inbox, sorting
from engine.store.mail_in.attachments import AttachmentRow
from engine.store.mail_in.sorting import SortingRow
from engine.store.mail_out import letters
from engine.wording.faults import fault_words
from engine.wording.names import WORDS, called


@command("mail show")
@click.argument("mail", type=NUMBER, metavar="ID")
@option("--save", default="", metavar="DIR", help="save")
@option("--raw", is_flag=True, help="raw_mail")
def show(call: Call, mail: int, save: str, *, raw: bool) -> None:
    """Print one message: what it says, its verdict, what it brought about, and our answers."""
    site = call.site()
    with site.database.reading() as tx:
        row = inbox.get(tx, mail)
        stored = inbox.raw_of(tx, mail)
        answers = [letter.id for letter in letters.of_mail(tx, mail)]
        handled = [_sorting_document(each) for each in sorting.of_mail(tx, mail)]
        attached = attachments.of_mail(tx, mail)
    if raw:
        _write(mail, stored)
        return
    if save:
        _save(site, attached, Path(save))
    reading = intake.read(stored, site.intake) if stored is not None else None
    found = {
        **row_document(call, row),
        "envelope": row.envelope,
        "aligned": reading.aligned if reading else None,
        "notes": list(reading.notes) if reading else [],
        "fields": dict(reading.fields) if reading else {},
        "letters": answers,
        "sorted": handled,
        "attachments": [asdict(each) for each in attached],
        "text": reading.text if reading else "",
    }
    keys = (
        "mail", "received_at", "sender", "subject", "kind", "source", "verdict", "request",
        "events", "reasons", "sorted", "attachments", "notes",
    )  # fmt: skip
    shown = {
        **mail_shown(call, site, found),
        "received_at": row.received_at,
        "kind": called(WORDS, row.kind, call.language),
        "attachments": [f"{each.name} ({each.type}, {each.size})" for each in attached],
        "sorted": [" ".join(text for text in each.values() if text) for each in handled],
    }
    document(call, found, f"{facts(shown, keys, call.language)}\n\n{found['text']}")


def _write(mail: int, stored: bytes | None) -> None:
    if stored is None:
        raise NotFoundError(
            f"only the hash of mail {mail} has been kept",
            reason=Reason("mail_forgotten", {"mail": mail}),
        )
    sys.stdout.buffer.write(stored)


def _save(site: Site, attached: Iterable[AttachmentRow], folder: Path) -> None:
    """Write each attachment into `folder`: never under a sender's name, and never to be run."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with site.database.reading() as tx:
            for each in attached:
                (folder / each.sha256).write_bytes(attachments.content_of(tx, each.sha256))
    except OSError as error:
        why = fault_words(error, spoken())
        raise wrong("file_unreadable", place=f"--save {folder}", why=why) from error


def _sorting_document(row: SortingRow) -> dict[str, Any]:
    return {
        "at": instant(row.at),
        "action": row.action,
        "verdict": row.verdict,
        "note": row.note,
    }

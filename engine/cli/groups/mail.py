"""Commands about mail that came in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from engine import app, intake
from engine.cli.call import Call, command
from engine.cli.failing import reasons_of
from engine.cli.groups.mail_log import mail_notes, noted
from engine.cli.printing import document, documents, moves_told, routine_of, survivors
from engine.cli.program import option
from engine.cli.speaking import spoken
from engine.cli.usage import NUMBER, REQUEST, VERDICTS, Word, wrong
from engine.errors import KursdelingError, NotFoundError, UnwritableError
from engine.model import Language, Reason
from engine.report.table import facts
from engine.service import receive
from engine.service.answering.answer_limits import IN_CIRCLES, USED_UP
from engine.service.mail import by_coordinator
from engine.service.mail.learning import learned
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site
from engine.store.encoding import instant
from engine.store.mail_in import attachments, inbox, sorting
from engine.store.mail_in.attachments import AttachmentRow
from engine.store.mail_in.inbox import MailRow
from engine.store.mail_in.sorting import SortingRow
from engine.store.mail_out import letters
from engine.wording import sentence
from engine.wording.faults import fault_words
from engine.wording.names import VERDICT_NAMES, WORDS, called

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
    _tell_all(call, site, outcomes)
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


def _tell_all(call: Call, site: Site, outcomes: list[MailOutcome]) -> None:
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


LEARNED_COLUMNS = ("mail", "request", "state", "asked", "meant", "phrases", "said")


@command("mail learn")
def learn(call: Call) -> None:
    """Print what people wrote in their own words, what they then did, and phrases for it.

    The last lines are phrases as the site's own workflows/phrases.toml holds them: take those that
    can mean nothing else. What people wrote is shown here alone, and goes into no log.
    """
    found = learned(call.site())
    documents(call, [asdict(each) for each in found], LEARNED_COLUMNS)
    by_event: dict[str, list[str]] = {}
    for each in found:
        by_event.setdefault(each.meant, []).extend(each.phrases)
    for event, phrases in sorted(by_event.items()):
        if phrases and not call.json:
            lines = (f'    "{phrase}",' for phrase in phrases)
            print("", f"{event} = [", *dict.fromkeys(lines), "]", sep="\n")


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


@command("mail retry")
@click.argument("mail", type=NUMBER, metavar="ID")
def retry(call: Call, mail: int) -> None:
    """Judge a stored message as if it came now; what it brought about already stands."""
    site = call.site()
    _tell_one(call, site, receive.retry(site, mail, call.at))


@command("mail attach")
@click.argument("mail", type=NUMBER, metavar="ID")
@click.argument("number", type=REQUEST, metavar="REQUEST")
@click.argument("event", default="", metavar="[EVENT]")
@option("--as", "email", default="", metavar="EMAIL", help="as_other")
@option("--note", default="", metavar="TEXT", help="note_mail")
def attach(call: Call, *, mail: int, number: str, event: str, email: str, note: str) -> None:
    """Keep a message with a request, or let it fire an event there by the ordinary rules."""
    site = call.site()
    outcome = by_coordinator.attach(
        site, mail, number, call.at, event=event, email=email, note=note
    )
    _tell_one(call, site, outcome)


@command("mail discard")
@click.argument("mail", type=NUMBER, metavar="ID")
@option("--reason", required=True, metavar="TEXT", help="reason_mail")
def discard(call: Call, *, mail: int, reason: str) -> None:
    """Lay a message aside; it stays stored, with its verdict."""
    site = call.site()
    _tell_one(call, site, by_coordinator.discard(site, mail, reason, call.at))


def _tell_one(call: Call, site: Site, outcome: MailOutcome) -> None:
    noted(site, mail_notes(site, [outcome]))
    found = outcome_document(outcome, call.language)
    shown = mail_shown(call, site, found)
    keys = ("mail", "verdict", "request", "events", "reasons")
    document(call, found, facts(shown, keys, call.language))


def judged(
    site: Site,
    stored: Iterable[int],
    at: datetime,
    handle: Callable[[Site, int, datetime], MailOutcome | None] = receive.handle,
) -> tuple[list[MailOutcome], list[str]]:
    """(what each stored message came to, why some could not be judged).

    What could not be judged stays stored, and the next `tick` tries it again. UnwritableError when
    no verdict could be kept.
    """
    outcomes: list[MailOutcome] = []
    faults: list[str] = []
    for mail in stored:
        try:
            outcome = handle(site, mail, at)
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – one bad message never stops the next
            faults.append(f"mail {mail}: {type(error).__name__}: {error}")
        else:
            outcomes += [] if outcome is None else [outcome]
    return outcomes, faults


def outcome_document(outcome: MailOutcome, language: Language) -> dict[str, Any]:
    """As INTERFACE §3 has `mail take`."""
    return {
        "mail": outcome.mail,
        "message_id": outcome.message_id,
        "verdict": outcome.verdict,
        "request": outcome.request or None,
        "events": [
            {"event": event, "from": start, "to": to} for event, start, to in outcome.events
        ],
        "understood": outcome.understood,
        "reasons": [sentence(reason, language) for reason in outcome.reasons],
    }


def words_of(reason: Mapping[str, Any], language: Language) -> str:
    """A stored reason as a sentence; its bare code where the program no longer words it."""
    try:
        return sentence(Reason(reason["code"], reason["values"]), language)
    except KeyError:
        return str(reason["code"])


def mail_shown(call: Call, site: Site, found: Mapping[str, Any]) -> dict[str, Any]:
    """What a mail came to, as people read it."""
    number = found["request"]
    workflow = routine_of(site, number) if number and found["events"] else None
    return {
        **found,
        "verdict": called(VERDICT_NAMES, found["verdict"], call.language),
        "events": moves_told(found["events"], workflow, call.language),
    }

"""Commands about letters."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import click

from engine.app.routine_files import described
from engine.calendar import OSLO
from engine.cli.call import Call, command
from engine.cli.groups.mail_log import Note, noted
from engine.cli.groups.tick import paused, send_letters
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import LETTER_STATES, NUMBER, Word, said, wrong
from engine.model import Language
from engine.ports import Envelope
from engine.report.table import oslo
from engine.service.deliver import envelope_in, keep
from engine.service.letters.posting import envelope_of
from engine.service.site import Site
from engine.service.trials.preview import previewed
from engine.store.contacts import addresses
from engine.store.contacts.addresses import BounceRow
from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant
from engine.store.mail_out import departures, letters
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say
from engine.wording.names import LETTER_STATE_NAMES, called
from engine.wording.undelivered import came_back

PREVIEW_AREA = "helse-fonna"
"""The area whose example networks play their year."""
Change = Callable[[Transaction, int], None]


@command("letter list")
@option(
    "--state",
    type=Word("LETTER_STATE_NAMES", LETTER_STATES, "STATE"),
    help="state",
)
def list_(call: Call, state: str | None) -> None:
    """Print every letter, oldest first."""
    site = call.site()
    with site.database.reading() as tx:
        rows = letters.listed(tx, state or "")
        returned = {each.letter: each for each in addresses.bounces(tx)}
    if site.everything_to:
        print(said("everything_goes_to", address=site.everything_to), file=sys.stderr)
    found = [_stored_document(site, row, returned.get(row.id)) for row in rows]
    columns = ("id", "request", "to", "language", "template", "state", "bounced", "subject")
    documents(call, found, columns, [_shown(each, call.language) for each in found])


@command("letter show")
@click.argument("letter", type=NUMBER, metavar="ID")
@option("--raw", is_flag=True, help="raw")
def show(call: Call, letter: int, raw: bool) -> None:
    """Print a letter's headers and text, as it was sent or as it would be."""
    site = call.site()
    with site.database.reading() as tx:
        row = letters.get(tx, letter)
        stored = letters.stored_bytes(tx, letter)
        returned = addresses.bounce_of(tx, letter)
    if raw:
        sys.stdout.buffer.write(_bytes_to_go(site, row, stored))
        return
    known = _stored_document(site, row, returned)
    if row.receiver:
        message = message_from_bytes(_bytes(site, row, stored), policy=policy.default)
        headers = {name: str(value) for name, value in message.items()}
        text = _text_of(message)
    else:
        # A letter to nobody is no message yet, but what it says can be read.
        envelope = envelope_of(row)
        headers = {"Subject": site.letters.subject(envelope), "Message-ID": row.message_id}
        text = site.letters.text(envelope)
    lines = [*_told(call, returned), *(f"{name}: {value}" for name, value in headers.items())]
    subject = row.subject or headers["Subject"]
    found = {**known, "subject": subject, "headers": headers, "text": text}
    document(call, found, "\n".join([*lines, "", text]))


def _bytes_to_go(site: Site, row: LetterRow, stored: bytes | None) -> bytes:
    """What the transport gets; kept, so that whoever has read it knows what leaves."""
    if stored is None:
        draft = site.letters.draft(_to_go(site, row))
        with site.database.transaction() as tx:
            stored = keep(tx, row.id, draft)
    return site.carried(row.receiver, stored)[1]


def _told(call: Call, returned: BounceRow | None) -> Iterator[str]:
    """That the letter did not arrive, or is late, above the letter itself."""
    if returned is not None:
        at, late = returned.at.astimezone(OSLO), returned.outcome == "delayed"
        status, reason = returned.status, returned.reason
        yield came_back(at, returned.address, status, reason, call.language, late=late)
        yield ""


def _bytes(site: Site, row: LetterRow, stored: bytes | None) -> bytes:
    return stored if stored is not None else site.letters.render(_to_go(site, row))


def _to_go(site: Site, row: LetterRow) -> Envelope:
    with site.database.reading() as tx:
        return envelope_in(tx, row)


@command("letter send")
def send(call: Call) -> None:
    """Hand over every letter that may leave now, and say how many ended in which state."""
    site = call.site()
    if kept_back := paused(site):
        print(kept_back, file=sys.stderr)
    counted = send_letters(site, call.at)
    lines = [
        f"{called(LETTER_STATE_NAMES, state, call.language)}: {n}" for state, n in counted.items()
    ]
    document(call, counted, "\n".join(lines) or "0")


@command("letter release")
@click.argument("ids", type=NUMBER, nargs=-1, metavar="[ID…]")
@option("--all", "every", is_flag=True, help="all")
def release(call: Call, ids: tuple[int, ...], every: bool) -> None:
    """Let held letters go; `letter send` or `tick` then hands them over."""
    if bool(ids) == every:
        raise wrong("release_wants")
    site = call.site()
    if every:
        with site.database.reading() as tx:
            ids = tuple(row.id for row in letters.listed(tx, "held") if row.receiver)
    _change(call, site, ids, lambda tx, letter: letters.release(tx, letter, call.at))


@command("letter hold")
@click.argument("ids", type=NUMBER, nargs=-1, required=True, metavar="ID…")
def hold(call: Call, ids: tuple[int, ...]) -> None:
    """Keep waiting letters back until they are released."""
    _change(call, call.site(), ids, letters.hold)


@command("letter cancel")
@click.argument("ids", type=NUMBER, nargs=-1, required=True, metavar="ID…")
def cancel(call: Call, ids: tuple[int, ...]) -> None:
    """See to it that letters never leave."""
    _change(call, call.site(), ids, letters.cancel)


@command("letter retry")
@click.argument("ids", type=NUMBER, nargs=-1, required=True, metavar="ID…")
def retry(call: Call, ids: tuple[int, ...]) -> None:
    """Try letters again that failed or came back, with the same bytes."""
    _change(call, call.site(), ids, lambda tx, letter: letters.retry(tx, letter, call.at))


def _change(call: Call, site: Site, ids: Sequence[int], change: Change) -> None:
    """Change all of the letters, or none when one cannot be changed so."""
    with site.database.transaction() as tx:
        for letter in ids:
            change(tx, letter)
        rows = [letters.get(tx, letter) for letter in ids]
    noted(site, [Note(what="letter.moved", ids={"letter": r.id, "state": r.state}) for r in rows])
    found = [_stored_document(site, row) for row in rows]
    columns = ("id", "request", "to", "template", "state")
    documents(call, found, columns, [_shown(each, call.language) for each in found])


def _shown(found: dict[str, Any], language: Language) -> dict[str, Any]:
    bounced = found["bounced"]
    return {
        **found,
        "state": called(LETTER_STATE_NAMES, found["state"], language),
        "bounced": bounced and oslo(read_instant(bounced["at"])),
    }


def _stored_document(
    site: Site, row: LetterRow, returned: BounceRow | None = None
) -> dict[str, Any]:
    """What stands in the table of the letter, which needs no writing of it."""
    return {
        "id": row.id,
        "request": row.request or None,
        "to": row.receiver,
        "language": row.language,
        "template": row.template,
        "subject": row.told_subject,
        "state": row.state,
        "tries": row.tries,
        "message_id": row.message_id,
        "cause": {"kind": row.cause.kind, "ref": row.cause.ref},
        # Stands only where it is another address than the letter's own.
        **({"goes_to": site.everything_to} if site.everything_to else {}),
        "bounced": _bounced(returned) if returned and returned.stands(row.sent_at) else None,
    }


def _bounced(returned: BounceRow) -> dict[str, Any]:
    """What was said of a letter that left: `delayed`, `soft` or `hard`, and why."""
    return {
        "at": instant(returned.at),
        "outcome": returned.outcome,
        "status": returned.status,
        "reason": returned.reason,
        "mail": returned.inbox,
    }


def _text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    text = "" if body is None else body.get_content()
    return str(text).replace("\r\n", "\n")


@command("letter pause")
@option("--reason", default="", metavar="TEXT", help="reason_pause")
def pause(call: Call, reason: str) -> None:
    """Let no letter leave the site; they are written as before, and wait."""
    site = call.site()
    with site.database.transaction() as tx:
        changed = departures.pause(tx, reason.strip(), call.at)
        standing = departures.paused(tx)
    if changed:
        noted(site, [Note(what="letters.paused", ids={})])
    since = call.at if standing is None else standing.since
    why = "" if standing is None else standing.reason
    found = {"paused": True, "since": instant(since), "reason": why, "changed": changed}
    text = say("cli.paused", call.language, since=oslo(since)) + (f": {why}" if why else "")
    document(call, found, text)


@command("letter resume")
def resume(call: Call) -> None:
    """Let letters leave again, at the next `letter send`, `tick`, or turn of the worker."""
    site = call.site()
    with site.database.transaction() as tx:
        changed = departures.resume(tx, call.at)
    if changed:
        noted(site, [Note(what="letters.resumed", ids={})])
    found = {"paused": False, "since": None, "reason": "", "changed": changed}
    document(call, found, say("cli.resumed" if changed else "cli.not_paused", call.language))


@command("letter preview")
@click.argument("template")
@option(
    "--lang",
    "language",
    type=click.Choice(["nb", "nn", "en"]),
    help="lang",
)
@option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="html",
)
@option(
    "--eml",
    "message",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="eml",
)
def preview(
    call: Call, template: str, language: Language | None, page: Path | None, message: Path | None
) -> None:
    """Print a letter about a request that is made up; nothing is stored or sent."""
    site = call.site()
    area = described(PREVIEW_AREA)
    envelope = previewed(site, template, language or call.language, call.at, area)
    subject, text = site.letters.subject(envelope), site.letters.text(envelope)
    raw = site.letters.render(envelope)
    if page is not None:
        page.write_text(_page(raw), encoding="utf-8")
    if message is not None:
        message.write_bytes(raw)
    document(call, _document(envelope, subject, text), f"Subject: {subject}\n\n{text}")


def _document(envelope: Envelope, subject: str, text: str) -> dict[str, str]:
    return {
        "template": envelope.template,
        "language": envelope.language,
        "subject": subject,
        "text": text,
    }


def _page(raw: bytes) -> str:
    part = message_from_bytes(raw, policy=policy.default).get_body(("html",))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")

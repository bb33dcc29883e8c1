"""The roll-up of a year: looked at, written in any form, sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from engine.cli.call import Call, command
from engine.cli.cycle import AREA, YEAR
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.usage import wrong
from engine.model import Language, Reason
from engine.report.as_docx import docx
from engine.report.as_html import html
from engine.report.as_markdown import markdown
from engine.report.letter_documents import as_document
from engine.report.rollup import record_of
from engine.service.networks.rollup import RollupView, Sent, send, view
from engine.service.site import Site
from engine.store.encoding import canonical
from engine.wording import sentence

FORMS = ("md", "html", "docx", "json")


@command("cycle rollup")
@YEAR
@AREA
@option("--format", "form", type=click.Choice(FORMS), default="md", help="format_rollup")
@option("--out", default="", metavar="FILE", help="out")
@option("--send", is_flag=True, help="send")
@option("--as", "email", default="", metavar="EMAIL", help="as_sender")
def rollup(
    call: Call, *, year: int, area: str, form: str, out: str, send: bool, email: str
) -> None:
    """Print the roll-up of YEAR, or send it to SU.

    Until it is locked, this is a draft. What comes after it was sent is sent with --send again, as
    a numbered supplement.
    """
    site = call.site()
    if send:
        _send(call, site, year, area, email)
        return

    found = view(site, year, area)
    _warn(found, call.language)
    content = _content(found, "json" if call.json else form, call)
    if out:
        Path(out).write_bytes(content)
    elif form == "docx" and not call.json and sys.stdout.isatty():
        raise wrong("word_file_for_screen")
    else:
        sys.stdout.buffer.write(content)


def _send(call: Call, site: Site, year: int, area: str, email: str) -> None:
    sent = send(site, year, call.at, area=area, email=email)
    noted(site, [Note(what="cycle.rollup_sent", ids={"request": sent.number, "year": year})])
    document(call, _record(sent), _sentence(sent))


def _record(sent: Sent) -> dict[str, Any]:
    return {
        "request": sent.number,
        "events": [{"event": event, "from": start, "to": to} for event, start, to in sent.events],
        "supplement": sent.supplement or None,
        "networks": list(sent.networks),
        "letters": sent.letters,
    }


def _sentence(sent: Sent) -> str:
    if sent.supplement:
        return f"{sent.number}: tillegg {sent.supplement} ({', '.join(sent.networks)})"
    moves = ", ".join(f"{event}: {start} → {to}" for event, start, to in sent.events)
    return f"{sent.number}: {moves}"


def _warn(found: RollupView, language: Language) -> None:
    """What only FOUSAM is to see goes where no file is made of it."""
    if found.request is None:
        values = {"year": found.told["year"]}
        print(sentence(Reason("rollup_not_open", values), language), file=sys.stderr)
    for reason in found.faults:
        print(sentence(reason, language), file=sys.stderr)
    for each in found.held_back:
        print(f"({each.network}) {each.text}", file=sys.stderr)


def _content(found: RollupView, form: str, call: Call) -> bytes:
    if form == "json":
        state = found.request.state if found.request else None
        number = found.request.number if found.request else None
        record = {"request": number, "state": state, "locked": found.is_locked}
        return f"{canonical({**record, **record_of(found.rollup)})}\n".encode()
    standard: Language = "nn" if found.area.written_standard == "nn" else "nb"
    told = as_document(found.told, standard)
    if form == "docx":
        return docx(told, call.at)
    return (html(told) if form == "html" else markdown(told)).encode()

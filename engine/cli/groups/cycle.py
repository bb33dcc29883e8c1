"""The year of the networks: what they deliver, and the roll-up."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from engine.cli.call import Call, command
from engine.cli.files import bytes_of
from engine.cli.groups.mail_log import Note, noted
from engine.cli.groups.request_acts import note_of, tell
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import ACTOR, Number, wrong
from engine.domain.networks import network_form
from engine.domain.networks.network_report import Contents
from engine.model import Language, Reason
from engine.report.as_docx import docx
from engine.report.as_html import html
from engine.report.as_markdown import markdown
from engine.report.cycle_table import later, opening, told
from engine.report.explaining import comes
from engine.report.letter_documents import as_document
from engine.report.rollup import record_of
from engine.service.networks.cycle_commands import (
    Document,
    Errand,
    open_year,
    opening_later,
    read_in,
)
from engine.service.networks.cycle_commands import deliver as delivered
from engine.service.networks.cycle_status import Coming, Line, YearView
from engine.service.networks.cycle_status import status as looked
from engine.service.networks.rollup import RollupView, Sent, send, view
from engine.service.site import Site
from engine.store.encoding import canonical, instant, maybe_instant
from engine.wording import sentence

YEAR = click.argument("year", type=Number(2000, 2100), metavar="YEAR")
NETWORK = click.argument("network", metavar="NETWORK")
KIND = click.argument("kind", type=click.Choice(("plan", "report")), metavar="plan|report")
AREA = option("--area", default="", metavar="AREA", help="area")
AS = option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="as")


@command("cycle open")
@YEAR
@AREA
def open_(call: Call, year: int, area: str) -> None:
    """Ask every network for its plan for YEAR, and once YEAR is over, for its report on it.

    The worker does it by itself: plans on 1 September of the year before, reports and the roll-up
    on 2 January of the year after. What is open already stays as it is.
    """
    site = call.site()
    turned = open_year(site, year, call.at, area)
    noted(site, [Note(what="cycle.opened", ids={"year": year, "requests": len(turned)})])
    rows = [
        {"request": each.request, "workflow": each.workflow, "state": each.to} for each in turned
    ]
    if rows or call.json:
        documents(call, rows, ("request", "workflow", "state"))
    if not call.json:
        told = later(year, opening_later(site, year, call.at), call.language, new=bool(rows))
        print(told, end="")


@command("cycle deliver")
@NETWORK
@KIND
@YEAR
@option("--file", required=True, metavar="FILE", help="file")
@AS
@AREA
def deliver(
    call: Call, *, network: str, kind: str, year: int, file: str, email: str, area: str
) -> None:
    """Lay in a plan or a report that came another way; a form is read at once, all else is kept."""
    site = call.site()
    given = Document(
        name=Path(file).name if file != "-" else "skjema.txt",
        content=bytes_of(file, f"--file {file}"),
    )
    done = delivered(site, _errand(call, network, kind, year, email=email, area=area), given)
    noted(site, [note_of("cycle.delivered", done, email)])
    tell(call, site, done, dry_run=False)


@command("cycle read")
@NETWORK
@KIND
@YEAR
@option("--file", default="", metavar="FILE", help="form_file")
@option("--no-activity", is_flag=True, help="no_activity")
@AS
@AREA
def read(
    call: Call,
    *,
    network: str,
    kind: str,
    year: int,
    file: str,
    no_activity: bool,
    email: str,
    area: str,
) -> None:
    """Say what stands in a document that is no form, on behalf of FOUSAM."""
    errand = _errand(call, network, kind, year, email=email, area=area)
    if no_activity:
        contents: Contents | None = Contents(kind=errand.kind, no_activity=True)
    elif file:
        text = Document(name=Path(file).name, content=bytes_of(file, f"--file {file}")).text
        contents = network_form.read(text, errand.kind)
    else:
        raise wrong("contents_wanted")
    site = call.site()
    done = read_in(site, errand, contents)
    noted(site, [note_of("cycle.read", done, email)])
    tell(call, site, done, dry_run=False)


@command("cycle status")
@YEAR
@AREA
def status(call: Call, year: int, area: str) -> None:
    """Print who has delivered, who is late or missing, and what comes next, at one look."""
    view = looked(call.site(), year, call.at, area)
    found = _document(view, call)
    document(call, found, told(found, call.language, _titles(view, call)))


def _titles(view: YearView, call: Call) -> dict[str, str]:
    """What the states are called, by the number of each request."""
    return {number: titles[call.language] for number, titles in view.titles.items()}


def _document(view: YearView, call: Call) -> dict[str, Any]:
    plans = [_line(line, call) for line in view.lines if line.kind == "plan"]
    reports = [_line(line, call) for line in view.lines if line.kind == "report"]
    rollup = view.rollup
    return {
        "area": view.area.id,
        "year": view.year,
        "priority_areas": list(view.priority_areas),
        "plans": plans,
        "reports": reports,
        "counts": {
            name: dict(Counter(row["status"] for row in rows))
            for name, rows in (("plans", plans), ("reports", reports))
        },
        "rollup": None
        if rollup is None
        else {
            "request": rollup.number,
            "state": rollup.state,
            "deadline": view.rollup_due.isoformat() if view.rollup_due else None,
        },
        "next": [_coming(each, call) for each in view.coming],
    }


def _line(line: Line, call: Call) -> dict[str, Any]:
    report = line.report
    contents = report.contents if report else None
    return {
        "network": line.network.id,
        "name": line.network.name,
        "request": report.number if report else None,
        "state": report.state if report else None,
        "status": line.punctual or "not_open",
        "delivered_at": maybe_instant(report.delivered_at) if report else None,
        "version": len(report.deliveries) if report else 0,
        "unread": bool(report and report.unread),
        "no_activity": bool(contents and contents.no_activity),
        "measures": len(contents.measures) if contents else None,
        "due": maybe_instant(line.due),
        "closed_on": line.network.closed_on.isoformat() if line.network.closed_on else None,
        "faults": [sentence(reason, call.language) for reason in line.faults],
        "warnings": [sentence(reason, call.language) for reason in line.warnings],
    }


def _coming(each: Coming, call: Call) -> dict[str, Any]:
    timer = each.timer
    what = (
        opening(each.workflow, call.language)
        if timer is None
        else comes(
            timer.action,
            timer.target,
            timer.roles,
            timer.rule,
            call.language,
            into=each.into[call.language] if each.into else "",
        )
    )
    return {
        "at": instant(each.at),
        "request": each.number or None,
        "workflow": each.workflow,
        "what": what,
    }


def _errand(call: Call, network: str, kind: str, year: int, *, email: str, area: str) -> Errand:
    wanted: Any = kind
    return Errand(network=network, kind=wanted, year=year, email=email, at=call.at, area=area)


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

"""Commands about the year of the networks: opening it, what was delivered, how it stands."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from engine.cli.acting import note_of, tell
from engine.cli.call import Call, command
from engine.cli.files import bytes_of
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import ACTOR, Number, wrong
from engine.domain import network_form
from engine.domain.network_report import Contents
from engine.report.cycle_table import later, opening, told
from engine.report.explaining import comes
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
from engine.store.encoding import instant, maybe_instant
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

"""Commands that tell of requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import click

from engine.app.looking import look_at
from engine.cli.call import Call, command
from engine.cli.printing import document, documents, tell_unreadable
from engine.cli.program import option
from engine.cli.usage import REQUEST
from engine.model import Language
from engine.plan.naming import event_title, state_title
from engine.report.table import cell, deadline, facts, oslo
from engine.service.requests.course import AGREEMENT_OWNER
from engine.service.requests.listing import Line, lines
from engine.service.requests.read_only import Look
from engine.service.requests.show import (
    Owed,
    View,
    history_documents,
    link_of,
    one,
    one_at,
    party_names,
    request_document,
)
from engine.service.requests.why import Why
from engine.service.requests.why import why as explained
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.encoding import read_instant
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.findings import link_words as why_of
from engine.wording.names import AGREEMENT_OWNERS, WORDS, called, cause, role
from engine.wording.names import duty as duty_words

BESIDE = "\n\n"
"""What stands between the text of a command and what was written beside it."""


@command("request show")
@click.argument("number", type=REQUEST, metavar="ID")
def show(call: Call, number: str) -> None:
    """Print one request with all that is known of its course, and what is possible now."""
    site = call.site()
    found = request_document(site, number, call.at)
    view = one_at(site, number, call.at)
    names, workflow = party_names(site), view.routine.workflow
    shown = {
        **_shown(view, names, call.language),
        "workflow": f"{workflow.titles[call.language]} ({workflow.name})",
        "owner": _party(found["owner"], names),
        "borrower": _party(found["borrower"], names),
        "short_name": found["course"]["short_name"],
        "labels": found["labels"],
        "requester": _party(found["requester"], names),
        "licence": found["licence"],
        "condition": found["condition"],
        "link": _link(link_of(site, view), call.language),
        "opened_at": view.request.opened_at,
        "changed_at": view.request.changed_at,
        "allowed": [
            f"{event_title(workflow, each['event'], call.language)} "
            f"({role(each['by'], call.language)})"
            for each in found["allowed"]
        ],
    }
    keys = (
        "id", "workflow", "version", "state", "labels", "course", "short_name", "owner", "borrower",
        "requester", "licence", "condition", "link", "waiting_on", "due", "opened_at", "changed_at",
        "allowed",
    )  # fmt: skip
    said = _said(site, view, call.language)
    document(call, found, "\n\n".join(filter(None, (facts(shown, keys, call.language), said))))


@command("request history")
@click.argument("number", type=REQUEST, metavar="ID")
def history(call: Call, number: str) -> None:
    """Print every event of one request, oldest first."""
    site = call.site()
    found = history_documents(site, number)
    workflow, language = one(site, number).routine.workflow, call.language
    shown = [
        {
            **each,
            "at": read_instant(each["at"]),
            "event": event_title(workflow, each["event"], language),
            "from": state_title(workflow, each["from"], language),
            "to": state_title(workflow, each["to"], language),
            "actor": called(WORDS, each["actor"], language),
            "cause": cause(each["cause"]["kind"], _ref(each["cause"]), language),
        }
        for each in found
    ]
    columns = ("seq", "at", "event", "from", "to", "actor", "cause", "note")
    documents(call, found, columns, shown)


@command("request why")
@click.argument("number", type=REQUEST, metavar="ID")
def why(call: Call, number: str) -> None:
    """Print what brought the request here, what comes next, and what stands in the way."""
    site = call.site()
    found = explained(site, number, call.at, call.language)
    document(call, found.document(), _why_text(number, found, party_names(site), call.language))


def _said(site: Site, view: View, language: Language) -> str:
    """What people wrote with their events and beside their commands, oldest first, in whole."""
    workflow = view.routine.workflow
    lines = [
        f"  {oslo(read_instant(each['at']))}  {event_title(workflow, each['event'], language)}: "
        f"«{cell(' · '.join(each['note'].split(BESIDE)), language, longest=0)}»"
        for each in history_documents(site, view.request.number)
        if each["note"]
    ]
    return "\n".join([f"{say('cli.said_in_request', language)}:", *lines]) if lines else ""


def _shown(view: View, names: Mapping[str, str], language: Language) -> dict[str, Any]:
    waiting = [_whole(owed, names, language) for owed in view.owed]
    due = view.owed[0].due if view.owed else None
    return {
        **view.document(),
        "state": view.state_title(language),
        "course": view.course_document()["full_name"],
        "waiting_on": waiting,
        "due": deadline(due) if due else None,
        "escalated_at": view.request.escalated_at,
    }


def _ref(cause: dict[str, Any]) -> str:
    """What a cause is known by, where people can look it up: a key of a command says nothing."""
    return "" if cause["kind"] == "command" else str(cause["ref"])


def _link(link: dict[str, Any] | None, language: Language) -> str:
    if link is None or link["state"] is None:
        return link["link"] if link else ""
    return f"{link['link']} ({why_of(link['why'], link['detail'], language)})"


def _why_text(number: str, found: Why, names: Mapping[str, str], language: Language) -> str:
    owed = [_whole(each, names, language) for each in found.waiting_on]
    due = [f"{deadline(at)}  {what}" for at, what in found.next]
    held = [f"{called}: {reason}" for _, called, reasons in found.blocked for reason in reasons]
    parts = {"because": found.because, "waiting_on": owed, "next": due, "blocked": held}
    lines = [f"{number}: {found.state_title}"]
    for part, inside in parts.items():
        if inside:
            lines += ["", f"{say(f'why.{part}', language)}:", *(f"  {line}" for line in inside)]
    return "\n".join(lines)


@command("request list")
@option("--workflow", default="", metavar="W", help="workflow")
@option("--state", default="", metavar="S", help="request_state")
@option("--waiting-on", default="", metavar="PARTY", help="waiting_on")
@option("--overdue", is_flag=True, help="overdue")
def list_(call: Call, workflow: str, state: str, waiting_on: str, overdue: bool) -> None:
    """Print every request that fits."""
    look = look_at(call.folder)
    call.closing.callback(look.close)
    found = lines(
        look,
        call.at,
        workflow=workflow,
        state=state,
        waiting_on=waiting_on,
        overdue=overdue,
        brief=not call.json,
    )
    columns = ["id", "workflow", "state", "course", "owner", "borrower", "waiting_on", "due"]
    columns += ["escalated_at"] if overdue else []
    shown = () if call.json else _as_rows(found, _names(look), call.language)
    for line in found:
        if fault := line.standing.fault:
            tell_unreadable(call, line.row["number"], sentence(fault, call.language))
    documents(call, (line.document() for line in found), columns, shown)


def _names(look: Look) -> Mapping[str, str]:
    with look.database.reading() as tx:
        return {party.id: party.name for party in register.parties(tx).values()}


def _as_rows(
    found: Sequence[Line], names: Mapping[str, str], language: Language
) -> Iterator[dict[str, Any]]:
    """What the table shows of each; what many have in common is put into words once."""
    at = cache(lambda text: oslo(read_instant(text)) if text else "")
    due = cache(lambda text: deadline(read_instant(text)) if text else "")
    waiting = cache(
        lambda owed: ", ".join(_who(party, duty, names, language) for party, duty in owed)
    )
    for line in found:
        row = line.row
        yield {
            "id": row["number"],
            "workflow": (line.standing.routine or {}).get(language, row["workflow"]),
            "state": line.standing.titles[language],
            "course": line.course_name(),
            "owner": names.get(row["owner"], row["owner"]),
            "borrower": names.get(row["borrower"], row["borrower"]),
            "waiting_on": waiting(line.owed),
            "due": due(row["due_at"]) if line.owed else "",
            "escalated_at": at(row["escalated_at"]),
        }


def _party(code: str | None, names: Mapping[str, str]) -> str:
    """A party as people call it, and the code by which commands know it."""
    return f"{names.get(code, code)} ({code})" if code else ""


def _who(party: str | None, duty: str, names: Mapping[str, str], language: Language) -> str:
    """Whoever is waited for; said once where the duty is called like the party."""
    words, name = who(None, duty, language), names.get(party or "", party)
    return words if name in (None, words) else f"{words} ({name})"


def _whole(owed: Owed, names: Mapping[str, str], language: Language) -> str:
    """As `who`, with the party's name too; said once where the duty is called like the party."""
    words = who(None, owed.duty, language)
    party = _party(owed.party, names)
    return (
        party
        if not words or party.startswith(f"{words} (")
        else ", ".join(filter(None, (words, party)))
    )


def who(party: str | None, duty: str, language: Language) -> str:
    """A duty in words, with the party whose it is."""
    words = AGREEMENT_OWNERS[language] if duty == AGREEMENT_OWNER else duty_words(duty, language)
    return f"{words} ({party})" if party else words

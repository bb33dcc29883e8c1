"""What is shared, and where its links lead."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final

import click

from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.given import one_line
from engine.cli.printing import document, documents, progress
from engine.cli.program import option
from engine.domain.similar import POSSIBLE, similar
from engine.errors import RefusedError
from engine.model import Language
from engine.report.catalogue import COLUMNS, FOUND, as_csv, found, found_readable, page, readable
from engine.report.catalogue import documents as shared_documents
from engine.report.table import table
from engine.service.requests.resale import resale_of
from engine.service.requests.shared_links import LinkView, asked, every_link, in_words, views
from engine.service.site import Site
from engine.store import links as stored_links
from engine.store.cases import queries
from engine.store.contacts import register
from engine.wording.catalogue import say
from engine.wording.findings import link_state as state


@command("catalogue")
@option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "html"]),
    default="table",
    help="format",
)
def catalogue(call: Call, form: str) -> None:
    """Print every course that is shared now, the longest shared first."""
    with call.site().database.reading() as tx:
        rows = queries.catalogue(tx)
        parties = register.parties(tx)
        shared = stored_links.shared(tx) if form == "html" else ()
        lead = {each.request: each.url for each in shared}
    if call.json or form == "json":
        for document in shared_documents(rows):
            print(one_line(document))
    elif form == "csv":
        print(as_csv(shared_documents(rows)), end="")
    elif form == "html":
        # Pages are asked for seldom, and what writes them is not needed for the rest.

        print(page(rows, parties, oslo_day(call.at), call.language, lead), end="")
    else:
        print(table(readable(rows, parties), COLUMNS, call.language))


@command("catalogue search")
@click.argument("text", nargs=-1, required=True)
def search(call: Call, text: tuple[str, ...]) -> None:
    """Print the known courses that TEXT may mean, the likest first: a name, or words of one."""
    with call.site().database.reading() as tx:
        known = queries.known_courses(tx)
    courses = similar(" ".join(text), known, at_least=POSSIBLE)
    if call.json:
        for document in found(courses):
            print(one_line(document))
    else:
        print(table(found_readable(courses), FOUND, call.language))


@command("course may-sell")
@click.argument("course", nargs=-1, required=True)
def may_sell(call: Call, course: tuple[str, ...]) -> None:
    """Say whether whoever has borrowed COURSE may sell it on: a request's number, or the name or
    short name of a course that is shared.

    Only a course under CC BY-SA may be, and none that a hospital trust owns (R9–R11).
    """
    with call.site().database.reading() as tx:
        found = resale_of(tx, " ".join(course))
    if found.refused is not None:
        raise RefusedError((found.refused,))
    told = say("rules.may_sell", call.language, course=found.course, licence=found.licence)
    document(call, found.document(), told)


LINK_COLUMNS: Final = ("request", "state", "why", "checked_at", "failing_since", "course", "link")
SECOND: Final = 1.0
"""How long to wait where every host that is left has just been asked."""


@command("catalogue links")
@option(
    "--check",
    is_flag=True,
    help="check",
)
def links(call: Call, check: bool) -> None:
    """Print the link of every course that is shared now, and what it last answered.

    Only public addresses of the web are asked. A link counts as dead when it has failed on two
    days; coordinators are told then, and nothing else comes of it.
    """
    site = call.site()
    if check:
        _ask_all(site, call.at)
    with site.database.reading() as tx:
        found = views(tx)
    shown = [_shown(each, call.language) for each in found]
    documents(call, [each.document() for each in found], LINK_COLUMNS, shown)


def _ask_all(site: Site, at: datetime) -> None:
    pending = dict(every_link(site))
    count = len(pending)
    with progress() as tell:
        while pending:
            for url in asked(site, pending, at):
                del pending[url]
            tell("links", count - len(pending))
            if pending:
                time.sleep(SECOND)


def _shown(view: LinkView, language: Language) -> dict[str, Any]:
    health = view.health
    return {
        **view.document(),
        "state": state(health.shown, language) if health else "",
        "why": in_words(health, language),
        "checked_at": health.checked_at if health else None,
        "failing_since": health.failing_since if health else None,
    }

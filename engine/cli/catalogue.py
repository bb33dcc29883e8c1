"""The catalogue of what is shared, and the search among all courses that are known."""

from __future__ import annotations

import click

from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.given import one_line
from engine.cli.program import option
from engine.domain.similar import POSSIBLE, similar
from engine.report.catalogue import (
    COLUMNS,
    FOUND,
    as_csv,
    documents,
    found,
    found_readable,
    page,
    readable,
)
from engine.report.table import table
from engine.store import links
from engine.store.cases import queries
from engine.store.contacts import register


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
        parties = register.parties(tx) if form == "html" else {}
        lead = {each.request: each.url for each in links.shared(tx)} if form == "html" else {}
    if call.json or form == "json":
        for document in documents(rows):
            print(one_line(document))
    elif form == "csv":
        print(as_csv(documents(rows)), end="")
    elif form == "html":
        # Pages are asked for seldom, and what writes them is not needed for the rest.

        print(page(rows, parties, oslo_day(call.at), call.language, lead), end="")
    else:
        print(table(readable(rows), COLUMNS, call.language))


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

"""The catalogue of what is shared."""

from __future__ import annotations

import click

from engine.cli.call import Call
from engine.cli.printing import one_line
from engine.cli.program import command
from engine.report.catalogue import COLUMNS, as_csv, documents, readable
from engine.report.table import table
from engine.store import queries


@command("catalogue")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="A table if not given.",
)
def catalogue(call: Call, form: str) -> None:
    """Print every course that is shared now, the longest shared first."""
    with call.site().database.reading() as tx:
        rows = queries.catalogue(tx)
    if call.json or form == "json":
        for document in documents(rows):
            print(one_line(document))
    elif form == "csv":
        print(as_csv(documents(rows)), end="")
    else:
        print(table(readable(rows), COLUMNS, call.language))

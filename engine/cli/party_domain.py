"""The command about the mail domains of parties."""

from __future__ import annotations

import click

from engine.cli.call import Call, command
from engine.cli.printing import documents
from engine.cli.program import option
from engine.service.register import domains

COLUMNS = ("party", "domain")


@command("party domain")
@click.argument("party", required=False, default="", metavar="[PARTY]")
@click.argument("names", nargs=-1, metavar="[DOMAIN…]")
@option("--remove", is_flag=True, help="remove")
def domain(call: Call, party: str, names: tuple[str, ...], remove: bool) -> None:
    """Print the domains of a party or of all, or let mail from DOMAIN count as the party's.

    Somebody who writes from a municipality's own domain may order a course for it.
    """
    site = call.site()
    rows = domains.changed(site, party, names, remove=remove) if names else None
    found = domains.listed(site, party) if rows is None else rows
    documents(call, [dict(zip(COLUMNS, row, strict=True)) for row in found], COLUMNS)

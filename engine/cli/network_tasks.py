"""Commands about what SU decides and asks of networks, and about who takes part in them."""

from __future__ import annotations

from datetime import date

import click

from engine.cli.call import Call, command
from engine.cli.dates import DAY
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.usage import NUMBER, Number
from engine.service.networks import setting_up as networks


@command("network priority")
@click.argument("year", type=Number(2000, 2100), metavar="YEAR")
@click.argument("names", nargs=-1, metavar="[NAME…]")
@option("--area", default="", metavar="AREA", help="area")
def priority(call: Call, year: int, names: tuple[str, ...], area: str) -> None:
    """Print SU's priority areas for the plans of YEAR, or set them to NAME…."""
    found = networks.priority(call.site(), year, names, area=area)
    document(call, {"year": year, "priority_areas": list(found)}, "\n".join(found) or "–")


@command("network task")
@click.argument("network", metavar="NETWORK")
@click.argument("text", metavar="TEXT")
@option("--until", type=DAY, required=True, help="task_ends")
@option("--work-group", is_flag=True, help="work_group")
def task(call: Call, network: str, text: str, until: date, work_group: bool) -> None:
    """Record what SU asks of a network through FOUSAM, or a work group with its end."""
    made = networks.add_task(
        call.site(),
        network,
        text,
        call.at,
        ends_on=until,
        kind="work_group" if work_group else "assignment",
    )
    found = {
        "id": made.id,
        "network": made.network,
        "kind": made.kind,
        "ends_on": until.isoformat(),
    }
    document(call, found, f"{made.id}")


@command("network done")
@click.argument("number", type=NUMBER, metavar="ID")
def done(call: Call, number: int) -> None:
    """Record that an assignment or a work group is done."""
    networks.finish_task(call.site(), number, call.at)
    document(call, {"id": number}, f"{number}")


@command("network member")
@click.argument("network", metavar="NETWORK")
@click.argument("party", metavar="PARTY")
@click.argument("named", default="", required=False, metavar="[NAME]")
def member(call: Call, network: str, party: str, named: str) -> None:
    """Record whom a party has named for a network; nobody if no NAME is given."""
    found = networks.put_member(call.site(), network, party, named)
    document(call, {"party": found.party, "named": found.named}, f"{found.party}: {named or '–'}")

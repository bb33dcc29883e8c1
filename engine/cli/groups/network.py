"""Commands about networks, their areas, members and assignments."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from engine.app.routine_files import described
from engine.cli.call import Call, command
from engine.cli.groups.mail_log import Note, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import DAY, NUMBER, Number
from engine.domain.area_file import Person
from engine.domain.networks.network import DEPUTY, LEADER
from engine.report.cycle_table import members_told
from engine.report.table import facts
from engine.service.networks import setting_up
from engine.service.networks.areas import set_up
from engine.service.networks.setting_up import add as added
from engine.service.networks.setting_up import close as closed
from engine.service.networks.setting_up import network_named, seat
from engine.service.networks.views import NetworkView, views
from engine.store.contacts import networks, register
from engine.wording import sentence

COLUMNS = ("network", "name", "area", "leader", "deputy", "closed_on", "faults")
AREA = option("--area", default="", metavar="AREA", help="area_only")


@command("network setup")
@click.argument("area", metavar="AREA|FILE")
@option("--examples", is_flag=True, help="examples")
def setup(call: Call, area: str, examples: bool) -> None:
    """Bring in an area that comes with the program (helse-fonna), or that a .toml file describes.

    Its trust, its bodies' names and its written standard; doing it again changes them.
    """

    site = call.site()
    found = set_up(site, described(area), call.at, examples=examples)
    noted(site, [Note(what="area.set_up", ids={"area": found.id})])
    with site.database.reading() as tx:
        parties = register.parties(tx)
        known = [parties[each].name for each in (found.trust, *found.municipalities)]
    shown = {
        "area": found.id,
        "name": found.name,
        "fousam": found.fousam,
        "su": found.su,
        "trust": found.trust,
        "municipalities": list(found.municipalities),
    }
    document(call, shown, f"{found.id}: {found.name} ({', '.join(known)})")


@command("network areas")
def areas(call: Call) -> None:
    """Print the site's areas."""

    with call.site().database.reading() as tx:
        found = networks.areas(tx)
    rows = [
        {"area": each.id, "name": each.name, "fousam": each.fousam, "su": each.su}
        for each in found.values()
    ]
    documents(call, rows, ("area", "name", "fousam", "su"))


@command("network list")
@AREA
@option("--all", "closed", is_flag=True, help="all_networks")
def list_(call: Call, area: str, closed: bool) -> None:
    """Print every network with who leads it, and what is wrong with that."""
    found = views(call.site(), call.at, area=area, closed=closed)
    rows = [view_document(view, call) for view in found]
    shown = [{**row, "faults": " ".join(row["faults"])} for row in rows]
    documents(call, rows, COLUMNS, shown)


@command("network show")
@click.argument("network", metavar="NETWORK")
def show(call: Call, network: str) -> None:
    """Print one network: its mandate, members, leader, assignments and work groups."""

    site = call.site()
    with site.database.reading() as tx:
        wanted = network_named(tx, network)
    (view,) = [v for v in views(site, call.at, closed=True) if v.network.id == wanted.id]
    found = {
        **view_document(view, call),
        "mandate": wanted.mandate,
        "decided_on": wanted.decided_on.isoformat(),
        "members": [{"party": each.party, "named": each.named} for each in view.members],
        "tasks": [
            {
                "id": each.id,
                "kind": each.kind,
                "text": each.text,
                "ends_on": each.ends_on.isoformat(),
                "done_on": each.done_on.isoformat() if each.done_on else None,
            }
            for each in view.tasks
        ],
    }
    with site.database.reading() as tx:
        parties = register.parties(tx)
    named = [each for each in view.members if each.named]
    missing = [parties[each.party].name for each in view.members if not each.named]
    shown = {
        **found,
        "faults": " ".join(found["faults"]),
        "members": members_told(
            [f"{parties[each.party].name}: {each.named}" for each in named], missing, call.language
        ),
        "tasks": "; ".join(
            f"{each.text} ({each.ends_on})" for each in view.tasks if each.done_on is None
        ),
    }
    columns = (*COLUMNS, "mandate", "decided_on", "members", "tasks")
    document(call, found, facts(shown, columns, call.language))


@command("network add")
@click.argument("name", metavar="NAME")
@option("--decided", type=DAY, required=True, help="decided")
@option("--mandate", default="", metavar="TEXT", help="mandate")
@option("--from", "since", type=DAY, help="followed_from")
@AREA
def add(
    call: Call, *, name: str, decided: date, mandate: str, since: date | None, area: str
) -> None:
    """Record a network that SU has set up."""

    site = call.site()
    made = added(site, name, call.at, area=area, decided_on=decided, mandate=mandate, since=since)
    noted(site, [Note(what="network.added", ids={"network": made.id})])
    document(call, {"network": made.id, "name": made.name, "area": made.area}, made.id)


@command("network leader")
@click.argument("network", metavar="NETWORK")
@click.argument("email", metavar="EMAIL")
@option("--of", "organisation", required=True, metavar="PARTY", help="of")
@option("--deputy", is_flag=True, help="deputy")
@option("--name", default="", metavar="N", help="network_name")
@option("--from", "since", type=DAY, help="from_today")
def leader(
    call: Call,
    *,
    network: str,
    email: str,
    organisation: str,
    deputy: bool,
    name: str,
    since: date | None,
) -> None:
    """Let somebody lead a network in place of whoever does; leader and deputy from either side."""

    site = call.site()
    person = Person(email=email, name=name, organisation=organisation)
    duty = DEPUTY if deputy else LEADER
    found = seat(site, network, person, call.at, duty=duty, since=since)
    noted(site, [Note(what="network.led", ids={"network": found.id, "duty": duty})])
    document(call, {"network": found.id, "duty": duty, "email": email}, f"{found.id}: {email}")


@command("network close")
@click.argument("network", metavar="NETWORK")
@option("--on", "day", type=DAY, help="on")
def close(call: Call, network: str, day: date | None) -> None:
    """Close a network: what it owes for later years is closed with it."""

    site = call.site()
    found = closed(site, network, call.at, day)
    noted(site, [Note(what="network.closed", ids={"network": found.id})])
    last = found.closed_on.isoformat() if found.closed_on else ""
    document(call, {"network": found.id, "closed_on": last}, f"{found.id}: {last}")


def view_document(view: NetworkView, call: Call) -> dict[str, Any]:
    """A network as `network list` has it."""
    network = view.network
    return {
        "network": network.id,
        "name": network.name,
        "area": network.area,
        "leader": view.leader or None,
        "deputy": view.deputy or None,
        "closed_on": network.closed_on.isoformat() if network.closed_on else None,
        "faults": [sentence(reason, call.language) for reason in view.faults],
    }


@command("network priority")
@click.argument("year", type=Number(2000, 2100), metavar="YEAR")
@click.argument("names", nargs=-1, metavar="[NAME…]")
@option("--area", default="", metavar="AREA", help="area")
def priority(call: Call, year: int, names: tuple[str, ...], area: str) -> None:
    """Print SU's priority areas for the plans of YEAR, or set them to NAME…."""
    found = setting_up.priority(call.site(), year, names, area=area)
    document(call, {"year": year, "priority_areas": list(found)}, "\n".join(found) or "–")


@command("network task")
@click.argument("network", metavar="NETWORK")
@click.argument("text", metavar="TEXT")
@option("--until", type=DAY, required=True, help="task_ends")
@option("--work-group", is_flag=True, help="work_group")
def task(call: Call, network: str, text: str, until: date, work_group: bool) -> None:
    """Record what SU asks of a network through FOUSAM, or a work group with its end."""
    made = setting_up.add_task(
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
    setting_up.finish_task(call.site(), number, call.at)
    document(call, {"id": number}, f"{number}")


@command("network member")
@click.argument("network", metavar="NETWORK")
@click.argument("party", metavar="PARTY")
@click.argument("named", default="", required=False, metavar="[NAME]")
def member(call: Call, network: str, party: str, named: str) -> None:
    """Record whom a party has named for a network; nobody if no NAME is given."""
    found = setting_up.put_member(call.site(), network, party, named)
    document(call, {"party": found.party, "named": found.named}, f"{found.party}: {named or '–'}")

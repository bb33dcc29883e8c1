"""Commands that mend mistakes on requests."""

from __future__ import annotations

import click

from engine.cli.acting import note_of, tell
from engine.cli.call import Call, command
from engine.cli.mail_log import noted
from engine.cli.program import option
from engine.cli.usage import ACTOR, REQUEST
from engine.service.acts.commands import Done
from engine.service.requests import mending
from engine.service.site import Site


@command("request undo")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--as", "email", type=ACTOR, required=True, metavar="EMAIL", help="regretter")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def undo(call: Call, *, number: str, email: str, key: str, dry_run: bool) -> None:
    """Take back somebody's last act while the letters about it wait."""
    site = call.site()
    done = mending.undo(site, number, email=email, at=call.at, key=key, dry_run=dry_run)
    _say(call, site, "request.undone", done, email=email, dry_run=dry_run)


@command("request correct")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--to", "state", required=True, metavar="STATE", help="to_state")
@option("--reason", required=True, metavar="TEXT", help="reason")
@option("--as", "email", default="", metavar="EMAIL", help="as_coordinator")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def correct(
    call: Call, *, number: str, state: str, reason: str, email: str, key: str, dry_run: bool
) -> None:
    """Put a request into another state of its routine; label and share follow."""
    site = call.site()
    done = mending.correct(
        site, number, state, reason=reason, at=call.at, email=email, key=key, dry_run=dry_run
    )
    _say(call, site, "request.corrected", done, email=email, dry_run=dry_run)


@command("request reopen")
@click.argument("number", type=REQUEST, metavar="ID")
@option("--reason", required=True, metavar="TEXT", help="reason")
@option("--as", "email", default="", metavar="EMAIL", help="as_coordinator")
@option("--key", default="", metavar="K", help="key")
@option("--dry-run", is_flag=True, help="dry_run")
def reopen(call: Call, *, number: str, reason: str, email: str, key: str, dry_run: bool) -> None:
    """Open a closed request again, where it last was."""
    site = call.site()
    done = mending.reopen(
        site, number, reason=reason, at=call.at, email=email, key=key, dry_run=dry_run
    )
    _say(call, site, "request.reopened", done, email=email, dry_run=dry_run)


def _say(call: Call, site: Site, what: str, done: Done, *, email: str, dry_run: bool) -> None:
    if not dry_run:
        noted(site, [note_of(what, done, email)])
    tell(call, site, done, dry_run=dry_run)

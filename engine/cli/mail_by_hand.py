"""Commands by which a coordinator takes a stored message in hand."""

from __future__ import annotations

import click

from engine.cli.call import Call, command
from engine.cli.mail_judged import mail_shown, outcome_document
from engine.cli.mail_log import mail_notes, noted
from engine.cli.printing import document
from engine.cli.program import option
from engine.cli.usage import NUMBER, REQUEST
from engine.report.table import facts
from engine.service import receive
from engine.service.mail import by_coordinator
from engine.service.mail.verdict import MailOutcome
from engine.service.site import Site


@command("mail retry")
@click.argument("mail", type=NUMBER, metavar="ID")
def retry(call: Call, mail: int) -> None:
    """Judge a stored message as if it came now; what it brought about already stands."""
    site = call.site()
    _tell(call, site, receive.retry(site, mail, call.at))


@command("mail attach")
@click.argument("mail", type=NUMBER, metavar="ID")
@click.argument("number", type=REQUEST, metavar="REQUEST")
@click.argument("event", default="", metavar="[EVENT]")
@option("--as", "email", default="", metavar="EMAIL", help="as_other")
@option("--note", default="", metavar="TEXT", help="note_mail")
def attach(call: Call, *, mail: int, number: str, event: str, email: str, note: str) -> None:
    """Keep a message with a request, or let it fire an event there by the ordinary rules."""
    site = call.site()
    outcome = by_coordinator.attach(
        site, mail, number, call.at, event=event, email=email, note=note
    )
    _tell(call, site, outcome)


@command("mail discard")
@click.argument("mail", type=NUMBER, metavar="ID")
@option("--reason", required=True, metavar="TEXT", help="reason_mail")
def discard(call: Call, *, mail: int, reason: str) -> None:
    """Lay a message aside; it stays stored, with its verdict."""
    site = call.site()
    _tell(call, site, by_coordinator.discard(site, mail, reason, call.at))


def _tell(call: Call, site: Site, outcome: MailOutcome) -> None:
    noted(site, mail_notes(site, [outcome]))
    found = outcome_document(outcome, call.language)
    shown = mail_shown(call, site, found)
    keys = ("mail", "verdict", "request", "events", "reasons")
    document(call, found, facts(shown, keys, call.language))

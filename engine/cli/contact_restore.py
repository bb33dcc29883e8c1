"""The command that lets letters go again to an address that they did not reach."""

from __future__ import annotations

import click

from engine.cli.call import Call, command
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document
from engine.service.register import contacts


@command("contact restore")
@click.argument("email", metavar="EMAIL")
def restore(call: Call, email: str) -> None:
    """Let letters go again to an address that they did not reach.

    A mail that surely comes from it does the same.
    """
    site = call.site()
    address = contacts.restore(site, email, call.at)
    noted(site, [Note(what="contact.restored", ids={}, personal={"email": address})])
    document(call, {"email": address, "suspended": None}, address)

"""Commands about who holds which duty where."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
from msgspec.structs import replace

from engine.cli.call import Call, command
from engine.cli.contact_file import holders
from engine.cli.dates import DAY
from engine.cli.mail_judged import outcome_document
from engine.cli.mail_log import Note, mail_notes, noted
from engine.cli.printing import documents
from engine.cli.program import option
from engine.cli.usage import NUMBER, Word, wrong
from engine.domain.duties import DUTIES
from engine.model import Contact, Language
from engine.service import receive
from engine.service.answering.writer import writer_of
from engine.service.register import contacts
from engine.service.register.contacts import ALWAYS, Holder
from engine.service.site import Site
from engine.store.contacts import addresses, register
from engine.store.contacts.addresses import Suspension
from engine.store.encoding import instant
from engine.wording import names

COLUMNS = ("id", "party", "duty", "email", "name", "from", "until", "aliases")


@command("contact list")
def list_(call: Call) -> None:
    """Print every holder, past ones included, oldest first."""
    with call.site().database.reading() as tx:
        off = addresses.suspended(tx)
        found = [
            {**contact_document(contact), "suspended": _suspended(off.get(contact.email))}
            for contact in register.contacts(tx)
        ]
    shown = [
        {**each, "suspended": " ".join((each["suspended"] or {}).values())}
        for each in contacts_shown(found, call.language)
    ]
    documents(call, found, (*COLUMNS, "suspended"), shown)


@command("contact add")
@click.argument("party", default="", metavar="[PARTY]")
@click.argument("duty", default=None, type=Word("DUTY_NAMES", DUTIES), metavar="[DUTY]")
@click.argument("email", default="", metavar="[EMAIL]")
@option("--from-mail", "mail", type=NUMBER, metavar="ID", help="from_mail")
@option("--name", default="", metavar="N", help="name")
@option("--from", "since", type=DAY, help="first_day")
@option("--until", type=DAY, help="until")
@option("--alias", "aliases", multiple=True, metavar="EMAIL", help="alias")
def add(
    call: Call,
    *,
    party: str,
    duty: str | None,
    email: str,
    mail: int | None,
    name: str,
    since: date | None,
    until: date | None,
    aliases: tuple[str, ...],
) -> None:
    """Register one holder: PARTY DUTY EMAIL, or with --from-mail alone whoever wrote a message.

    The message must make the writer's duty certain: an answer in place of whoever we wrote to,
    or mail from a party's own domain that owes one answer. It is then judged anew.
    """
    if bool(duty and email) == (mail is not None) or (mail is not None and party):
        raise wrong("contact_add_wants")
    site = call.site()
    if mail is None:
        named = Holder(party=party, duty=duty or "", email=email)
    else:
        named = writer_of(site, mail, call.at)
    holder = replace(named, name=name, since=since, until=until, aliases=aliases)
    added = _registered(call, site, [holder])
    if mail is None:
        _tell(call, added)
        return
    judged = _judged_anew(call, site, mail)
    _tell(call, [{**each, **judged} for each in added], "verdict", "request")


@command("contact import")
@click.argument("file", metavar="FILE")
def import_(call: Call, file: str) -> None:
    """Register every holder of a csv file, or none when one of its lines has a fault.

    The columns are party, duty, email and, where wanted, name, from, until, aliases (`;` between).
    """
    _tell(call, _registered(call, call.site(), holders(file)))


@command("contact end")
@click.argument("email", metavar="EMAIL")
@option("--until", type=DAY, help="last_day_of_duty")
def end(call: Call, email: str, until: date | None) -> None:
    """End everything that an address holds."""
    site = call.site()
    ended = contacts.end(site, email, call.at, until)
    noted(site, [_note("contact.ended", contact) for contact in ended])
    _tell(call, [contact_document(contact) for contact in ended])


def contact_document(contact: Contact) -> dict[str, Any]:
    """One holder; a first day that nobody gave is null."""
    return {
        "id": contact.id,
        "party": contact.party,
        "duty": contact.duty,
        "email": contact.email,
        "name": contact.name,
        "from": None if contact.valid_from == ALWAYS else contact.valid_from.isoformat(),
        "until": None if contact.valid_until is None else contact.valid_until.isoformat(),
        "aliases": list(contact.aliases),
        "language": contact.language,
    }


def contacts_shown(found: Iterable[dict[str, Any]], language: Language) -> list[dict[str, Any]]:
    """Holders as people read of them: duties and verdicts by their names."""
    return [
        {
            **each,
            "duty": names.duty(each["duty"], language),
            "verdict": names.called(names.VERDICT_NAMES, each.get("verdict"), language),
        }
        for each in found
    ]


def _tell(call: Call, found: list[dict[str, Any]], *more: str) -> None:
    documents(call, found, (*COLUMNS, *more), contacts_shown(found, call.language))


def _suspended(found: Suspension | None) -> dict[str, str] | None:
    """Why letters do not go to an address now, and since when; null where they do."""
    if found is None:
        return None
    since, reason = instant(found.since), found.reason or found.status
    return {"since": since, "reason": reason}


def _registered(call: Call, site: Site, wanted: list[Holder]) -> list[dict[str, Any]]:
    added = contacts.add(site, wanted, call.at)
    noted(site, [_note("contact.added", contact) for contact, new in added if new])
    return [{**contact_document(contact), "new": new} for contact, new in added]


def _judged_anew(call: Call, site: Site, mail: int) -> dict[str, Any]:
    """What the message came to now that its writer is known, as `mail retry` tells it."""
    outcome = receive.retry(site, mail, call.at)
    noted(site, mail_notes(site, [outcome]))
    return outcome_document(outcome, call.language)


def _note(what: str, contact: Contact) -> Note:
    ids = {"contact": contact.id, "party": contact.party, "duty": contact.duty}
    return Note(what=what, ids=ids, personal={"email": contact.email, "name": contact.name})

"""Commands about who holds which duty where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import click
from msgspec.structs import replace

from engine import app
from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.files import Fault, csv_rows
from engine.cli.given import Given
from engine.cli.groups.mail import outcome_document
from engine.cli.groups.mail_log import Note, mail_notes, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import DAY, NUMBER, Word, wrong
from engine.domain.register.absence import Absence
from engine.domain.register.duties import DUTIES, duty_by_words
from engine.errors import InputError
from engine.model import Contact, Language, Reason
from engine.report.table import facts
from engine.service import receive
from engine.service.answering.writer import writer_of
from engine.service.register import absence, contacts
from engine.service.register.absence import Recorded, Withdrawn
from engine.service.register.contact_check import Fault as RegisterFault
from engine.service.register.contact_check import checked
from engine.service.register.contacts import ALWAYS, Holder
from engine.service.site import Site
from engine.store.contacts import addresses, register
from engine.store.contacts.addresses import Suspension
from engine.store.encoding import instant
from engine.wording import names
from engine.wording.names import DUTY_NAMES, FAULT_NAMES, called

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


class Duty(Word):
    """A duty, the site's own among them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The duty's name."""
        if ctx is not None:
            app.know(ctx.ensure_object(Given).folder)
        return duty_by_words(str(value)) or super().convert(value, param, ctx)


@command("contact add")
@click.argument("party", default="", metavar="[PARTY]")
@click.argument("duty", default=None, type=Duty("DUTY_NAMES", DUTIES), metavar="[DUTY]")
@click.argument("email", default="", metavar="[EMAIL]")
@option("--from-mail", "mail", type=NUMBER, metavar="ID", help="from_mail")
@option("--name", default="", metavar="N", help="name")
@option("--from", "since", type=DAY, help="first_day")
@option("--until", type=DAY, help="until")
@option("--alias", "aliases", multiple=True, metavar="EMAIL", help="alias")
@option("--main", is_flag=True, help="main")
@option("--sure", is_flag=True, help="sure")
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
    main: bool,
    sure: bool,
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
    holder = replace(
        named, name=name, since=since, until=until, aliases=aliases, main=main, sure=sure
    )
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
        "main": contact.main,
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


KEYS = ("email", "from", "until", "substitute")
FAULT_COLUMNS = ("kind", "party", "duty", "address", "what")


@command("contact away")
@click.argument("email", metavar="EMAIL")
@option("--from", "since", type=DAY, help="first_day_away")
@option("--until", type=DAY, help="last_day_away")
@option("--substitute", default="", metavar="EMAIL", help="substitute")
@option("--cancel", is_flag=True, help="cancel")
def away(
    call: Call,
    email: str,
    *,
    since: date | None,
    until: date | None,
    substitute: str,
    cancel: bool,
) -> None:
    """Record that a holder is away; a substitute holds the same duties in those days.

    The substitute must be known at the holder's party, or write from its mail domain.
    """
    if cancel:
        if since or until or substitute:
            raise wrong("away_cancel_alone")
        _withdraw(call, email)
        return
    if since is None or until is None:
        raise wrong("away_wants")
    site = call.site()
    wanted = Absence(since=since, until=until, substitute=substitute.strip().lower())
    recorded = absence.away(site, email, wanted, call.at)
    noted(site, [_away_note(recorded)])
    found = _document(recorded)
    document(call, found, facts(found, KEYS, call.language))


def _withdraw(call: Call, email: str) -> None:
    site = call.site()
    withdrawn = absence.withdraw(site, email, call.at)
    noted(site, [_over_note(each) for each in withdrawn])
    documents(call, [_over_document(each) for each in withdrawn], KEYS)


@command("contact check")
def check(call: Call) -> int:
    """Print gaps, overlaps, addresses of our own or of two people, and duties without a holder;
    1 when there is anything.
    """
    site = call.site()
    with site.database.reading() as tx:
        found = list(checked(site, tx, oslo_day(call.at)))
    rows = [_fault(each, call.language) for each in found]
    shown = [
        {
            **row,
            "kind": called(FAULT_NAMES, row["kind"], call.language),
            "duty": called(DUTY_NAMES, row["duty"], call.language),
        }
        for row in rows
    ]
    documents(call, rows, FAULT_COLUMNS, shown)
    return 1 if found else 0


def _document(recorded: Recorded) -> dict[str, Any]:
    return {
        "email": recorded.contact.email,
        "from": recorded.absence.since.isoformat(),
        "until": recorded.absence.until.isoformat(),
        "substitute": recorded.absence.substitute or None,
        "stands_in": [
            {"party": contact.party, "duty": contact.duty} for contact in recorded.stands_in
        ],
    }


def _over_document(withdrawn: Withdrawn) -> dict[str, Any]:
    return {
        "email": withdrawn.contact.email,
        "from": withdrawn.absence.since.isoformat(),
        "until": withdrawn.absence.until.isoformat(),
        "substitute": withdrawn.absence.substitute or None,
        "cancelled": True,
    }


def _over_note(withdrawn: Withdrawn) -> Note:
    return Note(
        what="contact.back",
        ids={"contact": withdrawn.contact.id, "party": withdrawn.contact.party},
        personal={"email": withdrawn.contact.email, "substitute": withdrawn.absence.substitute},
    )


def _fault(fault: RegisterFault, language: Language) -> dict[str, Any]:
    return {
        "kind": fault.kind,
        "party": fault.party or None,
        "duty": fault.duty or None,
        "address": fault.address or None,
        "what": fault.in_words(language),
    }


def _away_note(recorded: Recorded) -> Note:
    return Note(
        what="contact.away",
        ids={"contact": recorded.contact.id, "party": recorded.contact.party},
        personal={"email": recorded.contact.email, "substitute": recorded.absence.substitute},
    )


REQUIRED = ("party", "duty", "email")
FILE_COLUMNS = (*REQUIRED, "name", "from", "until", "aliases")


def holders(file: str) -> list[Holder]:
    """The holders of a csv file, with a heading line and `,` or `;` between the columns.

    InputError with every fault: a column that is missing or unknown, an empty value that is
    required, a day that is none.
    """
    rows = csv_rows(file, FILE_COLUMNS, REQUIRED)
    found: list[Holder] = []
    faults: list[Fault] = []
    for number, row in rows:
        place = f"{file}:{number}"
        wrong = list(_wrong(row, place))
        faults += wrong
        if not wrong:
            found.append(_holder(row, place))
    if faults:
        raise InputError(faults=faults)
    return found


def _wrong(row: dict[str, str], place: str) -> Iterator[Fault]:
    if None in row:
        yield place, Reason("csv_too_many")
        return
    if empty := [name for name in REQUIRED if not row[name].strip()]:
        yield place, Reason("csv_empty", {"columns": empty})
    for name in ("from", "until"):
        try:
            _day(row.get(name, "").strip())
        except ValueError:
            yield place, Reason("day_wanted", {"text": row[name]})


def _holder(row: dict[str, str], place: str) -> Holder:
    values = {name: text.strip() for name, text in row.items()}
    return Holder(
        party=values["party"],
        duty=values["duty"],
        email=values["email"],
        name=values.get("name", ""),
        since=_day(values.get("from", "")),
        until=_day(values.get("until", "")),
        aliases=tuple(a.strip() for a in values.get("aliases", "").split(";") if a.strip()),
        place=place,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


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

"""Commands about holders who are away, and about what is wrong with the register."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from engine.calendar import oslo_day
from engine.cli.call import Call, command
from engine.cli.dates import DAY
from engine.cli.mail_log import Note, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import wrong
from engine.domain.absence import Absence
from engine.model import Language
from engine.report.table import facts
from engine.service.register import absence
from engine.service.register.absence import Recorded, Withdrawn
from engine.service.register.contact_check import Fault, checked
from engine.wording.names import DUTY_NAMES, FAULT_NAMES, called

KEYS = ("email", "from", "until", "substitute")
COLUMNS = ("kind", "party", "duty", "address", "what")


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
    noted(site, [_note(recorded)])
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
    documents(call, rows, COLUMNS, shown)
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


def _fault(fault: Fault, language: Language) -> dict[str, Any]:
    return {
        "kind": fault.kind,
        "party": fault.party or None,
        "duty": fault.duty or None,
        "address": fault.address or None,
        "what": fault.in_words(language),
    }


def _note(recorded: Recorded) -> Note:
    return Note(
        what="contact.away",
        ids={"contact": recorded.contact.id, "party": recorded.contact.party},
        personal={"email": recorded.contact.email, "substitute": recorded.absence.substitute},
    )

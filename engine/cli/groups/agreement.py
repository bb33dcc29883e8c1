"""Commands about the pilot agreement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from engine.cli.call import Call, command
from engine.cli.groups.mail_log import Note, noted
from engine.cli.printing import document, documents
from engine.cli.program import option
from engine.cli.usage import DAY, wrong
from engine.model import Agreement
from engine.report.table import facts
from engine.service.register import agreements
from engine.store.contacts import register

COLUMNS = ("id", "from", "until")


@command("agreement add")
@option("--from", "since", type=DAY, required=True, help="from")
@option("--to", type=DAY, help="to")
@option("--through", type=DAY, help="through")
def add(call: Call, since: date, to: date | None, through: date | None) -> None:
    """Record the agreement for all parties."""
    if (to is None) == (through is None):
        raise wrong("agreement_end_wanted")
    end = to or (through or since) + timedelta(days=1)
    site = call.site()
    added = agreements.add(site, since, end, call.at)
    noted(site, [Note(what="agreement.added", ids={"agreement": added.id})])
    found = _agreement_document(added)
    document(call, found, facts(_shown(added), COLUMNS, call.language))


@command("agreement list")
def list_(call: Call) -> None:
    """Print every period, in the order in which they were recorded."""
    with call.site().database.reading() as tx:
        periods = register.agreements(tx)
    shown = [_shown(each) for each in periods]
    documents(call, map(_agreement_document, periods), COLUMNS, shown)


def _shown(agreement: Agreement) -> dict[str, Any]:
    """With the last day that it covers, as people read a period (DOMAIN §4.1)."""
    last = agreement.to - timedelta(days=1)
    return {**_agreement_document(agreement), "until": last.isoformat()}


def _agreement_document(agreement: Agreement) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "from": agreement.since.isoformat(),
        "to": agreement.to.isoformat(),
    }

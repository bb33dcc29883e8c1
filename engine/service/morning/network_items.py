"""What waits for FOUSAM in the year of the networks: deliveries and roll-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from engine.calendar import oslo_day
from engine.domain.networks.deliveries import unread
from engine.domain.networks.network_report import Delivery, deliveries_of
from engine.model import Language, Request
from engine.plan.answering import answers
from engine.plan.morning import Item
from engine.plan.yearly import DELIVERED, YEAR
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.acts.acting import read_case
from engine.service.morning.items import Entry
from engine.service.site import Site
from engine.store.cases.yearly import requests_of
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.mail_in import attachments
from engine.wording import dates
from engine.wording.catalogue import say

NETWORK: Final = "network"
"""The kind of line that each is."""
ROLLUP: Final = "su_rollup"


def network_entries(site: Site, tx: Transaction, at: datetime) -> Iterator[Entry]:
    """Each request of the year that waits for FOUSAM."""
    for workflow in (*KINDS, ROLLUP):
        for request in requests_of(tx, workflow):
            if _waits(site, tx, request):
                yield Entry(
                    item=Item(kind=NETWORK, subject=request.number),
                    since=request.since,
                    parties=partial(_area_of, tx, request),
                    values=partial(_values, site, tx, request, at),
                )


def _waits(site: Site, tx: Transaction, request: Request) -> bool:
    workflow = site.routines.version(tx, request.workflow, request.version).workflow
    waits_for = workflow.states[request.state].waits_for
    return any(FOUSAM in workflow.roles[role].duties for role in waits_for)


def is_unread(request: Request) -> bool:
    """Whether the request's delivery waits to be read in."""
    return request.state == DELIVERED and bool(unread(request.kept))


def _area_of(tx: Transaction, request: Request) -> frozenset[str]:
    return frozenset(filter(None, (request.owner, request.requester)))


def _values(
    site: Site, tx: Transaction, request: Request, at: datetime, language: Language
) -> Mapping[str, str]:
    case = read_case(site, tx, request, at)
    roles = (name for name, role in case.workflow.roles.items() if FOUSAM in role.duties)
    words = dict.fromkeys(
        f"{each['word']}{': …' if each['reason'] else ''}"
        for role in roles
        for each in answers(case, role, language, at)
    )
    waiting = is_unread(request)
    delivered = deliveries_of(request.kept)[-1:] if waiting else ()
    return {
        "number": request.number,
        "network": register.party(tx, str(request.owner)).name,
        "what": what_kind(request, language),
        "since": dates.short_day(oslo_day(request.since), language),
        "words": "" if waiting else ", ".join(words),
        "said_by": "".join(each.by for each in delivered),
        "said": "".join(_files(tx, each) for each in delivered) or "–",
    }


def _files(tx: Transaction, delivery: Delivery) -> str:
    """The names of the documents that it came as."""
    kind, _, mail = delivery.source.partition(":")
    rows = attachments.of_mail(tx, int(mail)) if kind == "mail" and mail.isdecimal() else ()
    return ", ".join(row.name or row.type for row in rows)


def what_kind(request: Request, language: Language) -> str:
    """What it is about, with its year: «årsrapport 2026»."""
    kind = KINDS.get(request.workflow, ROLLUP)
    return say(f"network_kinds_of_year.{kind}", language, year=request.kept[YEAR])

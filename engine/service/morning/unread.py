"""Deliveries of networks that wait to be read in, as lines of the morning letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from engine.calendar import oslo_day
from engine.domain.networks.deliveries import unread
from engine.domain.networks.network_report import Delivery, deliveries_of
from engine.model import Language, Request
from engine.plan.morning import Item
from engine.plan.yearly import DELIVERED, YEAR
from engine.plan.yearly_letters import KINDS
from engine.service.morning.items import Entry
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks
from engine.store.database import Transaction
from engine.store.mail_in import attachments
from engine.wording import dates
from engine.wording.catalogue import say

UNREAD: Final = "unread"
"""The kind of line that it is."""


def unread_entries(tx: Transaction) -> Iterator[Entry]:
    """Each delivery that nobody has said what stands in, the oldest request first."""
    for workflow in KINDS:
        for request in requests_of(tx, workflow):
            if is_unread(request):
                item = Item(kind=UNREAD, subject=request.number)
                yield Entry(item=item, values=partial(_values, tx, request))


def is_unread(request: Request) -> bool:
    """Whether the request's delivery waits to be read in."""
    return request.state == DELIVERED and bool(unread(request.kept))


def _values(tx: Transaction, request: Request, language: Language) -> Mapping[str, str]:
    last = deliveries_of(request.kept)[-1]
    return {
        "number": request.number,
        "network": networks.network(tx, str(request.owner)).name,
        "what": what_kind(request, language),
        "since": dates.short_day(oslo_day(last.at), language),
        "sender": last.by,
        "said": _files(tx, last) or "–",
    }


def _files(tx: Transaction, delivery: Delivery) -> str:
    """The names of the documents that it came as."""
    kind, _, mail = delivery.source.partition(":")
    rows = attachments.of_mail(tx, int(mail)) if kind == "mail" and mail.isdecimal() else ()
    return ", ".join(row.name or row.type for row in rows)


def what_kind(request: Request, language: Language) -> str:
    """What was delivered, with its year: «årsrapport 2026»."""
    return say(
        f"network_kinds_of_year.{KINDS[request.workflow]}", language, year=request.kept[YEAR]
    )

"""Statements about mail's way in: where it was fetched, and what coordinators did with it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, select

from engine.store.sources import inbox, inserted, number, param, upserted
from engine.store.tables_intake import metadata

sorting = metadata.tables["sorting"]
arrival = metadata.tables["arrival"]
mailbox_mark = metadata.tables["mailbox_mark"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "sorting_insert": inserted(sorting, returning="id"),
    "sorting_of_mail": select(sorting)
    .where(sorting.c.inbox == number("of_mail"))
    .order_by(sorting.c.id),
    "arrival_insert": inserted(arrival),
    "arrival_by_source": select(arrival.c.inbox).where(arrival.c.source == param("source")),
    "arrival_by_hash": select(arrival.c.inbox)
    .select_from(arrival.join(inbox, inbox.c.id == arrival.c.inbox))
    .where(arrival.c.mailbox == param("mailbox"), inbox.c.sha256 == param("sha256"))
    .order_by(arrival.c.inbox),
    "mailbox_mark": select(mailbox_mark).where(mailbox_mark.c.mailbox == param("mailbox")),
    "mailbox_mark_set": upserted(mailbox_mark, "mailbox"),
}

"""Statements about mail's way in: what coordinators did with a message."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, select

from engine.store.sources import inserted, number
from engine.store.tables_intake import metadata

sorting = metadata.tables["sorting"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "sorting_insert": inserted(sorting, returning="id"),
    "sorting_of_mail": select(sorting)
    .where(sorting.c.inbox == number("of_mail"))
    .order_by(sorting.c.id),
}

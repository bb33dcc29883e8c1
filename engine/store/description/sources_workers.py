"""Statements about the workers that run, and about copying a whole site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    LargeBinary,
    Table,
    delete,
    func,
    null,
    select,
)

from engine.store.description.sources import (
    heartbeat,
    inbox,
    inserted,
    letter,
    param,
    request,
    upserted,
)
from engine.store.description.tables import metadata


def _readable(table: Table) -> list[ColumnElement[Any]]:
    """The columns that a copy needs: the bytes of mails and letters stay where they are."""
    columns: list[ColumnElement[Any]] = []
    for column in table.columns:
        bytes_of_it = isinstance(column.type, LargeBinary)
        columns.append(null().label(column.name) if bytes_of_it else column)
    return columns


passed = metadata.tables["pass"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "heartbeat_beat": upserted(heartbeat, "worker"),
    "heartbeat_stop": delete(heartbeat).where(heartbeat.c.worker == param("of_worker")),
    "heartbeats": select(heartbeat).order_by(heartbeat.c.worker),
    "pass_record": upserted(passed, "id"),
    "pass_last": select(passed.c.at),
    "newest_instants": select(
        select(func.max(request.c.changed_at)).scalar_subquery().label("request"),
        select(func.max(letter.c.written_at)).scalar_subquery().label("letter"),
        select(func.max(inbox.c.received_at)).scalar_subquery().label("mail"),
    ),
    **{f"copy_read_{t.name}": select(*_readable(t)) for t in metadata.sorted_tables},
    **{f"copy_write_{t.name}": inserted(t) for t in metadata.sorted_tables},
    **{f"move_read_{t.name}": select(t) for t in metadata.sorted_tables},
}

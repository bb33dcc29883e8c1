"""Statements about the workers that run, and about copying a whole site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    LargeBinary,
    Table,
    cast,
    delete,
    func,
    literal_column,
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
    """The columns that a copy needs: the bytes of mails, letters and attachments stay where they
    are; where a column must hold something, it holds no bytes.
    """
    columns: list[ColumnElement[Any]] = []
    no_bytes = cast(literal_column("''"), LargeBinary)
    for column in table.columns:
        if isinstance(column.type, LargeBinary):
            left_out = null() if column.nullable else no_bytes
            columns.append(left_out.label(column.name))
        else:
            columns.append(column)
    return columns


passed = metadata.tables["pass"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "heartbeat_beat": upserted(heartbeat, "worker"),
    "heartbeat_stop": delete(heartbeat).where(heartbeat.c.worker == param("of_worker")),
    "heartbeats": select(heartbeat).order_by(heartbeat.c.worker),
    "pass_record": upserted(passed, "id"),
    "pass_last": select(passed.c.at),
    "reached": select(
        select(func.max(inbox.c.id)).scalar_subquery().label("mail"),
        select(func.max(letter.c.id)).scalar_subquery().label("letter"),
    ),
    "newest_instants": select(
        select(func.max(request.c.changed_at)).scalar_subquery().label("request"),
        select(func.max(letter.c.written_at)).scalar_subquery().label("letter"),
        select(func.max(inbox.c.received_at)).scalar_subquery().label("mail"),
    ),
    **{f"copy_read_{t.name}": select(*_readable(t)) for t in metadata.sorted_tables},
    **{f"copy_write_{t.name}": inserted(t) for t in metadata.sorted_tables},
    **{f"move_read_{t.name}": select(t) for t in metadata.sorted_tables},
}

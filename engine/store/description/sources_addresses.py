"""Statements about addresses that letters did not reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, func, literal_column, null, or_, select, update

from engine.store.description.constraints import one_of
from engine.store.description.sources import (
    NO_TEXT,
    NOTHING_SKIPPED,
    inbox,
    letter,
    number,
    param,
    request,
    upserted,
)
from engine.store.description.tables_addresses import metadata

bounce = metadata.tables["bounce"]
suspension = metadata.tables["suspension"]

PROVED = ("opened", "fired", "already_done", "answered", "suggested")
"""Verdicts that only mail from somebody whom we know for sure gets."""
_delayed: ColumnElement[Any] = literal_column("'delayed'")
_told = select(bounce, request.c.number).select_from(
    bounce.join(letter, letter.c.id == bounce.c.letter).outerjoin(
        request, request.c.id == letter.c.request
    )
)
_suspended = select(
    suspension.c.address, suspension.c.since, suspension.c.letter, bounce.c.reason, bounce.c.status
).select_from(suspension.join(bounce, bounce.c.letter == suspension.c.letter))

STATEMENTS: Mapping[str, ClauseElement] = {
    "bounce_keep": upserted(bounce, "letter"),
    "bounce_of_letter": _told.where(bounce.c.letter == number("of_letter")),
    "bounces": _told.where(
        or_(param("of_request") == NO_TEXT, request.c.number == param("of_request")),
        bounce.c.at >= param("since"),
    ).order_by(bounce.c.at, bounce.c.letter),
    # What was said before the address was last found to work counts no more.
    "bounces_counted": select(func.count().label("number"))
    .select_from(bounce.outerjoin(suspension, suspension.c.address == bounce.c.address))
    .where(
        bounce.c.address == param("of_address"),
        bounce.c.outcome != _delayed,
        bounce.c.at >= param("since"),
        bounce.c.at > func.coalesce(suspension.c.lifted_at, NO_TEXT),
    ),
    "suspension_keep": upserted(suspension, "address"),
    "suspension_lift": update(suspension)
    .values(lifted_at=param("at"))
    .where(suspension.c.address == param("of_address"), suspension.c.lifted_at.is_(null())),
    "suspensions": _suspended.where(suspension.c.lifted_at.is_(null())).order_by(
        suspension.c.since, suspension.c.address
    ),
    "heard_from_since": select(inbox.c.id)
    .where(
        inbox.c.sender == param("of_address"),
        inbox.c.received_at > param("since"),
        one_of(inbox.c.verdict, PROVED),
    )
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
}

"""Statements about what keeps letters back, and what coordinators are told each morning."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, case, func, literal_column, select, union, update

from engine.store.description.constraints import one_of
from engine.store.description.sealing import changing
from engine.store.description.sources import (
    NO_TEXT,
    NOTHING_SKIPPED,
    inbox,
    inserted,
    letter,
    number,
    param,
    request,
    timer,
)
from engine.store.description.sources_intake import sorting
from engine.store.description.tables import FOR_PEOPLE
from engine.store.description.tables_post import metadata

pause = metadata.tables["pause"]
morning = metadata.tables["morning"]
morning_item = metadata.tables["morning_item"]
gathered = metadata.tables["gathered"]

_open = pause.c.resumed_at.is_(None)

# Whoever is waited for has a deadline, or has let it pass: each routine is proved to be so.
_waiting = union(
    select(timer.c.request).where(
        timer.c.status == literal_column("'armed'"), timer.c.action != literal_column("'send'")
    ),
    select(request.c.id).where(request.c.escalated_at.is_not(None)),
)

STATEMENTS: Mapping[str, ClauseElement] = {
    "pause_insert": inserted(pause, returning="id"),
    "pauses_open": select(pause).where(_open).order_by(pause.c.id),
    "pauses_end": update(pause).values(resumed_at=param("at")).where(_open),
    "morning_insert": inserted(morning),
    "morning_last": select(morning.c.day, morning.c.at)
    .order_by(morning.c.day.desc())
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "morning_item_insert": inserted(morning_item),
    "morning_items": select(morning_item)
    .where(morning_item.c.letter == number("of_letter"))
    .order_by(morning_item.c.number),
    # What came since a morning, and what waits for a person however old it is.
    "mail_counted_since": select(
        func.coalesce(inbox.c.verdict, NO_TEXT).label("verdict"),
        func.count().label("number"),
    )
    .where(inbox.c.received_at >= param("since"))
    .group_by(inbox.c.verdict),
    "mail_for_people": select(
        inbox.c.id,
        inbox.c.verdict,
        case(
            (inbox.c.reasons.contains(literal_column("'\"refuted_sender\"'")), literal_column("1")),
            else_=literal_column("0"),
        ).label("refuted"),
    )
    .where(
        # Written out, so that the index over just these serves.
        literal_column(FOR_PEOPLE),
        inbox.c.id.not_in(
            select(sorting.c.inbox).where(one_of(sorting.c.action, ("attach", "discard")))
        ),
    )
    .order_by(inbox.c.id),
    "life_begins_mail": select(inbox.c.received_at.label("at"))
    .order_by(inbox.c.id)
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "life_begins_letter": select(letter.c.written_at.label("at"))
    .order_by(letter.c.id)
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "gathered_insert": inserted(gathered),
    "gathered_in": select(gathered)
    .where(gathered.c.carrier == number("of_letter"))
    .order_by(gathered.c.place),
    "letters_to_gather": select(letter.c.id)
    .where(
        # Written out, so that the index over just these serves.
        letter.c.template == literal_column("'remind'"),
        one_of(letter.c.state, ("waiting", "held")),
        letter.c.tries == literal_column("0"),
        letter.c.receiver != NO_TEXT,
        letter.c.not_before >= param("at"),
    )
    .order_by(letter.c.id),
    "letters_stopped": select(letter.c.id, letter.c.state)
    .where(one_of(letter.c.state, ("dead", "held")), letter.c.receiver != NO_TEXT)
    .order_by(letter.c.id),
    "requests_standing": select(
        *(
            request.c[name]
            for name in (
                "number",
                "workflow",
                "version",
                "state",
                "owner",
                "borrower",
                "requester",
                "due_at",
                "escalated_at",
            )
        )
    )
    .where(request.c.id.in_(_waiting))
    .order_by(request.c.id),
    "chasers_between": select(timer.c.id, timer.c.occurrence)
    .where(
        one_of(timer.c.status, ("armed",)),
        one_of(timer.c.action, ("remind",)),
        timer.c.due_at > param("after"),
        timer.c.due_at <= param("until"),
    )
    .order_by(timer.c.due_at, timer.c.id),
    "letter_gathered": changing(
        letter, state=literal_column("'cancelled'"), error=param("error")
    ).where(
        letter.c.id == number("of_letter"),
        one_of(letter.c.state, ("waiting", "held")),
        letter.c.tries == literal_column("0"),
    ),
}

"""Statements about mail out: how many letters leave, and which could not be handed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ClauseElement, ColumnElement, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Integer

from engine.store.description.constraints import one_of
from engine.store.description.sources import NO_TEXT, among, letter, number, param
from engine.store.description.sources_post import pause
from engine.store.description.tables_delivery import metadata

delay = metadata.tables["letter_delay"]
entry = metadata.tables["calendar_entry"]


class Turn(ColumnElement[int]):
    """Waits until no other transaction counts letters; SQLite's writers take turns anyway."""

    inherit_cache = False
    type = Integer()


@compiles(Turn, "sqlite")
def _turn_sqlite(element: Turn, compiler: SQLCompiler, **options: Any) -> str:
    return "1"


@compiles(Turn, "postgresql")
def _turn_postgresql(element: Turn, compiler: SQLCompiler, **options: Any) -> str:
    # Any number will do, as long as nothing else in the database locks the same one.
    return "CAST(pg_advisory_xact_lock(5321) IS NULL AS INTEGER)"


_resumed = func.coalesce(select(func.max(pause.c.resumed_at)).scalar_subquery(), NO_TEXT)
_delayed_before = (
    select(delay.c.letter)
    .where(delay.c.letter == letter.c.id, delay.c.since <= param("since"))
    .exists()
)

# Whoever writes to us causes these, in any name, so that they must not keep other letters back.
_anybodys = one_of(
    letter.c.template,
    ("newcomer", "delegate_receipt", "confirm_opening", "confirm_answer", "not_acted"),
)

STATEMENTS: Mapping[str, ClauseElement] = {
    "letters_turn": select(Turn().label("turn")),
    "letters_left": select(func.count().label("number")).where(
        letter.c.claimed_at.is_not(None), letter.c.claimed_at > param("since")
    ),
    "letters_left_fresh": select(func.count().label("number")).where(
        letter.c.claimed_at.is_not(None),
        letter.c.claimed_at > param("since"),
        letter.c.written_at > _resumed,
        ~_anybodys,
        ~_delayed_before,
    ),
    "letters_due_fresh": select(func.count().label("number")).where(
        one_of(letter.c.state, ("waiting", "retry")),
        letter.c.not_before <= param("until"),
        letter.c.tries == literal_column("0"),
        letter.c.written_at > _resumed,
        ~_anybodys,
    ),
    "letters_raw": select(letter.c.id, letter.c.raw).where(
        among(letter.c.id, "ids", numbers=True), letter.c.raw.is_not(None)
    ),
    "letter_delay_insert": insert(delay)
    .values(letter=number("of_letter"), since=param("since"))
    .on_conflict_do_nothing(),
    "letter_delay_since": select(delay.c.since).where(delay.c.letter == number("of_letter")),
    "calendar_entry_insert": insert(entry)
    .values(letter=number("letter"), kind=param("kind"), day=param("day"), stands=number("stands"))
    .on_conflict_do_nothing(),
    # The newest word about each day comes last.
    "calendar_entries": select(
        letter.c.request,
        letter.c.role,
        letter.c.receiver,
        entry.c.kind,
        entry.c.day,
        entry.c.stands,
    )
    .join(letter, letter.c.id == entry.c.letter)
    .where(among(letter.c.request, "requests", numbers=True))
    .order_by(entry.c.letter, entry.c.kind),
    "letter_delay_forget": delete(delay).where(delay.c.letter == number("of_letter")),
}

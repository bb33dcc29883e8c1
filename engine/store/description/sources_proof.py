"""Statements about what proves the other tables: seals, tallies, and the grounds of events."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, Integer, cast, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.sealing import seal_over
from engine.store.description.sources import (
    NOTHING_SKIPPED,
    course,
    history,
    inbox,
    inserted,
    letter,
    number,
    param,
    timer,
)
from engine.store.description.sources_intake import attached, sorting
from engine.store.description.tables_proof import metadata

grounds = metadata.tables["grounds"]
mail_seal = metadata.tables["mail_seal"]
tally = metadata.tables["tally"]
register_proof = metadata.tables["register_proof"]

_this_mail = mail_seal.c.inbox == number("of_mail")
_sealing = insert(mail_seal).from_select(
    ["inbox", "seal", "attached", "sorted"],
    select(inbox.c.id, seal_over(inbox, {}), literal_column("''"), literal_column("''")).where(
        inbox.c.id == number("of_mail")
    ),
)
_counting = insert(tally).values(
    kind=param("kind"), stripe=number("stripe"), written=number("more")
)
STATEMENTS: Mapping[str, ClauseElement] = {
    "grounds_insert": inserted(grounds),
    "grounds_all": select(grounds).order_by(grounds.c.request, grounds.c.seq),
    "mail_seal_row": _sealing.on_conflict_do_update(
        index_elements=["inbox"], set_={"seal": _sealing.excluded.seal}
    ),
    "mail_seal_attached": update(mail_seal).values(attached=param("digest")).where(_this_mail),
    "mail_seal_sorted": update(mail_seal).values(sorted=param("digest")).where(_this_mail),
    "mail_seals": select(mail_seal).order_by(mail_seal.c.inbox),
    "tally_add": _counting.on_conflict_do_update(
        index_elements=["kind", "stripe"],
        set_={"written": tally.c.written + _counting.excluded.written},
    ),
    "tallies": select(tally.c.kind, cast(func.sum(tally.c.written), Integer).label("written"))
    .group_by(tally.c.kind)
    .order_by(tally.c.kind),
    **{
        f"count_{table.name}": select(func.count().label("number")).select_from(table)
        for table in (history, timer, letter)
    },
    "register_proof_insert": inserted(register_proof),
    "register_proof_last": select(register_proof)
    .order_by(register_proof.c.revision.desc())
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "register_proofs": select(register_proof).order_by(register_proof.c.revision),
    "verify_courses": select(course).order_by(course.c.id),
    "verify_mails": select(
        *(column for column in inbox.c if column.name != "raw"),
        inbox.c.raw.is_(None).label("no_raw"),
    ).order_by(inbox.c.id),
    "inbox_sha256": select(inbox.c.sha256).where(inbox.c.id == number("of_mail")),
    "verify_tokens": select(letter.c.request, letter.c.token)
    .where(letter.c.request.is_not(None))
    .order_by(letter.c.request, letter.c.id),
    "verify_attached": select(attached).order_by(attached.c.inbox, attached.c.place),
    "verify_sorted": select(sorting).order_by(sorting.c.inbox, sorting.c.id),
    "sorted_of_mail": select(sorting)
    .where(sorting.c.inbox == number("of_mail"))
    .order_by(sorting.c.id),
}

"""Statements about mail in and letters out."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    ClauseElement,
    LargeBinary,
    bindparam,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)

from engine.store.description.constraints import one_of
from engine.store.description.sealing import changing
from engine.store.description.sources import (
    NO_TEXT,
    NOTHING_SKIPPED,
    among,
    inbox,
    inserted,
    letter,
    number,
    param,
    request,
)

_inbox_columns = [column for column in inbox.columns if column.name != "raw"]
_inbox_row = select(*_inbox_columns, request.c.number).select_from(
    inbox.outerjoin(request, request.c.id == inbox.c.request)
)
_this_mail = select(inbox.c.id, inbox.c.verdict).where(inbox.c.id == number("of_mail"))
_read = {name: param(name) for name in ("message_id", "digest", "sender", "subject", "kind")}
_decided = {name: param(name) for name in ("verdict", "decided_at", "events", "reasons")} | {
    "request": number("request")
}
_letter_columns = [column for column in letter.columns if column.name != "raw"]
_letter_row = select(*_letter_columns, request.c.number, request.c.workflow).select_from(
    letter.outerjoin(request, request.c.id == letter.c.request)
)
_due = one_of(letter.c.state, ("waiting", "retry"))
_sending = one_of(letter.c.state, ("sending",))
_this_letter = letter.c.id == number("of_letter")

STATEMENTS: Mapping[str, ClauseElement] = {
    # mail in
    "inbox_insert": inserted(inbox, returning="id"),
    "inbox_by_id": _inbox_row.where(inbox.c.id == number("of_mail")),
    "inbox_locked": _this_mail.with_for_update(),
    "inbox_free": _this_mail.where(inbox.c.verdict.is_(null())).with_for_update(skip_locked=True),
    "inbox_raw": select(inbox.c.raw).where(inbox.c.id == number("of_mail")),
    "inbox_list": _inbox_row.where(
        or_(param("of_verdict") == NO_TEXT, inbox.c.verdict == param("of_verdict"))
    ).order_by(inbox.c.id),
    "inbox_undecided": _inbox_row.where(inbox.c.verdict.is_(null())).order_by(inbox.c.id),
    "inbox_same": select(inbox.c.id, inbox.c.digest, inbox.c.verdict)
    .where(
        inbox.c.message_id == param("message_id"),
        inbox.c.message_id != NO_TEXT,
        inbox.c.id < number("of_mail"),
    )
    .order_by(inbox.c.id),
    "inbox_read": update(inbox).values(_read).where(inbox.c.id == number("of_mail")),
    "inbox_decide": update(inbox).values(_decided).where(inbox.c.id == number("of_mail")),
    "inbox_judge": update(inbox).values(_read | _decided).where(inbox.c.id == number("of_mail")),
    "inbox_forget": update(inbox)
    .values(
        raw=null(),
        sender=NO_TEXT,
        subject=NO_TEXT,
        message_id=NO_TEXT,
        envelope=literal_column("'{}'"),
    )
    .where(inbox.c.id == number("of_mail")),
    "inbox_newest_heads": select(
        func.substr(
            inbox.c.raw, literal_column("1"), literal_column("32768"), type_=LargeBinary()
        ).label("head")
    )
    .where(inbox.c.raw.is_not(null()))
    .order_by(inbox.c.id.desc())
    .limit(number("at_most_rows"))
    .offset(NOTHING_SKIPPED),
    "inbox_reasons_since": select(inbox.c.id, inbox.c.reasons).where(
        inbox.c.sender == param("sender"),
        inbox.c.received_at >= param("since"),
        inbox.c.reasons.like(param("about")),
    ),
    "inbox_opened_since": select(func.count().label("number")).where(
        inbox.c.sender == param("sender"),
        inbox.c.received_at >= param("since"),
        inbox.c.verdict == literal_column("'opened'"),
    ),
    "inbox_counts": select(
        func.coalesce(inbox.c.verdict, NO_TEXT).label("verdict"),
        func.count().label("number"),
    ).group_by(inbox.c.verdict),
    # letters out
    "letter_insert": inserted(letter, returning="id"),
    "letters_insert": inserted(letter, generated="id"),
    "letter_by_id": _letter_row.where(_this_letter),
    "letter_raw": select(letter.c.raw).where(_this_letter),
    "letter_list": _letter_row.where(
        or_(param("of_state") == NO_TEXT, letter.c.state == param("of_state"))
    ).order_by(letter.c.id),
    "letters_of_request": _letter_row.where(request.c.number == param("number")).order_by(
        letter.c.id
    ),
    "letters_of_mail": _letter_row.where(letter.c.inbox == number("of_mail")).order_by(letter.c.id),
    "letters_by_message_ids": _letter_row.where(among(letter.c.message_id, "message_ids")).order_by(
        letter.c.id
    ),
    "letters_by_token": _letter_row.where(letter.c.token == param("token")).order_by(letter.c.id),
    "letter_written_since": select(letter.c.id)
    .where(
        letter.c.receiver == param("receiver"),
        letter.c.template == param("template"),
        letter.c.written_at >= param("since"),
    )
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "letters_claim": changing(
        letter,
        state=literal_column("'sending'"),
        claimed_at=param("claimed_at"),
        tries=letter.c.tries + literal_column("1"),
    )
    .where(
        letter.c.id.in_(
            select(letter.c.id)
            .where(_due, letter.c.not_before <= param("at"))
            .order_by(letter.c.not_before, letter.c.id)
            .limit(number("at_most_rows"))
            .offset(NOTHING_SKIPPED)
            .with_for_update(skip_locked=True)
        )
    )
    .returning(letter.c.id),
    "letters_reclaim": changing(letter, claimed_at=param("claimed_at"))
    .where(
        letter.c.id.in_(
            select(letter.c.id)
            .where(_sending, letter.c.claimed_at < param("lost_before"))
            .order_by(letter.c.claimed_at, letter.c.id)
            .limit(number("at_most_rows"))
            .offset(NOTHING_SKIPPED)
            .with_for_update(skip_locked=True)
        )
    )
    .returning(letter.c.id),
    "letters_give_back": changing(
        letter,
        state=case(
            (letter.c.tries > literal_column("1"), literal_column("'retry'")),
            else_=literal_column("'waiting'"),
        ),
        claimed_at=null(),
        tries=letter.c.tries - literal_column("1"),
    ).where(_sending, among(letter.c.id, "ids", numbers=True)),
    "letters_by_ids": _letter_row.where(among(letter.c.id, "ids", numbers=True)).order_by(
        letter.c.id
    ),
    "letter_mark": changing(
        letter,
        state=param("state"),
        not_before=func.coalesce(param("next_try"), letter.c.not_before),
        sent_at=param("sent_at"),
        code=number("code"),
        error=param("error"),
    ).where(
        _this_letter,
        _sending,
        # A worker that was thought dead tells the truth of a letter that has left; anything else
        # is for whoever has taken the letter over.
        or_(
            param("state") == literal_column("'sent'"),
            param("claimed_at") == NO_TEXT,
            letter.c.claimed_at == param("claimed_at"),
        ),
    ),
    "letter_store": changing(
        letter,
        raw=bindparam("raw", type_=LargeBinary()),
        raw_sha256=param("raw_sha256"),
        subject=param("subject"),
    ).where(_this_letter, letter.c.raw.is_(null())),
    "letter_move": changing(
        letter,
        state=param("state"),
        not_before=param("not_before"),
        error=param("error"),
        sent_at=null(),
    ).where(_this_letter, among(letter.c.state, "from_states")),
    "letter_stop": changing(letter, state=literal_column("'cancelled'")).where(
        _this_letter, among(letter.c.state, "from_states")
    ),
    "letter_counts": select(letter.c.state, func.count().label("number"))
    .group_by(letter.c.state)
    .order_by(letter.c.state),
}

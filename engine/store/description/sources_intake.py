"""Statements about mail's way in: where it was fetched, and what coordinators did with it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, bindparam, delete, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.description.constraints import one_of
from engine.store.description.sources import (
    NOTHING_SKIPPED,
    inbox,
    inserted,
    letter,
    number,
    param,
    upserted,
)
from engine.store.description.tables_intake import metadata

sorting = metadata.tables["sorting"]
arrival = metadata.tables["arrival"]
mail_claim = metadata.tables["mail_claim"]
signature_check = metadata.tables["signature_check"]
mail_attempt = metadata.tables["mail_attempt"]
answer_given = metadata.tables["answer_given"]
mailbox_mark = metadata.tables["mailbox_mark"]
attachment = metadata.tables["attachment"]
attached = metadata.tables["attached"]

STATEMENTS: Mapping[str, ClauseElement] = {
    "sorting_insert": inserted(sorting, returning="id"),
    "sorting_of_mail": select(sorting)
    .where(sorting.c.inbox == number("of_mail"))
    .order_by(sorting.c.id),
    "sorting_settled": select(sorting.c.inbox)
    .where(one_of(sorting.c.action, ("attach", "discard")))
    .distinct(),
    "arrival_insert": inserted(arrival),
    "arrival_by_source": select(arrival.c.inbox).where(arrival.c.source == param("source")),
    "arrival_by_hash": select(arrival.c.inbox)
    .select_from(arrival.join(inbox, inbox.c.id == arrival.c.inbox))
    .where(arrival.c.mailbox == param("mailbox"), inbox.c.sha256 == param("sha256"))
    .order_by(arrival.c.inbox),
    "mail_claim_insert": inserted(mail_claim),
    "mail_claim": select(mail_claim.c.inbox, mail_claim.c.digest, inbox.c.verdict)
    .select_from(mail_claim.join(inbox, inbox.c.id == mail_claim.c.inbox))
    .where(mail_claim.c.message_id == param("message_id")),
    "mail_claim_move": update(mail_claim)
    .values(inbox=number("inbox"), digest=param("digest"))
    .where(mail_claim.c.message_id == param("message_id"), mail_claim.c.inbox == number("before")),
    "signature_check": select(signature_check).where(signature_check.c.inbox == number("of_mail")),
    "signature_check_insert": inserted(signature_check),
    "mail_attempt": select(mail_attempt).where(mail_attempt.c.inbox == number("of_mail")),
    "mail_attempt_insert": inserted(mail_attempt),
    "mail_attempt_again": update(mail_attempt)
    .values(begun=mail_attempt.c.begun + literal_column("1"))
    .where(mail_attempt.c.inbox == number("of_mail")),
    "mail_attempt_end": delete(mail_attempt).where(mail_attempt.c.inbox == number("of_mail")),
    "answer_insert": inserted(answer_given),
    "answers_lately": select(answer_given)
    .where(
        answer_given.c.address == param("address"),
        answer_given.c.day >= param("since"),
        answer_given.c.day <= param("until"),
    )
    .order_by(answer_given.c.day.desc(), answer_given.c.number.desc())
    .limit(number("at_most_rows"))
    .offset(NOTHING_SKIPPED),
    "answers_forget": delete(answer_given).where(
        answer_given.c.address == param("address"), answer_given.c.day < param("before")
    ),
    "letter_newest_id": select(letter.c.message_id)
    .order_by(letter.c.id.desc())
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    "mailbox_mark": select(mailbox_mark).where(mailbox_mark.c.mailbox == param("mailbox")),
    "mailbox_mark_set": upserted(mailbox_mark, "mailbox"),
    "attachment_insert": insert(attachment)
    .values({column.name: bindparam(column.name, type_=column.type) for column in attachment.c})
    .on_conflict_do_nothing(),
    "attached_insert": inserted(attached),
    "attached_of_mail": select(
        attached.c.name, attachment.c.sha256, attachment.c.type, attachment.c.size
    )
    .select_from(attached.join(attachment, attachment.c.sha256 == attached.c.sha256))
    .where(attached.c.inbox == number("of_mail"))
    .order_by(attached.c.place),
    "attachment_content": select(attachment.c.content).where(
        attachment.c.sha256 == param("sha256")
    ),
    "attached_forget": delete(attached).where(attached.c.inbox == number("of_mail")),
    "attachments_forget": delete(attachment).where(
        attachment.c.sha256.not_in(select(attached.c.sha256))
    ),
}

"""Statements that read everything once, to see whether it hangs together."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, func, not_, null, select

from engine.store.description.sources import history, inbox, letter, request, share, timer
from engine.store.description.sources_intake import attachment

_of_letter = [column for column in letter.columns if column.name != "raw"]
_letters = select(
    *_of_letter, request.c.number, letter.c.raw.is_(null()).label("no_raw")
).select_from(letter.outerjoin(request, request.c.id == letter.c.request))

STATEMENTS: Mapping[str, ClauseElement] = {
    "verify_shares": select(share).order_by(share.c.request, share.c.id),
    "verify_timers": select(timer).order_by(timer.c.request, timer.c.id),
    "verify_letters": _letters.order_by(letter.c.id),
    "verify_letter_bytes": select(letter.c.id, letter.c.raw, letter.c.raw_sha256, request.c.number)
    .select_from(letter.outerjoin(request, request.c.id == letter.c.request))
    .where(not_(letter.c.raw.is_(null())))
    .order_by(letter.c.id),
    "verify_mail_bytes": select(inbox.c.id, inbox.c.raw, inbox.c.sha256, request.c.number)
    .select_from(inbox.outerjoin(request, request.c.id == inbox.c.request))
    .where(not_(inbox.c.raw.is_(null())))
    .order_by(inbox.c.id),
    "recorded_span": select(
        func.min(history.c.recorded_at).label("first"),
        func.max(history.c.recorded_at).label("last"),
    ),
    "verify_attachments": select(attachment.c.sha256, attachment.c.content).order_by(
        attachment.c.sha256
    ),
}

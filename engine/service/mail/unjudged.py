"""Stored messages that nobody has judged, judged by whichever worker comes first."""

from __future__ import annotations

from datetime import datetime

from engine.service.acting import in_transaction
from engine.service.mail import attempts
from engine.service.mail.vouching import first_reading
from engine.service.receive import MailOutcome, judge
from engine.service.site import Site
from engine.store import inbox
from engine.store.database import Transaction


def handle_free(site: Site, mail: int, at: datetime) -> MailOutcome | None:
    """As `receive.handle`; None at once when another worker has the message in hand, or had."""
    # Asked twice: reading a message costs more than the question.
    earlier = attempts.begun(site, mail)
    if earlier is None:
        return None
    fatal = attempts.is_fatal(site, mail, at, earlier)
    try:
        reading = attempts.FATAL if fatal else first_reading(site, mail, at)

        def work(tx: Transaction) -> MailOutcome | None:
            return judge(site, tx, mail, reading, at) if inbox.is_free(tx, mail) else None

        return in_transaction(site, work)
    except Exception:
        attempts.given_up(site, mail)
        raise

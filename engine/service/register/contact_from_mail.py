"""The writer of a stored mail, registered by a coordinator."""

from __future__ import annotations

from datetime import datetime

from engine.errors import RefusedError
from engine.model import Reason
from engine.service.judged import Incoming
from engine.service.mail.vouching import reading_of
from engine.service.mail.writer_duty import duty_of_writer
from engine.service.register.contacts import Holder
from engine.service.site import Site
from engine.store import inbox


def writer_of(site: Site, mail: int, at: datetime) -> Holder:
    """Whoever wrote message `mail`, as the holder of the duty that the mail makes certain.

    NotFoundError for an unknown message, RefusedError where only its hash has been kept, where it
    names no sender, or where nothing makes the duty certain.
    """
    with site.database.reading() as tx:
        row = inbox.get(tx, mail)
        reading = reading_of(site, tx, mail)
        if reading is None:
            raise RefusedError((Reason("mail_forgotten", {"mail": mail}),))
        place = duty_of_writer(Incoming(site=site, tx=tx, inbox=mail, reading=reading, at=at), row)
    if place is None or not row.sender:
        raise RefusedError(
            (Reason("mail_of_no_duty", {"mail": mail, "sender": row.sender or "–"}),)
        )
    return Holder(party=place[0], duty=place[1], email=row.sender)

"""Openings beyond what an address may open in a day wait, and open when a new day has room."""

from __future__ import annotations

from datetime import datetime

from engine.errors import UnwritableError
from engine.service import receive
from engine.service.answering.not_acted import OPENINGS_USED_UP
from engine.service.answering.openings.opening_mail import openings
from engine.service.site import Site
from engine.store.mail_in import inbox


def open_waiting(site: Site, at: datetime) -> int:
    """Judge anew what waits, of each sender as many as may open at `at`, those that came first
    first; returns how many requests were opened (INTERFACE §5.1).
    """
    with site.database.reading() as tx:
        waiting = [
            mail
            for sender in inbox.waiting_senders(tx, OPENINGS_USED_UP)
            if (left := openings(site, tx, sender, at)[1])
            for mail in inbox.waiting_of(tx, sender, OPENINGS_USED_UP, left)
        ]
    found: list[str] = []
    faults: list[Exception] = []
    for mail in waiting:
        try:
            found.append(receive.retry(site, mail, at).verdict)
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – one bad message never stops the next
            faults.append(error)
    if faults:
        raise faults[0]
    return found.count("opened")

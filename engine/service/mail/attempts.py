"""A message that is the death of whoever reads it keeps nobody else's waiting (INTERFACE §5.7).

That somebody has begun with a message is committed first, and taken away with the verdict. What
has been begun three times without an end may be innocent all the same: the machine lost its
power, or somebody killed the worker. So it is tried in a process apart, and only what is the death
of that one too, twice, is unreadable.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Final

from engine.errors import KursdelingError
from engine.intake.reading import Reading
from engine.service.acts.acting import in_transaction
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.mail_in import arrivals, inbox

DEATHS: Final = 3
FATAL: Final = Reading(kind="unreadable", notes=("deaths",))
"""What is read of a message that nobody survives."""


def begun(site: Site, mail: int) -> int | None:
    """How often the message has been taken in hand before without an end; None where it does not
    wait to be judged, or another worker has it in hand.
    """

    def work(tx: Transaction) -> int | None:
        return arrivals.begin_judging(tx, mail) if inbox.is_free(tx, mail) else None

    return in_transaction(site, work)


def is_fatal(site: Site, mail: int, at: datetime, earlier: int) -> bool:
    """Whether the message, begun so often before, is the death of every process that judges it."""
    if earlier < DEATHS:
        return False
    return site.died_of is None or all(site.died_of(mail, at) for _ in range(2))


def given_up(site: Site, mail: int) -> None:
    """Keep that the message was not the death of anybody, who only could not judge it now."""
    # Where the database is away, the next begins where this one ends.
    with suppress(KursdelingError), site.database.transaction() as tx:
        arrivals.end_judging(tx, mail)

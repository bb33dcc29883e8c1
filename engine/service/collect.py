"""Mail fetched from the site's mailboxes: stored, committed, judged, and only then acknowledged.

A message that is the death of whoever reads it keeps nobody else's waiting (INTERFACE §5.7). That
somebody has begun with it is committed first, and taken away with the verdict. What has been begun
three times without an end may be innocent all the same: the machine lost its power, or somebody
killed the worker. So it is tried in a process apart, and only what is the death of that one too,
twice, is unreadable.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from msgspec import Struct, field

from engine.errors import KursdelingError, UnwritableError
from engine.intake.reading import Reading
from engine.ports import Arrived, Mailbox, Mark
from engine.service import receive
from engine.service.acts.acting import in_transaction
from engine.service.mail.verdict import MailOutcome
from engine.service.mail.vouching import first_reading
from engine.service.receive import judge
from engine.service.site import Site, always
from engine.store.database import Transaction
from engine.store.mail_in import arrivals, inbox

OVERLAP = timedelta(days=2)
"""How far back a mailbox with new numbers is read again: what is known is not stored twice."""


class Collected(Struct):
    """What the mailboxes held, and what could not be read or judged; that is tried again."""

    outcomes: list[MailOutcome] = field(default_factory=list)
    faults: list[KursdelingError | str] = field(default_factory=list)


def collect(
    site: Site, at: datetime, *, go_on: Callable[[], bool] = always, judging: bool = True
) -> Collected:
    """Fetch and judge everything that waits in the site's mailboxes, for as long as `go_on`; only
    store it where nothing is to be judged now.

    A mailbox that cannot be read, or a message that cannot be judged, never stops the next; what
    is fetched stays where it was until its verdict is committed.
    """
    found = Collected()
    for mailbox in site.mailboxes():
        try:
            with mailbox:
                _Pass(site, mailbox, at, found, judging=judging).run(go_on)
        except UnwritableError:
            raise
        except KursdelingError as error:
            found.faults.append(error)
    return found


class _Pass:
    """One mailbox gone through once."""

    def __init__(
        self, site: Site, mailbox: Mailbox, at: datetime, found: Collected, *, judging: bool
    ) -> None:
        self._site = site
        self._mailbox = mailbox
        self._at = at
        self._found = found
        self._judging = judging
        self._whole = True
        """Whether everything until now was handed over, so that the mark may move on."""

    def run(self, go_on: Callable[[], bool]) -> None:
        read, since = self._read()
        if self._mailbox.beside and read is None and not self._judging:
            return  # how far back to read is told by a clock that nobody trusts now
        for arrived in self._mailbox.messages(read, since):
            if not go_on():
                return
            if isinstance(arrived.raw, bytes):
                self._take(arrived, arrived.raw)
            else:
                self._found.faults.append(arrived.raw)
                self._whole = False
        with self._site.database.transaction() as tx:
            self._remember(tx, self._mailbox.mark)

    def _read(self) -> tuple[Mark | None, datetime]:
        with self._site.database.reading() as tx:
            earlier = arrivals.mark_of(tx, self._mailbox.name)
        read, last_time = earlier or (None, self._at)
        back = timedelta(days=self._site.look_back_days)
        return read, min(self._at - back, last_time - OVERLAP)

    def _remember(self, tx: Transaction, mark: Mark) -> None:
        if self._mailbox.beside and self._whole:
            arrivals.set_mark(tx, self._mailbox.name, mark, self._at)

    def _take(self, arrived: Arrived, raw: bytes) -> None:
        mail, verdict, earlier = in_transaction(
            self._site, lambda tx: self._stored(tx, arrived, raw)
        )
        if self._judging:
            verdict = verdict or self._judged(mail, raw, earlier)
        if verdict:
            self._mailbox.judged(arrived.source, verdict)

    def _stored(self, tx: Transaction, arrived: Arrived, raw: bytes) -> tuple[int, str | None, int]:
        mail = self._known(tx, arrived, raw)
        if mail is None:
            mail = inbox.take(
                tx,
                raw,
                arrived.source,
                {},
                received_at=self._at,
                recorded_at=self._site.clock.now(),
            )
            arrivals.record(tx, self._mailbox.name, arrived.source, mail)
        self._remember(tx, arrived.mark)
        verdict = inbox.get(tx, mail).verdict
        begun = self._judging and not verdict
        return mail, verdict, arrivals.begin_judging(tx, mail) if begun else 0

    def _known(self, tx: Transaction, arrived: Arrived, raw: bytes) -> int | None:
        mail = arrivals.arrived(tx, arrived.source)
        if mail is None and self._mailbox.beside:
            # A mailbox may give all its messages new numbers; nothing there tells what was read.
            return arrivals.known(tx, self._mailbox.name, sha256(raw).hexdigest())
        return mail

    def _judged(self, mail: int, raw: bytes, earlier: int) -> str:
        try:
            fatal = is_fatal(self._site, mail, self._at, earlier)
            known = FATAL if fatal else None
            outcome = receive.handle(self._site, mail, self._at, raw, known)
        except UnwritableError:
            raise
        except Exception as error:  # noqa: BLE001 – one bad message never stops the next
            given_up(self._site, mail)
            self._found.faults.append(f"mail {mail}: {type(error).__name__}: {error}")
            return ""
        self._found.outcomes.append(outcome)
        return outcome.verdict


def handle_free(site: Site, mail: int, at: datetime) -> MailOutcome | None:
    """As `receive.handle`; None at once when another worker has the message in hand, or had."""
    # Asked twice: reading a message costs more than the question.
    earlier = begun(site, mail)
    if earlier is None:
        return None
    fatal = is_fatal(site, mail, at, earlier)
    try:
        reading = FATAL if fatal else first_reading(site, mail, at)

        def work(tx: Transaction) -> MailOutcome | None:
            return judge(site, tx, mail, reading, at) if inbox.is_free(tx, mail) else None

        return in_transaction(site, work)
    except Exception:
        given_up(site, mail)
        raise


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

"""Mail out: claim letters, fix their bytes, hand them over, and record what became of each."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from engine.errors import StoreError
from engine.ports import Delivery, Draft, Entry, Envelope, File, Message
from engine.service.letters.posting import envelope_of
from engine.service.letters.sending_limits import room
from engine.service.mail.bounces import undeliverable
from engine.service.networks.brought import files_of
from engine.service.site import Site, always
from engine.store.database import Transaction
from engine.store.mail_out import calendar_entries, departures, letters
from engine.store.mail_out.letters import LetterRow

BATCH = 100
"""How many letters are claimed at a time."""
AHEAD = 20
"""How many letters are written at a time, while those before them are on their way."""
FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(hours=6)
DOUBLED = 7
"""After so many doublings the wait is the longest one."""
LEASE = timedelta(minutes=10)
"""A letter that stands as `sending` for longer belonged to a worker that is gone."""
HAND_OVER_WITHIN = LEASE / 2
"""An older claim is given back: the transport needs time of its own before the lease ends."""
GIVE_UP_AFTER = timedelta(days=5)
"""From the first failure on; RFC 5321 §4.5.4.1: give up after four to five days."""


def deliver(site: Site, at: datetime, go_on: Callable[[], bool] = always) -> Counter[str]:
    """Hand over every letter that is due at `at`; how many ended in which state.

    A letter is `sending`, with its exact bytes stored, before the transport hears of it: what a
    crash leaves in `sending` goes again with the same bytes. Where the server cannot be reached,
    every letter is put off. It ends early, between two letters, when `go_on` says no or letters are
    paused; those that it had claimed wait again.
    """
    turn = _Turn(site, at, go_on)
    try:
        while turn.may_go_on() and turn.has_ready():
            for outcomes in site.notifier().send(turn.messages()):
                turn.record(outcomes)
            turn.put_off()
            turn.give_back()
    except BaseException:
        # The lease gives back what the database cannot.
        with suppress(StoreError):
            turn.give_back()
        raise
    return turn.count


@dataclass(slots=True)
class _Turn:
    """The letters of one pass: claimed, then ready with their bytes stored, then handed over."""

    site: Site
    at: datetime
    go_on: Callable[[], bool]
    count: Counter[str] = field(default_factory=Counter)
    claimed: deque[LetterRow] = field(default_factory=deque)
    known: dict[int, bytes] = field(default_factory=dict)
    """The bytes of claimed letters that have been tried before."""
    ready: deque[tuple[LetterRow, bytes]] = field(default_factory=deque)
    handed: dict[int, LetterRow] = field(default_factory=dict)
    paused: bool = False
    out_of_reach: Delivery | None = None
    began: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.site.clock.now()

    def may_go_on(self) -> bool:
        """Whether another letter may be handed over."""
        return not self.paused and self.out_of_reach is None and self.go_on()

    def has_ready(self) -> bool:
        """Whether a letter is ready to go; claims letters and writes them as it must."""
        while not self.ready:
            if not self.claimed:
                self._claim()
            if not self.claimed:
                return False
            self._write_some()
        return True

    def messages(self) -> Iterator[Message]:
        """Letters for the transport, until none is due or they have been claimed for too long."""
        while self.has_ready() and self._is_ours(self.ready[0][0]) and self.may_go_on():
            row, raw = self.ready[0]
            receiver, content = self.site.carried(row.receiver, raw)
            self.ready.popleft()
            self.handed[row.id] = row
            yield row.id, receiver, content

    def record(self, outcomes: Sequence[tuple[int, Delivery]]) -> None:
        """Commit what became of letters."""
        with self.site.database.transaction() as tx:
            for letter, delivery in outcomes:
                self._settle(tx, self.handed.pop(letter), delivery)
                if not delivery.reached:
                    self.out_of_reach = delivery
            self.paused = departures.paused(tx) is not None

    def put_off(self) -> None:
        """Let every letter that is due be tried later, where nobody can be reached now."""
        if self.out_of_reach is None:
            return
        while rows := self._unsent():
            with self.site.database.transaction() as tx:
                for row in rows:
                    self._settle(tx, row, self.out_of_reach)
            self._clear()
            self._claim()

    def give_back(self) -> None:
        """Let claimed letters that nobody has heard of wait again."""
        if rows := self._unsent():
            with self.site.database.transaction() as tx:
                letters.give_back(tx, [row.id for row in rows])
            self._clear()

    def _now(self) -> datetime:
        """Business time that goes on while letters are on their way."""
        return self.at + (self.site.clock.now() - self.began)

    def _is_ours(self, row: LetterRow) -> bool:
        return row.claimed_at is not None and self._now() - row.claimed_at < HAND_OVER_WITHIN

    def _unsent(self) -> list[LetterRow]:
        return [row for row, _ in self.ready] + list(self.claimed)

    def _clear(self) -> None:
        self.ready.clear()
        self.claimed.clear()
        self.known.clear()

    def _claim(self) -> None:
        now = self._now()
        with self.site.database.transaction() as tx:
            most = room(tx, self.site.pace, now, BATCH)
            rows = letters.reclaim(tx, now, lost_before=now - LEASE, limit=most)
            rows += letters.claim(tx, self.at, most - len(rows), claimed_at=now)
            self.known.update(departures.bytes_of(tx, [row.id for row in rows]))
        self.claimed.extend(rows)

    def _write_some(self) -> None:
        """Fix the bytes of the next letters; one that cannot be written is dead."""
        rows = list(_each_once(islice(self.claimed, AHEAD)))
        new = [row for row in rows if row.id not in self.known]
        if new:
            with self.site.database.reading() as tx:
                entries = calendar_entries.standing(tx, new)
                files = {row.id: files_of(tx, row) for row in new}
            # Nothing is locked while letters are written.
            drafts = {
                row.id: self._draft(
                    row, entries.get(calendar_entries.whose(row), ()), files[row.id]
                )
                for row in new
            }
            with self.site.database.transaction() as tx:
                for row in rows:
                    self._keep(tx, row, drafts.get(row.id))
        for row in rows:
            self.claimed.popleft()
            if row.id in self.known:
                self.ready.append((row, self.known.pop(row.id)))

    def _draft(
        self, row: LetterRow, entries: tuple[Entry, ...], files: tuple[File, ...]
    ) -> Draft | Delivery:
        try:
            return self.site.letters.draft(envelope_of(row, entries, files))
        except Exception as error:  # noqa: BLE001 – one letter's fault never stops the others
            return Delivery(state="dead", code=0, text=f"{type(error).__name__}: {error}")

    def _keep(self, tx: Transaction, row: LetterRow, draft: Draft | Delivery | None) -> None:
        match draft:
            case Delivery():
                self._settle(tx, row, draft)
            case Draft():
                self.known[row.id] = keep(tx, row.id, draft)
            case None:
                pass  # written and kept at an earlier attempt

    def _settle(self, tx: Transaction, row: LetterRow, delivery: Delivery) -> None:
        state, text = delivery.state, delivery.text
        if state == "retry":
            since = departures.delayed_since(tx, row.id, self.at)
            if self.at - since >= GIVE_UP_AFTER:
                state, text = "dead", f"given up after {GIVE_UP_AFTER.days} days: {text}"
        wait = min(FIRST_RETRY * 2 ** min(row.tries - 1, DOUBLED), LONGEST_RETRY)
        recorded = letters.mark(
            tx,
            row.id,
            state,
            at=self.at,
            claimed_at=row.claimed_at,
            next_try=self.at + wait if state == "retry" else None,
            code=delivery.code,
            text=text,
        )
        if recorded and state == "dead":
            undeliverable(tx, self.site, row, (delivery.code, text), self.at)
        self.count[state] += recorded


def _each_once(rows: Iterable[LetterRow]) -> Iterator[LetterRow]:
    """The rows until one is for a calendar that one before it may change."""
    seen = set()
    for row in rows:
        calendar = calendar_entries.whose(row)
        if calendar in seen:
            return
        seen.add(calendar)
        yield row


def keep(tx: Transaction, letter: int, draft: Draft) -> bytes:
    """Fix what the letter is from now on; the bytes that every attempt sends."""
    raw = letters.store_bytes(tx, letter, draft.raw, draft.subject)
    if raw == draft.raw:
        calendar_entries.keep(tx, letter, draft.entries)
    return raw


def envelope_in(tx: Transaction, row: LetterRow) -> Envelope:
    """Everything that the letter's bytes need, as they would go now."""
    entries = calendar_entries.standing(tx, [row])
    return envelope_of(row, entries.get(calendar_entries.whose(row), ()), files_of(tx, row))

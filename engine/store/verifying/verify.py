"""Proves that what is stored hangs together, and names every place where it does not.

Everything streams by, request by request, so that a large site does not fill the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

from msgspec import Struct, field

from engine.calendar import oslo_day
from engine.model import Language, Reason
from engine.store.database import Row, Transaction
from engine.store.encoding import read_instant
from engine.store.verifying.verify_beside import Courses, count_faults, mail_faults, register_faults
from engine.store.verifying.verify_chain import (
    chain_faults,
    outcome_faults,
    outcomes_of,
    state_faults,
)
from engine.store.verifying.verify_rows import (
    Rules,
    bytes_fault,
    letter_faults,
    share_faults,
    timer_faults,
)
from engine.wording.catalogue import say

__all__ = ["Broken", "Rules", "Verification", "general", "heads", "verify"]

Progress = Callable[[str, int], None]
"""Told (what is looked at, how many of them so far) now and then."""
EVERY = 1000
FEW = 8
"""How many mails or letters are in memory at once."""


class Broken(Struct, frozen=True, kw_only=True):
    """One place where the stored rows contradict themselves."""

    request: str
    """The request's number; empty for what is about no single request."""
    seq: int | None
    found: Reason

    def told(self, language: Language) -> str:
        """What is wrong, as a phrase without a capital."""
        return say(f"broken.{self.found.code}", language, **self.found.values)


class Verification(Struct, frozen=True, kw_only=True):
    """What was looked at, and what is broken."""

    requests: int
    events: int
    broken: tuple[Broken, ...]

    @property
    def ok(self) -> bool:
        """Whether everything hangs together."""
        return not self.broken


def verify(
    tx: Transaction, rules: Rules, progress: Progress = lambda _what, _count: None
) -> Verification:
    """Check every request's chain, state, version, shares and timers, every letter, the bytes of
    mails and letters, and the numbers that were given.
    """
    walk = _Walk(tx=tx, rules=rules, progress=progress)
    broken = [*walk.requests(), *walk.letters(), *walk.stored_bytes(), *walk.beside()]
    broken += _number_faults(tx, walk.given)
    broken += _version_faults(tx, rules, walk.used)
    return Verification(requests=walk.seen, events=walk.events, broken=tuple(broken))


def heads(tx: Transaction) -> Iterator[tuple[str, int, str]]:
    """(request, seq, hash) of each request's last event, to be kept somewhere else."""
    for row in tx.stream("requests_all"):
        yield row["number"], row["seq"], row["head"]


class _Walk(Struct, kw_only=True):
    tx: Transaction
    rules: Rules
    progress: Progress
    seen: int = 0
    events: int = 0
    given: dict[int, set[str]] = field(default_factory=dict)
    """The numbers that stand, by the year of opening."""
    courses: Courses = field(default_factory=Courses)
    mails: dict[int, str] = field(default_factory=dict)
    """The hashes of mails that brought events about."""
    used: set[tuple[str, int]] = field(default_factory=set)

    def requests(self) -> Iterator[Broken]:
        """What is wrong with each request, in the order of their numbers."""
        addresses = _addresses(self.tx)
        chains = _Beside("stray_history", self.tx.stream("history_all"))
        shares = _Beside("stray_share", self.tx.stream("verify_shares"))
        timers = _Beside("stray_timer", self.tx.stream("verify_timers"))
        grounds = _Beside("stray_grounds", self.tx.stream("grounds_all"))
        letters = _Beside("stray_letter", self.tx.stream("verify_tokens"))
        for request in self.tx.stream("requests_all"):
            chain = chains.of(request["id"])
            number = self._counted(request, chain)
            reasons = {row["seq"]: row for row in grounds.of(request["id"])}
            left = {row["seq"]: outcome for row, outcome in outcomes_of(chain, reasons)}
            tokens = {row["token"] for row in letters.of(request["id"])}
            self._note(chain, left)
            faults = (
                *chain_faults(chain, reasons, addresses, left),
                *state_faults(request, chain),
                *outcome_faults(request, chain, left, tokens),
                *share_faults(request, chain, shares.of(request["id"]), self.rules, left),
                *timer_faults(request, timers.of(request["id"]), self.rules),
            )
            for seq, found in faults:
                yield Broken(request=number, seq=seq, found=found)
        for beside in (chains, shares, timers, grounds, letters):
            yield from (general(found) for found in beside.strays())

    def _counted(self, request: Row, chain: list[Row]) -> str:
        self.seen += 1
        self.events += len(chain)
        if self.seen % EVERY == 0:
            self.progress("request", self.seen)
        number = request["number"] or ""
        year = oslo_day(read_instant(request["opened_at"])).year
        self.given.setdefault(year, set()).add(number)
        self.used |= {(row["workflow"], row["version"]) for row in (request, *chain)}
        return number

    def _note(self, chain: Sequence[Row], left: Mapping[int, Mapping[str, Any]]) -> None:
        """Keep what the events left of courses, and the hashes of the mails that caused them."""
        for row in chain:
            outcome = left.get(row["seq"], {})
            if "course" in outcome:
                course, digest = outcome["course"]
                self.courses.note(course, (row["recorded_at"], row["at"]), digest)
            if outcome.get("mail"):
                self.mails[int(row["cause_ref"])] = outcome["mail"]

    def beside(self) -> Iterator[Broken]:
        """What is wrong with courses, with mails, with the register, and with what was counted."""
        faults = (
            *self.courses.faults(self.tx.stream("verify_courses")),
            *mail_faults(self.tx, self.mails),
            *register_faults(self.tx),
            *count_faults(self.tx),
        )
        yield from (general(found) for found in faults)

    def letters(self) -> Iterator[Broken]:
        """What is wrong with each letter, oldest first."""
        for count, row in enumerate(self.tx.stream("verify_letters"), 1):
            if count % EVERY == 0:
                self.progress("letter", count)
            for found in letter_faults(row):
                yield _of_row(row, found)

    def stored_bytes(self) -> Iterator[Broken]:
        """Mails, letters and attachments whose bytes are not those that were stored."""
        for row in self._few("verify_letter_bytes", "letter"):
            if bytes_fault(row["raw"], row["raw_sha256"]):
                yield _of_row(row, Reason("letter_bytes"))
        for row in self._few("verify_mail_bytes", "mail"):
            if bytes_fault(row["raw"], row["sha256"]):
                yield _of_row(row, Reason("mail_bytes"))
        for row in self._few("verify_attachments", "attachment"):
            if bytes_fault(row["content"], row["sha256"]):
                yield general(Reason("attachment_bytes", {"id": row["sha256"]}))

    def _few(self, name: str, what: str) -> Iterator[Row]:
        for count, row in enumerate(self.tx.stream(name, batch=FEW), 1):
            if count % EVERY == 0:
                self.progress(what, count)
            yield row


class _Beside:
    """Rows that stand beside requests, handed out by request in the requests' order."""

    def __init__(self, code: str, rows: Iterable[Row]) -> None:
        self._code = code
        self._groups = groupby(rows, key=lambda row: row["request"])
        self._waiting: tuple[int, list[Row]] | None = None
        self._strays: list[int] = []

    def of(self, request: int) -> list[Row]:
        """The request's rows; those of requests before it that do not exist are strays."""
        while (group := self._next()) is not None:
            key, rows = group
            if key == request:
                self._waiting = None
                return rows
            if key > request:
                return []
            self._strays.append(key)
            self._waiting = None
        return []

    def strays(self) -> Iterator[Reason]:
        """What is said of each request that does not exist, once all that do were asked for."""
        while (group := self._next()) is not None:
            self._strays.append(group[0])
            self._waiting = None
        for key in self._strays:
            yield Reason(self._code, {"id": key})

    def _next(self) -> tuple[int, list[Row]] | None:
        if self._waiting is None:
            group = next(self._groups, None)
            self._waiting = None if group is None else (group[0], list(group[1]))
        return self._waiting


def _of_row(row: Row, found: Reason) -> Broken:
    """What is wrong with a letter or a mail, with the request that it is about."""
    values = {**found.values, "id": row["id"]}
    return Broken(request=row["number"] or "", seq=None, found=Reason(found.code, values))


def general(found: Reason) -> Broken:
    """What is wrong, about no single request."""
    return Broken(request="", seq=None, found=found)


def _number_faults(tx: Transaction, standing: dict[int, set[str]]) -> Iterator[Broken]:
    last = {row["year"]: row["last"] for row in tx.all("counters")}
    for year in sorted({*last, *standing}):
        wanted = {f"KD-{year}-{place:04d}" for place in range(1, last.get(year, 0) + 1)}
        for number in sorted(standing.get(year, set()) ^ wanted):
            found = Reason("number_gone" if number in wanted else "number_foreign")
            yield Broken(request=number, seq=None, found=found)


def _version_faults(tx: Transaction, rules: Rules, used: set[tuple[str, int]]) -> Iterator[Broken]:
    kept = set()
    for row in tx.stream("workflow_versions"):
        name, version = row["name"], row["version"]
        kept.add((name, version))
        if sha256(row["text"].encode()).hexdigest() != row["sha256"]:
            yield general(Reason("routine_text", {"name": name, "version": version}))
        elif rules.sha256(name, version) not in {None, row["sha256"]}:
            yield general(Reason("routine_other", {"name": name, "version": version}))
    for name, version in sorted(used - kept):
        yield general(Reason("routine_lost", {"name": name, "version": version}))


def _addresses(tx: Transaction) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in tx.all("contacts"):
        found.setdefault(row["id"], {row["email"]}).add(row["address"] or row["email"])
    return found

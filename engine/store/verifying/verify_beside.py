"""What is wrong with what stands beside requests: courses, mails, the register, and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from engine.model import Reason
from engine.store.chain import course_digest
from engine.store.contacts import register_proof
from engine.store.database import Row, Transaction
from engine.store.encoding import structure
from engine.store.mail_in import attachments, sorting
from engine.store.seals import seal_of_mail

When = tuple[str, str]
COUNTING: Final = {"history": "count_history", "timer": "count_timer", "letter": "count_letter"}
"""What counts the rows of each table of which none is ever removed."""


class Courses:
    """What the last event about each course left of it."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[When, set[str]]] = {}

    def note(self, course: int, when: When, digest: str) -> None:
        """An event left the course so; of several at one moment any may have been the last."""
        last, digests = self._last.get(course, (when, set()))
        if when > last:
            last, digests = when, set()
        if when == last:
            self._last[course] = last, digests | {digest}

    def faults(self, courses: Iterable[Row]) -> Iterator[Reason]:
        """Courses that no event has left so, and those that are gone."""
        left = dict(self._last)
        for row in courses:
            _, digests = left.pop(row["id"], ("", None))
            if digests is not None and course_digest(row) not in digests:
                yield Reason("course_changed", {"id": row["id"], "name": row["short_name"]})
        for course in left:
            yield Reason("course_gone", {"id": course})


def mail_faults(tx: Transaction, causes: Mapping[int, str]) -> Iterator[Reason]:
    """Mails that were removed, brought in or changed, and what came along with them."""
    seals = {row["inbox"]: row for row in tx.stream("mail_seals")}
    came = _digests(tx.stream("verify_attached"), attachments.digest_of)
    sorted_by_hand = _digests(tx.stream("verify_sorted"), sorting.digest_of)
    known = set()
    for row in tx.stream("verify_mails"):
        mail = row["id"]
        known.add(mail)
        seal = seals.get(mail)
        if seal is None:
            yield Reason("mail_foreign", {"id": mail})
            continue
        if seal["seal"] != seal_of_mail(row):
            yield Reason("mail_changed", {"id": mail})
        if seal["attached"] != came.get(mail, ""):
            yield Reason("mail_attachments", {"id": mail})
        if seal["sorted"] != sorted_by_hand.get(mail, ""):
            yield Reason("mail_sorted", {"id": mail})
        if causes.get(mail, row["sha256"]) != row["sha256"]:
            yield Reason("mail_other", {"id": mail})
    for mail in sorted((seals.keys() | causes.keys()) - known):
        yield Reason("mail_gone", {"id": mail})


def _digests(rows: Iterable[Row], digest_of: Callable[[Iterable[Row]], str]) -> dict[int, str]:
    return {mail: digest_of(own) for mail, own in groupby(rows, key=lambda row: row["inbox"])}


def register_faults(tx: Transaction) -> Iterator[Reason]:
    """Tables of the register that somebody else than the program has changed."""
    last: Row | None = None
    for row in tx.stream("register_proofs"):
        if row["hash"] != register_proof.hash_of(row) or row["previous"] != (
            "" if last is None else last["hash"]
        ):
            yield Reason("register_proof", {"id": row["revision"]})
        for table in structure(row["found"]):
            yield Reason("register_before", {"table": table, "id": row["revision"]})
        last = row
    now = register_proof.standing(tx)
    empty = register_proof.digest_of(())
    if last is None:
        changed = tuple(table for table in now if now[table] != empty)
    else:
        changed = register_proof.changed_since(last, now)
    for table in changed:
        yield Reason("register_now", {"table": table})


def count_faults(tx: Transaction) -> Iterator[Reason]:
    """Tables of which rows were removed or brought in."""
    written = {row["kind"]: row["written"] for row in tx.all("tallies")}
    for table, counting in COUNTING.items():
        row = tx.one(counting)
        found = 0 if row is None else row["number"]
        if found != written.get(table, 0):
            yield Reason(
                "rows_count", {"table": table, "count": written.get(table, 0), "found": found}
            )

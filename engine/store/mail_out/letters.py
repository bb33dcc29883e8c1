"""Letters as rows: finding them, claiming them for delivery, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from engine.errors import NotFoundError, StoreError
from engine.model import Cause, Language, Reason
from engine.store.contacts.addresses import bounce_of
from engine.store.database import Row, Transaction
from engine.store.encoding import (
    canonical,
    instant,
    maybe_instant,
    read_as,
    structure,
)
from engine.store.mail_out.departures import forget_delay
from engine.store.mail_out.outbox import Outbox, named_by_template, write_letter
from engine.wording.names import LETTER_STATE_NAMES

__all__ = [
    "LetterRow", "Outbox", "by_message_ids", "by_token", "cancel", "claim", "counts", "get",
    "give_back", "hold", "listed", "mark", "newest_id", "of_mail", "of_request", "read", "reclaim",
    "release", "retry", "store_bytes", "stored_bytes", "write_letter", "written_since",
]  # fmt: skip


class LetterRow(Struct, frozen=True, kw_only=True):
    """One letter as it stands; its bytes are read apart."""

    id: int
    request: str
    """The request's number, empty for a letter about no request."""
    request_id: int | None
    workflow: str
    inbox: int | None
    cause: Cause
    role: str
    party: str | None
    receiver: str
    template: str
    language: Language
    variables: Mapping[str, Any]
    subject: str | None
    """None for one of an earlier release that has not been handed over."""
    message_id: str
    token: str
    in_reply_to: str
    at_once: bool
    told: bool
    """Whether it waits to leave with others to the same person (INTERFACE §5.6)."""
    state: str
    not_before: datetime
    """When it may leave; after a failed attempt, when to try again."""
    written_at: datetime
    claimed_at: datetime | None
    sent_at: datetime | None
    tries: int
    code: int | None
    error: str

    @property
    def told_subject(self) -> str:
        """The subject for a list; a letter that has none yet is named by its template."""
        return self.subject or named_by_template(self.template, self.request, self.token)


def get(tx: Transaction, letter: int) -> LetterRow:
    """The letter with that id; NotFoundError when there is none."""
    row = tx.one("letter_by_id", {"of_letter": letter})
    if row is None:
        raise NotFoundError(
            f"there is no letter {letter}", reason=Reason("letter_missing", {"letter": letter})
        )
    return read(row)


def listed(tx: Transaction, state: str = "") -> tuple[LetterRow, ...]:
    """Every letter, or those in `state`, oldest first."""
    return _rows(tx.all("letter_list", {"of_state": state}))


def of_request(tx: Transaction, number: str) -> tuple[LetterRow, ...]:
    """Every letter about the request, oldest first."""
    return _rows(tx.all("letters_of_request", {"number": number}))


def of_mail(tx: Transaction, mail: int) -> tuple[LetterRow, ...]:
    """Every letter that the stored mail caused, oldest first."""
    return _rows(tx.all("letters_of_mail", {"of_mail": mail}))


def by_message_ids(tx: Transaction, message_ids: Sequence[str]) -> tuple[LetterRow, ...]:
    """Our letters among the Message-IDs, in the order in which these were given."""
    if not message_ids:
        return ()
    rows = _rows(tx.all("letters_by_message_ids", {"message_ids": canonical(message_ids)}))
    found = {row.message_id: row for row in rows}
    return tuple(found[name] for name in dict.fromkeys(message_ids) if name in found)


def by_token(tx: Transaction, number: str, token: str) -> LetterRow | None:
    """The letter about the request `number` (may be empty) that bears the token."""
    rows = _rows(tx.all("letters_by_token", {"token": token}))
    return next((row for row in rows if row.request == number), None)


def newest_id(tx: Transaction) -> str:
    """The Message-ID of the letter that was written last; empty where there is none."""
    row = tx.one("letter_newest_id")
    return "" if row is None else str(row["message_id"])


def written_since(tx: Transaction, receiver: str, template: str, since: datetime) -> bool:
    """Whether `receiver` has been written to from `template` at `since` or later."""
    params = {"receiver": receiver, "template": template, "since": instant(since)}
    return tx.one("letter_written_since", params) is not None


def counts(tx: Transaction) -> dict[str, int]:
    """How many letters stand in each state."""
    return {row["state"]: row["number"] for row in tx.all("letter_counts")}


def claim(
    tx: Transaction, at: datetime, limit: int, *, claimed_at: datetime | None = None
) -> tuple[LetterRow, ...]:
    """Take at most `limit` letters that may leave at `at`; they stand as `sending` from now on.

    `claimed_at` is when their lease begins (default `at`). Letters that another worker is claiming
    at the same moment are passed over.
    """
    begins = instant(claimed_at or at)
    params = {"at": instant(at), "claimed_at": begins, "at_most_rows": limit}
    return _by_ids(tx, (row["id"] for row in tx.all("letters_claim", params)))


def reclaim(
    tx: Transaction, at: datetime, *, lost_before: datetime, limit: int
) -> tuple[LetterRow, ...]:
    """Take over letters that a worker claimed before `lost_before` and never reported on."""
    params = {
        "lost_before": instant(lost_before),
        "claimed_at": instant(at),
        "at_most_rows": limit,
    }
    return _by_ids(tx, (row["id"] for row in tx.all("letters_reclaim", params)))


def give_back(tx: Transaction, claimed: Iterable[int]) -> None:
    """Let claimed letters that nothing was done about wait again, as before the claim."""
    tx.run("letters_give_back", {"ids": canonical(sorted(claimed))})


def store_bytes(tx: Transaction, letter: int, raw: bytes, subject: str) -> bytes:
    """Keep the exact bytes of the first attempt; the bytes that every attempt sends."""
    params = {"of_letter": letter, "raw": raw, "raw_sha256": sha256(raw).hexdigest()}
    tx.run("letter_store", {**params, "subject": subject})
    return stored_bytes(tx, letter) or raw


def stored_bytes(tx: Transaction, letter: int) -> bytes | None:
    """The bytes of the first attempt; None before it."""
    row = tx.one("letter_raw", {"of_letter": letter})
    return None if row is None else row["raw"]


def mark(
    tx: Transaction,
    letter: int,
    state: Literal["sent", "retry", "dead"],
    *,
    at: datetime,
    code: int | None = None,
    text: str = "",
    next_try: datetime | None = None,
    claimed_at: datetime | None = None,
) -> bool:
    """What became of a claimed letter; False when it was no longer ours to report on.

    Where it is known when the letter was claimed, only that claim may say that it has not left.
    """
    if state == "retry" and next_try is None:
        raise ValueError("a letter to try again needs the time of the next try")
    params = {
        "of_letter": letter,
        "state": state,
        "next_try": maybe_instant(next_try),
        "sent_at": instant(at) if state == "sent" else None,
        "code": code,
        "error": "" if state == "sent" else text,
        "claimed_at": maybe_instant(claimed_at) or "",
    }
    return tx.run("letter_mark", params) == 1


def hold(tx: Transaction, letter: int) -> None:
    """Keep a letter back until it is released; StoreError when it is not waiting."""
    row = get(tx, letter)
    _move(tx, row, ("waiting", "retry"), "held", row.not_before)


def release(tx: Transaction, letter: int, at: datetime) -> None:
    """Let a held letter leave at `at`; StoreError when it is not held, or has no receiver."""
    row = get(tx, letter)
    if not row.receiver:
        raise StoreError(
            f"letter {letter} has nobody to go to",
            reason=Reason("letter_to_nobody", {"letter": letter}),
        )
    forget_delay(tx, letter)
    _move(tx, row, ("held",), "waiting", at)


def cancel(tx: Transaction, letter: int) -> None:
    """See to it that a letter never leaves; StoreError when it has left or is leaving."""
    row = get(tx, letter)
    _move(tx, row, ("waiting", "held", "shadow", "retry", "dead"), "cancelled", row.not_before)


def retry(tx: Transaction, letter: int, at: datetime) -> None:
    """Try a letter again at `at`, with the same bytes; StoreError when it has neither failed nor
    come back.
    """
    row = get(tx, letter)
    came_back = bounce_of(tx, letter)
    lost = came_back is not None and came_back.lost(row.sent_at)
    forget_delay(tx, letter)
    _move(tx, row, ("dead", "retry", "sent") if lost else ("dead", "retry"), "retry", at)


def _move(
    tx: Transaction, row: LetterRow, sources: tuple[str, ...], state: str, not_before: datetime
) -> None:
    params = {
        "of_letter": row.id,
        "from_states": canonical(sources),
        "state": state,
        "not_before": instant(not_before),
        "error": "" if state == "waiting" else row.error,
    }
    if tx.run("letter_move", params) != 1:
        raise StoreError(
            f"letter {row.id} is {row.state}, and cannot become {state}",
            reason=Reason(
                "letter_stands",
                {
                    "letter": row.id,
                    "state": LETTER_STATE_NAMES[row.state],
                    "wanted": LETTER_STATE_NAMES[state],
                },
            ),
        )


def _by_ids(tx: Transaction, ids: Iterable[int]) -> tuple[LetterRow, ...]:
    wanted = canonical(sorted(ids))
    return () if wanted == "[]" else _rows(tx.all("letters_by_ids", {"ids": wanted}))


def _rows(rows: Iterable[Row]) -> tuple[LetterRow, ...]:
    return tuple(read(row) for row in rows)


def read(row: Row) -> LetterRow:
    """The letter that a row of the letter table stands for."""
    return read_as(
        LetterRow,
        row,
        request=row["number"] or "",
        request_id=row["request"],
        workflow=row["workflow"] or "",
        cause=Cause(row["cause_kind"], row["cause_ref"]),
        variables=structure(row["variables"]),
        at_once=bool(row["at_once"]),
        told=bool(row["told"]),
    )

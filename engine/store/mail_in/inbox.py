"""Mail in as rows: stored before anything else happens to it, judged once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from msgspec import Struct

from engine.errors import NotFoundError
from engine.model import Reason
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, instant, read_as, structure


class MailRow(Struct, frozen=True, kw_only=True):
    """One stored message as it stands; its raw bytes are read apart."""

    id: int
    source: str
    envelope: Mapping[str, Any]
    sha256: str
    received_at: datetime
    message_id: str
    digest: str
    sender: str
    subject: str
    kind: str
    verdict: str | None
    """None until the message has been judged."""
    request: str
    """The number of the request that it is about, or empty."""
    events: tuple[Mapping[str, Any], ...]
    reasons: tuple[Any, ...]


def take(
    tx: Transaction,
    raw: bytes,
    source: str,
    envelope: Mapping[str, Any],
    *,
    received_at: datetime,
    recorded_at: datetime,
) -> int:
    """Store a message as it came; its id. Success may be told once the transaction is committed."""
    mail = tx.insert(
        "inbox_insert",
        {
            "raw": raw,
            "sha256": sha256(raw).hexdigest(),
            "source": source,
            "envelope": canonical(envelope),
            "received_at": instant(received_at),
            "recorded_at": instant(recorded_at),
            "message_id": "",
            "digest": "",
            "sender": "",
            "subject": "",
            "kind": "",
            "verdict": None,
            "decided_at": None,
            "request": None,
            "events": "[]",
            "reasons": "[]",
        },
    )
    _seal(tx, mail)
    return mail


def _seal(tx: Transaction, mail: int) -> None:
    tx.run_together([("mail_seal_row", [{"of_mail": mail}])])


def get(tx: Transaction, mail: int) -> MailRow:
    """The message with that id; NotFoundError when there is none."""
    row = tx.one("inbox_by_id", {"of_mail": mail})
    if row is None:
        raise NotFoundError(
            f"there is no mail {mail}", reason=Reason("mail_missing", {"mail": mail})
        )
    return _read(row)


def judged(tx: Transaction, mail: int) -> MailRow | None:
    """The message if it has been judged, else None; held until the transaction ends, so that two
    workers never judge one message. Errors as for `get`.
    """
    row = tx.one("inbox_locked", {"of_mail": mail})
    return get(tx, mail) if row is None or row["verdict"] else None


def is_free(tx: Transaction, mail: int) -> bool:
    """Whether the message waits to be judged, and no other worker has it in hand."""
    return tx.one("inbox_free", {"of_mail": mail}) is not None


def raw_of(tx: Transaction, mail: int) -> bytes | None:
    """The message's bytes; None when they have been removed, or no such message is stored."""
    row = tx.one("inbox_raw", {"of_mail": mail})
    return None if row is None else row["raw"]


def listed(tx: Transaction, verdict: str = "") -> tuple[MailRow, ...]:
    """Every message, or those with `verdict`, oldest first."""
    return tuple(_read(row) for row in tx.all("inbox_list", {"of_verdict": verdict}))


def undecided(tx: Transaction) -> tuple[MailRow, ...]:
    """Messages that were stored but never judged, because something stopped in between."""
    return tuple(_read(row) for row in tx.all("inbox_undecided"))


def counts(tx: Transaction) -> dict[str, int]:
    """How many messages got each verdict; the empty verdict stands for none yet."""
    return {row["verdict"]: row["number"] for row in tx.all("inbox_counts")}


class Earlier(Struct, frozen=True, kw_only=True):
    """An earlier message with the same Message-ID."""

    id: int
    same: bool
    """Whether its content is the same too; a Message-ID with other content is unclear."""
    verdict: str | None


def earlier_same(tx: Transaction, mail: int, message_id: str, digest: str) -> Earlier | None:
    """The first message before `mail` with its Message-ID; one of the same content goes first.

    A message without a Message-ID is like no other.
    """
    rows = tx.all("inbox_same", {"of_mail": mail, "message_id": message_id})
    found = [
        Earlier(id=row["id"], same=row["digest"] == digest, verdict=row["verdict"]) for row in rows
    ]
    return next((row for row in found if row.same), found[0] if found else None)


def newest_heads(tx: Transaction, messages: int = 20) -> tuple[bytes, ...]:
    """The first bytes of the messages that were stored last, newest first."""
    rows = tx.all("inbox_newest_heads", {"at_most_rows": messages})
    return tuple(bytes(row["head"]) for row in rows)


def reasons_since(
    tx: Transaction, sender: str, since: datetime, code: str
) -> tuple[tuple[int, int], ...]:
    """(id, count) of each message of `sender` since then that was given the reason `code`."""
    params = {"sender": sender, "since": instant(since), "about": f'%"{code}"%'}
    return tuple(
        (row["id"], int(each["values"].get("count", 1)))
        for row in tx.all("inbox_reasons_since", params)
        for each in structure(row["reasons"])
        if each["code"] == code
    )


def opened_since(tx: Transaction, sender: str, since: datetime) -> int:
    """How many messages of `sender` since then have opened something."""
    row = tx.one("inbox_opened_since", {"sender": sender, "since": instant(since)})
    return 0 if row is None else int(row["number"])


def waiting_senders(tx: Transaction, code: str) -> tuple[str, ...]:
    """Whose messages are `unclear` for the reason `code`, and nobody has taken them in hand."""
    return tuple(row["sender"] for row in tx.all("inbox_waiting_senders", {"about": f'%"{code}"%'}))


def waiting_of(tx: Transaction, sender: str, code: str, at_most: int) -> tuple[int, ...]:
    """The ids of such messages of `sender`, those that have waited longest first."""
    params = {"sender": sender, "about": f'%"{code}"%', "at_most_rows": at_most}
    return tuple(row["id"] for row in tx.all("inbox_waiting_of", params))


def set_reading(
    tx: Transaction,
    mail: int,
    *,
    message_id: str,
    digest: str,
    sender: str,
    subject: str,
    kind: str,
) -> None:
    """Keep what intake read of a message."""
    tx.run(
        "inbox_read",
        {
            "of_mail": mail,
            "message_id": message_id,
            "digest": digest,
            "sender": sender,
            "subject": subject,
            "kind": kind,
        },
    )
    _seal(tx, mail)


def set_verdict(
    tx: Transaction,
    mail: int,
    verdict: str,
    *,
    at: datetime,
    request: int | None = None,
    events: Sequence[Mapping[str, Any]] = (),
    reasons: Sequence[Any] = (),
    reading: Mapping[str, str] | None = None,
) -> None:
    """Keep the verdict on a message; `request` is the id of the request that it is about.

    `reading` is what intake read of it, as for `set_reading`, kept together with the verdict: a
    row holds the whole message, all of which is written anew each time. NotFoundError when there
    is no such message, StoreError when there is no such verdict.
    """
    params = {
        "of_mail": mail,
        "verdict": verdict,
        "decided_at": instant(at),
        "request": request,
        "events": canonical(events),
        "reasons": canonical(reasons),
    }
    name = "inbox_judge" if reading else "inbox_decide"
    if tx.run(name, {**params, **(reading or {})}) != 1:
        raise NotFoundError(
            f"there is no mail {mail}", reason=Reason("mail_missing", {"mail": mail})
        )
    _seal(tx, mail)


def forget(tx: Transaction, mail: int) -> None:
    """Remove a message's bytes and everything that says whose it was; its hashes and its verdict
    stay.
    """
    tx.run("inbox_forget", {"of_mail": mail})
    _seal(tx, mail)


def _read(row: Row) -> MailRow:
    return read_as(
        MailRow,
        row,
        request=row["number"] or "",
        envelope=structure(row["envelope"]),
        events=structure(row["events"]),
        reasons=structure(row["reasons"]),
    )

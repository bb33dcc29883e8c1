"""Writing letters: each is a row in the transaction that caused it, with its Message-ID at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from engine.model import Cause, LetterDraft
from engine.plan.modes import started
from engine.ports import Envelope
from engine.store.chain import digest
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, instant, json_text, read_instant
from engine.store.seals import seal_of_row

NO_CONTACT = "no contact"
"""The error of a letter that has nobody to go to; it is held, and a coordinator is told."""

_SEALED = (
    "request", "inbox", "cause_kind", "cause_ref", "role", "party", "receiver", "template",
    "language", "variables", "message_id", "token", "in_reply_to", "at_once", "written_at",
    "recorded_at",
)  # fmt: skip

UNSENT = ("held", "shadow", "waiting")
"""The states of a letter that nobody has tried to send."""


class Outbox(Struct, frozen=True, kw_only=True):
    """How letters leave this site."""

    sign: Callable[[str], tuple[str, str]]
    """Seed → (Message-ID with angle brackets, subject token); the same seed gives the same two."""
    state_of: Callable[[str, str], str]
    """(workflow, party), either may be empty → `waiting`, `held` or `shadow`."""
    subject: Callable[[Envelope], str]
    """The subject line of a letter, token included; may fail where its template is faulty."""
    undo_minutes: int
    """How long letters to others than the one who acted wait."""
    gathered_at: Callable[[datetime], datetime] | None = None
    """When what only tells leaves that might leave at an instant; None for then. ValueError beyond
    the years that the calendar knows.
    """
    in_reply_to: str = ""
    """The Message-ID that is answered; only letters to the one who acted refer to it."""


def write_letter(
    tx: Transaction,
    draft: LetterDraft,
    *,
    seed: str,
    request_id: int | None,
    inbox_id: int | None,
    cause: Cause,
    at: datetime,
    recorded_at: datetime,
    outbox: Outbox,
    workflow: str = "",
) -> int:
    """Write one letter; its id. ClaimTakenError when a letter with that seed stands already."""
    row = letter_row(
        draft,
        seed=seed,
        request_id=request_id,
        inbox_id=inbox_id,
        cause=cause,
        at=at,
        recorded_at=recorded_at,
        outbox=outbox,
        workflow=workflow,
    )
    about = None if request_id is None else tx.one("request_number_of", {"of_request": request_id})
    entitle(row, draft, "" if about is None else str(about["number"]), outbox)
    tx.count("letter")
    return tx.insert("letter_insert", row)


def letter_row(
    draft: LetterDraft,
    *,
    seed: str,
    request_id: int | None,
    inbox_id: int | None,
    cause: Cause,
    at: datetime,
    recorded_at: datetime,
    outbox: Outbox,
    workflow: str,
) -> dict[str, Any]:
    """The row of a letter that is written now, signed, held and dated as `outbox` says; `entitle`
    completes it.
    """
    message_id, token = outbox.sign(seed)
    nobody = not draft.receiver
    leaves = at if draft.at_once else at + timedelta(minutes=outbox.undo_minutes)
    gathered = _gathered_at(draft, outbox, leaves)
    return {
        "request": request_id,
        "inbox": inbox_id,
        "cause_kind": cause.kind,
        "cause_ref": cause.ref,
        "role": draft.role,
        "party": draft.party,
        "receiver": draft.receiver,
        "template": draft.template,
        "language": draft.language,
        "variables": json_text(draft.variables),
        "subject": None,
        "message_id": message_id,
        "token": token,
        "in_reply_to": outbox.in_reply_to if draft.at_once else "",
        "at_once": int(draft.at_once),
        "told": int(gathered is not None),
        "state": "held"
        if nobody
        else started(outbox.state_of(workflow, draft.party or ""), draft.template),
        "not_before": instant(gathered or leaves),
        "written_at": instant(at),
        "recorded_at": instant(recorded_at),
        "claimed_at": None,
        "sent_at": None,
        "tries": 0,
        "code": None,
        "error": NO_CONTACT if nobody else "",
        "raw": None,
        "raw_sha256": None,
    }


def _gathered_at(draft: LetterDraft, outbox: Outbox, leaves: datetime) -> datetime | None:
    if not draft.told or draft.at_once or outbox.gathered_at is None:
        return None
    try:
        return outbox.gathered_at(leaves)
    except ValueError:
        # Nobody knows the working days of that year: it is told at once.
        return None


def entitle(row: dict[str, Any], draft: LetterDraft, number: str, outbox: Outbox) -> None:
    """Give the row its subject, which tells the request's number (may be empty), and its seal.

    A letter whose subject cannot be written is named by its template: it stands all the same, and
    a coordinator is told when it should have left.
    """
    envelope = Envelope(
        letter=0,
        number=number,
        token=row["token"],
        to=row["receiver"],
        role=row["role"],
        language=row["language"],
        template=row["template"],
        variables=draft.variables,
        message_id=row["message_id"],
        in_reply_to=row["in_reply_to"],
        references=(),
        date=read_instant(row["written_at"]),
    )
    try:
        row["subject"] = outbox.subject(envelope)
    except Exception:  # noqa: BLE001 – one letter's fault never undoes what caused it
        row["subject"] = named_by_template(row["template"], number, row["token"])
    row["seal"] = f"{seal_of(row)}:{seal_of_row('letter', row)}"


def named_by_template(template: str, number: str, token: str) -> str:
    """The subject in a list of a letter that has none of its own."""
    return f"{template} [{'.'.join(filter(None, (number, token)))}]"


def seal_of(row: Row) -> str:
    """The digest of what never changes in a letter's row once it is written."""
    return digest({name: row[name] for name in _SEALED})


def stop(tx: Transaction, letter: int) -> bool:
    """See to it that a letter that nobody has tried to send never leaves; False when it has."""
    params = {"of_letter": letter, "from_states": canonical(UNSENT)}
    return tx.run("letter_stop", params) == 1

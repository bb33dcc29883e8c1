"""Writing a letter on behalf of the site: signed, held and dated as the site does it; and what it
takes to send it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from engine.model import Cause, LetterDraft
from engine.ports import Entry, Envelope, File
from engine.report.letter_documents import documents_of, signed_by
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.mail_out.letters import LetterRow, write_letter


def post(
    site: Site,
    tx: Transaction,
    draft: LetterDraft,
    *,
    seed: str,
    cause: Cause,
    at: datetime,
    request_id: int | None = None,
    inbox_id: int | None = None,
    workflow: str = "",
    in_reply_to: str = "",
) -> int:
    """Write the letter that `cause` brings about at `at`; its id.

    About no request unless `request_id` and `workflow` say which. ClaimTakenError when a letter
    with that seed stands already.
    """
    return write_letter(
        tx,
        draft,
        seed=seed,
        request_id=request_id,
        inbox_id=inbox_id,
        cause=cause,
        at=at,
        recorded_at=site.clock.now(),
        outbox=site.outbox(in_reply_to),
        workflow=workflow,
    )


CONFIRM_ANSWER: Final = "confirm_answer"
CONFIRM_OPENING: Final = "confirm_opening"
COURSE_FAULT_TOLD: Final = "course_fault_told"
DELEGATE: Final = "delegate"
FORM_SENT: Final = "form_sent"
FORWARDED_BY_WHOM: Final = "forwarded_by_whom"
IMPORT_CONFIRM: Final = "import_confirm"
MORNING: Final = "morning"
"""The coordinators' morning letter, answered line by line …"""
MORNING_ANSWER: Final = "morning_answer"
"""… what answers the lines …"""
MORNING_REPLY: Final = "morning_reply"
"""… and what a coordinator writes to somebody by one of them."""
NOT_UNDERSTOOD: Final = "not_understood"
OPENING_FOR_YOU: Final = "opening_for_you"
ORDER_TO_CONFIRM: Final = "order_to_confirm"
REGISTER_CONFIRM: Final = "register_confirm"
REMINDERS: Final = "reminders"
"""The letter that holds several chasers, each under its number …"""
TOLD: Final = "told"
"""… and the one that holds what only tells."""
RESALE_REFUSED: Final = "resale_refused"
RULE_TOLD: Final = "rule_told"
SAME_COURSE: Final = "same_course"
SUBSTITUTE: Final = "substitute"
WHICH_RULE: Final = "which_rule"
WHO_READS: Final = "who_reads"


ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to mistake."""
TOKEN_LENGTH: Final = 8
NAME_LENGTH: Final = 14
"""Letters of a Message-ID that tell one letter from all others."""
SIGNATURE_LENGTH: Final = 10
"""Letters of a Message-ID that only the key can make of those."""
_LETTER_OF: Final = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def signed(key: bytes, domain: str, seed: str) -> tuple[str, str]:
    """(Message-ID, subject token) of the letter with that seed.

    Both come from an HMAC-SHA256 with the site's key: the same letter always has the same ones,
    and nobody without the key can make up one that the site would know.
    """
    text = _letters(key, seed)
    token, name = text[:TOKEN_LENGTH], text[TOKEN_LENGTH : TOKEN_LENGTH + NAME_LENGTH].lower()
    return f"<{name}{_signature(key, name)}@{domain}>", token


def genuine(keys: Iterable[bytes], message_id: str) -> bool:
    """Whether one of `keys` made the Message-ID, under whichever domain."""
    local = message_id.strip("<>").partition("@")[0].lower()
    name, signature = local[:NAME_LENGTH], local[NAME_LENGTH:]
    if len(signature) != SIGNATURE_LENGTH or not local.isascii():
        return False
    return any(hmac.compare_digest(_signature(key, name), signature) for key in keys)


def _signature(key: bytes, name: str) -> str:
    return _letters(key, f"message-id:{name}")[:SIGNATURE_LENGTH].lower()


def _letters(key: bytes, seed: str) -> str:
    return hmac.digest(key, seed.encode(), "sha256").translate(_LETTER_OF).decode("ascii")


def envelope_of(
    row: LetterRow, entries: tuple[Entry, ...] = (), files: tuple[File, ...] = ()
) -> Envelope:
    """Everything that the letter needs; `entries` are what earlier ones left in calendars, `files`
    what came along with what it tells of.
    """
    written = documents_of(row.template, row.variables, row.language, row.written_at)
    return replace(_bare(row), files=(*written, *files), entries=entries)


def _bare(row: LetterRow) -> Envelope:
    return Envelope(
        letter=row.id,
        number=row.request,
        token=row.token,
        to=row.receiver,
        role=row.role,
        language=row.language,
        template=row.template,
        variables=row.variables,
        message_id=row.message_id,
        in_reply_to=row.in_reply_to,
        references=(row.in_reply_to,) if row.in_reply_to else (),
        date=row.written_at,
        sender_name=signed_by(row.template, row.variables),
    )

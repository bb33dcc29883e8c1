"""What intake makes of one message, and the rules that it reads by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from engine.intake.budget import STEPS

Kind = Literal["person", "automatic", "bounce", "bulk", "loop", "unreadable", "oversize"]
Doubt = Literal["", "no_from", "several_from", "several_addresses", "readings_differ", "malformed"]


class IntakeRules(Struct, frozen=True, kw_only=True):
    """What a site has decided about the mail that it reads."""

    trusted_servers: tuple[str, ...] = ()
    """The authserv-ids whose Authentication-Results count (RFC 8601)."""
    own_hosts: tuple[str, ...] = ()
    """The hosts whose Received headers are ours; the trusted servers where this is empty."""
    strips_results: bool = False
    """Whether the mail server takes the trusted servers' results off whatever comes with a mail."""
    microsoft365: bool = False
    """Whether the mailbox lies in Microsoft 365, whose results name no server."""
    tenant_domains: tuple[str, ...] = ()
    """Domains of the same tenant there: mail marked as from inside is vouched for."""
    own_addresses: tuple[str, ...] = ()
    """The site's own addresses; a message from one of them is a loop."""
    loop_mark: str = ""
    """The value of X-Kursdeling-Site in this site's own letters."""
    max_bytes: int = 25_000_000
    words: frozenset[str] = frozenset()
    """Every command word in use; a line that holds only one of them ends a field's value."""


class Attachment(Struct, frozen=True, kw_only=True):
    """One attachment: what it calls itself, what it is, and the digest and size of its content."""

    name: str
    """Made harmless: no folders, control characters or direction marks; only for showing."""
    type: str
    """From the first bytes of the content where they tell, else as declared."""
    sha256: str
    size: int
    content: bytes = b""
    shown: bool = False
    """Whether the text shows it in its place, as a signature does its picture."""


class Bounce(Struct, frozen=True, kw_only=True):
    """What a mail server says of a letter that it could not deliver (RFC 3464, or in words)."""

    addresses: tuple[str, ...] = ()
    """The receivers that failed, bare and in lower case; empty where none is named."""
    permanent: bool | None = None
    """Whether the server has given up; False while it goes on trying, None where it is unsaid."""
    status: str = ""
    """The enhanced status code (RFC 3463), such as `5.1.1`; empty where none is given."""
    reason: str = ""
    """What the server says about it, on one line; for a person to read."""
    original_message_id: str = ""
    """The Message-ID of the letter that came back, with its angle brackets."""
    token: tuple[str, str] | None = None
    """(request number, token) of that letter's subject, in upper case."""


class Reading(Struct, frozen=True, kw_only=True):
    """One message as intake understands it; nothing here is yet believed or acted on."""

    kind: Kind
    message_id: str = ""
    """With its angle brackets; empty when there is none that can be read."""
    date: datetime | None = None
    """What the sender's own clock said, in UTC."""
    sender: str = ""
    """The bare lower-case address; empty when there is any doubt about it."""
    sender_doubt: Doubt = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """Those of the recipients that stand in Cc and not in To."""
    subject: str = ""
    references: tuple[str, ...] = ()
    """The message that is answered first, then those before it, newest first."""
    tokens: tuple[tuple[str, str], ...] = ()
    """(request number, token) pairs of the subject, in upper case."""
    numbers: tuple[str, ...] = ()
    """Request numbers of the subject, with or without a token."""
    aligned: bool = False
    """Whether a trusted server vouches for the domain of From (RFC 8601, RFC 7489)."""
    refuted: bool = False
    """Whether a trusted server says that From is not who wrote: no proof of any kind counts."""
    text: str = ""
    """Everything readable, quotes and signature included."""
    own_text: str = ""
    """The sender's own words: above the first quote, without greeting, banner and signature."""
    quoted: str = ""
    """Everything from the first quote on."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Fields in the sender's own words, raw as written, and those of an attached form."""
    attached_fields: Mapping[str, str] = field(default_factory=dict)
    """Fields of a form in an attached Word document, where the text has no such field itself."""
    quoted_fields: Mapping[str, str] = field(default_factory=dict)
    """Fields in the quoted text, which the sender may have filled in there."""
    attachments: tuple[Attachment, ...] = ()
    digest: str = ""
    """SHA-256 of From, Date, Subject and decoded parts: alike for one mail by two routes."""
    automatic_reply: bool = False
    """For an automatic mail: whether it answers for somebody who may not be reading."""
    bounced_message_id: str = ""
    """For a bounce: the Message-ID of the letter that came back."""
    bounce: Bounce | None = None
    """For a bounce: whom it is about, and why; None for every other kind."""
    notes: tuple[str, ...] = ()
    """What was cut or could not be decoded: `header_cut:subject`, `parts_cut`, …"""
    steps_left: int = STEPS
    """What is left of the message's budget of work, for reading it against the letter answered."""

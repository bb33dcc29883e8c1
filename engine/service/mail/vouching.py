"""A stored message as intake reads it, with the proof that we look for ourselves."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from engine import intake
from engine.domain.register.mail_domains import domain_of, in_ascii
from engine.errors import ClaimTakenError, SignatureUnknownError
from engine.intake import headers, proof
from engine.intake.reading import IntakeRules, Reading
from engine.ports import UNPROVED
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.mail_in import arrivals, inbox

PATIENCE: Final = timedelta(hours=1)
"""How long a message waits to be judged while nobody can tell whether it is signed."""
_TOKEN: Final = re.compile(r"\[[^\[\]]{8,60}\]")
"""What stands in brackets, as our tokens do."""
LOOKED_AT: Final = 256_000
"""Bytes at the start of a message in which its header fields stand."""


def first_reading(site: Site, mail: int, at: datetime, raw: bytes | None = None) -> Reading:
    """What intake reads of message `mail`, its signature checked if that is worth asking for.

    `raw` are its bytes, where they are at hand.

    Where the site checks signatures itself, a message that no server of its own has vouched for
    is vouched for by its signature. It is checked once, and what was found is kept: the same
    message is judged the same for ever. SignatureUnknownError when nobody can tell just now, and
    the message is not an hour old.
    """
    if raw is None:
        with site.database.reading() as tx:
            raw, source = inbox.raw_of(tx, mail) or b"", inbox.get(tx, mail).source
        if source.startswith(UNPROVED):
            return without_proof(intake.read(raw, site.intake))
    reading = intake.read(raw, site.intake)
    if not _worth_checking(site, reading, raw):
        return reading
    try:
        signed = _signed(site, mail, raw, in_ascii(domain_of(reading.sender)), at)
    except SignatureUnknownError:
        with site.database.reading() as tx:
            if at - inbox.get(tx, mail).received_at < PATIENCE:
                raise
        return reading
    return replace(reading, aligned=signed)


def without_proof(reading: Reading) -> Reading:
    """Return `reading` with nothing by which its sender could be believed (INTERFACE §5.1)."""
    subject = _TOKEN.sub("", reading.subject)
    return replace(reading, aligned=False, references=(), tokens=(), subject=subject)


def ask_again(site: Site, mail: int, at: datetime) -> None:
    """Look once more whether message `mail` is signed, if that was never found out."""
    if site.signed_for is not None:
        first_reading(site, mail, at)


def reading_of(site: Site, tx: Transaction, mail: int) -> Reading | None:
    """What intake reads of message `mail`, with what was found of its signature before; None when
    its bytes are no longer kept.
    """
    raw = inbox.raw_of(tx, mail)
    if raw is None:
        return None
    reading = intake.read(raw, site.intake)
    if inbox.get(tx, mail).source.startswith(UNPROVED):
        return without_proof(reading)
    if not _worth_checking(site, reading, raw):
        return reading
    known = arrivals.signature_found(tx, mail, in_ascii(domain_of(reading.sender)))
    return replace(reading, aligned=bool(known))


def _worth_checking(site: Site, reading: Reading, raw: bytes) -> bool:
    if site.signed_for is None or reading.aligned or reading.kind != "person":
        return False
    head = raw[:LOOKED_AT]
    if not reading.sender or b"dkim-signature" not in head.lower():
        return False
    return not _refused(head, site.intake)


def _refused(head: bytes, rules: IntakeRules) -> bool:
    """Whether a server of our own says that the sender's domain does not stand by the message."""
    found, _ = headers.split(head.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n"))
    return proof.failed(found, rules)


def _signed(site: Site, mail: int, raw: bytes, domain: str, at: datetime) -> bool:
    with site.database.reading() as tx:
        known = arrivals.signature_found(tx, mail, domain)
    if known is not None or site.signed_for is None:
        return bool(known)
    # Asked outside of any transaction: whoever knows the keys may be slow.
    signed = site.signed_for(raw, domain)
    try:
        with site.database.transaction() as tx:
            arrivals.keep_signature(tx, mail, domain, signed=signed, at=at)
    except ClaimTakenError:
        return _signed(site, mail, raw, domain, at)
    return signed

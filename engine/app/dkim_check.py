"""DKIM signatures that we check ourselves (RFC 6376), where no mail server does it for us."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import dkim  # type: ignore[import-untyped]  # it ships no py.typed
import dns.exception
import dns.resolver

from engine.errors import SignatureUnknownError
from engine.intake import headers
from engine.intake.headers import Headers

Lookup = Callable[[str], list[bytes]]
"""The TXT records of a name; SignatureUnknownError when nobody can tell just now."""

ALGORITHM: Final = b"rsa-sha256"
"""The one that everybody signs with; rsa-sha1 proves nothing any more (RFC 8301)."""
WEAKEST_KEY: Final = 1024
"""Bits of a key that still counts (RFC 8301 §3.2)."""
MOST: Final = 3
"""Signatures that are looked at, so that nobody makes us ask for hundreds of keys."""
PATIENCE: Final = 5.0
"""Seconds until whoever should know a key is given up."""
LARGEST_HEADER: Final = 256_000
BLANKS: Final = re.compile(rb"[ \t]{1000}")
"""What makes reading take quadratic time, and stands in no ordinary mail."""
LINE_END: Final = re.compile(rb"\r\n?|\n")
SIGNED: Final = ("from", "date", "subject", "message-id")
"""Whichever of these a message has must be signed, so that it cannot be sent again as another."""
ONCE: Final = (*SIGNED, "to", "cc", "in-reply-to", "references", "content-type",
               "content-transfer-encoding", "mime-version")  # fmt: skip
"""What no message has twice; a second one would have been put in on the way."""


def signed_for(raw: bytes, domain: str, lookup: Lookup) -> bool:
    """Whether the whole message is signed by `domain`, or by an organisation above it.

    SignatureUnknownError when the keys cannot be had just now. Whatever is out of the ordinary
    counts as not signed: an l= that leaves some of the text out, keys that are too short or only
    tried out, a signature that has run out, header fields that two readers read differently.
    """

    # Both readers get the same lines, or a lone CR would hide a From from one of them.
    message = LINE_END.sub(b"\r\n", raw).lstrip(b"\r\n")
    found, body = headers.split(message.replace(b"\r\n", b"\n"))
    if not _ordinary(found, message):
        return False
    try:
        checker = dkim.DKIM(message, minkey=WEAKEST_KEY, timeout=PATIENCE)
        same = [(name.lower().decode("latin-1")) for name, _ in checker.headers]
        if same != [name for name, _ in found.rows]:
            return False
        if checker.body != message.replace(b"\r\n", b"\n")[body:].replace(b"\n", b"\r\n"):
            return False
        return any(_holds(checker, place, found, lookup) for place in _aligned(found, domain))
    except SignatureUnknownError:
        raise
    except Exception:  # noqa: BLE001 – a library reads what a stranger wrote: it proves nothing
        return False


def _ordinary(found: Headers, message: bytes) -> bool:
    if sum(len(value) for _, value in found.rows) > LARGEST_HEADER or BLANKS.search(message):
        return False
    return all(len(found.all(name)) <= 1 for name in ONCE) and found.has("from")


def _aligned(found: Headers, domain: str) -> Iterator[int]:
    """Which of the first signatures are of the domain, or of one above it."""
    for place, value in enumerate(found.all("dkim-signature")[:MOST]):
        signing = _tags(value).get("d", "").lower().rstrip(".")
        if signing == domain or ("." in signing and domain.endswith("." + signing)):
            yield place


def _holds(checker: Any, place: int, found: Headers, lookup: Lookup) -> bool:
    tags = _tags(found.all("dkim-signature")[place])
    named = {name.strip().lower() for name in tags.get("h", "").split(":")}
    if tags.get("a", "").lower() != ALGORITHM.decode() or "l" in tags:
        return False
    if any(found.has(name) and name not in named for name in SIGNED) or _run_out(tags):
        return False
    return bool(checker.verify(place, dnsfunc=lambda name, timeout: _key(name, tags, lookup)))


def _run_out(tags: dict[str, str]) -> bool:
    """Whether the signature was for a time that is past; dkimpy itself lets ten hours pass more."""
    ends = tags.get("x", "")
    return bool(ends) and not (ends.isdecimal() and int(ends[:15]) > time.time())


def _key(name: bytes, tags: dict[str, str], lookup: Lookup) -> bytes | None:
    """The one key record of that name, if it stands for more than a trial (RFC 6376 §3.6.1)."""
    records = [each for each in lookup(name.decode("ascii")) if b"p=" in each.replace(b" ", b"")]
    if len(records) != 1:
        return None
    flags = {flag.strip() for flag in _tags(records[0]).get("t", "").split(":")}
    outside = tags.get("i", "").rpartition("@")[2].lower() not in {"", tags["d"].lower()}
    return None if "y" in flags or ("s" in flags and outside) else records[0]


def _tags(value: bytes) -> dict[str, str]:
    pairs = (part.partition("=") for part in headers.plain(value).split(";"))
    return {name.strip(): "".join(text.split()) for name, equals, text in pairs if equals}


def from_dns(name: str) -> list[bytes]:
    """The TXT records of `name`, asked for once and not waited for long."""

    resolver = dns.resolver.Resolver()
    resolver.timeout = resolver.lifetime = PATIENCE
    try:
        found = resolver.resolve(name, "TXT", raise_on_no_answer=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.YXDOMAIN):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as error:
        raise SignatureUnknownError(f"{name}: {error}") from error
    return [b"".join(record.strings) for record in found.rrset or ()]

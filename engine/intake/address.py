"""Who wrote, and to whom: two independent readings of From must agree, or nobody is believed."""

from __future__ import annotations

import re
from email import headerregistry
from email.errors import MessageError
from typing import Any, Final

from msgspec import Struct

from engine.domain.register.mail_domains import in_ascii, known_form
from engine.intake.headers import LIST_BYTES, Headers, decoded, plain, untouched
from engine.intake.reading import Doubt

MAX_FROM: Final = 1_000
MAX_ADDRESS: Final = 254
"""RFC 5321 §4.5.3.1.3."""
MAX_RECIPIENTS: Final = 1_000
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})*")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT: Final = re.compile(r"\(([^()\\@<>]*)\)")
_ENCODED: Final = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=")
_ANGLE: Final = re.compile(r"([^<>@,;:\"()]*)<([^<>\s]+)>")
_SIMPLE: Final = re.compile(rf"[A-Za-z0-9]+(?: [A-Za-z0-9]+)* ?<({_ADDRESS.pattern})>")
"""Plain words and an address, of which the library says the same; it takes half a millisecond."""
_ROUGH: Final = re.compile(
    r"(?<![A-Za-z0-9.!#$%&'*+/=?^_`{|}~-])[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\w.-]{1,255}"
)
_DOMAIN: Final = re.compile(r"(?<=@)[^\s<>@,;:\"()\[\]\\]{1,255}")
_TO: Final = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


class Sender(Struct, frozen=True):
    """The address that wrote, or the reason why nobody can say which it is."""

    address: str = ""
    name: str = ""
    doubt: Doubt = ""

    @property
    def domain(self) -> str:
        """The part after the at sign; empty where there is doubt."""
        return self.address.rpartition("@")[2]


def sender(headers: Headers) -> Sender:
    """Return who wrote: exactly one From with exactly one address on which two readers agree."""
    values = headers.all("from")
    if not values or not plain(values[0][:MAX_FROM]):
        return Sender(doubt="no_from")
    if len(values) > 1:
        return Sender(doubt="several_from")
    if len(values[0]) > MAX_FROM or b"\x00" in values[0]:
        return Sender(doubt="malformed")
    return _agreed(untouched(values[0]))


def recipients(headers: Headers) -> tuple[str, ...]:
    """Return every bare lower-case address in To, Cc and the delivery headers, in order."""
    found: dict[str, None] = {}
    for name in _TO:
        for value in headers.all(name):
            for match in _ROUGH.finditer(plain(value[:LIST_BYTES])):
                if len(found) < MAX_RECIPIENTS or name.startswith(("delivered", "x-", "env")):
                    found.setdefault(known_form(match[0].strip(".'")))
    return tuple(found)


def copies(headers: Headers) -> tuple[str, ...]:
    """Return every bare lower-case address in Cc that does not stand in To."""
    to, cc = (
        [
            known_form(m[0].strip(".'"))
            for v in headers.all(n)
            for m in _ROUGH.finditer(plain(v[:LIST_BYTES]))
        ]
        for n in ("to", "cc")
    )
    return tuple(dict.fromkeys(each for each in cc[:MAX_RECIPIENTS] if each not in to))


def _agreed(value: str) -> Sender:
    """The address on which both readings agree, or the doubt that keeps them apart."""
    if not value.isascii():  # both readers know ASCII alone
        value = _DOMAIN.sub(lambda found: in_ascii(known_form(found[0])), value)
    ours, (theirs, count) = _strictly(value), _by_library(value)
    if count > 1:
        return Sender(doubt="several_addresses" if ours is None else "readings_differ")
    if ours is None:
        return Sender(doubt="malformed")
    if ours != theirs:
        return Sender(doubt="readings_differ")
    return Sender(address=known_form(ours), name=_name(value, ours))


def _strictly(value: str) -> str | None:
    """Our own reading: one bare address, or words that hold no other and one in angle brackets."""
    bare = _COMMENT.sub(" ", _QUOTED.sub(" ", _ENCODED.sub(" ", value))).strip()
    angle = _ANGLE.fullmatch(bare)
    address = angle[2] if angle else bare
    if not _ADDRESS.fullmatch(address) or len(address) > MAX_ADDRESS:
        return None
    return address.lower()


def _by_library(value: str) -> tuple[str, int]:
    """The standard library's reading: the only address, and how many there are; it may crash."""
    bare = _ENCODED.sub("word", value)
    if (simple := _SIMPLE.fullmatch(bare)) is not None:
        return simple[1].lower(), 1
    kwds: dict[str, Any] = {"defects": []}
    try:
        headerregistry.AddressHeader.parse(bare, kwds)
        addresses = [address for group in kwds["groups"] for address in group.addresses]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, MessageError):
        return "", 0
    if len(addresses) != 1:
        return "", len(addresses)
    return f"{addresses[0].username}@{addresses[0].domain}".lower(), 1


def _name(value: str, address: str) -> str:
    """The name beside the address; a person's claim, only for showing."""
    words = decoded(value).replace('"', " ").replace("<", " ").replace(">", " ")
    at = words.lower().rfind(address)
    rest = words if at < 0 else words[:at] + words[at + len(address) :]
    return " ".join(rest.split()).strip("() ")[:120]

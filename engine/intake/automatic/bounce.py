"""Whom a bounce is about, why, and which letter came back (RFC 3464, RFC 6522, or in words)."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from engine.intake import headers, subject
from engine.intake.automatic import bounce_text
from engine.intake.headers import decode, tidy
from engine.intake.mime import Part
from engine.intake.reading import Bounce

MAX_ADDRESSES: Final = 50
MAX_REASON: Final = 500
_RETURNED: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
     "message/global-headers"}
)  # fmt: skip
_STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FAILED: Final = frozenset({"failed", "failure"})
_DONE: Final = frozenset({"delivered", "relayed", "expanded"})
_IN_TEXT: Final = re.compile(
    rb"^[> \t]{0,8}Message-ID\s{0,3}:\s{0,5}(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE
)
_MAX_TEXT: Final = 200_000


class _Receiver(Struct, frozen=True, kw_only=True):
    """What a delivery report says about one receiver (RFC 3464 §2.3)."""

    address: str
    action: str
    status: str
    diagnostic: str


def read(root: Part, text: str, raw: bytes, own_addresses: tuple[str, ...]) -> Bounce:
    """Return whom a bounce is about and why; `text` is what it says to people.

    The report's fields go before a header's, those before a known server's words, and what our
    own reading of the words finds comes last.
    """
    told = [each for each in receivers(root) if each.action not in _DONE]
    said = bounce_text.read(text, own_addresses)
    named = [each.address for each in told if each.address] or _header_addresses(root)
    permanent = _permanent(told)
    if not named or permanent is None:
        named, permanent = _by_words(named, permanent, bounce_text.failures(raw), said)
    diagnostic = next((each.diagnostic for each in told if each.diagnostic), "")
    status = next((each.status for each in told if each.status), "")
    own = {address.lower() for address in own_addresses}
    return Bounce(
        addresses=tuple(dict.fromkeys(a for a in named if a not in own))[:MAX_ADDRESSES],
        permanent=permanent,
        status=status or bounce_text.status(diagnostic) or said.status,
        reason=(diagnostic or said.reason)[:MAX_REASON],
        original_message_id=original_id(root),
        token=_token(root, text),
    )


def _by_words(
    named: list[str],
    permanent: bool | None,
    known: tuple[tuple[str, ...], tuple[str, ...]],
    said: bounce_text.Said,
) -> tuple[list[str], bool | None]:
    """What is still unsaid: first by the known servers' words, then by our own reading of them."""
    temporary, final = known
    if permanent is None and (temporary or final) and said.permanent is not False:
        permanent = bool(final)
    found = named or [*final, *temporary] or [*said.addresses]
    return found, said.permanent if permanent is None else permanent


def receivers(root: Part) -> tuple[_Receiver, ...]:
    """Return what the delivery reports inside a message say, receiver by receiver."""
    found: list[_Receiver] = []
    for part in root.walk():
        if part.type in _STATUS_PARTS:
            blocks = re.split(rb"\n[ \t]*\n", part.content()[:_MAX_TEXT].lstrip(b"\n"))
            rows = (headers.split(block)[0] for block in blocks if block.strip())
            found += [_receiver(row) for row in rows if _is_about_receiver(row)]
    return tuple(found)


def only_delivered(root: Part) -> bool:
    """Whether the reports say of every receiver that the letter came through: no bounce."""
    told = receivers(root)
    return bool(told) and all(each.action in _DONE for each in told)


def original_id(root: Part) -> str:
    """Return the Message-ID of the message that a bounce returns; empty where it names none."""
    for part in root.walk():
        if part.type in _RETURNED:
            found = [i for v in _inner(part).all("message-id") for i in headers.message_ids(v)]
            if found:
                return found[0]
    for part in root.walk():
        if not part.children:
            named = _IN_TEXT.search(part.content()[:_MAX_TEXT])
            if named is not None:
                return named[1].decode("utf-8", errors="replace")
    answered = headers.references(root.headers)
    return answered[0] if answered else ""


def _is_about_receiver(row: headers.Headers) -> bool:
    return any(row.has(name) for name in ("final-recipient", "original-recipient", "action"))


def _receiver(row: headers.Headers) -> _Receiver:
    named = [_typed(row.raw(name)) for name in ("original-recipient", "final-recipient")]
    addresses = [address for value in named for address in bounce_text.addresses(value)[:1]]
    return _Receiver(
        address=addresses[0] if addresses else "",
        action=re.sub(r"[^a-z].*", "", row.raw("action", 100).lower()),
        status=bounce_text.status(row.raw("status", 200)),
        diagnostic=_typed(row.text("diagnostic-code")),
    )


def _typed(value: str) -> str:
    """`rfc822; a@b.example` and `smtp; 550 …` without the type."""
    kind, colon, rest = value.partition(";")
    return rest.strip() if colon and re.fullmatch(r"\s*[\w.-]{1,40}\s*", kind) else value.strip()


def _permanent(told: list[_Receiver]) -> bool | None:
    if any(each.action in _FAILED for each in told):
        return True
    if any(each.action == "delayed" for each in told):
        return False
    classes = [each.status[:1] for each in told if each.status]
    return "5" in classes if classes else None


def _header_addresses(root: Part) -> list[str]:
    """Exim and Gmail name the receivers that failed in a header of their own."""
    values = root.headers.all("x-failed-recipients")
    return [a for value in values for a in bounce_text.addresses(headers.plain(value))]


def _inner(part: Part) -> headers.Headers:
    return headers.split(part.content()[:_MAX_TEXT].lstrip(b"\n"))[0]


def _token(root: Part, text: str) -> tuple[str, str] | None:
    """The token of the returned letter's subject, else one in the text or the bounce's subject."""
    titles = [_inner(part).text("subject") for part in root.walk() if part.type in _RETURNED]
    leaves = (p for p in root.walk() if not p.children and p.type.startswith("text/"))
    bodies = [
        tidy(decode(p.content()[:_MAX_TEXT], p.parameters.get("charset", ""))) for p in leaves
    ]
    for said in (*titles, root.headers.text("subject"), text[:_MAX_TEXT], *bodies):
        found = subject.tokens(said)
        if found:
            return found[0]
    return None

"""Which letter came back: the original's Message-ID inside a bounce (RFC 3464 §2, RFC 6522)."""

from __future__ import annotations

import re
from typing import Final

from engine.intake import headers
from engine.intake.mime import Part

_RETURNED: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
     "message/global-headers"}
)  # fmt: skip
_IN_TEXT: Final = re.compile(
    rb"^[> \t]{0,8}Message-ID\s{0,3}:\s{0,5}(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE
)


def original_id(root: Part) -> str:
    """Return the Message-ID of the message that a bounce returns; empty where it names none."""
    for part in root.walk():
        if part.type in _RETURNED:
            inner, _ = headers.split(part.content().lstrip(b"\n"))
            found = [i for value in inner.all("message-id") for i in headers.message_ids(value)]
            if found:
                return found[0]
    for part in root.walk():
        if not part.children:
            named = _IN_TEXT.search(part.content()[:200_000])
            if named is not None:
                return named[1].decode("utf-8", errors="replace")
    answered = headers.references(root.headers)
    return answered[0] if answered else ""

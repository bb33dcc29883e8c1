"""Links that write the answer for the receiver: mail, never the web (RFC 6068)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote


class Letter:
    """A mail that is not written yet: to whom, and about what."""

    def __init__(self, address: str, subject: str) -> None:
        """Line breaks are CR LF and blanks `%20`, as RFC 6068 §5 asks.

        Nothing else stays unencoded than letters, digits and `-._~`, and the one `@` of the
        address.
        """
        local, _, domain = address.rpartition("@")
        to = f"{quote(local, safe='')}@{quote(domain, safe='')}"
        self._begins = f"mailto:{to}?subject={quote(subject, safe='')}&body="

    def saying(self, lines: Iterable[str]) -> str:
        """Return the link that opens the mail with `lines` as its text."""
        return self._begins + quote("\r\n".join(lines), safe="")

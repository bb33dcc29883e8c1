"""Links that write the answer for the receiver: mail, never the web (RFC 6068)."""

from __future__ import annotations

from urllib.parse import quote


def link(address: str, subject: str, lines: tuple[str, ...]) -> str:
    """Return a link that opens a new mail to `address` with `lines` as its text.

    Line breaks are CR LF and blanks `%20`, as RFC 6068 §5 asks; nothing else stays unencoded
    than letters, digits and `-._~`, and the one `@` of the address.
    """
    text = "\r\n".join(lines)
    local, _, domain = address.rpartition("@")
    to = f"{quote(local, safe='')}@{quote(domain, safe='')}"
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"

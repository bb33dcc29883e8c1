"""How bad it is that a letter came back: for the letter, and for the address."""

from __future__ import annotations

import re
from typing import Final, Literal

Outcome = Literal["delayed", "soft", "hard"]
"""On its way still; not arrived; not arrived, because the address does not work."""

GONE_STATUS: Final = re.compile(r"5\.(1\.([1-6]|9|10)|2\.1|4\.(4|310))$")
"""RFC 3463 (and RFC 7505): no such mailbox, host or domain, a mailbox that is closed or moved, a
domain that takes no mail. Neither a full mailbox (5.2.2), nor a sender (5.1.7, 5.1.8) or a text
(5.6, 5.7) that was not liked says anything of the address.
"""
UNSAID_STATUS: Final = re.compile(r"5\.(\d+\.0|4\.1)$")
"""Codes that servers use for several things, so that their words decide."""
GONE_CODES: Final = frozenset({521, 550, 551, 553, 556})
"""SMTP replies that mean the same, where no status code says more (RFC 5321 §4.2.3, RFC 7504)."""
GONE_WORDS: Final = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address)|does not exist"
    r"|mailbox (?:unavailable|not found)"
    r"|(?:recipient|address|user)(?: address)? (?:rejected|not found)"
    r"|(?:finnes|fins|finst|eksisterer) (?:ikke|ikkje)|ukjent (?:mottaker|mottakar|bruker|brukar)",
    re.IGNORECASE,
)
NOT_LIKED: Final = re.compile(
    r"spam|policy|blocked|blacklist|blocklist|reputation|spf|dkim|dmarc|virus|quota|full|relay",
    re.IGNORECASE,
)


def outcome_of(permanent: bool | None, status: str, text: str) -> Outcome:
    """How bad it is, by the status code (RFC 3463, or SMTP's three digits), else by the words.

    `permanent` is whether the server has given up; None where it does not say.
    """
    if permanent is False and not status.startswith("5"):
        return "delayed"
    if permanent is None and status.startswith("4"):
        return "soft"
    return "hard" if _is_gone(permanent, status, text) else "soft"


def refused(code: int, text: str) -> Outcome:
    """How bad it is that a server answered a letter with `code`, for good."""
    found = re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", text)
    status = found[0] if found else str(code)
    return outcome_of(True, status, text)


def _is_gone(permanent: bool | None, status: str, text: str) -> bool:
    if GONE_STATUS.match(status):
        return True
    said = permanent is not False and GONE_WORDS.search(text) is not None
    if NOT_LIKED.search(text) or (status and not _leaves_open(status)):
        return False
    return said or (status.isdigit() and int(status) in GONE_CODES)


def _leaves_open(status: str) -> bool:
    """Whether the code alone does not tell what went wrong."""
    return UNSAID_STATUS.match(status) is not None or status.isdigit()

"""The words that options accept; a test holds them to the tables'."""

from __future__ import annotations

VERDICTS = (
    "opened", "fired", "already_done", "answered", "refused", "suggested", "delegate", "remark",
    "repeated", "unclear", "unconfirmed", "newcomer", "unknown_sender", "unproved_sender",
    "not_ours", "automatic", "bounce", "bulk", "loop", "unreadable", "oversize",
)  # fmt: skip
LETTER_STATES = (
    "waiting", "held", "shadow", "sending", "sent", "retry", "dead", "cancelled",
)  # fmt: skip

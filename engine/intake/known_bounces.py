"""Bounces in the words of the many mail servers that flufl.bounce knows."""

from __future__ import annotations

from email import message_from_string
from typing import Final

MAX_BYTES: Final = 40_000
MAX_LINES: Final = 600
MAX_LINE: Final = 250
"""Its patterns take quadratic time on long lines, which no bounce's own words have."""


def failures(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses that failed for now and those that failed for good, in lower case.

    Both are empty where the library knows no such bounce, or cannot cope with the message.
    """
    # It takes longer to import than most messages take to read, and few are bounces.
    from flufl.bounce import all_failures

    from engine.quiet import silence

    silence("flufl.bounce")
    lines = raw[:MAX_BYTES].replace(b"\r\n", b"\n").split(b"\n")[:MAX_LINES]
    whole = b"\n".join(line[:MAX_LINE] for line in lines)
    # A header with other letters becomes an object that it cannot read; addresses have none.
    plain = whole.decode("ascii", errors="replace").replace("\ufffd", "?")
    try:
        temporary, permanent = all_failures(message_from_string(plain))
    except Exception:  # noqa: BLE001 - whatever breaks it, our own reading is left
        return (), ()
    return _plain(temporary), _plain(permanent)


def _plain(found: frozenset[bytes] | set[bytes]) -> tuple[str, ...]:
    texts = (each.decode("ascii", errors="replace").strip(" <>'\"").lower() for each in found)
    return tuple(sorted(text for text in texts if "@" in text and " " not in text))

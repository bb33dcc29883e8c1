"""Message-IDs and subject tokens that only the site can make."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to mistake."""
TOKEN_LENGTH: Final = 8
NAME_LENGTH: Final = 14
"""Letters of a Message-ID that tell one letter from all others."""
SIGNATURE_LENGTH: Final = 10
"""Letters of a Message-ID that only the key can make of those."""
_LETTER_OF: Final = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def signed(key: bytes, domain: str, seed: str) -> tuple[str, str]:
    """(Message-ID, subject token) of the letter with that seed.

    Both come from an HMAC-SHA256 with the site's key: the same letter always has the same ones,
    and nobody without the key can make up one that the site would know.
    """
    text = _letters(key, seed)
    token, name = text[:TOKEN_LENGTH], text[TOKEN_LENGTH : TOKEN_LENGTH + NAME_LENGTH].lower()
    return f"<{name}{_signature(key, name)}@{domain}>", token


def genuine(keys: Iterable[bytes], message_id: str) -> bool:
    """Whether one of `keys` made the Message-ID, under whichever domain."""
    local = message_id.strip("<>").partition("@")[0].lower()
    name, signature = local[:NAME_LENGTH], local[NAME_LENGTH:]
    if len(signature) != SIGNATURE_LENGTH or not local.isascii():
        return False
    return any(hmac.compare_digest(_signature(key, name), signature) for key in keys)


def _signature(key: bytes, name: str) -> str:
    return _letters(key, f"message-id:{name}")[:SIGNATURE_LENGTH].lower()


def _letters(key: bytes, seed: str) -> str:
    return hmac.digest(key, seed.encode(), "sha256").translate(_LETTER_OF).decode("ascii")

"""Message-IDs and subject tokens that only the site can make."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to mistake."""
TOKEN_LENGTH = 8
ID_LENGTH = 24


def signer(key: bytes, domain: str) -> Callable[[str], tuple[str, str]]:
    """A function from a letter's seed to its (Message-ID, subject token).

    Both come from an HMAC-SHA256 of the seed with the site's key: the same letter always has the
    same
    ones, and nobody without the key can make up one that the site would know.
    """

    def sign(seed: str) -> tuple[str, str]:
        digest = hmac.new(key, seed.encode(), hashlib.sha256).digest()
        text = "".join(ALPHABET[byte & 31] for byte in digest)
        token = text[:TOKEN_LENGTH]
        name = text[TOKEN_LENGTH : TOKEN_LENGTH + ID_LENGTH].lower()
        return f"<{name}@{domain}>", token

    return sign

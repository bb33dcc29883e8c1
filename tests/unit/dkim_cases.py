"""Signed mails for tests: keys made on the spot, and the DNS records that go with them."""

from __future__ import annotations

import base64
from functools import lru_cache
from math import gcd
from random import Random
from typing import Any

import dkim  # type: ignore[import-untyped]  # it ships no py.typed

PUBLIC = 65_537
SELECTOR = "post"
DOMAIN = "hf.example"
MAIL = (
    b"From: Kari <kari@hf.example>\r\nTo: <kursdeling@kursdeling.example>\r\n"
    b"Subject: SV: Kurset\r\nDate: Mon, 7 Sep 2026 08:00:00 +0000\r\n"
    b"Message-ID: <m1@hf.example>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nMOTTATT\r\n\r\nHilsen Kari\r\n"
)


@lru_cache
def key(bits: int) -> tuple[bytes, bytes]:
    """(private key as PEM, public key as a DNS record has it): the same each time."""
    chance = Random(bits)  # noqa: S311 – a key that signs nothing but tests
    while True:
        p, q = _prime(bits // 2, chance), _prime(bits - bits // 2, chance)
        if p != q and gcd(PUBLIC, (p - 1) * (q - 1)) == 1 and (p * q).bit_length() == bits:
            break
    d = pow(PUBLIC, -1, (p - 1) * (q - 1))
    private = _sequence(
        *(_integer(n) for n in (0, p * q, PUBLIC, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p)))
    )
    pem = base64.encodebytes(private)
    known = _sequence(_integer(p * q), _integer(PUBLIC))
    rsa = _sequence(bytes.fromhex("06092a864886f70d010101"), bytes.fromhex("0500"))
    public = _sequence(rsa, _tagged(3, b"\x00" + known))
    return (
        b"-----BEGIN RSA PRIVATE KEY-----\n" + pem + b"-----END RSA PRIVATE KEY-----\n",
        base64.b64encode(public),
    )


def record(bits: int = 1024, flags: str = "") -> bytes:
    """The DNS record of the key, with its flags (`t=`)."""
    more = f" t={flags};" if flags else ""
    return f"v=DKIM1; k=rsa;{more} p=".encode() + key(bits)[1]


def signed(raw: bytes = MAIL, *, bits: int = 1024, **options: Any) -> bytes:
    """The mail with a signature above it; the options are those of dkimpy's own `sign`."""
    known = {"selector": SELECTOR.encode(), "domain": DOMAIN.encode(), "privkey": key(bits)[0]}
    found: bytes = dkim.DKIM(raw).sign(**known | options)
    return found + raw


def _prime(bits: int, chance: Random) -> int:
    while True:
        found = chance.getrandbits(bits) | 1 | 3 << (bits - 2)
        if all(found % small for small in (3, 5, 7, 11, 13, 17, 19, 23)) and _is_prime(
            found, chance
        ):
            return found


def _is_prime(number: int, chance: Random) -> bool:
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(8):
        seen = pow(chance.randrange(2, number - 1), odd, number)
        if seen in (1, number - 1):
            continue
        if not any((seen := pow(seen, 2, number)) == number - 1 for _ in range(twos - 1)):
            return False
    return True


def _tagged(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + content


def _integer(number: int) -> bytes:
    return _tagged(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _sequence(*parts: bytes) -> bytes:
    return _tagged(0x30, b"".join(parts))

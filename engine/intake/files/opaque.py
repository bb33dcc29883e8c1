"""What a signed message holds whose signature is wrapped around it (S/MIME, RFC 8551 §3.5.2).

Only the words are taken out: whether the signature holds says nothing here, and is not asked.
"""

from __future__ import annotations

from typing import Final

TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNED: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_NAME, _OCTETS, _OCTETS_OF_PIECES, _SEQUENCE, _INSIDE = 0x06, 0x04, 0x24, 0x30, 0xA0
_MANY: Final = 0x80
"""The length that is told in the bytes that follow, or where it stands alone, by an end mark."""
_LONGEST: Final = 4
_MAX_PIECES: Final = 100_000


class _OtherError(Exception):
    """This is no message signed so."""


def signed_content(content: bytes) -> bytes | None:
    """Return the message that `content` holds, signed as a whole; None where it holds none, as
    what is encrypted does.
    """
    try:
        return _signed_content(content)
    except (_OtherError, IndexError):
        return None


def _signed_content(content: bytes) -> bytes:
    at = _named(content, _enter(content, 0, _SEQUENCE), _SIGNED)
    at = _enter(content, _enter(content, at, _INSIDE), _SEQUENCE)
    at = _past(content, at)  # the version
    at = _past(content, at)  # the ways of making digests
    at = _named(content, _enter(content, at, _SEQUENCE), _DATA)
    return _octets(content, _enter(content, at, _INSIDE))


def _head(content: bytes, at: int) -> tuple[int, int, int | None]:
    """(tag, where the value begins, how long it is: None where an end mark tells) (X.690 §8.1)."""
    tag, length = content[at], content[at + 1]
    if length < _MANY:
        return tag, at + 2, length
    if length == _MANY:
        return tag, at + 2, None
    begins = at + 2 + length - _MANY
    if length - _MANY > _LONGEST or begins > len(content):
        raise _OtherError
    return tag, begins, int.from_bytes(content[at + 2 : begins], "big")


def _enter(content: bytes, at: int, wanted: int) -> int:
    tag, begins, _ = _head(content, at)
    if tag != wanted:
        raise _OtherError
    return begins


def _past(content: bytes, at: int) -> int:
    _, begins, length = _head(content, at)
    if length is None:
        raise _OtherError
    return begins + length


def _named(content: bytes, at: int, wanted: bytes) -> int:
    begins = _enter(content, at, _NAME)
    end = _past(content, at)
    if content[begins:end] != wanted:
        raise _OtherError
    return end


def _octets(content: bytes, at: int) -> bytes:
    """The bytes of one string, or of the pieces that it comes in."""
    tag, begins, length = _head(content, at)
    if tag == _OCTETS and length is not None:
        return content[begins : begins + length]
    if tag != _OCTETS_OF_PIECES:
        raise _OtherError
    end = len(content) if length is None else begins + length
    pieces: list[bytes] = []
    while begins < end and content[begins] == _OCTETS:
        if len(pieces) >= _MAX_PIECES:
            raise _OtherError
        after = _past(content, begins)
        pieces.append(content[_head(content, begins)[1] : after])
        begins = after
    return b"".join(pieces)

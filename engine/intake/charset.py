"""Bytes to text, whatever the message claims about them; never raises."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from engine.pattern import pattern
from engine.plain import plain as tidy

__all__ = ["decode", "tidy"]

_ALIASES: Final[Mapping[str, str]] = {
    "ascii": "guess", "usascii": "guess", "utf8": "utf-8", "unicode11utf8": "utf-8",
    "latin1": "western", "iso88591": "western", "windows1252": "western", "cp1252": "western",
    "iso885915": "iso8859-15", "latin9": "iso8859-15", "utf16": "utf-16", "utf16le": "utf-16-le",
    "utf7": "utf-7", "unicode11utf7": "utf-7", "utf16be": "utf-16-be",
    "macintosh": "mac-roman", "macroman": "mac-roman",
    "koi8r": "koi8-r", "koi8u": "koi8-u", "gb2312": "gb18030", "gbk": "gb18030",
    "gb18030": "gb18030", "big5": "big5", "shiftjis": "shift-jis", "eucjp": "euc-jp",
    "iso2022jp": "iso-2022-jp", "euckr": "euc-kr",
}  # fmt: skip
_FAMILIES: Final = pattern(r"(?:windows|cp|ibm)(125[0-8]|437|850|852|858|865|866)|iso8859(\d+)")
_NOT_IN_KEY: Final = pattern(r"[^a-z0-9]")
_MISREAD: Final = pattern(rb"[\xc2-\xf4][\x80-\xbf]")


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    key = _NOT_IN_KEY.sub("", label.lower())
    if key in _ALIASES:
        return _ALIASES[key]
    family = _FAMILIES.fullmatch(key)
    if family is None:
        return "guess"
    return f"cp{family[1]}" if family[1] else f"iso8859-{family[2]}"


def _guess(content: bytes) -> str:
    try:
        # As "utf-8-sig", which Python does not decode by C alone.
        return content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def decode(content: bytes, label: str) -> str:
    """Return `content` as text by the charset `label`, or by the best guess where that fails.

    ISO-8859-1 is read as Windows-1252 (as every mail program does), an unknown label as UTF-8
    if the bytes allow it. Codecs that are not charsets (rot13, base64, idna) are never used.
    """
    codec = _codec(label[:60])
    if codec == "western":
        codec = "guess" if _MISREAD.search(content) else "cp1252"
    if codec == "guess":
        return _guess(content)
    try:
        return content.decode(codec)
    except (UnicodeError, LookupError):
        return _guess(content)

"""A structured header value and its parameters (RFC 2045, RFC 2231); never raises."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from msgspec import Struct, field

from engine.intake.charset import decode, tidy
from engine.intake.headers import decoded
from engine.pattern import pattern

_PARAMETER: Final = pattern(
    r";\s*([^\s=;\"]{1,60})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\"]*))", re.DOTALL
)
_ESCAPE: Final = pattern(r"\\(.)")
_CHARSET: Final = pattern(r"[^']{0,60}'[^']{0,60}'")
_SECTION: Final = pattern(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


class Value(Struct, frozen=True):
    """The value before the first semicolon, in lower case, and the parameters after it."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def parse(raw: str) -> Value:
    """Return `raw` as a value with its parameters; of parameters given twice, the first counts."""
    if not raw:
        return Value("")
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(raw):
        text = _unescaped(found[2]) if found[2] is not None else found[3].strip()
        section = _SECTION.fullmatch(found[1].lower())
        if section is None or (section[2] is None and section[3] is None):
            plain.setdefault(found[1].lower(), tidy(decoded(text)))
        else:
            place = sections.setdefault(section[1], {})
            place.setdefault(int(section[2] or 0), (text, section[3] is not None))
    for name, pieces in sections.items():
        plain[name] = _joined(pieces)
    return Value(raw.partition(";")[0].strip().lower(), plain)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _joined(pieces: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231: the first piece names the charset, encoded pieces hold percent-encoded bytes."""
    charset, content = "", b""
    for index in sorted(pieces):
        text, encoded = pieces[index]
        if encoded and index == min(pieces) and _CHARSET.match(text):
            charset, _, text = text.split("'", 2)
        octets = unquote_to_bytes(text) if encoded else text.encode("utf-8", errors="replace")
        content += octets
    return tidy(decode(content, charset))

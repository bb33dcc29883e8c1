"""Header fields of a message, split and decoded by our own readers; linear time, never raises.

Python's own readers crash on ordinary Exchange Message-IDs and need a minute for a long Subject.
"""

from __future__ import annotations

import binascii
import re
import string
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

from msgspec import Struct, field

from engine.intake.budget import Budget
from engine.plain import plain as tidy

HEADER_BYTES: Final = 8_192
"""How much of one header is read; of an address list or References, more."""
LIST_BYTES: Final = 1_000_000
MAX_HEADERS: Final = 2_000
_NAME: Final = re.compile(rb"[\x21-\x39\x3b-\x7e]{1,100}[ \t]*:")
_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
_BETWEEN: Final = re.compile(r"(\?=)[ \t\n]+(?==\?)")
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
_NOT_BASE64: Final = bytes(set(range(256)) - set(string.ascii_letters.encode() + b"0123456789+/"))
_HIDDEN_FROM: Final = re.compile(rb"\nfrom[ \t]*:", re.IGNORECASE)
_FOLD: Final = re.compile(rb"\n[ \t]")


class Headers:
    """The header fields of one message or part, top-most first, names in lower case."""

    __slots__ = ("_texts", "_values", "rows")

    def __init__(self, rows: tuple[tuple[str, bytes], ...] = ()) -> None:
        self.rows = rows
        # A message is asked for some eighty headers, and has a dozen.
        self._values: dict[str, list[bytes]] = {}
        for name, value in rows:
            self._values.setdefault(name, []).append(value)
        self._texts: dict[str, str] = {}

    def all(self, name: str) -> tuple[bytes, ...]:
        """Return every raw value of the header `name` (lower case), top-most first."""
        return tuple(self._values.get(name, ()))

    def raw(self, name: str, limit: int = HEADER_BYTES) -> str:
        """Return the top-most value of `name`, unfolded but not decoded; empty if there is none."""
        values = self._values.get(name)
        return plain(values[0][:limit]) if values else ""

    def text(self, name: str) -> str:
        """Return the top-most value of `name`, decoded (RFC 2047), on one line."""
        if name not in self._values:
            return ""
        if name not in self._texts:
            self._texts[name] = decoded(self.raw(name))
        return self._texts[name]

    def has(self, name: str) -> bool:
        """Whether there is a header `name`."""
        return name in self._values


def split(block: bytes, budget: Budget | None = None) -> tuple[Headers, int]:
    """Return the header fields at the start of `block` and where the body begins (RFC 5322).

    Line ends must be `\\n`. As other readers do, the first line that is no header ends them.
    SpentError where that is more work than `budget` allows.
    """
    budget = budget or Budget()
    rows: list[tuple[str, bytes]] = []
    position, end = _past_envelope_line(block), len(block)
    while position < end:
        budget.spend(2)
        line_end = _field_end(block, position, budget)
        found = _NAME.match(block, position)
        if found is None:
            blank = block[position : position + 1] == b"\n"
            return Headers(tuple(rows)), position + 1 if blank else position
        if len(rows) >= MAX_HEADERS:
            return _cut(rows, block, position)
        name = found[0][:-1].strip().lower().decode("ascii")
        rows.append((name, block[found.end() : line_end]))
        position = line_end + 1
    return Headers(tuple(rows)), min(position, end)


def _cut(rows: list[tuple[str, bytes]], block: bytes, position: int) -> tuple[Headers, int]:
    """Too many headers: of the rest only a further From is kept, so that nobody hides one there."""
    end = block.find(b"\n\n", position)
    end = len(block) if end < 0 else end
    hidden = _HIDDEN_FROM.search(block, max(0, position - 1), end)
    more = [("from", hidden[0])] if hidden else []
    return Headers((*rows, *more)), min(end + 2, len(block))


def _past_envelope_line(block: bytes) -> int:
    """An mbox separator may stand above the first header."""
    if block.startswith((b"From ", b">From ")):
        return block.find(b"\n") + 1 or len(block)
    return 0


def _field_end(block: bytes, position: int, budget: Budget) -> int:
    """Where the field that starts at `position` ends: at the first line end that folds nothing."""
    end = block.find(b"\n", position)
    while end != -1 and block[end + 1 : end + 2] in {b" ", b"\t"}:
        budget.spend(1)
        end = block.find(b"\n", end + 1)
    return len(block) if end == -1 else end


def plain(value: bytes) -> str:
    """Return a raw header value as text on one line, encoded words left as they are."""
    return tidy(untouched(value)).replace("\n", " ").strip()


def untouched(value: bytes) -> str:
    """Return a raw header value unfolded and nothing more: no letter stands in for another."""
    unfolded = _FOLD.sub(b" ", value) if b"\n" in value else value
    return decode(unfolded, "").strip(" \t")


def decoded(value: str) -> str:
    """Return `value` with its encoded words decoded (RFC 2047), blanks made single."""
    if "=?" not in value:
        return " ".join(tidy(value).split())
    joined = _BETWEEN.sub(r"\1", value)
    out: list[str] = []
    pending: tuple[str, bytearray] | None = None
    position = 0
    for word in _WORD.finditer(joined):
        if word.start() > position or (pending is not None and pending[0] != word[1].lower()):
            out.append(_flushed(pending))
            pending = None
        out.append(joined[position : word.start()])
        if pending is None:
            pending = (word[1].lower(), bytearray())
        pending[1].extend(_word_bytes(word[2], word[3]))
        position = word.end()
    out += [_flushed(pending), joined[position:]]
    return " ".join(tidy("".join(out)).split())


def _flushed(pending: tuple[str, bytearray] | None) -> str:
    """Words that follow each other may share one letter's bytes, so they are decoded together."""
    return "" if pending is None else decode(bytes(pending[1]), pending[0].partition("*")[0])


def _word_bytes(encoding: str, content: str) -> bytes:
    octets = content.encode("utf-8", errors="replace")
    if encoding in "qQ":
        return binascii.a2b_qp(octets, header=True)
    return unbase64(octets)


def unbase64(content: bytes) -> bytes:
    """Return what `content` decodes to as base64, as far as it can be read."""
    letters = content.translate(None, delete=_NOT_BASE64)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def message_ids(value: bytes) -> tuple[str, ...]:
    """Return every Message-ID in a header value, in order; ids that were folded are mended."""
    whole = decode(_FOLD.sub(b"", value[-HEADER_BYTES * 4 :]), "")
    return tuple(_MESSAGE_ID.findall(whole))


def references(headers: Headers) -> tuple[str, ...]:
    """Return the ids that the message answers: In-Reply-To, then References from the newest."""
    answered = [i for value in headers.all("in-reply-to") for i in message_ids(value)]
    older = [i for value in headers.all("references") for i in reversed(message_ids(value))]
    return tuple(dict.fromkeys([*answered, *older]))[:100]


def date(headers: Headers) -> datetime | None:
    """Return the instant in the Date header in UTC; None where it is missing or impossible."""
    try:
        parts = parsedate_tz(headers.raw("date", 200))
        if parts is None:
            return None
        offset = timezone(timedelta(seconds=parts[9] or 0))
        return datetime(*parts[:6], tzinfo=offset).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


_PARAMETER: Final = re.compile(
    r";\s*([^\s=;\"]{1,60})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;\"]*))", re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\(.)")
_CHARSET: Final = re.compile(r"[^']{0,60}'[^']{0,60}'")
_SECTION: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


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
_FAMILIES: Final = re.compile(r"(?:windows|cp|ibm)(125[0-8]|437|850|852|858|865|866)|iso8859(\d+)")
_NOT_IN_KEY: Final = re.compile(r"[^a-z0-9]")
_MISREAD: Final = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")


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

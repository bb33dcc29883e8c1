"""A message's tree of parts, split by boundaries; size, part and depth are capped.

The standard library's parser recurses on nesting and takes seconds for a large attachment; this
one slices, so its time is that of finding the boundaries. Line ends are `\\n` all through.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from engine.intake import headers
from engine.intake.charset import decode, tidy
from engine.intake.headers import Headers
from engine.intake.parameters import Value, parse
from engine.pattern import pattern

MAX_PARTS: Final = 200
MAX_DEPTH: Final = 30
MAX_BYTES: Final = 2_000_000
"""How much of one part is read as text."""
_LINE_END: Final = ord("\n")
_TYPE: Final = pattern(r"[^/\s]+/[^/\s]+")


@dataclass(slots=True)
class Part:
    """One part: its headers, its content still encoded, and the parts inside it."""

    headers: Headers
    body: bytes
    type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    """The file name as the sender gave it; never to be used as one."""
    children: list[Part] = field(default_factory=list)
    _content: bytes | None = field(default=None, init=False, repr=False, compare=False)
    _words: str | None = field(default=None, init=False, repr=False, compare=False)

    def content(self) -> bytes:
        """Return the body without its transfer encoding, as far as it can be read."""
        if self._content is None:
            self._content = self._decoded()
        return self._content

    def words(self) -> str:
        """Return the content as tidy text, as far as text is read at all (`MAX_BYTES`)."""
        if self._words is None:
            content = self.content()[:MAX_BYTES]
            self._words = tidy(decode(content, self.parameters.get("charset", "")))
        return self._words

    def _decoded(self) -> bytes:
        encoding = self.headers.raw("content-transfer-encoding", 100).lower().strip()
        if encoding == "base64":
            return headers.unbase64(self.body)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
            return _unuuencoded(self.body)
        return self.body

    def walk(self) -> list[Part]:
        """Return this part and every part inside it, in the order in which they stand."""
        found, waiting = [], [self]
        while waiting:
            part = waiting.pop()
            found.append(part)
            waiting.extend(reversed(part.children))
        return found


def tree(raw: bytes) -> tuple[Part, tuple[str, ...]]:
    """Return the message as a tree, and notes of what was cut: `parts_cut`, `depth_cut`."""
    notes: list[str] = []
    root = _part(_with_plain_line_ends(raw), "text/plain")
    count = 1
    waiting = [(root, 1)]
    while waiting:
        part, depth = waiting.pop(0)
        if not part.type.startswith("multipart/"):
            continue
        if depth >= MAX_DEPTH:
            notes.append("depth_cut")
            continue
        pieces = _pieces(part.body, part.parameters.get("boundary", ""), MAX_PARTS - count + 1)
        if count + len(pieces) > MAX_PARTS:
            notes.append("parts_cut")
            pieces = pieces[: MAX_PARTS - count]
        default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        part.children = [_part(piece, default) for piece in pieces]
        count += len(pieces)
        waiting.extend((child, depth + 1) for child in part.children)
        if not pieces:
            notes.append("no_parts")
    return root, tuple(dict.fromkeys(notes))


def _with_plain_line_ends(raw: bytes) -> bytes:
    """Some senders end lines with CR alone, some mix; readers differ, so none is kept."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")


def _part(block: bytes, default: str) -> Part:
    found, start = headers.split(block)
    kind: Value = parse(found.raw("content-type"))
    disposition: Value = parse(found.raw("content-disposition"))
    name = disposition.parameters.get("filename") or kind.parameters.get("name", "")
    return Part(
        headers=found,
        body=block[start:],
        type=kind.value if _TYPE.fullmatch(kind.value) else default,
        parameters=kind.parameters,
        disposition=disposition.value,
        name=name,
    )


def _pieces(body: bytes, boundary: str, at_most: int) -> list[bytes]:
    """The parts between boundary lines; what stands above the first and below the last is left."""
    mark = boundary.encode("utf-8", errors="replace")[:200].rstrip()
    if not mark:
        return []
    pieces: list[bytes] = []
    start = -1
    for begin, end, closes in _boundaries(body, b"--" + mark):
        if start >= 0:
            pieces.append(body[start : max(start, begin - 1)])
        start = -1 if closes else end + 1
        if closes or len(pieces) >= at_most:
            return pieces
    if start >= 0:
        pieces.append(body[start:])
    return pieces


def _boundaries(body: bytes, line: bytes) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is the last one) of each line that is a boundary.

    Every message has a boundary of its own: compiling a pattern for it takes longer than looking.
    """
    begin = body.find(line)
    while begin >= 0:
        marked = begin + len(line)
        end = body.find(b"\n", marked)
        end = len(body) if end < 0 else end
        rest = body[marked:end].rstrip(b" \t")
        if rest in {b"", b"--"} and (begin == 0 or body[begin - 1] == _LINE_END):
            yield begin, end, bool(rest)
            begin = body.find(line, end)
        else:
            begin = body.find(line, begin + 1)


def _unuuencoded(body: bytes) -> bytes:
    out = bytearray()
    for line in body.splitlines():
        if line == b"end":
            break
        if line and not line.startswith(b"begin "):
            try:
                out += binascii.a2b_uu(line)
            except binascii.Error:
                continue
    return bytes(out)

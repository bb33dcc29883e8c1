"""A message's tree of parts, split by boundaries; size, part and depth are capped.

The standard library's parser recurses on nesting and takes seconds for a large attachment; this
one slices, so its time is that of finding the boundaries. Line ends are `\\n` all through.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from engine.intake import headers
from engine.intake.budget import Budget
from engine.intake.files import opaque
from engine.intake.headers import Headers, Value, decode, parse, tidy

MAX_PARTS: Final = 200
MAX_DEPTH: Final = 30
MAX_BYTES: Final = 2_000_000
"""How much of one part is read as text."""
MAX_REST: Final = 1_000
"""How many blanks may follow a boundary on its line."""
_ENCODING: Final = re.compile(r"^(?:[^a-z(]|\([^()]{0,100}\))*([a-z0-9-]{1,40})")
"""The first word that is no comment, whatever marks and parameters stand around it."""
_SOFT: Final = re.compile(rb"=[ \t]+(?=\n|\Z)")
"""A line that goes on, and the blanks that a gateway has added behind it (RFC 2045 §6.7)."""
_TYPE: Final = re.compile(r"[^/\s]+/[^/\s]+")


@dataclass(slots=True)
class Part:
    """One part: its headers, its content still encoded, and the parts inside it."""

    headers: Headers
    body: bytes
    """Empty where it has been split into the parts inside it."""
    budget: Budget = field(repr=False, compare=False)
    """What reading the whole message may still cost."""
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
            self.budget.spend(len(content) // 32 + content.count(b"\n") // 4)
            self._words = tidy(decode(content, self.parameters.get("charset", "")))
        return self._words

    def _decoded(self) -> bytes:
        self.budget.spend_on_bytes(self.body)
        named = _ENCODING.search(self.headers.raw("content-transfer-encoding", 200).lower())
        encoding = named[1].replace("-", "") if named else ""
        if encoding == "base64":
            return headers.unbase64(self.body)
        if encoding == "quotedprintable":
            return binascii.a2b_qp(_SOFT.sub(b"=", self.body))
        if encoding in {"xuuencode", "uuencode", "xuue", "uue"}:
            self.budget.spend(self.body.count(b"\n"))
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


def tree(raw: bytes, budget: Budget | None = None) -> tuple[Part, tuple[str, ...]]:
    """Return the message as a tree, and notes of what was cut: `parts_cut`, `depth_cut`.

    SpentError where that is more work than `budget` allows.
    """
    budget = budget or Budget()
    notes: list[str] = []
    budget.spend_on_bytes(raw)
    root = _part(with_plain_line_ends(raw), "text/plain", budget)
    count = 1
    waiting = [(root, 1)]
    while waiting:
        part, depth = waiting.pop(0)
        if part.type in opaque.TYPES and depth < MAX_DEPTH and count < MAX_PARTS:
            part.children = _opened(part)
            count += len(part.children)
            waiting.extend((child, depth + 1) for child in part.children)
        if not part.type.startswith("multipart/"):
            continue
        if depth >= MAX_DEPTH:
            notes.append("depth_cut")
            continue
        budget.spend_on_bytes(part.body)
        boundary = part.parameters.get("boundary", "")
        pieces = _pieces(part.body, boundary, MAX_PARTS - count + 1, budget)
        if count + len(pieces) > MAX_PARTS:
            notes.append("parts_cut")
            pieces = pieces[: MAX_PARTS - count]
        default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        part.children = [_part(piece, default, budget) for piece in pieces]
        part.body = b"" if pieces else part.body
        count += len(pieces)
        waiting.extend((child, depth + 1) for child in part.children)
        if not pieces:
            notes.append("no_parts")
    return root, tuple(dict.fromkeys(notes))


def _opened(part: Part) -> list[Part]:
    """The message inside a signature that holds it, which only some mail programs can read."""
    inner = opaque.signed_content(part.content())
    if inner is None:
        return []
    part.budget.spend_on_bytes(inner)
    return [_part(with_plain_line_ends(inner), "text/plain", part.budget)]


def with_plain_line_ends(raw: bytes) -> bytes:
    """Return `raw` with `\\n` alone: some end lines with CR, some mix, and readers differ."""
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")


def _part(block: bytes, default: str, budget: Budget) -> Part:
    found, start = headers.split(block, budget)
    kind: Value = parse(found.raw("content-type"))
    disposition: Value = parse(found.raw("content-disposition"))
    name = disposition.parameters.get("filename") or kind.parameters.get("name", "")
    return Part(
        headers=found,
        body=block[start:],
        budget=budget,
        type=kind.value if _TYPE.fullmatch(kind.value) else default,
        parameters=kind.parameters,
        disposition=disposition.value,
        name=name,
    )


def _pieces(body: bytes, boundary: str, at_most: int, budget: Budget) -> list[bytes]:
    """The parts between boundary lines; what stands above the first and below the last is left."""
    mark = boundary.encode("utf-8", errors="replace")[:200].rstrip()
    if not mark:
        return []
    pieces: list[bytes] = []
    start = -1
    for begin, end, closes in _boundaries(body, b"--" + mark, budget):
        if start >= 0:
            pieces.append(body[start : max(start, begin - 1)])
        start = -1 if closes else end + 1
        if closes or len(pieces) >= at_most:
            return pieces
    if start >= 0:
        pieces.append(body[start:])
    return pieces


def _boundaries(body: bytes, line: bytes, budget: Budget) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is the last one) of each line that is a boundary.

    Every message has a boundary of its own: compiling a pattern for it takes longer than looking.
    It stands at the start of a line: what repeats it inside one is not looked at.
    """
    after_line_end = b"\n" + line
    begin = 0 if body.startswith(line) else body.find(after_line_end) + 1 or -1
    while begin >= 0:
        budget.spend(1)
        marked = begin + len(line)
        end = body.find(b"\n", marked)
        end = len(body) if end < 0 else end
        rest = body[marked:end].rstrip(b" \t") if end - marked <= MAX_REST else b"?"
        if rest in {b"", b"--"}:
            yield begin, end, bool(rest)
        begin = body.find(after_line_end, end) + 1 or -1


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


class Evidence(Struct, frozen=True, kw_only=True):
    """A message as its kind is judged by: its headers, parts, sender, subject and words.

    Subject and words are without what our own mail gateway has put in front of them.
    """

    headers: Headers
    parts: tuple[Part, ...]
    """The whole message first, then every part inside it."""
    sender: str
    subject: str
    text: str
    raw: bytes
    answers: bool
    """Whether it answers some message, or names a letter of ours."""

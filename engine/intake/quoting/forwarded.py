"""A mail that somebody forwards: who wrote it, under which subject, and what they said; inline as
the common programs do it, or attached whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from engine.domain.register.mail_domains import known_form
from engine.intake.quoting import ownwords, quotes

MOST: Final = 5
"""How many forwards inside one another are looked through."""
_SUBJECT: Final = re.compile(
    r"^\W*(?:vs|fwd?|vb|wg|fw|videresendt|vidaresendt?|forwarded)\s*:", re.IGNORECASE
)
_MARK: Final = re.compile(
    r"^\W*(?:start på |start av |begin )?(?:videresendt|vidaresend\w*|forwarded) "
    r"(?:e-?post|melding|message|mail)\b.{0,20}$",
    re.IGNORECASE | re.MULTILINE,
)
_ROW: Final = re.compile(
    r"[\s>*_|]*(?P<label>fra|frå|from|sendt|send|sent|dato|date|til|to|kopi|cc|emne|subject"
    r"|svar til|reply-to)[*_]*\s?:[*_]*\s*(?P<what>.*)",
    re.IGNORECASE,
)
_FROM: Final = frozenset({"fra", "frå", "from"})
_TITLE: Final = frozenset({"emne", "subject"})
_ADDRESS: Final = re.compile(r"[^\s<>\[\]()@,;:\"]{1,80}@[^\s<>\[\]()@,;:\"]{1,120}")
_LEAST_ROWS: Final = 3


class Forwarded(Struct, frozen=True, kw_only=True):
    """One forwarded mail."""

    sender: str
    """The bare lower-case address that its headers name; empty where they name none."""
    subject: str
    own_text: str


def is_forward(subject: str, text: str) -> bool:
    """Return whether subject or text say that somebody else's mail is forwarded."""
    return bool(_SUBJECT.match(subject) or _MARK.search(text))


def inline(text: str) -> tuple[Forwarded, ...]:
    """Return the mails that stand in `text` below header rows, the outermost first."""
    lines = quotes.unmarked(text).split("\n")
    blocks = list(_blocks(lines))[:MOST]
    ends = [*(first for first, *_ in blocks[1:]), len(lines)][: len(blocks)]
    return tuple(
        Forwarded(
            sender=sender,
            subject=subject,
            own_text=ownwords.split("\n".join(lines[last:end]).strip("\n")).own,
        )
        for (_, last, sender, subject), end in zip(blocks, ends, strict=True)
    )


def _blocks(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """(first line, the line behind it, sender, subject) of each block of header rows."""
    index = 0
    while index < len(lines):
        rows = _rows(lines, index)
        index += max(1, len(rows))
        labels = {label for label, _ in rows}
        if len(labels) >= _LEAST_ROWS and labels & _FROM and labels & _TITLE:
            said = dict(rows)
            sender = _ADDRESS.search(next(said[each] for each in said if each in _FROM))
            title = next(said[each] for each in said if each in _TITLE)
            yield (
                index - len(rows),
                index,
                known_form(sender[0].strip(".'")) if sender else "",
                title.strip(),
            )


def _rows(lines: list[str], index: int) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for line in lines[index : index + 10]:
        found = _ROW.fullmatch(line[:500])
        if found is None:
            break
        rows.append((found["label"].lower(), found["what"]))
    return rows

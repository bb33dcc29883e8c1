"""Where a reply ends and what it answers begins: nb, nn, en, sv, da, fi and de, of the common
programs. Nothing is taken for a quote without a mark, a program's own line, or our letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.intake.quoting import attribution
from engine.intake.quoting.answered import UNKNOWN, Answered, folded

_MARKS: Final = re.compile(r"^(?:\s{0,3}>)+ ?")
_SEPARATOR: Final = re.compile(
    r"-{2,}\s{0,3}(?:opprinnelig melding|opphavleg melding|opprinneleg melding|original message"
    r"|original appointment|videresendt melding|vidaresend melding|vidaresendt melding"
    r"|forwarded message|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse"
    r"|oprindelig besked|vidarebefordrat meddelande|videresendt meddelelse|videresendt besked"
    r"|opprinnelig avtale|opprinnelig e-?post|original e-?mail|oprindelig mail"
    r"|alkuperäinen viesti|välitetty viesti|ursprüngliche nachricht|originalnachricht"
    r"|weitergeleitete nachricht)\s{0,3}-{2,}"
    r"|(?:videresendt melding|vidaresend melding|begin forwarded message"
    r"|start på videresendt melding|start på vidaresend melding|ved videresendt melding)\s{0,3}:"
    r"|-{3,}\s{0,3}(?:videresendt|vidaresendt?|forwarded|vidarebefordrat) (?:av|by) .{1,300}"
    r"|-{3,}.{1,300}\b(?:skrev|skreiv|wrote)\s?:\s?-{3,}|\|-{5,}[+>|-]{1,200}",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?:\s{0,3}>){1,5}\s{0,3}(\d{1,2})[.)]\s")
_RULE: Final = re.compile(r"[_\-=–—]{5,200}")
_LOTUS_BEGINS: Final = re.compile(r"^[^\S\n]*(?:den )?\d{1,2}[./-]\d", re.IGNORECASE | re.MULTILINE)
"""How the line with the date begins; few texts have one."""
MAX_SEPARATOR: Final = 400
_MARKED: Final = attribution.MARKED


def begins(lines: list[str], letter: Answered = UNKNOWN) -> int:
    """Return the index of the first line that is a quote or introduces one; len(lines) if none."""
    return sum(1 for _ in above(lines, letter))


def above(lines: list[str], letter: Answered = UNKNOWN) -> Iterator[str]:
    """Yield the lines above the first that is a quote or introduces one; `letter` is answered."""
    dated = _LOTUS_BEGINS.search("\n".join(lines)) is not None
    # An attribution ends in a colon, which few lines do.
    ended = [attribution.ends(line.strip()[: attribution.MAX_LENGTH]) for line in lines]
    end = _letter_begins(lines, letter) if letter.text else len(lines)
    for index, line in enumerate(lines[:end]):
        if line and not line.isspace():
            if _is_marked(line) or attribution.is_header_block(lines, index, letter):
                return
            if any(ended[index : index + attribution.MAX_LINES]) and (
                attribution.stands_at(lines, index, letter)
            ):
                return
            if _is_rule_above(lines, index, letter):
                return
            if dated and attribution.is_lotus_block(lines, index):
                return
        yield line


def between(lines: list[str], letter: Answered) -> tuple[list[str], int]:
    """Return what the writer says below our letter, quoted with marks in `lines`, and between its
    lines; and how many lines are the quote, with what was filled in in its form. Nothing of it is
    the writer's where it is not our letter that is quoted.

    A line without a mark that stands in the letter was wrapped by some program; right under a point
    that is answered by its number («2. …») only what goes on with that point, for a short answer
    may stand in it too («ingen»). The answer gets the number.
    """
    marked = [line for line in lines if depth(line) and folded(line)]
    held = sum(letter.holds(line) for line in marked)
    if not held or held * 2 < len(marked):
        return [], len(lines)
    said: list[str] = []
    point, end, in_form = 0, 0, False
    begun = next(i for i, line in enumerate(lines) if depth(line))
    for index, line in enumerate(lines[begun:], begun + 1):
        if depth(line):
            point, end = _point(line, point, letter), index
            in_form = not point and letter.is_row(_MARKS.sub("", line))
        elif in_form and line.strip():
            end = index
        elif not letter.holds(
            f"{_MARKS.sub('', lines[index - 2])} {line}" if point and line.strip() else line
        ):
            in_form = False
            said.append(f"{point}) {line.strip()}" if point and line.strip() else line)
            point = 0 if line.strip() else point
    return said, end


def _point(line: str, before: int, letter: Answered) -> int:
    """The point of the letter that a quoted line belongs to, `before` being that of the line above;
    0 for none: a blank line ends them.
    """
    found = _NUMBERED.match(line[:200])
    if found is not None and letter.holds(line):
        return int(found[1]) if 1 <= int(found[1]) <= letter.points else 0
    return before if folded(line) else 0


def unmarked(text: str) -> str:
    """Return quoted text without the marks at the start of its lines."""
    return "\n".join(_MARKS.sub("", line[:20_000]) for line in text.split("\n"))


def depth(line: str) -> int:
    """Return how many quote marks the line begins with."""
    found = _MARKS.match(line[:200])
    return found[0].count(">") if found else 0


def _is_marked(line: str) -> bool:
    bare = line.strip(" *_\t") or line.strip()
    return bool(_MARKED.match(line) or _SEPARATOR.fullmatch(bare[:MAX_SEPARATOR]))


def _letter_begins(lines: list[str], letter: Answered) -> int:
    """Where our letter stands without marks, with what some program wrote above it."""
    for index in range(len(lines)):
        if letter.quoted_from(lines, index):
            return letter.ends_before(lines, index)
    return len(lines)


def _is_rule_above(lines: list[str], index: int, letter: Answered) -> bool:
    """A rule belongs to the quote that follows it at once; any other is the writer's own."""
    if not _RULE.fullmatch(lines[index].strip()[:300]):
        return False
    below = next((i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].strip()), 0)
    if not below:
        return False
    return (
        _is_marked(lines[below])
        or attribution.is_header_block(lines, below, letter)
        or attribution.stands_at(lines, below, letter)
        or (bool(letter.text) and letter.follows(lines, index))
    )

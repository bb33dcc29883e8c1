"""Commands in the sender's own words: a line that holds a command word, and what goes with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.domain.days import MONTHS
from engine.domain.fields import FIELDS
from engine.domain.words import general_meaning
from engine.intake import form
from engine.intake.quoting.ownwords import is_greeting

MAX_LINE: Final = 4_000
_MARKS: Final = " \t*_«»\"“”'`"
_BOLD: Final = " \t*_`"
_OPENING: Final = {"«": "»", '"': '"', "“": "”", "”": "”", "„": "“", "'": "'"}
_BULLET: Final = re.compile(r"^[\s*_]*(?:[-–—•·▪‣>]\s*)?[\s*_]*")
_DAY: Final = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}"
    rf"|\d{{1,2}}\.?\s{MONTHS}(?:\s\d{{2,4}})?|{MONTHS}\s\d{{1,2}},?\s\d{{4}}"
    r"|\d{1,2}\.\s?\d{1,2}(?!\d|[./]\s?\d)|(?:1[3-9]|2\d|3[01])/\d{1,2}(?![\d/]))"
)
_DIGIT: Final = re.compile(r"\d")
"""What every date holds, and few lines do."""
_DATED: Final = re.compile(
    rf"(?:(?:den|fra|frå|per|pr\.?|on|from|by)\s)?({_DAY}(?:\s?(?:[–—-]|til|to)\s?{_DAY})?"
    r"(?:[\s,;]+[A-Za-zÆØÅæøå]{2,20}:\s?\S.{0,300})?)",
    re.IGNORECASE,
)


_NEXT_WORD: Final = re.compile(r"[^\W_]+")
_TODAY: Final = re.compile(r"\bi dag\b", re.IGNORECASE)
_MARK: Final = re.compile(r"[.!,–—]|-(?=\s)|[:;]-?\)|[👍👌✅🙂😀😃😄😊☺🎉🙏]")
_ASKS: Final = re.compile(r"[?🤔👎❌😕🙁🙄😏😒🙃😬🤷😉]|:-?\(|;-?\)")
_GOES_ON: Final = re.compile(
    r"(?:at|med|av|om|som|i|til|for|fra|frå|that|with|of|from|about|to|on)\b(?! oss\b| us\b)",
    re.IGNORECASE,
)
"""Behind a comma or a dash: the sentence goes on («Merket, at lenken er gammel»)."""
_MOST_WORDS: Final = 4
"""So many words the longest command has."""
_BROKEN_AT: Final = 45
"""A line of so many characters that ends without a mark may go on below."""
_ASKED: Final = frozenset({"status", "help"})
_NOTHING_MORE: Final = frozenset(
    """takk hilsen mvh nå no kurset kurs saken saka bestillingen bestillinga tingen tinginga
    delingen delinga herved hermed da då thanks now today the course request""".split()
)
"""Words behind a command that leave it what it is."""


class Beside(str):
    """What stands on a command's line and belongs to no command."""

    __slots__ = ()


class Command(Struct, frozen=True, kw_only=True):
    """One command: the word as the program knows it, and the text that was given with it."""

    word: str
    text: str
    """What stands after the colon, up to the next command; or the date."""
    line: int
    """Counted from 1, in the sender's own words."""
    end: int
    """The last line that belongs to the command."""
    below: str = ""
    """For a word that stands alone: the lines under it, up to the next command or field."""
    beside: str = ""
    """What stands behind the word and a mark on its line: «GODTATT. Fint kurs»."""


def commands(own_text: str, words: frozenset[str]) -> tuple[Command, ...]:
    """Return the commands in `own_text`, in order; `words` are matched in any case.

    A command is a line that holds only the word, the word and a colon and text, the word and a
    date, the word and a mark, or the word and words that add nothing (INTERFACE §5.3); of words
    that begin alike the longest wins.
    """
    lines = own_text.split("\n")
    known = _known(words)
    starts = [
        (index, *found)
        for index, line in enumerate(lines)
        if (found := _command(line, known) or _in_a_sentence(lines, index, known)) is not None
        and not _is_value(lines, index, known)
    ]
    ends = [*(index for index, *_ in starts[1:]), len(lines)]
    return tuple(
        _with_broken_word(lines, start, end, known) or _with_text(lines, start, end, word, text)
        for (start, word, text), end in zip(starts, ends, strict=False)
    )


def with_reasons(
    own_text: str, found: tuple[Command, ...], wanting: Collection[Command]
) -> tuple[Command, ...]:
    """Return `found`, those in `wanting` with the rest of their paragraph as their text: «AVSLÅTT.
    Kurset passer ikke».
    """
    lines, starts = own_text.split("\n"), {each.line for each in found}

    def reasoned(command: Command) -> Command:
        end = command.line
        while (
            end < len(lines)
            and lines[end].strip()
            and end + 1 not in starts
            and form.label(lines[end], strict=True) is None
        ):
            end += 1
        text = "\n".join((command.beside, *map(str.strip, lines[command.line : end])))
        return replace(command, text=text, beside="", end=end)

    return tuple(reasoned(each) if each in wanting else each for each in found)


def with_name(own_text: str, command: Command) -> Command:
    """The command with the first line of its text alone, up to a link where one stands further
    down: what follows a name or a link is the writer's own words.
    """
    lines = command.text.split("\n")
    linked = (n for n, line in enumerate(lines, 1) if "://" in line)
    text = "\n".join(lines[: next(linked, 1)])
    if text == command.text:
        return command
    head, *below = own_text.split("\n")[command.line - 1 : command.end]
    blank = next((n for n, line in enumerate(below) if line.strip()), 0)
    skipped = 0 if head.partition(":")[2].strip(_BOLD) else blank + 1
    return replace(command, text=text, end=command.line + skipped + text.count("\n"))


def outside(own_text: str, found: tuple[Command, ...]) -> str:
    """Return `own_text` without the lines of `found`, but for what stands behind a command and a
    mark: where fields may stand.
    """
    taken = {number: "" for c in found for number in range(c.line, c.end + 1)}
    taken |= {c.line: c.beside for c in found}
    lines = own_text.split("\n")
    return "\n".join(taken.get(number, line) for number, line in enumerate(lines, 1))


def fields(own_text: str, found: tuple[Command, ...]) -> dict[str, str]:
    """Return the fields in `own_text` that stand in no command's text."""
    return form.fields(outside(own_text, found), {c.word for c in found})


def remainder(own_text: str, found: tuple[Command, ...], read: Mapping[str, str]) -> str:
    """Return the own words that are neither command, field in `read`, nor greeting: a remark."""
    rest = outside(own_text, found)
    lines = rest.split("\n")
    entries = form.scan(rest, {c.word for c in found})
    taken = {
        index
        for entry in entries
        if entry.field in read or not entry.value
        for index in range(entry.first, entry.last + 1)
    }
    kept = [
        "" if index in taken or is_greeting(line) else line.strip()
        for index, line in enumerate(lines)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


@lru_cache(maxsize=64)
def _known(words: frozenset[str]) -> Mapping[str, str]:
    # The same few sets come with every mail.
    return {_plain(word): word for word in words}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _command(line: str, known: Mapping[str, str]) -> tuple[str, str | None] | None:
    """(word, text after the colon or the date; None where the word stands alone)."""
    if not line.strip() or len(line) > MAX_LINE:
        return None
    bare = _BULLET.sub("", line, count=1).strip(_MARKS)
    alone = known.get(_plain(bare.rstrip(".!" + _MARKS)))
    if alone is not None:
        return alone, None
    head, colon, text = _unquoted(_BULLET.sub("", line, count=1)).partition(":")
    smiles = text.startswith((")", "-)"))
    if colon and not smiles and (word := known.get(_plain(head.strip(_MARKS)))) is not None:
        return word, text.strip(_BOLD)
    return _dated(bare, known)


def _in_a_sentence(
    lines: Sequence[str], index: int, known: Mapping[str, str]
) -> tuple[str, str] | None:
    """«GODTATT. Fint kurs», «Merket 👍», «Trekk bestillingen»: a word first on its line, then a
    mark or words that add nothing. No word of a sentence that began on the line above.
    """
    bare = _BULLET.sub("", lines[index], count=1).lstrip(_MARKS)
    if not bare or len(bare) > MAX_LINE or _goes_on(lines, index):
        return None
    ends = [each.end() for each in islice(_NEXT_WORD.finditer(bare), _MOST_WORDS)]
    for end in reversed(ends):
        word = known.get(_plain(bare[:end]))
        if word is None:
            continue
        rest = bare[end:].strip(_MARKS)
        meaning = general_meaning(word)
        if meaning is not None:
            asks = meaning in _ASKED and not rest.strip("?!. ")
            return (word, Beside("")) if asks else None
        if mark := _MARK.match(rest):
            beside = rest[mark.end() :].strip()
            if date := _DATED.fullmatch(beside.rstrip("!.")):
                return word, date[1]
            goes_on = mark[0] in ",–—-" and _GOES_ON.match(beside)
            return None if goes_on else (word, Beside(beside))
        said = {each[0].casefold() for each in _NEXT_WORD.finditer(_TODAY.sub("", rest))}
        return (word, Beside("")) if said <= _NOTHING_MORE and not _ASKS.search(rest) else None
    return None


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether the line goes on with the sentence of the one above, which a mail program broke."""
    above = lines[index - 1].rstrip() if index else ""
    return len(above) >= _BROKEN_AT and above[-1] not in ".!?:;)"


def _unquoted(line: str) -> str:
    """Without the marks around the whole line; a quotation inside it keeps both of its own."""
    bare = line.strip(_BOLD)
    closing = _OPENING.get(bare[:1], "")
    whole = len(bare) > 1 and bare.endswith(closing) and closing not in bare[1:-1]
    return bare[1:-1] if closing and whole else bare


def _is_value(lines: list[str], index: int, known: Mapping[str, str]) -> bool:
    """«Opprett hjemmeside:» and JA below it: the word fills a field in."""
    above = next((line for line in reversed(lines[:index]) if line.strip()), "")
    labelled = form.label(above)
    if labelled is None or labelled[1] or FIELDS[labelled[0]].kind not in form.TAKES_WORDS:
        return False
    return _command(above, known) is None


def _dated(bare: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """`AVSLUTT 1. desember 2026`: a word and a date and nothing that changes what is said."""
    if _DIGIT.search(bare) is None:
        return None
    parts = bare.split()
    for count in range(min(len(parts) - 1, 4), 0, -1):
        word = known.get(_plain(" ".join(parts[:count]).strip(_MARKS)))
        if word is None:
            continue
        date = _DATED.fullmatch(" ".join(parts[count:]).rstrip("!").strip(_MARKS).rstrip("."))
        return None if date is None else (word, date[1])
    return None


def _with_text(lines: list[str], start: int, end: int, word: str, text: str | None) -> Command:
    following = lines[start + 1 : end]
    beside = text if isinstance(text, Beside) else ""
    if beside:
        return Command(word=word, text="", line=start + 1, end=start + 1, beside=beside)
    if isinstance(text, Beside):
        text = None
    if text is not None and not _is_date(text):
        whole = "\n".join([text, *(line.strip() for line in following)]).strip()
        return Command(word=word, text=whole, line=start + 1, end=end)
    below: list[str] = []
    for line in following:
        if form.label(line, strict=True) is not None:
            break
        below.append(line.strip())
    return Command(
        word=word, text=text or "", line=start + 1, end=start + 1, below="\n".join(below).strip()
    )


def _with_broken_word(
    lines: list[str], start: int, end: int, known: Mapping[str, str]
) -> Command | None:
    """The longer command that a line and the one below it make: «SEND» over «MED UTTALELSER»."""
    if start + 1 >= end:
        return None
    word, joined = _plain(lines[start].strip(_MARKS)), f"{lines[start]} {lines[start + 1].strip()}"
    found = _command(joined, known)
    if found is None or word not in known or found[0] == known[word]:
        return None
    command = _with_text([*lines[:start], joined, *lines[start + 2 :]], start, end - 1, *found)
    return replace(command, end=command.end + 1)


def _is_date(text: str) -> bool:
    return _DATED.fullmatch(text) is not None

"""Forms that people write in a mail: lines `Felt: verdi`, read as generously as is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from msgspec import Struct, field, structs

from engine.domain.fields import FIELDS, field_by_label
from engine.intake.quoting import quotes
from engine.intake.quoting.answered import Answered, folded
from engine.intake.quoting.ownwords import ends_reading

MAX_LABEL: Final = 120
MAX_VALUE: Final = 20_000
MAX_ROWS: Final = 200
"""How many rows of a quoted form are compared."""
PROSE: Final = frozenset(("long_text", "opinion", "group"))
"""Kinds of fields whose values may hold paragraphs; all others are one line or a few."""
ONE_LINE: Final = frozenset(("line", "party", "link", "person", "routine"))
"""Names, links and parties end with their line: a first name below them is a signature."""
_BROKEN_AT: Final = 60
"""A line of so many characters was broken by a mail program, and goes on below."""
TAKES_WORDS: Final = frozenset(("yes_no", "opinion"))
"""Kinds whose whole value may be a command word on a line of its own: JA, INGEN MERKNADER."""
_BULLET: Final = re.compile(r"\s*(?:[-*•·▪‣o]|\d{1,2}[.)])\s+")
_LISTED: Final = re.compile(r"\s*(?:\d|[-–—•·▪‣*]\s)")
_MARKS: Final = " \t*_•·▪‣-–—>"
_ANSWER: Final = re.compile(
    r"[\s*_]{0,4}(?:(?:ad|til|to|feil|fault|punkt|pkt\.?|point|nr\.?|no\.?) ?)?#?"
    r"(?P<number>\d{1,2})\s?(?P<mark>[).:])[*_]{0,2}\s+(?P<text>\S.*)",
    re.IGNORECASE,
)
"""How an answer to a numbered fault begins."""
_NO_VALUE: Final = re.compile(
    r"(?:ok(?:ay)?|greit?|se (?:over|under|vedlegg)|sjå (?:over|under|vedlegg)|vet ikke|veit ikkje"
    r"|rettet|retta|fikset|ordnet|ordna|done|fixed|see (?:above|below|attachment)|kommer|kjem"
    r"|mangler|manglar|usikker|\W{0,10})[.!…]{0,3}",
    re.IGNORECASE,
)
"""What people write at a number that is no value of any field."""
_JOINTS: Final = " \n-–*_(;,"
_SEPARATOR: Final = re.compile(r":|\t|\s[–—-]\s")
_INLINE_PART: Final = re.compile(
    r"(?:^|(?<=[\s.;,*_(]))([A-Za-zÆØÅæøå]{3,20}(?: [a-zæøå]{2,12}){0,2})[*_]{0,2}\s?:(?=[\s*_]|$)"
)
_BOLD: Final = "*_"
_QUOTED: Final = re.compile(r"[«“”\"„]([^«»“”\"„\n]{2,150})[»“”\"]")
_SEVERAL_QUOTED: Final = re.compile(
    r"(?:[«“”\"„][^«»“”\"„\n]{2,150}[»“”\"](?:\s?,\s?|\s(?:og|and|samt)\s|\s)?){2,20}\.?"
)
_CAPITALS: Final = re.compile(r"[A-ZÆØÅ]{2,20}(?: [A-ZÆØÅ]{1,20}){0,2}[.!]?")


class Entry(Struct, frozen=True, kw_only=True):
    """One field with its value, and the lines (counted from 0) on which it stands."""

    field: str
    value: str
    first: int
    last: int


def fields(text: str, stops: Collection[str] = ()) -> dict[str, str]:
    """Return the fields of a form in the sender's own words, by field name, raw as written.

    A value goes on over several lines; `stops` are command words, a line of which ends a value.
    A field written twice counts as written last; an empty one is left out. Kursbeskrivelse that
    holds Mål, Innhold and Målgrupper becomes those three (R34).
    """
    return _as_dict(scan(text, stops))


def several(text: str, stops: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return the fields of each course where the sender's own words name several: forms one below
    the other, lines with a name each, or a list of names. A form begins where its first field
    stands again, else with a course's name; what stands above the first name, or below names that
    follow one another, goes for all of them.

    Nothing where there is only one, or where one of several forms names no course.
    """
    entries = [each for entry in scan(text, stops) if entry.value for each in _named(entry)]
    names = [n for n, entry in enumerate(entries) if entry.field == "full_name"]
    if not names:
        return ()
    starts = [n for n, entry in enumerate(entries) if entry.field == entries[0].field]
    common = {} if len(starts) > 1 else _as_dict(tuple(entries[: names[0]]))
    starts = names if common else starts
    blocks = [
        common | _as_dict(tuple(entries[start:end]))
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True)
    ]
    for block, below in reversed([*pairwise(blocks)]):
        if block.keys() - common.keys() == {"full_name"}:
            block.update({**below, **block})
    once = {block.get("full_name", ""): block for block in blocks}
    return tuple(once.values()) if len(once) > 1 and "" not in once else ()


def _named(entry: Entry) -> list[Entry]:
    """A row of several names in quotation marks as one row for each: «A», «B» og «C»."""
    if entry.field != "full_name" or not _SEVERAL_QUOTED.fullmatch(entry.value):
        return [entry]
    names = _QUOTED.findall(entry.value)
    return [structs.replace(entry, value=name.strip()) for name in names]


def by_number(text: str, asked: Sequence[str]) -> str:
    """Return `text` with each line that begins with a number and a mark («1) …», «2: …») as a row
    of the field that stands at that place of `asked`.

    As it is where that is not certain: numbers that do not grow, or with different marks; a list in
    the text of a field; a question.
    """
    lines = text.split("\n")
    answers = [
        (index, found)
        for index, line in enumerate(lines)
        if (found := _ANSWER.fullmatch(line[:MAX_VALUE])) is not None
    ]
    numbers = [int(found["number"]) for _, found in answers]
    marks = {found["mark"] for _, found in answers}
    if not answers or len(marks) > 1 or numbers != sorted(set(numbers)):
        return text
    rows = [(index, _row(int(found["number"]), found["text"], asked)) for index, found in answers]
    first = answers[0][0]
    if any(row is None for _, row in rows) or any(map(_is_prose, lines[:first])):
        return text
    for index, row in rows:
        lines[index] = row or ""
    return "\n".join(lines)


def _row(number: int, text: str, asked: Sequence[str]) -> str | None:
    """What answers fault `number` as a row of a form; None where that is not certain."""
    if label(text, strict=True) is not None:
        return text
    name = asked[number - 1] if 1 <= number <= len(asked) else ""
    if name not in FIELDS or text.rstrip().endswith("?") or _NO_VALUE.fullmatch(text.strip()):
        return None
    return f"{FIELDS[name].labels['nb']}: {text}"


def _is_prose(line: str) -> bool:
    """Whether a field begins on the line whose text may hold a list."""
    labelled = label(line, strict=True)
    return labelled is not None and FIELDS[labelled[0]].kind in PROSE


def quoted_fields(text: str) -> dict[str, str]:
    """Return the fields filled in inside a quoted form; `text` without its quote marks.

    Stricter than for own words, as the text around the form is ours: a label ends in a colon,
    and a value begins on its line or the next and ends at a blank line. The first value counts.
    """
    entries = scan(text, strict=True)
    return _as_dict(tuple(reversed(entries)))


def filled_in(quoted: str, letter: Answered) -> dict[str, str]:
    """Return what was filled in inside the form of our `letter`, as it is quoted, by field name.

    Only rows of the form itself count, at the letter's own quote level, and only where they say
    something else than the letter: what another person wrote into it is nobody's correction.
    """
    if not quoted:
        return {}
    letter.budget.spend_on_text(quoted)
    level = _level_of(quoted, letter)
    text = _at_level(quoted, level)
    lines = text.split("\n")
    found = scan(text, strict=True)[:MAX_ROWS]
    asked = scan(_at_level(letter.text, 0), strict=True)[:MAX_ROWS]
    letter.budget.spend(len(found) * (1 + len(asked)))
    pairs = SequenceMatcher(
        None, [row.field for row in asked], [row.field for row in found], autojunk=False
    )
    changed = [
        found[block.b + place]
        for block in pairs.get_matching_blocks()
        for place in range(block.size)
        if _plain(found[block.b + place].value) != _plain(asked[block.a + place].value)
    ]
    others, repeated = _deeper(letter.text, 0), _deeper(quoted, level)
    letter.budget.spend(len(changed) * (1 + (len(others) + len(repeated)) // 2_000))
    changed = [row for row in changed if not _said_by_others(row, lines, others, repeated)]
    return _as_dict(tuple(reversed(changed)))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _said_by_others(row: Entry, lines: list[str], others: str, repeated: str) -> bool:
    """Whether the row is a line of somebody else's words in the letter, quoted by itself: where
    these words stand in the quote as well, the row is the writer's own.
    """
    first = folded(lines[row.first])
    if first == folded(lines[row.first].partition(":")[0]):
        first = folded(" ".join(lines[row.first : row.last + 1]))
    return f" {first} " in others and f" {first} " not in repeated


def _deeper(text: str, level: int) -> str:
    """The words that stand at a deeper quote level than `level`."""
    kept = (line for line in text.split("\n") if quotes.depth(line) > level)
    return f" {folded(quotes.unmarked(chr(10).join(kept)))} "


def _level_of(quoted: str, letter: Answered) -> int:
    """The quote level at which our letter stands."""
    lines = quoted.split("\n")
    levels = Counter(quotes.depth(line) for line in lines if letter.holds(line))
    return min(levels, key=lambda each: (-levels[each], each), default=1)


def _at_level(text: str, level: int) -> str:
    """Lines with more marks, or fewer, are blank; what somebody wrote between them has none."""
    kept = [line if quotes.depth(line) in {0, level} else "" for line in text.split("\n")]
    return quotes.unmarked("\n".join(kept))


def scan(text: str, stops: Collection[str] = (), *, strict: bool = False) -> tuple[Entry, ...]:
    """Return every field of `text` with its value and lines, in order; blank values included."""
    reader = _Reader(
        lines=text.split("\n"),
        strict=strict,
        stops=frozenset(word.casefold() for word in stops),
    )
    return reader.read()


def label(line: str, *, strict: bool = False) -> tuple[str, str] | None:
    """Return (field name, rest of the line) when `line` begins with a field's label, else None."""
    if not line or line.isspace():
        return None
    if strict and (":" not in line or _LISTED.match(line)):
        return None
    for found in _SEPARATOR.finditer(line[: MAX_LABEL + 60]):
        if found[0] != ":" and strict:
            continue
        name = field_by_label(line[: found.start()].strip(_MARKS)[:MAX_LABEL])
        if name is not None:
            return name, _value(line[found.end() :])
    if strict or len(line) > MAX_LABEL:
        return None
    name = field_by_label(line.strip(_MARKS))
    return None if name is None else (name, "")


def _value(text: str) -> str:
    """Without the blanks and the bold marks that the label left over."""
    bare = text.strip(" \t")
    if not bare.startswith(("*", "_")):
        return bare.lstrip(":").strip(" \t")[:MAX_VALUE]
    for mark in ("**", "*", "__", "_"):
        if bare.startswith(mark) and bare.count(mark) == 1:
            bare = bare.removeprefix(mark)
    bold = bare[:1] in _BOLD and bare[-1:] in _BOLD
    return (bare.strip(_BOLD) if bold else bare).lstrip(":").strip(" \t")[:MAX_VALUE]


class _Reader(Struct, kw_only=True):
    """Goes through the lines once; one field at a time is open."""

    lines: list[str]
    strict: bool
    stops: frozenset[str]
    found: list[Entry] = field(default_factory=list)
    name: str = ""
    value: str = ""
    first: int = 0
    last: int = 0
    last_label: int = -1

    def read(self) -> tuple[Entry, ...]:
        labels = [label(line, strict=self.strict) for line in self.lines]
        self.last_label = max((i for i, found in enumerate(labels) if found), default=-1)
        for index, (line, labelled) in enumerate(zip(self.lines, labels, strict=True)):
            if labelled is not None:
                self._close()
                self.name, self.value = labelled
                self.first = self.last = index
            elif self.name == "full_name" and (mark := self._listed(line, index)):
                self._close()
                self.name, self.value = "full_name", line[mark:].strip()
                self.first = self.last = index
            elif self.name and not self._goes_on(line.strip(), index):
                self._close()
            elif self.name and line.strip():
                self._add(line.strip(), index)
        self._close()
        return tuple(self.found)

    def _goes_on(self, line: str, index: int) -> bool:
        """Whether the line, which is no label, still belongs to the open field's value."""
        if not line:
            return not self.strict
        if ends_reading(line) or self._stops(line):
            return False
        if self.value and FIELDS[self.name].kind in ONE_LINE:
            return len(self.lines[index - 1].rstrip()) >= _BROKEN_AT
        if not self.value or self.lines[index - 1].strip():
            return True
        return FIELDS[self.name].kind in PROSE and self.last_label > index

    def _listed(self, line: str, index: int) -> int:
        """Where the name begins on a line of a list of names, the first or another below it."""
        found, above = _BULLET.match(line), self.lines[index - 1]
        listed = not self.value or (bool(above.strip()) and _BULLET.match(above) is not None)
        return found.end() if found is not None and listed and not self.strict else 0

    def _stops(self, line: str) -> bool:
        """Whether the line is a command: one of the known words, or by its looks."""
        if not self.value and FIELDS[self.name].kind in TAKES_WORDS:
            return False
        bare = line.strip(_MARKS)
        if bare.partition(":")[0].strip(_MARKS).rstrip(".!").casefold() in self.stops:
            return True
        return bool(self.value) and _CAPITALS.fullmatch(bare) is not None

    def _add(self, line: str, index: int) -> None:
        """A wrapped line goes on in the same paragraph; lists and new paragraphs keep theirs."""
        if not self.value:
            self.value = _value(line)
        elif not self.lines[index - 1].strip():
            self.value += "\n\n" + line
        else:
            self.value += ("\n" if _BULLET.match(line + " ") else " ") + line
        self.last = index

    def _close(self) -> None:
        if not self.name:
            return
        entry = Entry(
            field=self.name, value=self.value.strip()[:MAX_VALUE], first=self.first, last=self.last
        )
        self.found.extend(_parts(entry))
        self.name = self.value = ""


def _parts(entry: Entry) -> list[Entry]:
    """A group, as Kursbeskrivelse is, may hold its parts; what stands before the first is kept as
    it is.
    """
    parts = FIELDS[entry.field].parts
    if not parts:
        return [entry]
    places = [
        (found.start(), found.end(), name)
        for found in _INLINE_PART.finditer(entry.value)
        if (name := field_by_label(found[1])) in parts
    ]
    if not places:
        return [entry]
    ends = [start for start, _, _ in places[1:]] + [len(entry.value)]
    before = entry.value[: places[0][0]].strip().rstrip(_JOINTS)
    pieces = [(entry.field, before)] if before else []
    pieces += [
        (name, entry.value[begin:end].lstrip(" \n*_").rstrip(_JOINTS))
        for (_, begin, name), end in zip(places, ends, strict=True)
    ]
    return [
        Entry(field=name, value=value, first=entry.first, last=entry.last) for name, value in pieces
    ]


def _as_dict(entries: tuple[Entry, ...]) -> dict[str, str]:
    return {entry.field: entry.value for entry in entries if entry.value}

"""Forms that people write in a mail: lines `Felt: verdi`, read as generously as is safe."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from engine.domain.fields import field_by_label
from engine.intake.ownwords import ends_reading

MAX_LABEL: Final = 120
MAX_VALUE: Final = 20_000
PROSE: Final = frozenset(
    "description goal content audience summary prerequisites exception experts liaison".split()
)
"""Fields whose values may hold paragraphs; all others are one line or a few."""
_PARTS: Final = frozenset({"goal", "content", "audience"})
_BULLET: Final = re.compile(r"\s*(?:[-*•·▪‣o]|\d{1,2}[.)])\s+")
_MARKS: Final = " \t*_•·▪‣-–—>"
_SEPARATOR: Final = re.compile(r":|\t|\s[–—-]\s")
_INLINE_PART: Final = re.compile(r"(?:^|(?<=[\s.;,]))([A-Za-zÆØÅæøå]{3,20}(?: [a-zæøå]{2,12}){0,2})\s?:(?=\s|$)")
_CAPITALS: Final = re.compile(r"[A-ZÆØÅ]{2,20}(?: [A-ZÆØÅ]{1,20}){0,2}[.!]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field with its value, and the lines (counted from 0) on which it stands."""

    field: str
    value: str
    first: int
    last: int


@dataclass(slots=True)
class _Open:
    """A field whose value is being read."""

    field: str
    first: int
    last: int
    paragraphs: list[str]


def fields(text: str, stops: Collection[str] = ()) -> dict[str, str]:
    """Return the fields of a form in the sender's own words, by field name, raw as written.

    A value goes on over several lines; `stops` are command words, a line of which ends a value.
    A field written twice counts as written last; an empty one is left out. Kursbeskrivelse that
    holds Mål, Innhold and Målgrupper becomes those three (R34).
    """
    return _as_dict(scan(text, stops))


def quoted_fields(text: str) -> dict[str, str]:
    """Return the fields filled in inside a quoted form; `text` without its quote marks.

    Stricter than for own words, as the text around the form is ours: a label ends in a colon,
    and a value begins on its line or the next and ends at a blank line. The first value counts.
    """
    entries = scan(text, strict=True)
    return _as_dict(tuple(reversed(entries)))


def scan(text: str, stops: Collection[str] = (), *, strict: bool = False) -> tuple[Entry, ...]:
    """Return every field of `text` with its value and lines, in order; blank values included."""
    lines = text.split("\n")
    stop_words = frozenset(word.casefold() for word in stops)
    last_label = max((i for i, line in enumerate(lines) if label(line, strict=strict)), default=-1)
    entries: list[Entry] = []
    current: _Open | None = None
    for index, line in enumerate(lines):
        found = label(line, strict=strict)
        if found is not None:
            _close(current, entries)
            current = _Open(found[0], index, index, [found[1]] if found[1] else [])
        elif current is not None and not _goes_on(current, lines, index, stop_words, last_label, strict):
            _close(current, entries)
            current = None
        elif current is not None and line.strip():
            _add(current, line, index, after_blank=not lines[index - 1].strip())
    _close(current, entries)
    return tuple(entries)


def label(line: str, *, strict: bool = False) -> tuple[str, str] | None:
    """Return (field name, rest of the line) when `line` begins with a field's label, else None."""
    if not line or line.isspace():
        return None
    if strict and re.match(r"\s*\d", line):
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
    for mark in ("**", "*", "__", "_"):
        if bare.startswith(mark) and bare.count(mark) == 1:
            bare = bare.removeprefix(mark)
    return re.sub(r"^[*_]+(.*?)[*_]+$", r"\1", bare).lstrip(":").strip(" \t")[:MAX_VALUE]


def _goes_on(
    current: _Open,
    lines: list[str],
    index: int,
    stops: frozenset[str],
    last_label: int,
    strict: bool,  # noqa: FBT001
) -> bool:
    """Whether the line at `index`, which is no label, still belongs to the value."""
    line = lines[index].strip()
    if not line:
        return not (strict and current.paragraphs) and not (strict and index > current.first)
    if ends_reading(line) or _is_stop(line, stops, bool(current.paragraphs)):
        return False
    after_blank = not lines[index - 1].strip()
    if not after_blank or not current.paragraphs:
        return True
    return current.field in PROSE and last_label > index


def _is_stop(line: str, stops: frozenset[str], has_value: bool) -> bool:  # noqa: FBT001
    bare = line.strip(_MARKS)
    if bare.partition(":")[0].strip(_MARKS).rstrip(".!").casefold() in stops:
        return True
    return has_value and _CAPITALS.fullmatch(bare) is not None


def _add(current: _Open, line: str, index: int, *, after_blank: bool) -> None:
    """A wrapped line goes on in the same paragraph; a list and a new paragraph keep their lines."""
    text = _value(line) if not current.paragraphs else line.strip()
    if not current.paragraphs:
        current.paragraphs.append(text)
    elif after_blank:
        current.paragraphs.append("\n\n" + text)
    else:
        current.paragraphs.append(("\n" if _BULLET.match(line) else " ") + text)
    current.last = index


def _close(current: _Open | None, entries: list[Entry]) -> None:
    if current is None:
        return
    value = "".join(current.paragraphs).strip()[:MAX_VALUE]
    made = [Entry(field=current.field, value=value, first=current.first, last=current.last)]
    if current.field == "description":
        made = _parts(made[0])
    entries.extend(made)


def _parts(entry: Entry) -> list[Entry]:
    """Kursbeskrivelse may hold its three parts; what stands before the first is kept as it is."""
    places = [
        (found.start(), found.end(), name)
        for found in _INLINE_PART.finditer(entry.value)
        if (name := field_by_label(found[1])) in _PARTS
    ]
    if not places:
        return [entry]
    ends = [start for start, _, _ in places[1:]] + [len(entry.value)]
    before = entry.value[: places[0][0]].strip(" \n-–.;,*_")
    pieces = [("description", before)] if before else []
    pieces += [
        (name, entry.value[begin:end].strip(" \n-–*_"))
        for (_, begin, name), end in zip(places, ends, strict=True)
    ]
    return [
        Entry(field=name, value=value, first=entry.first, last=entry.last) for name, value in pieces
    ]


def _as_dict(entries: tuple[Entry, ...]) -> dict[str, str]:
    return {entry.field: entry.value for entry in entries if entry.value}

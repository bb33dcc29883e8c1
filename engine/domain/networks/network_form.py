"""The form of a network's plan or report as lines of text: written, and read as it comes back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from msgspec.structs import replace

from engine.domain.networks.network_report import Contents, Kind, Measure, Outcome
from engine.domain.networks.network_words import FORM, count_in, is_bare
from engine.domain.secrecy import may_be_about_a_patient
from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.names import SECTION_NAMES

MOST_MEASURES: Final = 200
LONGEST_VALUE: Final = 5_000
EMPTY_ROWS: Final = 3
"""How many measures a form without any leaves room for."""
_SHORT: Final = 400
"""How long a mail may be that says in its own words that there was no activity."""
_LABELLED: Final = re.compile(
    r"[\s*•\-–>]{0,6}(?:\d{1,2}[.)]\s)?(?P<label>[A-Za-zÆØÅæøå][\wæøåÆØÅ ]{1,40}?)"
    r"[ \u00a0]?(?P<number>\d{1,3})?[.)]?\s?(?:\([^()]{0,40}\))?\s?\*{0,2}\s?"
    r"(?:(?::|\t)\*{0,2}(?P<value>.*))?"
)
"""A label, and what stands after it; a Word file's empty cell leaves the label alone."""


_EXCUSE: Final = re.compile(
    r"\b(?:kjem|kommer|sender|ettersend\w*|utsett\w*|utset\w*|utsatt|frist\w*|vent\w*|neste|snart"
    r"|seinare|senere|men|unntatt|unnateke|utanom|utenom|bortsett|later|soon|but|except)\b|\?"
)
"""Words with which «ingen aktivitet» is not the whole report."""


_BESIDE_LABEL: Final = 2
"""So many cells of a row are filled in that holds a label and its value."""


def _key(text: str) -> str:
    return " ".join(re.sub(r"\([^()]*\)", "", text).casefold().split())


_BY_KEY: Final[Mapping[str, str]] = {
    _key(text): name
    for name, line in FORM.items()
    for text in (*line.labels.values(), *line.synonyms)
}
_OF_A_MEASURE: Final = frozenset({"priority_area", "responsible", "outcome"})
_OF_REPORTS: Final = frozenset(("outcome", "no_activity", "deviations", "bottlenecks"))
_SAYS_SOMETHING: Final = frozenset(
    ("measure", "no_activity", "deviations", "improvements", "bottlenecks", "total")
)


def written(
    kind: Kind,
    network: str,
    year: int,
    measures: Sequence[Measure],
    language: Language,
    *,
    said: Contents | None = None,
) -> str:
    """The form to fill in, one line a field, with what is known already."""
    return "\n".join(
        f"{label}: {value}".rstrip()
        for label, value in rows(kind, network, year, measures, language, said=said)
    )


def rows(
    kind: Kind,
    network: str,
    year: int,
    measures: Sequence[Measure],
    language: Language,
    *,
    said: Contents | None = None,
) -> tuple[tuple[str, str], ...]:
    """The form as (label, value); room for some measures where none is known.

    `said` is what was delivered before; what may be about a patient is left out of it.
    """
    known = {} if said is None else _said(said, language)
    found = _rows(kind, network, year, measures, known=known, language=language)
    return tuple(
        (f"{FORM[name].labels[language]}{f' {n}' if n else ''}", v) for name, n, v in found
    )


def _said(said: Contents, language: Language) -> dict[str, str]:
    """Every field of a delivery but its measures, as people write it."""
    count = "" if said.deviation_count is None else str(said.deviation_count)
    found = {
        "no_activity": say("table.true", language) if said.no_activity else "",
        "deviations": said.deviation_text or count,
        "bottlenecks": said.bottlenecks,
        "improvements": "\n".join(said.improvements),
        **said.sections,
        "free_text": said.free_text,
    }
    bare = {name: "" if may_be_about_a_patient(text) else text for name, text in found.items()}
    return {**bare, "deviations": bare["deviations"] or count}


def _rows(
    kind: Kind,
    network: str,
    year: int,
    measures: Sequence[Measure],
    *,
    known: Mapping[str, str],
    language: Language,
) -> Iterator[tuple[str, int, str]]:
    yield "network", 0, network
    yield f"{kind}_year", 0, str(year)
    if kind == "report":
        yield "no_activity", 0, known.get("no_activity", "")
    room = 0 if known.get("no_activity") else EMPTY_ROWS
    for n, measure in enumerate(measures or (Measure(text=""),) * room, start=1):
        yield "measure", n, measure.text
        yield "priority_area", 0, measure.priority_area
        if kind == "plan":
            yield "responsible", 0, measure.responsible
        else:
            told = measure.outcome != "unknown"
            yield "outcome", 0, say(f"network_outcomes.{measure.outcome}", language) if told else ""
    if kind == "report":
        for name in ("deviations", "bottlenecks"):
            yield name, 0, known.get(name, "")
        # One line each: what stands on several lines flows together in a letter.
        for proposal in known.get("improvements", "").split("\n"):
            yield "improvements", 0, proposal
    for name in (*SECTION_NAMES, "free_text"):
        yield name, 0, known.get(name, "")


def read(text: str, kind: Kind) -> Contents | None:
    """What a form says, read as `kind` unless it names its own; None for a text that is no form."""
    found = _Reader(kind=kind)
    for line in _without_columns(text.split("\n")):
        found.take(line)
    found.close()
    if found.names & _SAYS_SOMETHING:
        return found.contents
    if kind == "report" and _is_inactive(text):
        return replace(found.contents, no_activity=True)
    return None


def _without_columns(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with each row of a table that has a column for each field as one line a field."""
    columns: list[str] = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        named = [_BY_KEY.get(_key(cell), "") for cell in cells]
        if "measure" in named and _OF_A_MEASURE & {*named}:
            columns = named
        elif columns and len(cells) == len(columns) and any(cells) and not _is_a_field(cells):
            told = zip(columns, cells, strict=True)
            of_it = [
                (name, cell) for name, cell in told if name == "measure" or name in _OF_A_MEASURE
            ]
            for name, cell in sorted(of_it, key=lambda pair: pair[0] != "measure"):
                yield f"{FORM[name].labels['nb']}: {cell}"
        else:
            columns = columns if not line.strip() else []
            yield line


def _is_a_field(cells: Sequence[str]) -> bool:
    """Whether the row of a spreadsheet is a line of the form below its table of measures."""
    name = _BY_KEY.get(_key(cells[0]), "measure")
    return name not in {"measure", *_OF_A_MEASURE} and sum(map(bool, cells)) <= _BESIDE_LABEL


def names_in(text: str) -> Contents | None:
    """The network, the kind and the year that a form's head names; None where it has no head."""
    found = _Reader(kind="plan")
    for line in text.split("\n"):
        found.take(line)
    found.close()
    if not found.names & {"network", "plan_year", "report_year"}:
        return None
    years = found.names & {"plan_year", "report_year"}
    if not years and found.names & _OF_REPORTS:
        # Without a year, what only a report says tells which of the two it is.
        return replace(found.contents, kind="report")
    return found.contents


def is_row(line: str) -> bool:
    """Whether the line is one of the form's: the label of a field and what stands in it."""
    found = _LABELLED.fullmatch(line.lstrip("> "))
    return found is not None and _key(found["label"]) in _BY_KEY


def sections(text: str) -> tuple[str, ...]:
    """The text in as many parts as forms stand below each other in it, each with its own head."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if _names_network(line) and any(_names_network(each) for each in parts[-1]):
            parts.append([])
        parts[-1].append(line)
    return tuple("\n".join(part) for part in parts)


def from_head(text: str) -> str:
    """The text from where it names a network on, without what stands above the form."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if _names_network(line)), 0)
    return "\n".join(lines[first:])


def _names_network(line: str) -> bool:
    found = _LABELLED.fullmatch(line)
    return found is not None and _BY_KEY.get(_key(found["label"])) == "network"


def _is_inactive(text: str) -> bool:
    folded = " ".join(text.casefold().split())
    if len(folded) > _SHORT or _EXCUSE.search(folded):
        return False
    return any(words in folded for words in FORM["no_activity"].words["mail"])


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Goes through the lines once; one field at a time is open."""

    kind: Kind
    contents: Contents = field(init=False)
    measures: list[Measure] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    name: str = ""
    number: int = 0
    value: str = ""
    alone: list[str] = field(default_factory=list)
    """Labels that stood alone on their lines."""
    in_table: bool = False

    def __post_init__(self) -> None:
        self.contents = Contents(kind=self.kind)

    def take(self, line: str) -> None:
        found = _LABELLED.fullmatch(line)
        name = _BY_KEY.get(_key(found["label"])) if found else None
        if found is None or name is None:
            if self.name:
                self.value = f"{self.value}\n{line}"[:LONGEST_VALUE]
            return
        self.close()
        self.in_table = self.in_table or "\t" in line
        if found["value"] is None:
            self.alone.append(name)
        self.number = int(found["number"] or 0) if name == "measure" else 0
        self.name, self.value = name, found["value"] or ""

    def close(self) -> None:
        if self.name:
            self._keep(self.name, self.value.strip(" \t\n*_"))
        self.name, self.value = "", ""
        # A line of its own says so; in a table it is a cell that nobody has filled in.
        if self.alone == ["no_activity"] and not self.in_table:
            self.contents = replace(self.contents, no_activity=True)
        measures = tuple(each for each in self.measures if each.text or is_about_one(each))
        self.contents = replace(self.contents, measures=measures)

    def _keep(self, name: str, value: str) -> None:
        self.names.add(name)
        if name == "measure":
            if len(self.measures) < MOST_MEASURES:
                self.measures.append(measure_of(one_line(value), self.number))
        elif name in _OF_A_MEASURE:
            self._of_a_measure(name, one_line(value))
        elif value:
            self.contents = with_field(self.contents, name, value)

    def _of_a_measure(self, name: str, value: str) -> None:
        if not self.measures:
            return
        last = self.measures[-1]
        match name:
            case "priority_area":
                self.measures[-1] = dataclasses.replace(last, priority_area=value)
            case "responsible":
                self.measures[-1] = dataclasses.replace(last, responsible=value)
            case _:
                self.measures[-1] = dataclasses.replace(last, outcome=outcome_of(value))


_FEW: Final = 2
"""Of how many words a status is at most, where it stands in a measure's place."""
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


def with_field(contents: Contents, name: str, value: str) -> Contents:
    """The contents with one more field, which is not empty."""
    if name == "deviations":
        return _with_deviations(contents, value)
    if name in ("plan_year", "report_year"):
        year = _YEAR.search(value)
        kind: Kind = "plan" if name == "plan_year" else "report"
        return replace(contents, kind=kind, year=int(year[1]) if year else contents.year)
    return replace(contents, **_value(contents, name, value))


def _value(contents: Contents, name: str, value: str) -> dict[str, Any]:
    match name:
        case "network":
            return {"network": one_line(value)}
        case "no_activity":
            return {"no_activity": value.casefold().strip() in FORM["no_activity"].words["yes"]}
        case "total":
            return {"stated_total": count_in(value)}
        case "improvements":
            return {"improvements": (*contents.improvements, *_listed(value))}
        case _ if name in SECTION_NAMES:
            return {"sections": {**contents.sections, name: value}}
        case _:
            return {name: value}


def _with_deviations(contents: Contents, value: str) -> Contents:
    """The number alone is counted; words beside it stay apart, for they may be about patients."""
    if value.casefold().strip(" .") in FORM["deviations"].words["none"]:
        return replace(contents, deviation_count=0, deviation_text="")
    text = "" if is_bare(value) else value
    return replace(contents, deviation_count=count_in(value), deviation_text=text)


def measure_of(text: str, number: int) -> Measure:
    """«Tiltak 2: utført» says what became of a measure that is known already."""
    said = outcome_of(text) if number and len(text.split()) <= _FEW else "unknown"
    if said != "unknown":
        return Measure(text="", outcome=said, number=number)
    return Measure(text=text, number=number)


def is_about_one(measure: Measure) -> bool:
    """Whether a measure without a text says something of one by its number."""
    said = measure.outcome != "unknown" or measure.priority_area or measure.responsible
    return bool(measure.number and said)


def outcome_of(text: str) -> Outcome:
    """What became of a measure, by how its status begins; `unknown` for anything else."""
    folded = text.casefold().strip(" .*_-")
    for outcome, words in FORM["outcome"].words.items():
        if any(folded == word or folded.startswith((f"{word} ", f"{word},")) for word in words):
            return cast("Outcome", outcome)
    return "unknown"


def _listed(value: str) -> tuple[str, ...]:
    lines = (_BULLET.sub("", line).strip() for line in value.split("\n"))
    return tuple(line for line in lines if line)


def one_line(value: str) -> str:
    """The value on one line."""
    return " ".join(value.split())

"""What stands on one line of a network's form, read as people write it."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from engine.domain.counting import count_in, is_bare
from engine.domain.network_report import Contents, Kind, Measure, Outcome
from engine.domain.network_words import NONE_WORDS, OUTCOME_WORDS, YES_WORDS
from engine.pattern import pattern
from engine.wording.names import SECTION_NAMES

_FEW: Final = 2
"""Of how many words a status is at most, where it stands in a measure's place."""
_YEAR: Final = pattern(r"(?<!\d)(20\d\d)(?!\d)")
_BULLET: Final = pattern(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


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
            return {"no_activity": value.casefold().strip() in YES_WORDS}
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
    if value.casefold().strip(" .") in NONE_WORDS:
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
    for outcome, words in OUTCOME_WORDS.items():
        if any(folded == word or folded.startswith((f"{word} ", f"{word},")) for word in words):
            return outcome
    return "unknown"


def _listed(value: str) -> tuple[str, ...]:
    lines = (_BULLET.sub("", line).strip() for line in value.split("\n"))
    return tuple(line for line in lines if line)


def one_line(value: str) -> str:
    """The value on one line."""
    return " ".join(value.split())

"""The roll-up as a document, in the area's written standard (R76, R82)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from engine.calendar import oslo_day
from engine.domain.network_report import OUTCOMES
from engine.domain.rollup import STANDINGS, Line, Rollup
from engine.frozen import dataclass
from engine.model import Language
from engine.report.document import (
    Bars,
    Block,
    Document,
    Heading,
    Paragraph,
    Points,
    Quotes,
    Table,
)
from engine.wording.dates import short_day
from engine.wording.rollup import words

NO_NUMBER = "–"
"""What stands where a number is unknown: never 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bodies:
    """What the area and its two bodies are called there."""

    area: str
    fousam: str
    su: str


def document_of(rollup: Rollup, bodies: Bodies, language: Language) -> Document:
    """The whole roll-up, to be told in any form."""
    return Document(
        title=words("title", language, year=rollup.year),
        language=language,
        blocks=[
            Paragraph(
                text=words("intro", language, fousam=bodies.fousam, su=bodies.su, area=bodies.area)
            ),
            *_sections(rollup, language),
            Heading(text=words("about", language)),
            Paragraph(text=words("about_text", language)),
        ],
    )


def supplement_of(rollup: Rollup, number: int, bodies: Bodies, language: Language) -> Document:
    """Supplement `number`: only what has come since, of which `rollup` is made."""
    return Document(
        title=words("supplement", language, number=number, year=rollup.year),
        language=language,
        blocks=[
            Paragraph(
                text=words("intro", language, fousam=bodies.fousam, su=bodies.su, area=bodies.area)
            ),
            Paragraph(text=words("supplement_intro", language)),
            *_delivery(rollup, language),
            *_measures(rollup, language),
            *_deviations(rollup, language),
            *_proposals(rollup, language),
        ],
    )


def file_name(year: int, supplement: int, language: Language) -> str:
    """What a file with the roll-up is called, without its ending: «samlerapport-2026»."""
    name = f"{words('file', language)}-{year}"
    return f"{name}-{words('supplement_file', language)}-{supplement}" if supplement else name


def record_of(rollup: Rollup) -> dict[str, Any]:
    """The roll-up as plain values that JSON can hold; unknown is null, never 0."""
    return {
        "area": rollup.area,
        "year": rollup.year,
        "networks": rollup.networks,
        **{standing: rollup.count(standing) for standing in STANDINGS},
        "unread": [line.name for line in rollup.unread],
        "measures": {"total": sum(rollup.outcomes.values()), **rollup.outcomes},
        "priority_areas": [
            {"name": line.name or None, "total": line.total, **line.outcomes}
            for line in rollup.areas
        ],
        "deviations": rollup.deviations,
        "deviations_unknown": list(rollup.deviations_unknown),
        "proposals": [{"network": each.network, "text": each.text} for each in rollup.proposals],
        "held_back": rollup.held_back,
        "uncovered": [{"network": name, "parties": list(who)} for name, who in rollup.uncovered],
        "lines": [_line_record(line) for line in rollup.lines],
    }


def _line_record(line: Line) -> dict[str, Any]:
    return {
        "network": line.name,
        "request": line.request,
        "standing": line.standing,
        "delivered_on": _day_of(line),
        "read": line.read,
        "no_activity": line.no_activity,
        "measures": None if line.measures is None else dict(line.measures),
        "deviations": line.deviations,
    }


def _day_of(line: Line) -> str | None:
    return None if line.delivered_at is None else oslo_day(line.delivered_at).isoformat()


def _sections(rollup: Rollup, language: Language) -> Iterator[Block]:
    yield from _in_short(rollup, language)
    yield from _delivery(rollup, language)
    yield from _measures(rollup, language)
    yield from _deviations(rollup, language)
    yield from _proposals(rollup, language)
    yield from _coverage(rollup, language)


def _in_short(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("in_short"))
    counts: dict[str, int] = {standing: rollup.count(standing) for standing in STANDINGS}
    yield Paragraph(
        text=words("summary", language, networks=rollup.networks, year=rollup.year, **counts)
    )
    became: dict[str, int] = {outcome: rollup.outcomes[outcome] for outcome in OUTCOMES}
    total = sum(became.values())
    if total:
        yield Paragraph(text=words("summary_measures", language, total=total, **became))


def _delivery(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("delivery"))
    header = ("network", "report", "delivered_on", "measures", "deviations")
    yield Table(
        caption=say("delivery_caption"),
        header=tuple(say(name) for name in header),
        rows=tuple(_row(line, language) for line in rollup.lines),
        numbers_from=3,
    )


def _row(line: Line, language: Language) -> tuple[str, ...]:
    measures = None if line.measures is None else sum(line.measures.values())
    on = (
        NO_NUMBER if line.delivered_at is None else short_day(oslo_day(line.delivered_at), language)
    )
    return (
        line.name,
        _told(line, language),
        on,
        NO_NUMBER if measures is None else str(measures),
        NO_NUMBER if line.deviations is None else str(line.deviations),
    )


def _told(line: Line, language: Language) -> str:
    said = [words(line.standing, language)]
    if line.standing != "missing" and not line.read:
        said.append(words("unread", language))
    if line.no_activity:
        said.append(words("no_activity", language))
    return ", ".join(said)


def _measures(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("by_area"))
    if not rollup.priority_areas_decided:
        yield Paragraph(text=say("none_decided", year=rollup.year))
    if not rollup.areas:
        yield Paragraph(text=say("no_measures"))
        return
    outcomes = tuple(say(outcome) for outcome in OUTCOMES)
    named = [(line.name or say("no_area"), line) for line in rollup.areas]
    yield Bars(
        title=say("by_area_caption"),
        parts=outcomes,
        bars=tuple(
            (name, tuple(line.outcomes[outcome] for outcome in OUTCOMES)) for name, line in named
        ),
    )
    rows = [
        (name, *(str(line.outcomes[each]) for each in OUTCOMES), str(line.total))
        for name, line in named
    ]
    sums = [rollup.outcomes[outcome] for outcome in OUTCOMES]
    yield Table(
        caption=say("by_area_caption"),
        header=(say("area"), *outcomes, say("total")),
        rows=(*rows, (say("total"), *map(str, sums), str(sum(sums)))),
    )


def _deviations(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("deviations"))
    if rollup.deviations is None:
        yield Paragraph(text=say("deviations_none"))
    else:
        yield Paragraph(text=say("deviations_sum", count=rollup.deviations))
        if rollup.deviations_unknown:
            names = ", ".join(rollup.deviations_unknown)
            yield Paragraph(text=say("deviations_unknown", names=names))
    yield Paragraph(text=say("deviations_only_counts"))


def _proposals(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("proposals"))
    if rollup.proposals:
        named = pairwise((None, *rollup.proposals))
        yield Quotes(
            items=tuple(
                ("" if before and before.network == each.network else each.network, each.text)
                for before, each in named
                if each
            )
        )
    else:
        yield Paragraph(text=say("no_proposals"))
    if rollup.held_back:
        count = rollup.held_back
        yield Paragraph(text=say("one_held_back" if count == 1 else "held_back", count=count))


def _coverage(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("coverage"))
    # Networks that lack the same parties stand together: at first, that is all of them.
    lacking: dict[tuple[str, ...], list[str]] = {}
    for name, who in rollup.uncovered:
        lacking.setdefault(who, []).append(name)
    items: Sequence[str] = [
        say("uncovered", networks=", ".join(names), parties=", ".join(who))
        for who, names in lacking.items()
    ]
    yield Points(items=tuple(items)) if items else Paragraph(text=say("covered"))

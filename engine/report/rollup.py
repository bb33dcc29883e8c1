"""The roll-up as a document, in the area's written standard (R76, R82)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.networks.network_report import OUTCOMES
from engine.domain.networks.rollup import STANDINGS, Line, Rollup
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
from engine.wording import catalogue
from engine.wording.dates import short_day
from engine.wording.names import SECTION_NAMES

FEW = 5
"""Numbers of deviations below this stand in no copy to networks."""
NO_NUMBER = "–"
"""What stands where a number is unknown: never 0."""


class Bodies(Struct, frozen=True, kw_only=True):
    """What the area and its two bodies are called there."""

    area: str
    fousam: str
    su: str


def words(name: str, language: Language, **values: object) -> str:
    """The words of the roll-up called `name`, with the values filled in."""
    return catalogue.say(f"rollup.{name}", language, **values)


def document_of(
    rollup: Rollup, bodies: Bodies, language: Language, *, small: bool = True
) -> Document:
    """The whole roll-up, to be told in any form; without `small` no number of deviations under five
    is told.
    """
    return Document(
        title=words("title", language, year=rollup.year),
        language=language,
        blocks=[
            Paragraph(
                text=words("intro", language, fousam=bodies.fousam, su=bodies.su, area=bodies.area)
            ),
            *_sections(rollup, language, small=small),
            Heading(text=words("about", language)),
            Paragraph(text=words("about_text", language)),
        ],
    )


def supplement_of(
    rollup: Rollup, number: int, bodies: Bodies, language: Language, *, small: bool = True
) -> Document:
    """Supplement `number`: only what has come since, of which `rollup` is made."""
    return Document(
        title=words("supplement", language, number=number, year=rollup.year),
        language=language,
        blocks=[
            Paragraph(
                text=words("intro", language, fousam=bodies.fousam, su=bodies.su, area=bodies.area)
            ),
            Paragraph(text=words("supplement_intro", language)),
            *_corrections(rollup, language, small=small),
            *_delivery(rollup, language, small=small),
            *_measures(rollup, language),
            *_deviations(rollup, language, small=small),
            *_bottlenecks(rollup, language),
            *_proposals(rollup, language),
            *_works(rollup, language),
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
        "bottlenecks": [
            {"network": each.network, "text": each.text} for each in rollup.bottlenecks
        ],
        "works": [
            {"section": each.section, "network": each.network, "text": each.text}
            for each in rollup.works
        ],
        "members_unknown": list(rollup.members_unknown),
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


def _sections(rollup: Rollup, language: Language, *, small: bool) -> Iterator[Block]:
    yield from _in_short(rollup, language)
    yield from _delivery(rollup, language, small=small)
    yield from _measures(rollup, language)
    yield from _deviations(rollup, language, small=small)
    yield from _bottlenecks(rollup, language)
    yield from _proposals(rollup, language)
    yield from _works(rollup, language)
    yield from _coverage(rollup, language)


def _in_short(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("in_short"))
    counts: dict[str, int] = {standing: rollup.count(standing) for standing in STANDINGS}
    yield Paragraph(
        text=words("summary", language, networks=rollup.networks, year=rollup.year, **counts)
    )
    if rollup.unread:
        names = ", ".join(line.name for line in rollup.unread)
        yield Paragraph(text=words("summary_unread", language, names=names))
    became: dict[str, int] = {outcome: rollup.outcomes[outcome] for outcome in OUTCOMES}
    total = sum(became.values())
    if total:
        yield Paragraph(text=words("summary_measures", language, total=total, **became))


def _delivery(rollup: Rollup, language: Language, *, small: bool) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("delivery"))
    header = ("network", "report", "delivered_on", "measures", "deviations")
    yield Table(
        caption=say("delivery_caption"),
        header=tuple(say(name) for name in header),
        rows=tuple(_row(line, language, small=small) for line in rollup.lines),
        numbers_from=3,
    )


def _row(line: Line, language: Language, *, small: bool) -> tuple[str, ...]:
    measures = None if line.measures is None else sum(line.measures.values())
    on = (
        NO_NUMBER if line.delivered_at is None else short_day(oslo_day(line.delivered_at), language)
    )
    return (
        line.name,
        _told(line, language),
        on,
        NO_NUMBER if measures is None else str(measures),
        _deviation(line.deviations, language, small=small),
    )


def _deviation(count: int | None, language: Language, *, small: bool) -> str:
    """A number of deviations; one so small that it may point at a patient is not told as such."""
    if count is None:
        return NO_NUMBER
    return str(count) if small or count >= FEW else words("under_five", language)


def _corrections(rollup: Rollup, language: Language, *, small: bool) -> Iterator[Block]:
    """What was told before of those whose reports the supplement corrects, beside what is true."""
    now = {line.network: line for line in rollup.lines}
    found = [(line, now[line.network]) for line in rollup.before if line.network in now]
    if not found:
        return
    yield Heading(text=words("corrections", language))
    yield Points(
        items=tuple(
            words(
                "correction",
                language,
                network=new.name,
                measures_before=_total(old),
                measures=_total(new),
                deviations_before=_deviation(old.deviations, language, small=small),
                deviations=_deviation(new.deviations, language, small=small),
            )
            for old, new in found
        )
    )


def _total(line: Line) -> str:
    return NO_NUMBER if line.measures is None else str(sum(line.measures.values()))


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


def _deviations(rollup: Rollup, language: Language, *, small: bool) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("deviations"))
    if rollup.deviations is None:
        yield Paragraph(text=say("deviations_none"))
    else:
        yield Paragraph(text=_sum_of_deviations(rollup, language, small=small))
        if rollup.deviations_unknown:
            names = ", ".join(rollup.deviations_unknown)
            yield Paragraph(text=say("deviations_unknown", names=names))
    yield Paragraph(text=say("deviations_only_counts"))


def _sum_of_deviations(rollup: Rollup, language: Language, *, small: bool) -> str:
    hidden = [
        line for line in rollup.lines if line.deviations is not None and line.deviations < FEW
    ]
    # With one number left out, the sum would tell it.
    if not small and (len(hidden) == 1 or (rollup.deviations or 0) < FEW):
        return words("deviations_sum_hidden", language)
    return words("deviations_sum", language, count=rollup.deviations)


def _quoted(said: Sequence[tuple[str, str]]) -> Quotes:
    """Texts with the network before each, once where several of one follow each other."""
    named = pairwise((None, *said))
    return Quotes(
        items=tuple(
            ("" if before and before[0] == each[0] else each[0], each[1])
            for before, each in named
            if each
        )
    )


def _bottlenecks(rollup: Rollup, language: Language) -> Iterator[Block]:
    yield Heading(text=words("bottlenecks", language))
    if rollup.bottlenecks:
        yield _quoted([(each.network, each.text) for each in rollup.bottlenecks])
    else:
        yield Paragraph(text=words("no_bottlenecks", language))


def _works(rollup: Rollup, language: Language) -> Iterator[Block]:
    """The mandate's areas of work that any network writes of (R86)."""
    if not rollup.works:
        return
    yield Heading(text=words("works", language))
    for section, names in SECTION_NAMES.items():
        said = [(each.network, each.text) for each in rollup.works if each.section == section]
        if said:
            name = names[language]
            yield Paragraph(text=f"{name[:1].upper()}{name[1:]}:")
            yield _quoted(said)


def _proposals(rollup: Rollup, language: Language) -> Iterator[Block]:
    say = partial(words, language=language)
    yield Heading(text=say("proposals"))
    if rollup.proposals:
        yield _quoted([(each.network, each.text) for each in rollup.proposals])
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
    if rollup.members_unknown:
        names = ", ".join(rollup.members_unknown)
        items = (*items, say("members_unknown", networks=names))
    yield Points(items=tuple(items)) if items else Paragraph(text=say("covered"))

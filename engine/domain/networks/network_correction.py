"""What a plan or a report says once a correction of it has come: by field and by number."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.domain.networks.network_report import Contents, Measure
from engine.model import Reason

_ALIKE: Final = 0.72
"""How alike two texts are at the least that are one text before and after it was mended."""


class Corrected(Struct, frozen=True):
    """The whole as it stands after a correction, and what in it is not certain."""

    contents: Contents
    doubts: tuple[Reason, ...] = ()


def corrected(before: Contents | None, said: Contents) -> Corrected:
    """What stands once `said` has come on top of `before`; a doubt for whatever cannot be placed.

    What a correction says nothing of stands. A measure is found by its number, else by its text.
    """
    measures, doubts = _measures(before.measures if before else (), said)
    if before is None:
        return Corrected(replace(said, measures=measures), doubts)
    if said.no_activity and before.measures:
        values = {"count": len(before.measures)}
        doubts = (*doubts, Reason("correction_empties", values))
    counted = said.deviation_count is not None or bool(said.deviation_text)
    total = before.stated_total if len(measures) == len(before.measures) else None
    return Corrected(
        Contents(
            kind=said.kind,
            network=said.network or before.network,
            year=said.year or before.year,
            no_activity=said.no_activity or (before.no_activity and not measures),
            measures=measures,
            stated_total=total if said.stated_total is None else said.stated_total,
            deviation_count=said.deviation_count if counted else before.deviation_count,
            deviation_text=said.deviation_text if counted else before.deviation_text,
            bottlenecks=said.bottlenecks or before.bottlenecks,
            improvements=_joined(before.improvements, said.improvements),
            sections={**before.sections, **said.sections},
            free_text=said.free_text or before.free_text,
        ),
        doubts,
    )


def _measures(
    before: Sequence[Measure], said: Contents
) -> tuple[tuple[Measure, ...], tuple[Reason, ...]]:
    places = _places(before, said.measures)
    standing: list[Measure | None] = list(before)
    added: list[Measure] = []
    doubts: list[Reason] = []
    for measure, place in zip(said.measures, places, strict=True):
        if place is not None and place < len(before):
            standing[place] = _mended(before[place], measure, said.kind)
        elif not measure.text:
            # A row of the form that nobody has written a measure on.
            if said.kind == "plan" and not before:
                continue
            doubts.append(Reason("measure_not_known", {"number": measure.number}))
        elif place is None:
            doubts.append(Reason("correction_uncertain", {"measure": measure.text}))
        else:
            added.append(dataclasses.replace(measure, number=0))
    return tuple(each for each in (*standing, *added) if each is not None), tuple(doubts)


def _places(before: Sequence[Measure], said: Sequence[Measure]) -> list[int | None]:
    """For each measure the place of the one that it is about; one past the end for a new one, None
    where that is not certain.
    """
    new = len(before)
    if not before:
        return [new] * len(said)
    by_text = [_place_by_text(before, each.text) for each in said]
    # A form that was numbered anew names its measures by their texts.
    whole = len(said) >= len(before) and {*range(new)} <= {*by_text}
    if whole:
        return [new if place is None else place for place in by_text]
    if all(each.number for each in said):
        return [
            _place_by_number(place, each.number, new)
            for place, each in zip(by_text, said, strict=True)
        ]
    if any(each.number for each in said) or len(said) != len(before):
        return by_text
    # As many as before, without numbers: those whose text is another stand where they stood.
    free = [place for place in range(new) if place not in by_text]
    changed = [n for n, place in enumerate(by_text) if place is None]
    if changed == free:
        return [n if place is None else place for n, place in enumerate(by_text)]
    return by_text


def _place_by_number(by_text: int | None, number: int, new: int) -> int | None:
    place = min(number - 1, new)
    if by_text is None or by_text == place:
        return place
    # The number says one measure and the text another.
    return None


def _place_by_text(before: Sequence[Measure], text: str) -> int | None:
    folded = _folded(text)
    same = [n for n, each in enumerate(before) if _folded(each.text) == folded]
    return same[0] if folded and len(same) == 1 else None


def _mended(before: Measure, said: Measure, kind: str) -> Measure | None:
    """The measure with what the correction says of it; None where a plan takes it out."""
    if kind == "plan" and not said.text and said.outcome == "not_done":
        return None
    return Measure(
        text=said.text or before.text,
        priority_area=said.priority_area or before.priority_area,
        outcome=before.outcome if said.outcome == "unknown" else said.outcome,
        responsible=said.responsible or before.responsible,
    )


def _joined(before: Sequence[str], said: Sequence[str]) -> tuple[str, ...]:
    """All proposals: one that is much like an earlier one takes its place, any other is new."""
    found = list(before)
    for text in said:
        likeness = [SequenceMatcher(None, _folded(each), _folded(text)).ratio() for each in found]
        best = max(range(len(found)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= _ALIKE:
            found[best] = text
        else:
            found.append(text)
    return tuple(found)


def _folded(text: str) -> str:
    return " ".join(text.casefold().strip(" .«»\"'").split())


def differences(before: Contents, after: Contents) -> Iterator[tuple[str, int, str, str]]:
    """Yield (field, number of the measure or 0, what it said, what it says) where they differ."""
    for n, (old, new) in enumerate(_aligned(before.measures, after.measures), start=1):
        yield from _of_a_measure(n, old, new)
    fields = ("total", "no_activity", "deviations", "bottlenecks", "improvements", "free_text")
    for name in (*fields, *dict.fromkeys((*before.sections, *after.sections))):
        was, now = _told(before, name), _told(after, name)
        if was != now:
            yield name, 0, was, now


def _of_a_measure(
    n: int, old: Measure | None, new: Measure | None
) -> Iterator[tuple[str, int, str, str]]:
    if old is None or new is None:
        yield "measure", n, old.text if old else "", new.text if new else ""
        return
    for name in ("text", "priority_area", "outcome", "responsible"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield "measure" if name == "text" else name, n, was, now


def _aligned(
    before: Sequence[Measure], after: Sequence[Measure]
) -> Iterator[tuple[Measure | None, Measure | None]]:
    kept = {_folded(each.text) for each in after}
    if len(after) < len(before):
        standing = iter(after)
        for old in before:
            yield old, (next(standing, None) if _folded(old.text) in kept else None)
        yield from ((None, each) for each in standing)
        return
    for n, new in enumerate(after):
        yield (before[n] if n < len(before) else None), new


def _told(contents: Contents, name: str) -> str:
    match name:
        case "total":
            return str(len(contents.measures))
        case "no_activity":
            return "x" if contents.no_activity else ""
        case "deviations":
            count = contents.deviation_count
            return contents.deviation_text if count is None else str(count)
        case "improvements":
            return "; ".join(contents.improvements)
        case "bottlenecks" | "free_text":
            return str(getattr(contents, name))
        case _:
            return contents.sections.get(name, "")

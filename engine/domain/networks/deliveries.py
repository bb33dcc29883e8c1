"""What an act delivers for a network, and what is wrong with it (R78, R79, R81)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.domain.networks.network_correction import Corrected, corrected
from engine.domain.networks.network_report import (
    Contents,
    Delivery,
    Measure,
    as_record,
    deliveries_of,
    from_record,
    with_delivery,
    with_reading,
    without_last,
)
from engine.domain.networks.network_words import FORM
from engine.model import Act, Reason
from engine.wording.names import SECTION_NAMES

CONTENTS: Final = "contents"
"""The value of an act that holds what was read; absent where a person has yet to read it."""


CAME: Final = "came"
"""The value of an act that says when what it delivers came, where FOUSAM was asked first."""


def came(act: Act) -> datetime | None:
    """When what the act delivers came; None where it came with the act."""
    text = act.values.get(CAME)
    return None if text is None else datetime.fromisoformat(text)


def values_of(contents: Contents | None) -> dict[str, str]:
    """The values of an act that delivers `contents`; None: nobody has read it yet."""
    if contents is None:
        return {}
    return {CONTENTS: json.dumps(as_record(contents), ensure_ascii=False, sort_keys=True)}


def contents_of(act: Act) -> Contents | None:
    """What the act delivers, as far as it has been read."""
    text = act.values.get(CONTENTS)
    return None if text is None else from_record(json.loads(text))


def standing(kept: Mapping[str, Any], earlier: Mapping[str, Any], kind: str) -> Contents | None:
    """What a delivery is held against: the last version that was read, else for a report the plan
    of its year; None where nothing stands.
    """
    read = [each.contents for each in deliveries_of(kept) if each.contents is not None]
    if read or kind != "report":
        return read[-1] if read else None
    return _planned(earlier)


def _planned(earlier: Mapping[str, Any]) -> Contents | None:
    read = [each.contents for each in deliveries_of(earlier) if each.contents is not None]
    if not read:
        return None
    measures = tuple(dataclasses.replace(each, outcome="unknown") for each in read[-1].measures)
    return Contents(kind="report", measures=measures)


def whole(kept: Mapping[str, Any], earlier: Mapping[str, Any], said: Contents) -> Corrected:
    """What stands once `said` has come: a correction changes nothing but what it speaks of.

    A first report that names its measures itself owes the plan nothing; one that says «Tiltak 2:
    utført» speaks of the plan's second.
    """
    before = standing(kept, earlier, said.kind)
    first = not any(each.contents is not None for each in deliveries_of(kept))
    if first and (said.no_activity or all(each.text for each in said.measures)):
        before = None
    found = corrected(before, said)
    if said.kind != "report":
        return found
    contents = replace(found.contents, measures=_within_areas(found.contents, _planned(earlier)))
    return Corrected(contents, found.doubts)


def _within_areas(said: Contents, planned: Contents | None) -> tuple[Measure, ...]:
    """The measures, each that names no priority area within the one that the plan put it in."""
    of_plan = (
        {_folded(each.text): each.priority_area for each in planned.measures} if planned else {}
    )
    return tuple(
        dataclasses.replace(
            each, priority_area=each.priority_area or of_plan.get(_folded(each.text), "")
        )
        for each in said.measures
    )


def delivered(
    kept: Mapping[str, Any], kind: str, act: Act, at: datetime, earlier: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The deliveries as they stand after the act: one version more, or the last one read."""
    if kind == "voiding":
        return without_last(kept)
    contents = contents_of(act)
    if contents is not None:
        contents = whole(kept, earlier, contents).contents
    if kind == "reading" and contents is not None:
        return with_reading(kept, contents)
    cause = act.cause
    return with_delivery(
        kept,
        Delivery(
            version=0,
            at=min(at, came(act) or at),
            source=f"{cause.kind}:{cause.ref}",
            by=act.actor.address,
            contents=contents,
        ),
    )


def year_faults(contents: Contents | None, year: int) -> tuple[Reason, ...]:
    """Whether the form says that it is about another year than the one that is waited for."""
    if contents is None or contents.year in (None, year):
        return ()
    return (Reason("wrong_year", {"year": contents.year, "wanted": year}),)


def kind_faults(contents: Contents | None, kind: str) -> tuple[Reason, ...]:
    """Whether a report came where a plan is waited for, or the other way round."""
    if contents is None or contents.kind == kind:
        return ()
    return (Reason("report_for_plan" if kind == "plan" else "plan_for_report"),)


def emptiness(contents: Contents | None) -> tuple[Reason, ...]:
    """Whether a form came back with nothing filled in; a plan has one measure at least."""
    if contents is None:
        return ()
    if contents.is_empty or not _is_filled_in(contents):
        return (Reason("delivery_empty", {"kind": contents.kind}),)
    return ()


def _is_filled_in(contents: Contents) -> bool:
    """Whether more stands in it than what we filled in ourselves before we sent it out."""
    if contents.kind == "plan":
        return any(each.text for each in contents.measures)
    known = any(measure.outcome != "unknown" for measure in contents.measures)
    return known or not replace(contents, measures=()).is_empty


def unread(kept: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Whether the last version still waits for somebody to read it in."""
    versions = deliveries_of(kept)
    return (Reason("delivery_unread"),) if versions and versions[-1].contents is None else ()


def total_faults(kept: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Whether the last version says how many measures there are, and lists another number."""
    contents = _last(kept)
    if contents is None or contents.totals_agree:
        return ()
    values = {"stated": contents.stated_total, "listed": len(contents.measures)}
    return (Reason("totals_differ", values),)


def area_faults(kept: Mapping[str, Any], decided: Sequence[str], year: int) -> tuple[Reason, ...]:
    """Every measure of the last version that names no priority area of the year (R79)."""
    contents = _last(kept)
    if contents is None:
        return ()
    if not decided:
        return (Reason("no_priority_areas", {"year": year}),)
    return tuple(_area_faults(contents, decided))


def _area_faults(contents: Contents, decided: Sequence[str]) -> Iterator[Reason]:
    known = {_folded(name) for name in decided}
    for measure in contents.measures:
        named = measure.priority_area
        if not named.strip():
            yield Reason("priority_area_missing", {"measure": measure.text})
        elif priority_area(named, decided) is None:
            choice = ", ".join(decided)
            yield Reason(
                "unknown_priority_area",
                {"measure": measure.text, "area": named, "known": choice, "count": len(known)},
            )


def doubts(
    kept: Mapping[str, Any], earlier: Mapping[str, Any], contents: Contents | None
) -> tuple[Reason, ...]:
    """Why nothing is changed by what came: it says nothing new, or cannot be placed in what
    stands.
    """
    if contents is None:
        return ()
    found = whole(kept, earlier, contents)
    if not any(each.contents is not None for each in deliveries_of(kept)):
        return emptiness(contents) or found.doubts
    changes = found.contents != standing(kept, earlier, contents.kind)
    if contents.is_empty or not (changes or _is_filled_in(contents)):
        return (Reason("delivery_empty", {"kind": contents.kind}),)
    return found.doubts


def warnings(kept: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What the last version says nothing of though the mandate names it; it stands in nobody's way
    (R86).
    """
    contents = _last(kept)
    if contents is None:
        return ()
    return (*_unclear(contents), *_unsaid(contents))


def _unclear(contents: Contents) -> Iterator[Reason]:
    if contents.deviation_count is None and contents.deviation_text.strip():
        yield Reason("deviations_unclear")
    open_ones = [each.text for each in contents.measures if each.outcome == "unknown"]
    if contents.kind == "report" and open_ones:
        yield Reason("outcomes_unknown", {"measures": tuple(open_ones)})


def _unsaid(contents: Contents) -> tuple[Reason, ...]:
    if contents.kind != "plan":
        # They are sections of a plan (R86); a report says them where there is something to say.
        return ()
    said = " ".join(contents.texts).casefold()
    missing = tuple(
        name
        for name in SECTION_NAMES
        if not contents.sections.get(name, "").strip()
        and not any(each in said for each in FORM[name].words["mention"])
    )
    return (Reason("sections_missing", {"sections": missing}),) if missing else ()


def priority_area(named: str, decided: Sequence[str]) -> str | None:
    """The priority area that the text means: its name, or its number in SU's list; else None."""
    folded = _folded(named)
    if folded.isdecimal() and 0 < int(folded) <= len(decided):
        return decided[int(folded) - 1]
    return next((each for each in decided if _folded(each) == folded), None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().strip(" .«»\"'").split())


def _last(kept: Mapping[str, Any]) -> Contents | None:
    versions = deliveries_of(kept)
    return versions[-1].contents if versions else None

"""Why what an act brings cannot be kept: every fault in days, links, parties and parts."""

from __future__ import annotations

from datetime import datetime

from engine.calendar import oslo_day
from engine.definition.types import Event, Keep, Span
from engine.domain.course_information import is_https
from engine.domain.days import latest_day, read_day
from engine.domain.parties import nearest
from engine.model import LANGUAGES, Act, Reason, Request
from engine.plan.case import Case
from engine.plan.keeping import (
    day_text,
    fields_of,
    link_of,
    part_word,
    parts_named,
    party_of,
    text_of,
)
from engine.wording.names import one_of


def kept_faults(case: Case, event: Event, act: Act, at: datetime) -> tuple[Reason, ...]:
    """Every fault in what `act` brings for the event to keep; none when it can be kept."""
    return tuple(fault for keep in event.keeps for fault in _faults(case, keep, act, at))


def _faults(case: Case, keep: Keep, act: Act, at: datetime) -> tuple[Reason, ...]:
    match keep.kind:
        case "day":
            return _day_faults(keep, act, at)
        case "link":
            return _link_faults(keep, act, case.request)
        case "party":
            return _party_faults(case, keep, act)
        case "parts":
            return _parts_faults(keep, act)
        case _:
            return _absent(keep, act)


def _absent(keep: Keep, act: Act) -> tuple[Reason, ...]:
    if keep.kind == "text" and not (keep.optional or text_of(keep, act)):
        return (Reason("text_not_given"),)
    if keep.kind == "form" and not fields_of(act):
        return (Reason("nothing_to_fill_in", {}),)
    return ()


def _day_faults(keep: Keep, act: Act, at: datetime) -> tuple[Reason, ...]:
    text, today = day_text(keep, act), oslo_day(at)
    if not text:
        return ()
    day = read_day(text, today)
    if day is None:
        return (Reason("day_unreadable", {"text": text}),)
    if day < today:
        return (Reason("day_past", {"day": day}),)
    latest = latest_day(today, keep.within or Span(1, "years"))
    return (Reason("day_too_far", {"day": day, "latest": latest}),) if day > latest else ()


def _link_faults(keep: Keep, act: Act, request: Request) -> tuple[Reason, ...]:
    link = link_of(keep, act, request)
    if is_https(link) or (keep.optional and not link):
        return ()
    return (Reason("link_not_https", {"link": link}),) if link else (Reason("link_not_given"),)


def _party_faults(case: Case, keep: Keep, act: Act) -> tuple[Reason, ...]:
    text = text_of(keep, act)
    if not text:
        return () if keep.optional else (Reason("party_not_named", {"field": keep.name}),)
    party = party_of(case, keep, act)
    if party is None:
        near = nearest(text, case.facts.parties)
        values = {"text": text, "nearest": near, "field": keep.name}
        return (Reason("unknown_party", values),)
    sides = {role.side for role in case.workflow.roles.values() if role.of == keep.name}
    if party.side not in sides:
        return (Reason("party_of_other_side", {"field": keep.name, "party": party.name}),)
    if party.id == case.request.party_of(keep.name):
        return (Reason("party_already_named", {"field": keep.name, "party": party.name}),)
    return ()


def _parts_faults(keep: Keep, act: Act) -> tuple[Reason, ...]:
    _, unknown = parts_named(keep, text_of(keep, act))
    if not unknown:
        return ()
    possible = {
        language: one_of(tuple(part_word(keep, part, language) for part in keep.parts), language)
        for language in LANGUAGES
    }
    return (Reason("unknown_part", {"text": unknown, "possible": possible}),)

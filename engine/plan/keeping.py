"""What events keep on a request: corrections, opinions, confirmations, days, texts and links."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.calendar import oslo_day
from engine.definition.types import Event, Keep, Span
from engine.domain.course_information import is_https
from engine.domain.days import latest_day, looks_like_day, read_day
from engine.domain.fields import FIELDS
from engine.model import Act, Reason, Request


def kept_faults(event: Event, act: Act, at: datetime) -> tuple[Reason, ...]:
    """Every fault in what `act` brings for the event to keep; none when it can be kept."""
    found: list[Reason] = []
    for keep in event.keeps:
        match keep.kind:
            case "day":
                found += _day_faults(keep, act, at)
            case "link":
                found += _link_faults(keep, act)
            case "form":
                found += () if _fields(act) else (Reason("nothing_to_fill_in", {}),)
            case "opinion" | "confirmed" | "text":
                continue
    return tuple(found)


def kept_after(
    event: Event, act: Act, role: str, request: Request, at: datetime
) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """(form, kept) of the request after the event has kept what it keeps."""
    form, kept = dict(request.form), dict(request.kept)
    for keep in event.keeps:
        match keep.kind:
            case "form":
                form |= _fields(act)
            case "opinion":
                kept["opinions"] = {**kept.get("opinions", {}), role: act.note.strip()}
            case "confirmed":
                kept[keep.name] = role
            case "day":
                kept[keep.name] = _day(keep, act, at).isoformat()
                kept["ended_by"] = sorted(act.actor.parties)
            case "text" | "link":
                kept[keep.name] = _value(keep, act)
    return form, kept


def _fields(act: Act) -> dict[str, str]:
    return {name: text for name, text in act.values.items() if name in FIELDS}


def _value(keep: Keep, act: Act) -> str:
    return (act.values.get(keep.name) or act.note).strip()


def _day(keep: Keep, act: Act, at: datetime) -> date:
    text = _day_text(keep, act)
    return (read_day(text) if text else None) or oslo_day(at)


def _day_text(keep: Keep, act: Act) -> str:
    """The day as written; a note that is no day at all is a reason, and the day is then today."""
    given = act.values.get(keep.name, "").strip()
    note = act.note.strip()
    return given or (note if looks_like_day(note) else "")


def _day_faults(keep: Keep, act: Act, at: datetime) -> tuple[Reason, ...]:
    text, today = _day_text(keep, act), oslo_day(at)
    if not text:
        return ()
    day = read_day(text)
    if day is None:
        return (Reason("day_unreadable", {"text": text}),)
    if day < today:
        return (Reason("day_past", {"day": day}),)
    latest = latest_day(today, keep.within or Span(1, "years"))
    return (Reason("day_too_far", {"day": day, "latest": latest}),) if day > latest else ()


def _link_faults(keep: Keep, act: Act) -> tuple[Reason, ...]:
    link = _value(keep, act)
    return () if is_https(link) else (Reason("link_not_https", {"link": link}),)

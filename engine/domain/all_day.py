"""All-day entries of a calendar, as Outlook, Google and Apple read them (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from engine.frozen import dataclass
from engine.model import Language

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT: Final = "-//Kursdeling//NONSGML//NO"
TYPE: Final = "text/calendar"
ZONE: Final = "Europe/Oslo"
_AGAIN: Final = timedelta(hours=6)
"""How often a program that subscribes should look again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllDay:
    """One day to remember, in Oslo; it takes no time from anybody's calendar."""

    uid: str
    """The same for the same deadline, whatever day it moves to."""
    sequence: int
    """Greater for what was said later (RFC 5545 §3.8.7.4)."""
    day: date
    title: str
    text: str
    language: Language


def calendar_file(entries: Iterable[AllDay], stamp: datetime, name: str = "") -> bytes:
    """Return the entries as a calendar file (METHOD:PUBLISH), stamped with an aware instant.

    Days are dates without a clock time, so no reader's time zone can move them. With a `name` it
    is a calendar to subscribe to; the same arguments give the same bytes.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", ZONE)
        calendar.add("x-published-ttl", f"PT{_AGAIN // timedelta(hours=1)}H")
        calendar.add("refresh-interval", _AGAIN, parameters={"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: AllDay, stamp: datetime) -> Event:
    from icalendar import Event

    event = Event()
    language: dict[str, str] = {"LANGUAGE": entry.language}
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title, parameters=language)
    event.add("description", entry.text, parameters=language)
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event

"""All-day entries of a calendar, as Outlook, Google and Apple read them (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from engine.model import Language
from engine.plain import plain

PRODUCT: Final = "-//Kursdeling//NONSGML//NO"
TYPE: Final = "text/calendar"
ZONE: Final = "Europe/Oslo"
_WRITTEN: Final = (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\r\n", r"\n"), ("\n", r"\n"))
_LONGEST: Final = 75
_AGAIN_HOURS: Final = 6
"""How often a program that subscribes should look again."""

Method = Literal["PUBLISH", "CANCEL"]
"""Whether the entries stand, or are to be taken out again (RFC 5546 §3.2.1, §3.2.5)."""


class AllDay(Struct, frozen=True, kw_only=True):
    """One day to remember, in Oslo; it takes no time from anybody's calendar."""

    uid: str
    """The same for the same deadline, whatever day it moves to."""
    sequence: int
    """Greater for what was said later (RFC 5545 §3.8.7.4)."""
    day: date
    title: str
    text: str
    language: Language


def calendar_file(
    entries: Iterable[AllDay],
    stamp: datetime,
    name: str = "",
    *,
    method: Method = "PUBLISH",
    organizer: str = "",
) -> bytes:
    """Return the entries as a calendar file, stamped with an aware instant.

    Days are dates without a clock time, so no reader's time zone can move them. With a `name` it
    is a calendar to subscribe to; `organizer` is the address that the entries come from, which
    RFC 5546 asks for in what takes them back. The same arguments give the same bytes.
    """
    lines = [*_heading(name, method)]
    stamped = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for entry in entries:
        lines += _event(entry, stamped, method, organizer)
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _heading(name: str, method: Method) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:{PRODUCT}"
    yield "CALSCALE:GREGORIAN"
    yield f"METHOD:{method}"
    if name:
        yield _text("NAME", name)
        yield _text("X-WR-CALNAME", name)
        yield f"X-WR-TIMEZONE:{ZONE}"
        yield f"X-PUBLISHED-TTL:PT{_AGAIN_HOURS}H"
        yield f"REFRESH-INTERVAL;VALUE=DURATION:PT{_AGAIN_HOURS}H"


def _event(entry: AllDay, stamped: str, method: Method, organizer: str) -> Iterator[str]:
    language = f";LANGUAGE={entry.language}"
    yield "BEGIN:VEVENT"
    yield _text("UID", entry.uid)
    yield f"DTSTAMP:{stamped}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield _text(f"SUMMARY{language}", entry.title)
    yield _text(f"DESCRIPTION{language}", entry.text)
    if organizer:
        yield _folded(f"ORGANIZER:mailto:{organizer}")
    if method == "CANCEL":
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "X-MICROSOFT-CDO-BUSYSTATUS:FREE"
    yield "END:VEVENT"


def _text(name: str, value: str) -> str:
    """A property with a text, in which no sign means anything to a reader (RFC 5545 §3.3.11)."""
    value = plain(value)
    for sign, written in _WRITTEN:
        value = value.replace(sign, written)
    return _folded(f"{name}:{value}")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets (RFC 5545 §3.1)."""
    if len(line.encode()) <= _LONGEST:
        return line
    # The library's own writer of whole calendars takes as long as all the rest of a letter.
    from icalendar.parser import Contentline

    folded: str = Contentline(line).to_ical().decode()  # type: ignore[no-untyped-call]  # it has no types
    return folded

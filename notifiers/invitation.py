"""The days that a letter asks its receiver to remember, as entries for their calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.all_day import TYPE, AllDay, Method, calendar_file
from engine.model import Language
from engine.ports import Entry, Envelope
from notifiers.marks import MarkedDay
from notifiers.message import Attachment

_NAMES: Final[Mapping[Method, Mapping[Language, str]]] = {
    "PUBLISH": {"nb": "dato.ics", "nn": "dato.ics", "en": "date.ics"},
    "CANCEL": {
        "nb": "gjelder-ikke-lenger.ics",
        "nn": "gjeld-ikkje-lenger.ics",
        "en": "no-longer-holds.ics",
    },
}
"""What a file of days is called, and one that takes days out of a calendar again."""
TITLES: Final[Mapping[str, Mapping[Language, str]]] = {
    "due": {
        "nb": "Svar ønskes: {about}",
        "nn": "Svar ønskt: {about}",
        "en": "Answer wanted: {about}",
    },
    "lapse": {
        "nb": "Saken lukkes uten svar: {about}",
        "nn": "Saka blir lukka utan svar: {about}",
        "en": "The request closes without an answer: {about}",
    },
    "end": {
        "nb": "Siste dag for delingen: {about}",
        "nn": "Siste dag for delinga: {about}",
        "en": "Last day of the share: {about}",
    },
    "meeting": {"nb": "Møte: {about}", "nn": "Møte: {about}", "en": "Meeting: {about}"},
}
"""The kinds of day that a template may mark with `|day(kind)`, and what each is called."""
_TEXTS: Final[Mapping[Language, str]] = {
    "nb": "Sak {number}. Se brevet «{subject}».",
    "nn": "Sak {number}. Sjå brevet «{subject}».",
    "en": "Request {number}. See the letter “{subject}”.",
}


_OVER: Final[Mapping[Language, str]] = {
    "nb": "Gjelder ikke lenger: {title}",
    "nn": "Gjeld ikkje lenger: {title}",
    "en": "No longer holds: {title}",
}
_HOLDS: Final = {"due": "due", "lapse": "lapses_on", "end": "ends_on"}
"""The variable that holds the day of each kind, whether the letter's text tells of it or not."""


def changes(envelope: Envelope, days: Iterable[MarkedDay]) -> tuple[Entry, ...]:
    """Return what the letter puts into its receiver's calendar, and what it takes out.

    What earlier letters have put in is taken out as soon as a letter that knows how the request
    stands goes to the same receiver and the day holds no more; a day that has passed stays.
    """
    marked = {each.kind: each.day for each in days if each.kind in TITLES}
    told = {kind: Entry(kind=kind, day=day) for kind, day in marked.items()}
    over = (
        replace(entry, stands=False)
        for entry in envelope.entries
        if entry.kind not in told and not _holds(envelope, entry)
    )
    return (*told.values(), *over)


def files(
    envelope: Envelope, subject: str, *, about: str, organizer: str, days: Iterable[Entry]
) -> Iterator[Attachment]:
    """Yield a calendar file with the days that stand, and one that takes out those that do not.

    A day's UID is that of the request, the receiver's role and the kind, and the sequence is the
    letter's id: a later letter moves the entry, or takes it out (RFC 5546 §3.2.5).
    """
    days = tuple(days)
    for method, names in _NAMES.items():
        found = [each for each in days if each.stands == (method == "PUBLISH")]
        if found:
            entries = (_entry(envelope, each, subject, about) for each in found)
            yield Attachment(
                name=names[envelope.language],
                type=f"{TYPE}; method={method}; charset=utf-8",
                content=calendar_file(entries, envelope.date, method=method, organizer=organizer),
            )


def _holds(envelope: Envelope, entry: Entry) -> bool:
    """Whether the receiver should still remember the day, as far as the letter knows."""
    told = envelope.variables
    owed = told.get("extra", {}).get("owed")
    if owed is None or entry.day < oslo_day(envelope.date) or entry.kind not in _HOLDS:
        return True
    return told.get(_HOLDS[entry.kind]) == entry.day.isoformat() and (owed or entry.kind != "due")


def _entry(envelope: Envelope, entry: Entry, subject: str, about: str) -> AllDay:
    language, number = envelope.language, envelope.number
    site = envelope.message_id.strip("<>").rpartition("@")[2]
    title = TITLES[entry.kind][language].format(about=about)
    return AllDay(
        uid=f"{number}-{envelope.role}-{entry.kind}@{site}".lower(),
        sequence=envelope.letter,
        day=entry.day,
        title=title if entry.stands else _OVER[language].format(title=title),
        text=_TEXTS[language].format(number=number, subject=subject),
        language=language,
    )

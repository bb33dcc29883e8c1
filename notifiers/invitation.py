"""The days that a letter asks its receiver to remember, as entries for their calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.all_day import TYPE, AllDay, Method, calendar_file
from engine.ports import Entry, Envelope
from engine.wording.catalogue import say, texts
from notifiers.marks import MarkedDay
from notifiers.message import Attachment

_METHODS: Final[tuple[Method, ...]] = ("PUBLISH", "CANCEL")
"""Days that stand, and days that are taken out again."""
_HOLDS: Final = {"due": "due", "lapse": "lapses_on", "end": "ends_on"}
"""The variable that holds the day of each kind, whether the letter's text tells of it or not."""


def changes(envelope: Envelope, days: Iterable[MarkedDay]) -> tuple[Entry, ...]:
    """Return what the letter puts into its receiver's calendar, and what it takes out.

    What earlier letters have put in is taken out as soon as a letter that knows how the request
    stands goes to the same receiver and the day holds no more; a day that has passed stays.
    """
    marked = {each.kind: each.day for each in days if each.kind in texts("invitation_titles", "nb")}
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
    for method in _METHODS:
        found = [each for each in days if each.stands == (method == "PUBLISH")]
        if found:
            entries = (_entry(envelope, each, subject, about) for each in found)
            yield Attachment(
                name=say(f"invitation_names.{method}", envelope.language),
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
    title = say(f"invitation_titles.{entry.kind}", language, about=about)
    return AllDay(
        uid=f"{number}-{envelope.role}-{entry.kind}@{site}".lower(),
        sequence=envelope.letter,
        day=entry.day,
        title=title if entry.stands else say("invitation.over", language, title=title),
        text=say("invitation.texts", language, number=number, subject=subject),
        language=language,
    )

"""The days that a letter asks its receiver to remember, as entries for their calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.domain.all_day import AllDay, calendar_file
from engine.model import Language
from engine.ports import Envelope
from notifiers.marks import MarkedDay

NAMES: Final[Mapping[Language, str]] = {"nb": "dato.ics", "nn": "dato.ics", "en": "date.ics"}
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


def invitation(
    envelope: Envelope, subject: str, about: str, days: Iterable[MarkedDay]
) -> bytes | None:
    """Return a calendar file with the days of a known kind; None where there is no such day.

    A day's UID is that of the request, the receiver's role and the kind: a later letter moves the
    entry. The sequence is the letter's id, and the stamp the letter's date.
    """
    wanted = {each.kind: each.day for each in days if each.kind in TITLES}
    if not wanted:
        return None
    number, language = envelope.number, envelope.language
    site = envelope.message_id.strip("<>").rpartition("@")[2]
    return calendar_file(
        (
            AllDay(
                uid=f"{number}-{envelope.role}-{kind}@{site}".lower(),
                sequence=envelope.letter,
                day=day,
                title=TITLES[kind][language].format(about=about),
                text=_TEXTS[language].format(number=number, subject=subject),
                language=language,
            )
            for kind, day in wanted.items()
        ),
        envelope.date,
    )

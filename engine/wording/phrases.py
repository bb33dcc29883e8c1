"""The sentences of a transcript that depend on more than one thing."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.names import all_of


def fields_read(labels: Sequence[str], language: Language) -> str:
    """Return which fields were taken from the mail; empty for none."""
    if not labels:
        return ""
    quoted = tuple(say("quotes.quoted", language, text=label) for label in labels)
    key = "field_read" if len(quoted) == 1 else "fields_read"
    return say(f"transcript.{key}", language, labels=all_of(quoted, language))


def status(
    number: str,
    state_title: str,
    language: Language,
    *,
    since: str,
    waiting: str,
    coming: str,
) -> str:
    """Return where a request stands since which day, whom it waits for and what comes next;
    `waiting` and `coming` may be empty.
    """
    found = {"number": number, "state": state_title, "since": since, "next": coming}
    if not waiting:
        return say("transcript.status_resting", language, **found)
    return say("transcript.status", language, waiting=waiting, **found)

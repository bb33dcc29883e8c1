"""The sentences of a transcript that depend on more than one thing."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.names import all_of, one_of


def fields_read(labels: Sequence[str], language: Language) -> str:
    """Return which fields were taken from the mail; empty for none."""
    if not labels:
        return ""
    quoted = tuple(say("quotes.quoted", language, text=label) for label in labels)
    key = "field_read" if len(quoted) == 1 else "fields_read"
    return say(f"transcript.{key}", language, labels=all_of(quoted, language))


def possible(words: Sequence[str], language: Language) -> str:
    """Return what the receiver may answer now: «Du kan nå svare: SEND eller TREKK.»."""
    if not words:
        return say("transcript.nothing_possible", language)
    return say("transcript.possible", language, words=one_of(tuple(words), language))


def status(
    number: str,
    state_title: str,
    language: Language,
    *,
    since: str,
    waiting: Sequence[str],
    coming: str,
) -> str:
    """Return where a request stands since which day, whom it waits for and what comes next;
    `waiting` and `coming` may be empty.
    """
    found = {"number": number, "state": state_title, "since": since, "next": coming}
    if not waiting:
        return say("transcript.status_resting", language, **found)
    return say("transcript.status", language, waiting=all_of(tuple(waiting), language), **found)

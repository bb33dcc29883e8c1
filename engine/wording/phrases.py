"""The sentences of a transcript: what was done, what was not, and what is possible now."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import Language
from engine.wording.catalogue import say
from engine.wording.names import all_of, one_of


def event_done(word: str, state_title: str, language: Language) -> str:
    """Return «GODTATT: utført. Saken står nå som «Godtatt».»."""
    return say("transcript.event_done", language, word=word, state=state_title)


def event_refused(word: str, sentences: Sequence[str], language: Language) -> str:
    """Return that the event did not happen, followed by every sentence that says why."""
    return say("transcript.event_refused", language, word=word, why=" ".join(sentences)).rstrip()


def not_opened(sentences: Sequence[str], language: Language) -> str:
    """Return that no request was opened, followed by every sentence that says why."""
    return say("transcript.not_opened", language, why=" ".join(sentences)).rstrip()


def moved(state_title: str, language: Language) -> str:
    """Return that the request moved on by itself, and to where."""
    return say("transcript.moved", language, state=state_title)


def language_set(language: Language) -> str:
    """Return, in the language that was chosen, that letters come in it from now on."""
    return say("transcript.language_set", language)


def already_done(word: str, state_title: str, language: Language) -> str:
    """Return that the event had happened before, and where the request stands."""
    return say("transcript.already_done", language, word=word, state=state_title)


def opened(number: str, workflow_title: str, state_title: str, language: Language) -> str:
    """Return that a request was opened, with its number, its routine and its state."""
    return say(
        "transcript.opened", language, number=number, title=workflow_title, state=state_title
    )


def fields_read(labels: Sequence[str], language: Language) -> str:
    """Return which fields were taken from the mail; empty for none."""
    if not labels:
        return ""
    quoted = tuple(say("quotes.quoted", language, text=label) for label in labels)
    key = "field_read" if len(quoted) == 1 else "fields_read"
    return say(f"transcript.{key}", language, labels=all_of(quoted, language))


def kept_beside(text: str, language: Language) -> str:
    """Return what was written beside a command that was carried out, and that it is kept."""
    return say("transcript.kept_beside", language, text=text)


def nothing_done_about(text: str, language: Language) -> str:
    """Return what was written beside commands of which none was carried out."""
    return say("transcript.nothing_done_about", language, text=text)


def for_coordinator(text: str, language: Language) -> str:
    """Return what was written beside STATUS or HJELP, and who reads it."""
    return say("transcript.for_coordinator", language, text=text)


def possible(words: Sequence[str], language: Language) -> str:
    """Return what the receiver may answer now: «Du kan nå svare: SEND eller TREKK.»."""
    if not words:
        return nothing_possible(language)
    return say("transcript.possible", language, words=one_of(tuple(words), language))


def nothing_possible(language: Language) -> str:
    """Return that nothing is asked of the receiver now."""
    return say("transcript.nothing_possible", language)


def status(number: str, state_title: str, waiting: Sequence[str], language: Language) -> str:
    """Return where a request stands and whom it waits for; `waiting` may be empty."""
    if not waiting:
        return say("transcript.status_resting", language, number=number, state=state_title)
    who = all_of(tuple(waiting), language)
    return say("transcript.status", language, number=number, state=state_title, waiting=who)


def shares_confirmed(language: Language) -> str:
    """Return the thanks for a yes to a list of shares that existed already."""
    return say("transcript.shares_confirmed", language)


def undone(word: str, state_title: str, language: Language) -> str:
    """Return that somebody's last act is taken back, and that nobody else heard of it."""
    return say("transcript.undone", language, word=word, state=state_title)


def undo_possible(language: Language) -> str:
    """Return the offer to take back what was just done."""
    return say("transcript.undo_possible", language)

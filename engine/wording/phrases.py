"""The sentences of a transcript: what was done, what was not, and what is possible now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.model import Language
from engine.wording.names import all_of, one_of

_PHRASES: Final[Mapping[str, tuple[str, str, str]]] = {
    "event_done": (
        "{word}: utført. Saken står nå som «{state}».",
        "{word}: utført. Saka står no som «{state}».",
        "{word}: done. The request now stands as “{state}”.",
    ),
    "event_refused": (
        "{word}: ikke utført. {why}",
        "{word}: ikkje utført. {why}",
        "{word}: not done. {why}",
    ),
    "not_opened": (
        "Ingen ny sak er opprettet. {why}",
        "Inga ny sak er oppretta. {why}",
        "No new request has been opened. {why}",
    ),
    "moved": (
        "Saken går videre og står nå som «{state}».",
        "Saka går vidare og står no som «{state}».",
        "The request moves on and now stands as “{state}”.",
    ),
    "language_set": (
        "Brev til deg blir fra nå av skrevet på bokmål.",
        "Brev til deg blir frå no av skrivne på nynorsk.",
        "Letters to you will be in English from now on.",
    ),
    "already_done": (
        "{word}: dette er alt gjort. Saken står som «{state}».",
        "{word}: dette er alt gjort. Saka står som «{state}».",
        "{word}: this has been done already. The request stands as “{state}”.",
    ),
    "opened": (
        "Sak {number} er opprettet: {title}. Den står som «{state}».",
        "Sak {number} er oppretta: {title}. Ho står som «{state}».",
        "Request {number} has been opened: {title}. It stands as “{state}”.",
    ),
    "fields_read": (
        "Vi leste disse feltene: {labels}.",
        "Vi las desse felta: {labels}.",
        "We read these fields: {labels}.",
    ),
    "field_read": (
        "Vi leste feltet {labels}.",
        "Vi las feltet {labels}.",
        "We read the field {labels}.",
    ),
    "kept_beside": (
        "Du skrev også: «{text}». Det er lagt ved saken.",
        "Du skreiv også: «{text}». Det er lagt ved saka.",
        "You also wrote: “{text}”. It is kept with the request.",
    ),
    "nothing_done_about": (
        "Du skrev også: «{text}». Det er ikke lagt ved saken, for ingenting ble gjort.",
        "Du skreiv også: «{text}». Det er ikkje lagt ved saka, for ingenting vart gjort.",
        "You also wrote: “{text}”. It is not kept with the request, as nothing was done.",
    ),
    "for_coordinator": (
        "Du skrev også: «{text}». Koordinatoren leser det.",
        "Du skreiv også: «{text}». Koordinatoren les det.",
        "You also wrote: “{text}”. The coordinator will read it.",
    ),
    "possible": (
        "Du kan nå svare: {words}.",
        "Du kan no svare: {words}.",
        "You can now answer: {words}.",
    ),
    "nothing_possible": (
        "Du trenger ikke gjøre noe nå.",
        "Du treng ikkje gjere noko no.",
        "There is nothing that you need to do now.",
    ),
    "status": (
        "Sak {number} står som «{state}». Vi venter på {waiting}.",
        "Sak {number} står som «{state}». Vi ventar på {waiting}.",
        "Request {number} stands as “{state}”. We are waiting for {waiting}.",
    ),
    "status_resting": (
        "Sak {number} står som «{state}». Vi venter ikke på noen.",
        "Sak {number} står som «{state}». Vi ventar ikkje på nokon.",
        "Request {number} stands as “{state}”. We are waiting for nobody.",
    ),
    "shares_confirmed": (
        "Takk! Vi har notert at opplysningene om de delte kursene stemmer.",
        "Takk! Vi har notert at opplysningane om dei delte kursa stemmer.",
        "Thank you! We have noted that what we have about the shared courses is right.",
    ),
    "undone": (
        "{word}: utført. Saken står nå som «{state}». Ingen andre har fått brev om det du tok "
        "tilbake.",
        "{word}: utført. Saka står no som «{state}». Ingen andre har fått brev om det du tok "
        "tilbake.",
        "{word}: done. The request now stands as “{state}”. Nobody else has had a letter about "
        "what you took back.",
    ),
    "undo_possible": (
        "Var dette feil? Svar ANGRE.",
        "Var dette feil? Svar ANGRE.",
        "Was this a mistake? Answer UNDO.",
    ),
}


def event_done(word: str, state_title: str, language: Language) -> str:
    """Return «GODTATT: utført. Saken står nå som «Godtatt».»."""
    return _phrase("event_done", language, word=word, state=state_title)


def event_refused(word: str, sentences: Sequence[str], language: Language) -> str:
    """Return that the event did not happen, followed by every sentence that says why."""
    return _phrase("event_refused", language, word=word, why=" ".join(sentences)).rstrip()


def not_opened(sentences: Sequence[str], language: Language) -> str:
    """Return that no request was opened, followed by every sentence that says why."""
    return _phrase("not_opened", language, why=" ".join(sentences)).rstrip()


def moved(state_title: str, language: Language) -> str:
    """Return that the request moved on by itself, and to where."""
    return _phrase("moved", language, state=state_title)


def language_set(language: Language) -> str:
    """Return, in the language that was chosen, that letters come in it from now on."""
    return _phrase("language_set", language)


def already_done(word: str, state_title: str, language: Language) -> str:
    """Return that the event had happened before, and where the request stands."""
    return _phrase("already_done", language, word=word, state=state_title)


def opened(number: str, workflow_title: str, state_title: str, language: Language) -> str:
    """Return that a request was opened, with its number, its routine and its state."""
    return _phrase("opened", language, number=number, title=workflow_title, state=state_title)


def fields_read(labels: Sequence[str], language: Language) -> str:
    """Return which fields were taken from the mail; empty for none."""
    if not labels:
        return ""
    quoted = tuple(f"«{label}»" if language != "en" else f"“{label}”" for label in labels)
    key = "field_read" if len(quoted) == 1 else "fields_read"
    return _phrase(key, language, labels=all_of(quoted, language))


def kept_beside(text: str, language: Language) -> str:
    """Return what was written beside a command that was carried out, and that it is kept."""
    return _phrase("kept_beside", language, text=text)


def nothing_done_about(text: str, language: Language) -> str:
    """Return what was written beside commands of which none was carried out."""
    return _phrase("nothing_done_about", language, text=text)


def for_coordinator(text: str, language: Language) -> str:
    """Return what was written beside STATUS or HJELP, and who reads it."""
    return _phrase("for_coordinator", language, text=text)


def possible(words: Sequence[str], language: Language) -> str:
    """Return what the receiver may answer now: «Du kan nå svare: SEND eller TREKK.»."""
    if not words:
        return nothing_possible(language)
    return _phrase("possible", language, words=one_of(tuple(words), language))


def nothing_possible(language: Language) -> str:
    """Return that nothing is asked of the receiver now."""
    return _phrase("nothing_possible", language)


def status(number: str, state_title: str, waiting: Sequence[str], language: Language) -> str:
    """Return where a request stands and whom it waits for; `waiting` may be empty."""
    if not waiting:
        return _phrase("status_resting", language, number=number, state=state_title)
    who = all_of(tuple(waiting), language)
    return _phrase("status", language, number=number, state=state_title, waiting=who)


def shares_confirmed(language: Language) -> str:
    """Return the thanks for a yes to a list of shares that existed already."""
    return _phrase("shares_confirmed", language)


def undone(word: str, state_title: str, language: Language) -> str:
    """Return that somebody's last act is taken back, and that nobody else heard of it."""
    return _phrase("undone", language, word=word, state=state_title)


def undo_possible(language: Language) -> str:
    """Return the offer to take back what was just done."""
    return _phrase("undo_possible", language)


def _phrase(key: str, language: Language, **values: str) -> str:
    nb, nn, en = _PHRASES[key]
    return {"nb": nb, "nn": nn, "en": en}[language].format_map(values)

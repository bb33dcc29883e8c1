"""Nobody who is registered waits in silence: at most one letter a day about mail in their name of
which nothing came (INTERFACE §5.1).
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day, oslo_time, start_of_day
from engine.domain.secrecy import has_identity_number
from engine.model import LetterDraft, Reason
from engine.service.letters.posting import CONFIRM_ANSWER
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.mail_out import letters
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.dates import day_and_time

NOT_ACTED: Final = "not_acted"
NOTICED: Final = frozenset({"oversize", "unreadable", "unproved_sender"})
"""The verdicts on mail that its writer would otherwise never hear of."""
UNREAD: Final = {"wrapped:application/ms-tnef": "winmail", "voted": "voted"}
"""Intake's notes of what only Outlook can read, and the reasons that tell the writer so."""
OPENINGS_USED_UP: Final = "openings_used_up"


def noticed(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, with a letter to the registered address that From names where nothing came of the
    mail; as it is where they had such a letter that day.
    """
    sender = incoming.reading.sender
    if incoming.attempt or judged.letters or judged.verdict not in NOTICED or not sender:
        return judged
    if not incoming.contacts:
        return judged
    reasons = judged.reasons or (Reason(f"mail_{judged.verdict}"),)
    return replace(judged, letters=not_acted(incoming, reasons[0]), reasons=reasons)


def told_unread(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, its answer to the sender telling what of the mail only Outlook can read; as it is
    where nothing is answered.
    """
    sender, notes = incoming.reading.sender, incoming.reading.notes
    reasons = tuple(Reason(code) for note, code in UNREAD.items() if note in notes)
    letter = next((each for each in judged.letters if each.receiver == sender), None)
    answer, said = judged.answer, (*judged.reasons, *reasons)
    if not reasons:
        return judged
    if answer is not None:
        done, not_done = answer.beside
        beside = (done, (*not_done, *(sentence(each, answer.language) for each in reasons)))
        return replace(judged, answer=replace(answer, beside=beside), reasons=said)
    if letter is None:
        return judged
    texts = dict(letter.variables)
    told = (sentence(each, letter.language) for each in reasons)
    texts["not_done"] = [*texts.get("not_done", ()), *told]
    telling = replace(letter, variables=texts)
    letters = tuple(telling if each is letter else each for each in judged.letters)
    return replace(judged, letters=letters, reasons=said)


def told_identity(incoming: Incoming, judged: Judged) -> Judged:
    """`judged`, the letter to the sender of a mail about no case warning of an identity number in
    it; as it is where there is none, or where nothing is answered.
    """
    reading = incoming.reading
    about_case = judged.number or judged.plans or judged.answer is not None
    if about_case or not has_identity_number(f"{reading.subject}\n{reading.own_text}"):
        return judged
    letter = next((each for each in judged.letters if each.receiver == reading.sender), None)
    if letter is None:
        return judged
    texts = dict(letter.variables)
    warned = say("own_words.identity", letter.language)
    if warned in texts.get("done", ()):
        return judged
    texts["not_done"] = [*texts.get("not_done", ()), warned]
    warning = replace(letter, variables=texts)
    return replace(judged, letters=tuple(warning if e is letter else e for e in judged.letters))


def not_acted(incoming: Incoming, why: Reason) -> tuple[LetterDraft, ...]:
    """The letter that says that nothing was done, and why; none where one has been written today.

    Nothing of the mail is repeated: somebody else may have written it.
    """
    today, sender = start_of_day(oslo_day(incoming.at)), incoming.reading.sender
    written = (NOT_ACTED, CONFIRM_ANSWER)
    if any(letters.written_since(incoming.tx, sender, each, today) for each in written):
        return ()
    language = language_of(incoming)
    extra = {
        "when": day_and_time(oslo_time(incoming.at), language),
        "why": sentence(why, language),
    }
    return (plain_letter(incoming, NOT_ACTED, language, {"extra": extra}),)

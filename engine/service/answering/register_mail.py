"""Answers to our questions about the register and about what a file is to bring."""

from __future__ import annotations

from engine.model import (
    Language,
)
from engine.service.letters.posting import REGISTER_CONFIRM
from engine.service.mail.thread import is_receiver, nothing_more, plain_yes
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.contacts import people
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say


def register_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What an answer to a letter about the register comes to: JA confirms, own words are kept.

    JA with more beside it is own words. None where there is nothing but another general word, as
    FRAVÆR.
    """
    language = language_of(incoming)
    yes = plain_yes(incoming) and nothing_more(incoming) and is_receiver(incoming, letter)
    if letter.template == REGISTER_CONFIRM and yes:
        people.confirmed(incoming.tx, letter.receiver, incoming.at)
        return _answer(incoming, "answered", say("people.register_confirmed", language), language)
    if nothing_more(incoming):
        return None
    return _answer(incoming, "remark", say("people.register_remark", language), language)


def _answer(incoming: Incoming, verdict: str, sentence: str, language: Language) -> Judged:
    letter = plain_letter(incoming, "answer", language, {"done": [sentence]})
    return Judged(verdict=verdict, letters=(letter,))


def import_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What an answer to the letter about imported shares comes to: JA is thanked for, own words
    are kept for the coordinator. None where there is nothing but another general word.

    No word acts on a request: the letter tells of several.
    """
    language = language_of(incoming)
    if plain_yes(incoming) and nothing_more(incoming):
        texts = {"done": [say("transcript.shares_confirmed", language)]}
        thanks = plain_letter(incoming, "answer", language, texts)
        return Judged(verdict="answered", letters=(thanks,))
    if nothing_more(incoming) and not incoming.reading.fields:
        return None
    kept_texts = {"remark": incoming.reading.own_text.strip()}
    kept = plain_letter(incoming, "remark_kept", language, kept_texts)
    return Judged(verdict="remark", number=_only_request(letter), letters=(kept,))


def _only_request(letter: LetterRow) -> str:
    courses = letter.variables["extra"]["courses"]
    return str(courses[0]["number"]) if len(courses) == 1 else ""

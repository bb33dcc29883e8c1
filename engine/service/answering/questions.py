"""The letters that ask something about themselves, and who reads the answer to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec.structs import replace

from engine.domain.own_words import says_yes, without_name
from engine.domain.words import GENERAL, all_general, all_undo
from engine.plan.keeping import NO_REMARKS
from engine.plan.understanding import NO_REMARKS_SAID
from engine.service.answering.asking import OFFERS, SUGGESTION, question_of
from engine.service.answering.coordinators.morning_mail import morning_answered
from engine.service.answering.coordinators.morning_words import written_back
from engine.service.answering.delegating import accepted
from engine.service.answering.ended_letters import counts_still
from engine.service.answering.must_not_wait import fault_decided
from engine.service.answering.openings.form_asked import form_answered
from engine.service.answering.openings.forwarded_orders import municipality_named
from engine.service.answering.openings.opening_answers import (
    course_meant,
    opening_confirmed,
    routine_answered,
    taken_over,
)
from engine.service.answering.register_mail import import_answered, register_answered
from engine.service.answering.rule_mail import rule_meant
from engine.service.answering.several_requests import gathered_answered
from engine.service.answering.words_for_people import reader_chosen
from engine.service.letters import posting
from engine.service.mail.thread import plain_yes
from engine.service.mail.verdict import Incoming, Judged
from engine.store.mail_out.letters import LetterRow

Answer = Callable[[Incoming, LetterRow], Incoming | Judged | None]
"""What the answer to a letter comes to; an earlier mail that it takes up; None where it answers
something else than what was asked.
"""


def offer_taken(incoming: Incoming, letter: LetterRow) -> Incoming | None:
    """The mail as the word of what `letter` offers, where it says JA; None where it does not."""
    if not plain_yes(incoming):
        return None
    rows = letter.variables["answers"]
    word = letter.variables["extra"].get("send") or rows[0]["word"]
    return replace(incoming, reading=replace(incoming.reading, own_text=word))


def rule_or_routine(incoming: Incoming, letter: LetterRow) -> Incoming | Judged | None:
    """The rule that the answer names, else what it says together with the mail that was asked
    about.
    """
    return rule_meant(incoming, letter) or routine_answered(incoming, letter)


ANSWERS: Final[Mapping[str, Answer]] = {
    **dict.fromkeys(OFFERS, offer_taken),
    posting.CONFIRM_ANSWER: counts_still,
    posting.CONFIRM_OPENING: opening_confirmed,
    posting.COURSE_FAULT_TOLD: fault_decided,
    posting.DELEGATE: accepted,
    posting.FORM_SENT: form_answered,
    posting.FORWARDED_BY_WHOM: municipality_named,
    posting.IMPORT_CONFIRM: import_answered,
    posting.MORNING: morning_answered,
    posting.MORNING_ANSWER: morning_answered,
    posting.MORNING_REPLY: written_back,
    posting.NOT_UNDERSTOOD: routine_answered,
    posting.OPENING_FOR_YOU: taken_over,
    posting.REGISTER_CONFIRM: register_answered,
    posting.REMINDERS: gathered_answered,
    posting.RULE_TOLD: rule_meant,
    posting.TOLD: gathered_answered,
    posting.SAME_COURSE: course_meant,
    posting.SUBSTITUTE: register_answered,
    posting.WHICH_RULE: rule_or_routine,
    posting.WHO_READS: reader_chosen,
}
"""By the letter's template."""


OURS: Final = "ours"
"""The phrases in which a yes repeats that a mail was the writer's own, or their register right."""


def plain_answer(incoming: Incoming, letter: LetterRow) -> Incoming:
    """The mail read as JA where it says so in the writer's own words to a letter that asks for one
    («Ja, det stemmer», «jepp», «Nei, ingen merknader»; INTERFACE §5.4).
    """
    if not question_of(letter.template, letter.variables).yes:
        return incoming
    extra, remark = letter.variables["extra"], letter.variables.get("remark") or ""
    asked = extra.get("event", "") if letter.template == SUGGESTION else OURS
    repeated = ""
    if asked and str(extra.get("word", "")).casefold() in NO_REMARKS:
        asked = NO_REMARKS_SAID
    if letter.template == SUGGESTION and extra.get("note") == remark.strip() != "":
        # A text was asked about: another one that says the same event is not that text.
        asked, repeated = "", remark
    phrases = incoming.site.rules.phrases().get(asked, ())
    words = (str(row["word"]) for row in letter.variables.get("answers", ()))
    said = without_name(incoming.reading.own_text, {*words, *all_general(), *all_undo()})
    if not says_yes(said, phrases, repeated):
        return incoming
    return replace(incoming, reading=replace(incoming.reading, own_text=GENERAL["yes"]["nb"][0]))

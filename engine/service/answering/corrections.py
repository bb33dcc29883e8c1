"""The fields of a form that a mail corrects (INTERFACE §5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from engine.calendar import oslo_day
from engine.domain.beside import asks
from engine.domain.blocking import words_of
from engine.domain.course_information import is_https, with_https, with_years
from engine.domain.days import names_a_time, read_day
from engine.domain.fields import FIELDS
from engine.domain.own_words import is_courtesy, without_name
from engine.domain.words import general_meaning
from engine.intake.reply import Command, remainder
from engine.intake.reply import fields as own_fields
from engine.plan.case import Case
from engine.plan.opening import ASK_TO_SEND
from engine.plan.possible import correction_for
from engine.service.answering.asking import yes_row
from engine.service.answering.suggestions import (
    act_of_writer,
    asked_whether,
    language_for_writer,
    question_about,
    role_of_writer,
)
from engine.service.letters.posting import FORM_SENT
from engine.service.mail.thread import numbered_faults
from engine.service.mail.verdict import Incoming, Judged, Wish
from engine.store.mail_out.letters import LetterRow

_SHORT = 300
_SPAN = re.compile(
    r"(?:(?:ca\.?|cirka|omtrent|om lag|rundt|about) )?\d{1,4}(?:[.,]\d)?(?:\s?[–-]\s?\d{1,4})?\s?"
    r"(?:min\w*|timer?|timar|t|h|hours?)?[.!]?",
    re.IGNORECASE,
)
_READ_ALONE = frozenset(("date", "yes_no", "link"))
"""Kinds that show by themselves whether a text is one of them."""
_SPEAKING = frozenset(
    """vi me jeg eg oss meg dere dykk dykkar deres du deg din vår vårt våre we you your det dette
    ikke ikkje not""".split()
)
"""Words of a message; what a point of the form says has none of them where it is short."""
CORRECTED_IN_QUOTE = frozenset(
    f"{ASK_TO_SEND} {FORM_SENT} form_faults changes_wanted remind lapse_warning information_wanted"
    " held_back".split()
)
"""Letters that hold a form which the receiver may fill in inside the quote."""


def corrections(
    incoming: Incoming, case: Case, letter: LetterRow | None, found: Sequence[Command]
) -> Iterator[Wish]:
    """The fields that the writer corrects: above the quote, inside our own quoted form, or in an
    attached one.
    """
    actor = incoming.actor
    read = own_fields(incoming.reading.own_text, tuple(found))
    fields = {name: text for name, text in read.items() if name in FIELDS}
    if letter is not None and letter.template in CORRECTED_IN_QUOTE:
        fields = _filled_in(incoming.reading.quoted_fields, case.request.form) | fields
    # A document that says what we know already may only have come along.
    fields = _filled_in(incoming.reading.attached_fields, case.request.form) | fields
    fields = fields or _answer_alone(incoming, letter, found)
    fields, _ = with_years(fields, oslo_day(incoming.at))
    event = correction_for(case, actor)
    if fields and event is not None:
        yield Wish(word="", event=event.name, values=fields)


def _answer_alone(
    incoming: Incoming, letter: LetterRow | None, found: Sequence[Command]
) -> dict[str, str]:
    """What answers the only fault of `letter` without its label, where it can be nothing else: a
    day, a time, a link, yes or no.
    """
    name = _only_fault(letter)
    kind = FIELDS[name].kind if name else ""
    text = without_name(remainder(incoming.reading.own_text, tuple(found), {})).strip()
    if found:
        is_yes = [general_meaning(each.word) for each in found] == ["yes"]
        return {name: found[0].word} if kind == "yes_no" and is_yes and not text else {}
    fits = {
        "date": read_day(text.strip(" .!"), oslo_day(incoming.at)) is not None,
        "link": is_https(with_https(text)),
        "text": name == "time_needed" and _SPAN.fullmatch(text) is not None,
    }
    return {name: text} if text and fits.get(kind, False) else {}


def _only_fault(letter: LetterRow | None) -> str:
    """The field of the one fault that the letter tells; empty where it tells none, or several."""
    if letter is None or letter.template not in CORRECTED_IN_QUOTE:
        return ""
    asked = numbered_faults(letter)
    return asked[0] if len(asked) == 1 and asked[0] in FIELDS else ""


def field_meant(
    incoming: Incoming, case: Case, letter: LetterRow | None, text: str
) -> Judged | None:
    """The question whether a short `text` is what the one point that `letter` asks for shall say;
    None where it speaks to somebody, asks, or answers something else.
    """
    name, said = _only_fault(letter), without_name(text).strip()
    actor = incoming.actor
    event = correction_for(case, actor)
    if not name or FIELDS[name].kind in _READ_ALONE:
        return None
    speaks = _SPEAKING & set(words_of(said)) or is_courtesy(said) or asks(said)
    if event is None or speaks or len(said) > _SHORT or names_a_time(said):
        return None
    language = language_for_writer(incoming, case)
    wish = {"word": "", "event": event.name, "values": {name: said}}
    label = FIELDS[name].labels[language]
    meant = {"event": event.name, "note": "", "word": label, "wishes": [wish]}
    role = role_of_writer(case, event, act_of_writer(incoming, ""))
    answers = [yes_row(language)]
    letter_out = question_about(incoming, case, role, said, meant=meant, answers=answers)
    return asked_whether(case, event, letter_out)


def _filled_in(quoted: Mapping[str, str], form: Mapping[str, str]) -> dict[str, str]:
    def folded(text: str) -> str:
        return " ".join(text.split())

    return {
        name: text
        for name, text in quoted.items()
        if name in FIELDS and text.strip() and folded(text) != folded(form.get(name, ""))
    }

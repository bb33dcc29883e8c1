"""Answers to what was asked about an opening: the mail that asked is read together with them
(INTERFACE §5.2).
"""

from __future__ import annotations

from msgspec.structs import replace

from engine import intake
from engine.domain.own_words import leads_with
from engine.model import Cause, Proof, Reason
from engine.service.answering.openings.instead_of_opening import (
    not_understood_before,
    numbers_named,
)
from engine.service.answering.openings.opening_mail import begun, open_by_mail
from engine.service.letters.posting import CONFIRM_OPENING
from engine.service.mail.routine_named import routine_of
from engine.service.mail.thread import plain_yes
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.apply import recorded_of
from engine.store.mail_in import inbox
from engine.store.mail_out.letters import LetterRow


def opening_confirmed(incoming: Incoming, letter: LetterRow) -> Judged:
    """The opening of the mail that was asked about, now that its sender has said JA."""
    mail = int(letter.variables["extra"]["inbox"])
    opened_then = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened_then:
        return Judged(verdict="already_done", number=opened_then[0].number)
    if not plain_yes(incoming):
        language = language_of(incoming)
        again = plain_letter(incoming, CONFIRM_OPENING, language, letter.variables)
        return Judged(verdict="unclear", reasons=(Reason("unconfirmed"),), letters=(again,))
    reading = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    original = replace(incoming, inbox=mail, reading=reading)
    workflow = routine_of(original)
    if workflow is None:
        return begun(replace(incoming, reading=original.reading))
    return open_by_mail(original, workflow, proof=Proof.ALIGNED)


def routine_answered(incoming: Incoming, letter: LetterRow) -> Incoming | Judged | None:
    """The opening of the mails that we did not understand, read together with the answer that names
    their routine; all together where the answer names a request; None where it names neither.
    """
    asked_about = not_understood_before(letter)
    if not asked_about or incoming.number:
        return None
    mail = asked_about[0]
    opened_then = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened_then:
        return Judged(verdict="already_done", number=opened_then[0].number)
    first, *later = (
        intake.read(inbox.raw_of(incoming.tx, each) or b"", incoming.site.intake)
        for each in asked_about
    )
    said = (*later, incoming.reading)
    fields = dict(first.fields)
    for each in said:
        fields |= each.fields
    if not fields.get("routine"):
        fields.pop("routine", None)
    both = "\n\n".join(each.own_text for each in (first, *said))
    reading = replace(first, fields=fields, own_text=both)
    together = replace(incoming, inbox=mail, reading=reading)
    named = numbers_named(incoming)
    if len(named) == 1:
        reading = replace(reading, own_text=both.replace(named[0], ""))
        return replace(
            together, inbox=incoming.inbox, reading=reading, number=named[0], letter=None
        )
    workflow = routine_of(together)
    return None if workflow is None else open_by_mail(together, workflow, proof=Proof.ALIGNED)


def taken_over(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The opening of a mail that was passed on to whoever may open it; None without their JA."""
    if not plain_yes(incoming):
        return None
    extra = letter.variables["extra"]
    mail = int(extra["inbox"])
    opened_then = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened_then:
        return Judged(verdict="already_done", number=opened_then[0].number)
    first = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    reading = replace(first, sender=incoming.reading.sender)
    workflow = incoming.site.routines.named(extra["workflow"]).workflow
    original = replace(incoming, inbox=mail, reading=reading)
    return open_by_mail(original, workflow, proof=Proof.ALIGNED)


def course_meant(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """Nothing, where the sender means the course of like name that is there; the opening, where
    they mean another; None for an answer that says neither.
    """
    if plain_yes(incoming):
        return Judged(verdict="answered")
    if leads_with(incoming.reading.own_text) != "no":
        return None
    mail = int(letter.variables["extra"]["inbox"])
    opened_then = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened_then:
        return Judged(verdict="already_done", number=opened_then[0].number)
    first = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    original = replace(incoming, inbox=mail, reading=first, sure=True)
    workflow = routine_of(original)
    return None if workflow is None else open_by_mail(original, workflow, proof=Proof.ALIGNED)

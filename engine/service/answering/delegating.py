"""A colleague who answers for a holder: nothing happens until the holder says JA."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from engine import intake
from engine.domain.fields import FIELDS
from engine.domain.register.mail_domains import colleagues, domain_of
from engine.domain.secrecy import masked
from engine.domain.words import general_meaning
from engine.intake.reply import commands, remainder
from engine.model import SYSTEM, Act, Contact, Language, LetterDraft, Proof, Reason
from engine.plan.case import Case, Happening
from engine.plan.letters import draft
from engine.service.acts.acting import case_of
from engine.service.answering.asking import yes_row
from engine.service.answering.request_mail import answered
from engine.service.letters.posting import DELEGATE
from engine.service.mail.thread import answered_letter, plain_yes
from engine.service.mail.verdict import Incoming, Judged
from engine.store.contacts import people
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from engine.wording.names import all_of

ASKED_AGAIN_AFTER: Final = timedelta(days=1)
"""The same question about the same answer is not put to the same holder more often."""


class _Said(Struct, frozen=True):
    """What the colleague answered, in words to show."""

    words: tuple[str, ...]
    fields: tuple[str, ...]
    text: str


def delegated(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The question to whoever holds the letter's role, when a colleague of theirs answers it.

    None where the sender is no colleague, nobody holds the role, or the answer holds no act.
    """
    if not letter.request or not _is_colleague(incoming, letter):
        return None
    case = case_of(incoming.site, incoming.tx, letter.request, incoming.at)
    holders = _asked(case, letter)
    said = _said(incoming, case)
    if not holders or not (said.words or said.fields):
        return None
    questions = (_question(incoming, case, letter, holder, said) for holder in holders)
    asked = tuple(each for each in questions if not _asked_lately(incoming, letter.request, each))
    return Judged(
        verdict=DELEGATE, number=letter.request, letters=asked, reasons=(Reason("asked_holder"),)
    )


def accepted(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What the colleague's answer brings about, now that the holder has said JA; None without it.

    The holder acts, and their mail is the cause; words and fields are the colleague's.
    """
    if not plain_yes(incoming):
        return None
    mail = int(letter.variables["extra"]["inbox"])
    theirs = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    original = answered_letter(replace(incoming, reading=theirs))
    meant = replace(theirs, sender=incoming.reading.sender, aligned=incoming.reading.aligned)
    return answered(replace(incoming, reading=meant), letter.request, original)


def _is_colleague(incoming: Incoming, letter: LetterRow) -> bool:
    sender = incoming.reading.sender
    if colleagues(sender, letter.receiver):
        return True
    parties = people.parties_of_domain(incoming.tx, domain_of(sender))
    return parties == (letter.party,)


def _asked(case: Case, letter: LetterRow) -> tuple[Contact, ...]:
    """The one whom the letter went to; whoever holds the role now where that is nobody any more."""
    if letter.role not in case.workflow.roles:
        return ()
    holders = case.holders(letter.role)
    return tuple(each for each in holders if each.has_address(letter.receiver)) or holders


def _said(incoming: Incoming, case: Case) -> _Said:
    reading = incoming.reading
    found = commands(reading.own_text, incoming.site.intake.words)
    words = [each.word for each in found if _is_act(case, each.word)]
    text = [each.text for each in found if each.text] or [
        remainder(reading.own_text, found, reading.fields)
    ]
    return _Said(
        words=tuple(dict.fromkeys(words)),
        fields=tuple(name for name in reading.fields if name in FIELDS),
        text=masked("\n".join(text).strip()),
    )


def _is_act(case: Case, word: str) -> bool:
    said = {known.casefold() for known in case.workflow.words}
    return word.casefold() in said and general_meaning(word) is None


def _question(
    incoming: Incoming, case: Case, letter: LetterRow, holder: Contact, said: _Said
) -> LetterDraft:
    act = Act(
        event="",
        actor=SYSTEM,
        proof=Proof.SITE,
        cause=incoming.cause,
        key=incoming.cause_key,
    )
    happening = Happening(case=case, act=act, role=letter.role, at=incoming.at)
    asked = draft(happening, letter.role, holder, DELEGATE)
    extra = {
        **asked.variables["extra"],
        "inbox": incoming.inbox,
        "colleague": incoming.reading.sender,
        "said": all_of(said.words, asked.language),
        "corrected": _labels(said, asked.language),
    }
    texts = {
        "note": said.text,
        "answers": [yes_row(asked.language)],
        "extra": extra,
    }
    return replace(asked, variables={**asked.variables, **texts})


def _labels(said: _Said, language: Language) -> str:
    return all_of(tuple(f"«{FIELDS[name].labels[language]}»" for name in said.fields), language)


def _asked_lately(incoming: Incoming, number: str, question: LetterDraft) -> bool:
    since = incoming.at - ASKED_AGAIN_AFTER
    return any(
        row.receiver == question.receiver
        and row.written_at > since
        and _about(row.template, row.variables) == _about(question.template, question.variables)
        for row in letters.of_request(incoming.tx, number)
    )


def _about(template: str, texts: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells one question from another: who answered what."""
    extra = texts["extra"]
    asked = (extra.get(name, "") for name in ("colleague", "said", "corrected"))
    return (template, str(texts["note"]), *(str(each) for each in asked))

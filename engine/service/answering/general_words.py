"""The words that every routine understands and that move nothing: STATUS, HJELP, SKJEMA, SPRÅK,
BREV, FRAVÆR.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.own_questions import asks_for_form, asks_for_status
from engine.domain.register.absence import is_withdrawn
from engine.domain.words import AT_ONCE, GENERAL, LANGUAGE_NAMES, general_meaning
from engine.intake.reply import Command
from engine.model import Act, Language, LetterDraft, Reason
from engine.plan.answering import answers_left
from engine.plan.case import Case, Happening
from engine.plan.letters import language_for
from engine.plan.naming import waited_for
from engine.plan.possible import is_on_hold, owed_by
from engine.plan.variables import EMPTY, variables
from engine.service.letters.posting import FORM_SENT
from engine.service.mail.thread import may_give_rights
from engine.service.mail.verdict import Incoming, Judged, language_of
from engine.service.register import absence
from engine.service.requests.why import next_of, waits_told
from engine.store.contacts import register
from engine.wording import phrases, sentence
from engine.wording.catalogue import say
from engine.wording.dates import day
from engine.wording.names import AGREEMENT_OWNERS, DUTY_NAMES

Texts = dict[str, object]
Choice = TypeVar("Choice")
CHANGING: Final = frozenset({"language", "letters", "absence", "absence_over"})
"""The general words that change what the register says of the sender."""


def told_about(incoming: Incoming, command: Command, case: Case | None = None) -> Judged:
    """The answer to one general word, about the request in `case` if there is one; no history."""
    meaning = general_meaning(command.word)
    if meaning == "absence_over" or (meaning == "absence" and is_withdrawn(command.text)):
        return _here(incoming, command, case)
    if meaning == "absence":
        return _absent(incoming, command, case)
    language = _language(incoming, case)
    if meaning == "language":
        language = _named(command, LANGUAGE_NAMES) or language
    texts = asker_texts(incoming, case, language)
    template = "help"
    if meaning == "language" and _named(command, LANGUAGE_NAMES) is not None:
        register.set_language(incoming.tx, incoming.contacts[0].email, language)
        texts["done"], template = [say("transcript.language_set", language)], "answer"
    if meaning == "letters" and (at_once := _named(command, AT_ONCE)) is not None:
        register.set_at_once(incoming.tx, incoming.contacts[0].email, at_once=at_once)
        told = "letters_at_once" if at_once else "letters_gathered"
        texts["done"], template = [say(f"transcript.{told}", language)], "answer"
    if meaning == "status" and case is not None:
        texts["done"], template = [status_of(incoming, case, language)], "answer"
    if meaning == "form" and case is not None and not case.workflow.opens_with.by_time:
        template = FORM_SENT
    return _answered(case, _letter(incoming, template, language, texts))


def asked_in_words(text: str) -> Command | None:
    """The general word that `text` asks for in the writer's own words; None for anything else."""
    asked = "status" if asks_for_status(text) else "form" if asks_for_form(text) else ""
    return Command(word=GENERAL[asked]["nb"][0], text="", line=0, end=0) if asked else None


def with_beside(
    judged: Judged, incoming: Incoming, asked: Sequence[Command], case: Case | None
) -> Judged:
    """`judged`, its answer telling too of the general words that change something about the sender.

    Without this, FRAVÆR under a command would be passed over.
    """
    words = [each for each in asked if general_meaning(each.word) in CHANGING]
    if judged.answer is None or not words:
        return judged
    told = [told_about(incoming, each, case) for each in words]
    texts = [each.letters[0].variables for each in told]
    beside = tuple(
        (*said, *(line for each in texts for line in each[name]))
        for said, name in zip(judged.answer.beside, ("done", "not_done"), strict=True)
    )
    others = [letter for each in told for letter in each.letters[1:]]
    return replace(
        judged,
        answer=replace(judged.answer, beside=(beside[0], beside[1])),
        letters=(*judged.letters, *others),
    )


def _absent(incoming: Incoming, command: Command, case: Case | None) -> Judged:
    """What was noted about an absence, with a letter to the substitute, or why it cannot be."""
    language = _language(incoming, case)
    texts = asker_texts(incoming, case, language)
    kept = absence.wanted(
        incoming.site,
        incoming.tx,
        incoming.contacts[0].email,
        command,
        incoming.at,
        may_let_in=may_give_rights(incoming),
    )
    if isinstance(kept, absence.Recorded):
        texts["done"] = [absence.said(kept, language)]
        others = absence.letters_about(incoming.site, incoming.tx, kept)
        answer = _letter(incoming, "answer", language, texts)
        return _answered(case, answer, *others)
    texts["not_done"] = [f"{command.word}: {sentence(each, language)}" for each in kept]
    answer = _letter(incoming, "answer", language, texts)
    return replace(_answered(case, answer), reasons=kept)


def _here(incoming: Incoming, command: Command, case: Case | None) -> Judged:
    """What was withdrawn of an absence, with letters to the substitutes, or that there was none."""
    language, tx = _language(incoming, case), incoming.tx
    texts = asker_texts(incoming, case, language)
    found = absence.withdrawn(tx, incoming.contacts[0].email, incoming.at)
    if isinstance(found, Reason):
        texts["not_done"] = [f"{command.word}: {sentence(found, language)}"]
        return replace(
            _answered(case, _letter(incoming, "answer", language, texts)), reasons=(found,)
        )
    texts["done"] = [absence.withdrawal_said(found, language)]
    others = (
        letter for each in found for letter in absence.letters_about_return(incoming.site, tx, each)
    )
    return _answered(case, _letter(incoming, "answer", language, texts), *others)


def _answered(case: Case | None, *letters: LetterDraft) -> Judged:
    number = case.request.number if case else ""
    return Judged(verdict="answered", number=number, letters=letters)


def _letter(incoming: Incoming, template: str, language: Language, texts: Texts) -> LetterDraft:
    contact = incoming.contacts[0]
    return LetterDraft(
        role=contact.duty,
        party=contact.party,
        receiver=incoming.reading.sender,
        template=template,
        language=language,
        variables={**texts, "receiver_name": contact.name},
        at_once=True,
    )


def _named(command: Command, known: Mapping[str, Choice]) -> Choice | None:
    words = re.findall(r"\w+", command.text.casefold())
    return next((known[word] for word in words if word in known), None)


def _language(incoming: Incoming, case: Case | None) -> Language:
    if case is None:
        return language_of(incoming)
    contact = incoming.contacts[0]
    return language_for(case, contact, contact.party)


def asker_texts(incoming: Incoming, case: Case | None, language: Language) -> Texts:
    """The letter variables for an answer to the sender that tells of no event."""
    if case is None:
        duty = DUTY_NAMES[incoming.contacts[0].duty][language]
        return {**EMPTY, "receiver_duty": duty}
    actor = incoming.actor
    act = Act(
        event="",
        actor=actor,
        proof=incoming.proof,
        cause=incoming.cause,
        key=incoming.cause_key,
    )
    return texts_for(incoming, case, act, language)


def texts_for(incoming: Incoming, case: Case, act: Act, language: Language) -> Texts:
    """The letter variables for an answer about `act`; nothing to answer for who holds no role."""
    role, contact = role_of(incoming, case), incoming.contacts[0]
    happening = Happening(case=case, act=act, role=role, at=incoming.at)
    texts = variables(happening, role, language)
    held = case.roles_of(incoming.actor)
    for other in held[1:]:
        more = answers_left(happening, other, language)
        texts["answers"] += [each for each in more if each not in texts["answers"]]
    if held:
        return texts
    return {**texts, "receiver_duty": DUTY_NAMES[contact.duty][language], "answers": []}


def role_of(incoming: Incoming, case: Case) -> str:
    """The role in which the sender is written to; the routine's first where they hold none."""
    roles = case.roles_of(incoming.actor)
    return roles[0] if roles else next(iter(case.workflow.roles))


def status_of(incoming: Incoming, case: Case, language: Language) -> str:
    """Where the request stands and since when, whom it waits for, and what comes next."""
    waiting = waited_for(case, owed_by(case), language)
    if is_on_hold(case, incoming.at):
        waiting = AGREEMENT_OWNERS[language]
    title = case.workflow.states[case.request.state].titles[language]
    since = day(oslo_day(case.request.since), language)
    found = next_of(incoming.tx, case, language)
    coming = f"{day(oslo_day(found[0]), language)}: {found[1]}" if found else ""
    told = phrases.status(
        case.request.number, title, language, since=since, waiting=waiting, coming=coming
    )
    return " ".join((told, *waits_told(case, incoming.at, language)))

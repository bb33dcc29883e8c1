"""The words that every routine understands and that move nothing: STATUS, HJELP, SPRÅK."""

from __future__ import annotations

from engine.domain.words import LANGUAGE_NAMES, general_meaning
from engine.intake.reply import Command
from engine.model import Act, Actor, Cause, Language, LetterDraft
from engine.plan.case import Case, Happening
from engine.plan.letters import language_for
from engine.plan.possible import owed_by
from engine.plan.variables import EMPTY, variables
from engine.service.judged import Incoming, Judged, language_of
from engine.store import register
from engine.wording import phrases
from engine.wording.names import DUTY_NAMES, HOLDER_NAMES

Texts = dict[str, object]


def told_about(incoming: Incoming, command: Command, case: Case | None = None) -> Judged:
    """The answer to one general word, about the request in `case` if there is one; no history."""
    meaning = general_meaning(command.word)
    language = _language(incoming, case)
    if meaning == "language":
        language = _chosen(incoming, command) or language
    texts = asker_texts(incoming, case, language)
    template = "help"
    if meaning == "language" and _chosen(incoming, command) is not None:
        register.set_language(incoming.tx, incoming.contacts[0].email, language)
        texts["done"], template = [phrases.language_set(language)], "answer"
    if meaning == "status" and case is not None:
        texts["done"], template = [status_of(case, language)], "answer"
    number = case.request.number if case else ""
    letter = LetterDraft(
        role=incoming.contacts[0].duty,
        party=incoming.contacts[0].party,
        receiver=incoming.reading.sender,
        template=template,
        language=language,
        variables=texts,
        at_once=True,
    )
    return Judged(verdict="answered", number=number, letters=(letter,))


def _chosen(incoming: Incoming, command: Command) -> Language | None:
    words = command.text.casefold().split()
    return next((LANGUAGE_NAMES[word] for word in words if word in LANGUAGE_NAMES), None)


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
    actor = Actor(name=incoming.reading.sender, contacts=incoming.contacts)
    act = Act(
        event="",
        actor=actor,
        proof=incoming.proof,
        cause=Cause("mail", str(incoming.inbox)),
        key=incoming.cause_key,
    )
    role = role_of(incoming, case)
    return variables(Happening(case=case, act=act, role=role, at=incoming.at), role, language)


def role_of(incoming: Incoming, case: Case) -> str:
    """The role in which the sender is written to; the routine's first where they hold none."""
    roles = case.roles_of(Actor(name=incoming.reading.sender, contacts=incoming.contacts))
    return roles[0] if roles else next(iter(case.workflow.roles))


def status_of(case: Case, language: Language) -> str:
    """Where the request stands and whom it waits for, in a sentence."""
    roles = [case.workflow.roles[role] for role in owed_by(case)]
    waiting = list(dict.fromkeys(HOLDER_NAMES[role.duty][language] for role in roles))
    title = case.workflow.states[case.request.state].titles[language]
    return phrases.status(case.request.number, title, waiting, language)

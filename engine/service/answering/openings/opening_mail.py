"""A mail about no request yet: which routine it opens, if any, and what the sender is asked where
that is not certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import oslo_day, start_of_day
from engine.definition.types import Workflow
from engine.domain import rules
from engine.domain.beside import hinders, says_something
from engine.domain.course_information import with_years
from engine.domain.fields import FIELDS, FORMS
from engine.domain.own_words import sentences
from engine.domain.private_words import of_somebodys_own
from engine.domain.register.parties import find_party
from engine.domain.secrecy import has_identity_number
from engine.domain.words import all_general
from engine.intake import form
from engine.intake.course_named import courses_named, owner_named, wants_course, without_owner
from engine.intake.reply import commands, remainder
from engine.model import Act, Actor, Language, Proof, Reason
from engine.plan.case import Happening
from engine.plan.opening import ASK_TO_SEND, FORWARDED_BY, OPEN
from engine.plan.variables import variables
from engine.service.acts.acting import Step, opened
from engine.service.answering.asking import yes_row
from engine.service.answering.general_words import told_about, with_beside
from engine.service.answering.not_acted import OPENINGS_USED_UP, not_acted
from engine.service.answering.openings.instead_of_opening import (
    asked_which_case,
    examples,
    known_course,
    let_in,
    named_elsewhere,
    not_theirs,
    numbers_named,
    only_in_copy,
    status_told,
)
from engine.service.answering.reading_back import MOST, read_back, said_beside
from engine.service.answering.rule_mail import copies_of_refusal, perhaps_a_rule
from engine.service.answering.words_beside import with_words
from engine.service.letters.posting import CONFIRM_OPENING, NOT_UNDERSTOOD
from engine.service.mail.routine_named import routine_of
from engine.service.mail.transcript import (
    Answer,
    Told,
    shortened,
    undo_offered,
    without_letters_to,
)
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.service.site import Site
from engine.store.contacts import people
from engine.store.contacts.register import all_parties, contacts_of_address
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.wording.catalogue import say
from engine.wording.dates import day
from engine.wording.names import DUTY_NAMES

_DRAFT: Final = re.compile(r"\b(?:utkast|kladd|draft)\b", re.IGNORECASE)
_OFFERS: Final = re.compile(
    r"[^.!?\n]*\b(?:(?:si|sei|gi|gje|ta|spør|ring|skriv|meld)\b[^.!?\n]*\b(?:ifra|i fra|fra|frå"
    r"|beskjed|kontakt|melding|gjerne)|let (?:me|us) know|contact (?:me|us))\b[^.!?\n]*[.!?]*",
    re.IGNORECASE,
)
"""«Ta gjerne kontakt hvis noe er uklart»: what almost everybody ends with."""
_NAME: Final = re.compile(r"[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w.-]+){0,2}")
WORDS_BESIDE: Final = "words_beside_opening"
"""The reason by which a coordinator reads what somebody wrote that no case takes along."""
PROVISIONAL_A_DAY: Final = 3
"""Requests that an address without a coordinator's word may open in a day."""


def begun(incoming: Incoming) -> Judged:
    """The verdict on a registered sender's mail that is about no request."""
    workflow = routine_of(incoming)
    if workflow is None:
        return _of_no_routine(incoming)
    refused = not_theirs(incoming, workflow)
    if refused is not None:
        return refused
    if incoming.proof >= workflow.opens_with.proof:
        return open_by_mail(incoming, workflow)
    language = language_of(incoming)
    texts = {
        "course_name": incoming.reading.fields.get("full_name", incoming.reading.subject),
        "workflow_title": workflow.titles[language],
        "answers": [yes_row(language)],
        "extra": {"inbox": incoming.inbox},
    }
    return Judged(
        verdict="unconfirmed",
        reasons=(Reason("unconfirmed"),),
        letters=(plain_letter(incoming, CONFIRM_OPENING, language, texts),),
    )


def _of_no_routine(incoming: Incoming) -> Judged:
    """The answer to a general word or a question, else what the mail is about is asked; nothing
    where others are written to, and we are in copy.
    """
    status = status_told(incoming)
    if status is not None:
        return status
    asked = commands(incoming.reading.own_text, all_general())
    if asked and incoming.proof > Proof.NONE:
        return told_about(incoming, asked[0])
    named = numbers_named(incoming)
    if len(named) > 1:
        return asked_which_case(incoming, named)
    by_rule = perhaps_a_rule(incoming)
    if by_rule is not None:
        return by_rule
    letter = plain_letter(incoming, NOT_UNDERSTOOD, language_of(incoming), examples(incoming))
    letters = () if only_in_copy(incoming) else (letter,)
    return Judged(verdict="unclear", reasons=(Reason("no_routine"),), letters=letters)


def open_by_mail(incoming: Incoming, workflow: Workflow, proof: Proof | None = None) -> Judged:
    """A request opened by the mail, with what follows at once, and one answer to the sender;
    `proof` is what the opening is worth, where that is more than the mail itself.

    Whoever has opened as many as one may in a day is told that the mail waits for the next.
    """
    forms = _forms(incoming, workflow)
    waiting = _too_many(incoming, max(1, len(forms)))
    known = known_course(incoming, workflow, forms[0]) if len(forms) == 1 else None
    instead = waiting or known
    if instead is not None:
        return read_by_coordinator(instead, _beside_order(_said(incoming))) if known else instead
    if len(forms) <= 1:
        return _opened(_with_form(incoming, 0, *forms), workflow, proof)
    common = {k: text for k, text in incoming.reading.fields.items() if k not in FIELDS}
    judged = [
        _opened(_with_form(incoming, place, {**common, **fields}), workflow, proof)
        for place, fields in enumerate(forms, start=1)
    ]
    return _in_one_letter(judged)


def _forms(incoming: Incoming, workflow: Workflow) -> Sequence[Mapping[str, str]]:
    """The form of each course that the mail names: below one another, else in a subject or in
    sentences, where the course's owner may stand too; empty for one form as it stands.
    """
    reading, relations = incoming.reading, workflow.opens_with.parties
    forms = form.several(reading.own_text)
    if forms:
        return forms
    given = {name: text for name, text in reading.fields.items() if name in FIELDS}
    parties = all_parties(incoming.tx)
    first = FORMS[workflow.opens_with.form].fields[0]
    names = [given[first]] if given.get(first) else []
    if not names and FIELDS[first].kind == "line":
        names = [*courses_named(workflow, reading.subject, reading.own_text)]
    if len(names) > 1 and FORMS[workflow.opens_with.form].required != ("full_name",):
        return ()
    if relations.get("owner") == "form" and not given.get("owner"):
        side = next(role.side for role in workflow.roles.values() if role.of == "owner")
        owner = owner_named(workflow, reading.subject, reading.own_text, parties, side)
        given |= {"owner": parties[owner].name} if owner else {}
    return [given | {first: without_owner(name, parties)} for name in names] or [given]


def _with_form(incoming: Incoming, place: int, fields: Mapping[str, str] | None = None) -> Incoming:
    """The mail as if it held one of its forms alone; words about the sender go with the first, and
    what else it says with each.
    """
    if fields is None:
        return incoming
    text = incoming.reading.own_text if place <= 1 else _said(incoming)
    reading = replace(incoming.reading, fields=fields, own_text=text)
    return replace(incoming, reading=reading, part=str(place) if place else "")


def _in_one_letter(judged: Sequence[Judged]) -> Judged:
    """Several openings, told to their sender in one letter that names each course."""
    answers = [each.answer for each in judged if each.answer is not None]
    told = [
        replace(each, word=each.step.act.values["full_name"])
        for answer in answers
        for each in answer.told
    ]
    folded = [letter for answer in answers for letter in answer.folded]
    return Judged(
        verdict=next((each.verdict for each in judged if each.plans), judged[0].verdict),
        plans=tuple(plan for each in judged for plan in each.plans),
        letters=tuple(letter for each in judged for letter in each.letters),
        answer=replace(answers[0], told=told, folded=folded, undo=False),
        reasons=tuple(reason for each in judged for reason in each.reasons),
    )


def _opened(incoming: Incoming, workflow: Workflow, proof: Proof | None) -> Judged:
    said, meant = _said(incoming), incoming.on_behalf
    values = {name: text for name, text in incoming.reading.fields.items() if name in FIELDS}
    values, days = with_years(values, oslo_day(incoming.at))
    act = Act(
        event=OPEN,
        actor=Actor(name=incoming.reading.sender, contacts=meant or incoming.contacts),
        proof=incoming.proof if proof is None else proof,
        cause=incoming.cause,
        key=f"{incoming.cause_key}:0",
        values=values | ({FORWARDED_BY: incoming.reading.sender} if meant else {}),
        beside=_public(said),
    )
    site, tx, at = incoming.site, incoming.tx, incoming.at
    elsewhere: tuple[str, ...] = ()
    stays = _is_draft(workflow) and _doubtful(incoming, said)
    step = opened(site, tx, workflow.name, act, at, stays=stays)
    if step.case is not None:
        elsewhere = named_elsewhere(incoming, step.case, values)
        if let_in(incoming, step.case, values) or elsewhere:
            stays = stays or (_is_draft(workflow) and bool(elsewhere))
            step = opened(site, tx, workflow.name, act, at, stays=stays)
    language = language_of(incoming)
    contact = incoming.contacts[0]
    fields = tuple(FIELDS[name].labels[language] for name in values)
    plans, folded = without_letters_to(step.events, contact.email)
    answer = Answer(
        told=[Told(word=workflow.titles[language], step=step, fields=fields)],
        folded=folded,
        undo=undo_offered(incoming.site, plans),
        receiver=incoming.reading.sender,
        role=workflow.opens_with.by,
        party=contact.party,
        language=language,
        texts={} if folded else _texts(incoming, workflow, step, language),
    )
    if meant and step.events:
        answer = _told_forwarder(incoming, answer)
    judged = Judged(
        verdict="opened" if step.events else "refused",
        plans=plans,
        letters=copies_of_refusal(incoming, workflow, values, step.reasons),
        answer=answer,
        reasons=step.reasons or step.missing,
    )
    # What is forwarded is not the forwarder's own word.
    asked = () if meant else commands(incoming.reading.own_text, all_general())
    judged = with_beside(judged, incoming, asked, step.case)
    if step.events:
        judged = read_as(judged, days, elsewhere)
    held = any(letter.template == ASK_TO_SEND for letter in folded)
    if not step.events:
        return judged if meant else read_by_coordinator(judged, _beside_order(said, step.reasons))
    if held or meant or step.case is None:
        return judged
    words = said_beside(said, ())
    # An order's own letters tell what was written with it.
    if has_identity_number(words) or _is_draft(workflow):
        return with_words(incoming, step.case, None, judged, words)
    return read_back(judged, words)


def read_by_coordinator(judged: Judged, said: str) -> Judged:
    """`judged`, a coordinator reading what was `said` that no case takes along, and its answer
    telling so; as it is for thanks and a greeting.
    """
    if not says_something(said) or judged.verdict == "unclear":
        return judged
    reasons, text = (*judged.reasons, Reason(WORDS_BESIDE)), shortened(said, MOST)
    answer = judged.answer
    if answer is not None:
        told = say("own_words.coordinator", answer.language, text=text)
        beside = ((*answer.beside[0], told), answer.beside[1])
        return replace(judged, answer=replace(answer, beside=beside), reasons=reasons)
    *others, letter = judged.letters
    told = say("own_words.coordinator", letter.language, text=text)
    done = [*letter.variables.get("done", ()), told]
    letter = replace(letter, variables={**letter.variables, "done": done})
    return replace(judged, letters=(*others, letter), reasons=reasons)


def _public(said: str) -> str:
    """What of the words is kept with the request for others to read."""
    return "" if has_identity_number(said) else of_somebodys_own(said)[0]


def read_as(judged: Judged, days: Mapping[str, date], elsewhere: Sequence[str]) -> Judged:
    """`judged`, its answer telling which days were meant, and whose addresses are to be checked."""
    if judged.answer is None or not (days or elsewhere):
        return judged
    language, (done, not_done) = judged.answer.language, judged.answer.beside
    read = (
        say("transcript.day_read", language, label=FIELDS[n].labels[language], day=day(d, language))
        for n, d in days.items()
    )
    asked = (say("transcript.elsewhere", language, address=each) for each in elsewhere)
    beside = ((*done, *read), (*not_done, *asked))
    return replace(judged, answer=replace(judged.answer, beside=beside))


def _told_forwarder(incoming: Incoming, answer: Answer) -> Answer:
    """The answer to whoever has forwarded: the case is not theirs, and waits for those meant."""
    party = all_parties(incoming.tx)[incoming.on_behalf[0].party]
    waits = say("transcript.forwarded", answer.language, party=party.name)
    duty = DUTY_NAMES[incoming.contacts[0].duty][answer.language]
    texts = {**answer.texts, "answers": [], "receiver_duty": duty}
    return replace(answer, texts=texts, beside=((waits,), ()), undo=False)


def _said(incoming: Incoming) -> str:
    """The writer's own words around the form; empty for thanks and a greeting."""
    reading = incoming.reading
    found = commands(reading.own_text, all_general())
    said = remainder(reading.own_text, found, reading.fields)
    above, _, last = said.rpartition("\n")
    # A name alone below the rest is who signs, unless it is the owner's.
    if _NAME.fullmatch(last) and find_party(last, all_parties(incoming.tx)) is None:
        said = above.strip()
    return said if says_something(said) else ""


def _beside_order(said: str, refused: Sequence[Reason] = ()) -> str:
    """What is said beside the sentences that ask for the course itself, or that set the price or
    mean the resale for which the order is `refused`: the refusal is their answer.
    """
    resale = any(each.code.startswith(rules.RESALE) for each in refused)
    asked = [
        each
        for each in sentences(said)
        if wants_course(each) or (resale and rules.sells((each,), each))
    ]
    return "" if asked and not any(each not in asked for each in sentences(said)) else said


def _is_draft(workflow: Workflow) -> bool:
    """Whether what is opened waits for its opener until it is sent."""
    opening = workflow.opens_with
    return workflow.states[opening.state].waits_for == (opening.by,)


def _doubtful(incoming: Incoming, said: str) -> bool:
    """Whether the text around the form, or the subject, holds a question, a doubt, a condition or
    «utkast» (INTERFACE §5.2).
    """
    name = incoming.reading.fields.get("full_name", "")
    title = incoming.reading.subject.replace(name, "") if name else incoming.reading.subject
    return bool(_DRAFT.search(title)) or hinders(_OFFERS.sub("", said))


def openings(site: Site, tx: Transaction, sender: str, at: datetime) -> tuple[int, int]:
    """How many requests an address may open in a day, and how many of them are left at `at`."""
    day = oslo_day(at)
    waiting = people.provisional(tx, day)
    provisional = all(each.id in waiting for each in contacts_of_address(tx, sender, day))
    most = PROVISIONAL_A_DAY if provisional else site.openings_per_day
    return most, max(0, most - inbox.opened_since(tx, sender, start_of_day(day)))


def _too_many(incoming: Incoming, wanted: int) -> Judged | None:
    if incoming.attempt:
        return None
    sender = incoming.reading.sender
    most, left = openings(incoming.site, incoming.tx, sender, incoming.at)
    if left >= wanted:
        return None
    why = Reason(OPENINGS_USED_UP, {"count": most})
    return Judged(verdict="unclear", reasons=(why,), letters=not_acted(incoming, why))


def _texts(
    incoming: Incoming, workflow: Workflow, step: Step, language: Language
) -> Mapping[str, Any]:
    contact = incoming.contacts[0]
    if step.case is None:
        return {
            "workflow_title": workflow.titles[language],
            "course_name": step.act.values.get("full_name", ""),
            "receiver_duty": DUTY_NAMES[contact.duty][language],
            "receiver_name": contact.name,
        }
    role = workflow.opens_with.by
    happening = Happening(case=step.case, act=step.act, role=role, at=incoming.at)
    return variables(happening, role, language) | {"receiver_name": contact.name}

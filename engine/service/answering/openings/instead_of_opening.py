"""What is asked or told instead of opening a request: which case is meant, who may open it, that
the course is there or ordered already (INTERFACE §5.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Role, Workflow
from engine.domain.fields import FIELDS, called
from engine.domain.opinions import address_in
from engine.domain.own_questions import asks_for_status
from engine.domain.register.mail_domains import PUBLIC, colleagues, domain_of, known_form
from engine.domain.similar import similar
from engine.domain.words import all_general, general_meaning
from engine.intake.reply import commands
from engine.intake.subject import numbers
from engine.model import Contact, KnownCourse, Language, LetterDraft, Proof, Reason, Request
from engine.plan.case import Case
from engine.service.acts.acting import case_of
from engine.service.answering.asking import yes_row
from engine.service.answering.general_words import status_of
from engine.service.answering.networks.passing_on import told_of
from engine.service.letters.posting import (
    NOT_UNDERSTOOD,
    OPENING_FOR_YOU,
    SAME_COURSE,
    WHICH_RULE,
)
from engine.service.mail.routine_named import openable
from engine.service.mail.thread import concerned
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.cases import queries
from engine.store.cases.queries import CatalogueRow
from engine.store.cases.requests import load_request, requests_of
from engine.store.contacts.people import parties_of_domain
from engine.store.contacts.register import (
    add_contact,
    all_parties,
    contacts,
    contacts_of_address,
)
from engine.store.mail_out.letters import LetterRow
from engine.wording.catalogue import say
from engine.wording.names import HOLDER_NAMES, all_of

ALIKE: Final = 0.75
"""From this likeness on, a course that is shared is asked about before another is ordered."""
_STATUS_OF: Final = 20


def numbers_named(incoming: Incoming) -> tuple[str, ...]:
    """The requests that the mail names in its subject or text, and that concern its sender."""
    reading = incoming.reading
    named = dict.fromkeys((*reading.numbers, *numbers(reading.own_text)))
    known = (each for each in named if load_request(incoming.tx, each) is not None)
    return tuple(each for each in known if concerned(incoming, each))


def asked_which_case(incoming: Incoming, named: tuple[str, ...]) -> Judged:
    """The question which of several cases is meant; no routine is offered beside it."""
    extra = {"inbox": incoming.inbox, "numbers": all_of(named, language_of(incoming))}
    letter = plain_letter(incoming, NOT_UNDERSTOOD, language_of(incoming), {"extra": extra})
    return Judged(verdict="unclear", reasons=(Reason("which_of_several"),), letters=(letter,))


def only_in_copy(incoming: Incoming) -> bool:
    """Whether the mail is to others, and we are in copy."""
    ours = set(incoming.site.addresses)
    return bool(ours & set(incoming.reading.copies))


def status_told(incoming: Incoming) -> Judged | None:
    """The status of the sender's running cases, where that is all that is asked, or the word; else
    None.
    """
    text = incoming.reading.own_text
    word = any(general_meaning(each.word) == "status" for each in commands(text, all_general()))
    if incoming.proof < Proof.REPLY or not (word or asks_for_status(text)):
        return None
    language = language_of(incoming)
    numbers = [each.number for each in _running(incoming)]
    cases = (case_of(incoming.site, incoming.tx, each, incoming.at) for each in numbers)
    actor = incoming.actor
    open_now = [case for case in cases if case.roles_of(actor)][-_STATUS_OF:]
    if not open_now and not word:
        return None
    told = [_with_course(case, status_of(incoming, case, language), language) for case in open_now]
    texts = {"done": told or [say("transcript.no_cases", language)]}
    letter = plain_letter(incoming, "answer", language, texts)
    number = open_now[0].request.number if len(open_now) == 1 else ""
    return Judged(verdict="answered", number=number, letters=(letter,))


def _with_course(case: Case, status: str, language: Language) -> str:
    name = called(case.workflow.opens_with.form, case.request.form)
    return f"{say('quotes.quoted', language, text=name)}: {status}" if name else status


def _running(incoming: Incoming) -> list[Request]:
    """The requests to which the sender's party is a side and that still wait for somebody."""
    routines, tx = incoming.site.routines, incoming.tx
    found = requests_of(tx, {each.party for each in incoming.on_behalf or incoming.contacts})
    return [
        each
        for each in found
        if routines.version(tx, each.workflow, each.version).workflow.states[each.state].waits_for
    ]


def not_theirs(incoming: Incoming, workflow: Workflow) -> Judged | None:
    """What is told to whoever may not open `workflow`, with the mail passed on to who may at their
    own party; None where the sender may.
    """
    actor = incoming.on_behalf or incoming.contacts
    duties = workflow.roles[workflow.opens_with.by].duties
    if any(each.duty in duties for each in actor):
        return None
    language, parties = language_of(incoming), all_parties(incoming.tx)
    party, side = parties[incoming.contacts[0].party], workflow.roles[workflow.opens_with.by].side
    proved = incoming.proof >= Proof.ALIGNED and party.side == side
    holders = _holders(incoming, party.id, duties) if proved else ()
    reason = Reason("not_your_role", {"event": workflow.titles, "roles": ", ".join(duties)})
    title, holder = workflow.titles[language], HOLDER_NAMES[duties[0]][language]
    where = {"trust": "x" if side == "trust" else "", "municipal": "x" if side != "trust" else ""}
    told = [say("transcript.not_yours", language, title=title, holder=holder, **where)]
    if holders:
        duty = say("morning.duty_at", language, duty=holder, party=party.name.removesuffix(" HF"))
        told.append(say("transcript.passed_to", language, duty=duty))
        answer = plain_letter(incoming, "answer", language, {"not_done": told})
    else:
        texts = {**examples(incoming), "not_done": told}
        texts["extra"] = {**texts["extra"], "refused": True}
        answer = plain_letter(incoming, NOT_UNDERSTOOD, language, texts)
    letters = (_for_you(incoming, workflow, each) for each in holders)
    return Judged(verdict="refused", reasons=(reason,), letters=(*letters, answer))


def examples(incoming: Incoming) -> dict[str, Any]:
    """Lines with which this writer may answer what their mail is about; and the mails before it
    that were asked about in vain, which a later answer is read together with.
    """
    language = language_of(incoming)
    words = [each.opens_with.subject[language][0] for each in openable(incoming)]
    before = not_understood_before(incoming.letter) if incoming.answers_own else ()
    return {"extra": {"inbox": incoming.inbox, "routines": words, "before": [*before]}}


def not_understood_before(letter: LetterRow | None) -> tuple[int, ...]:
    """The mails that `letter` asks about, the oldest first; none where it asks something else."""
    if letter is None or letter.template not in (NOT_UNDERSTOOD, WHICH_RULE):
        return ()
    extra = letter.variables.get("extra", {})
    return (*extra.get("before", ()), *filter(None, (extra.get("inbox"),)))


def _holders(incoming: Incoming, party: str, duties: tuple[str, ...]) -> tuple[Contact, ...]:
    everybody = contacts(incoming.tx, oslo_day(incoming.at))
    return tuple(each for each in everybody if each.party == party and each.duty in duties)


def _for_you(incoming: Incoming, workflow: Workflow, holder: Contact) -> LetterDraft:
    meant = replace(incoming, contacts=(holder,))
    language = language_of(meant)
    texts: Mapping[str, Any] = {
        "answers": [yes_row(language)],
        "extra": {
            **told_of(incoming, incoming.reading.text),
            "inbox": incoming.inbox,
            "workflow": workflow.name,
            "routine": workflow.titles[language],
            "event": "",
        },
    }
    return replace(plain_letter(meant, OPENING_FOR_YOU, language, texts), receiver=holder.email)


def known_course(incoming: Incoming, workflow: Workflow, form: Mapping[str, str]) -> Judged | None:
    """That the sender has ordered the same course already, or the question whether they mean one of
    like name that is shared; None where nothing like it is known.
    """
    if "not_shared_already" not in workflow.opens_with.when or incoming.sure:
        return None
    name, ours = _folded(form.get("full_name", "")), incoming.on_behalf or incoming.contacts
    if not name:
        return None
    for request in _running(incoming):
        ordered = (
            request.workflow == workflow.name and _folded(request.form.get("full_name", "")) == name
        )
        if ordered and any(each.party == request.party_of(_opens(workflow)) for each in ours):
            return _ordered_already(incoming, request.number)
    borrower = workflow.opens_with.parties.get("borrower", "")
    borrower = ours[0].party if borrower == "sender" else borrower
    shared = {r.request: r for r in queries.catalogue(incoming.tx) if r.borrower == borrower}
    alike = similar(name, map(_known, shared.values()), at_least=ALIKE)
    if not alike or _folded(alike[0].full_name) == name:
        return None
    language, row = language_of(incoming), shared[alike[0].request]
    extra = {
        "inbox": incoming.inbox,
        "asked": form["full_name"],
        "found": row.course,
        "owner": all_parties(incoming.tx)[row.owner].name.removesuffix(" HF"),
        "link": row.link,
        "event": "",
    }
    texts = {"answers": [yes_row(language)], "extra": extra}
    letter = plain_letter(incoming, SAME_COURSE, language, texts)
    return Judged(verdict="unclear", reasons=(Reason("same_course_asked"),), letters=(letter,))


def named_elsewhere(incoming: Incoming, case: Case, form: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses that the writer's form names for their own experts or cooperation unit, and
    that are nobody's there: they are not asked.
    """
    return tuple(address for _, address, ours in _unknown(incoming, case, form) if not ours)


def let_in(incoming: Incoming, case: Case, form: Mapping[str, str]) -> bool:
    """Whether the register has somebody new: whoever the writer's form names with an address in
    their party's mail domains is asked from now on, in cases that name them.
    """
    new = [(role, address) for role, address, ours in _unknown(incoming, case, form) if ours]
    for role, address in new:
        add_contact(
            incoming.tx,
            party_id=case.party_of(role) or "",
            duty=role.duty,
            email=address,
            valid_from=oslo_day(incoming.at),
            proof="provisional",
        )
    return bool(new)


def _unknown(
    incoming: Incoming, case: Case, form: Mapping[str, str]
) -> Iterator[tuple[Role, str, bool]]:
    """(role, address, whether it is the party's) of each that the form names for a role that is
    asked for an opinion at the writer's own party in the case, and that does not hold it.
    """
    day, tx = oslo_day(incoming.at), incoming.tx
    writers = {each.party for each in incoming.on_behalf or incoming.contacts}
    asked = (role for name, role in case.workflow.roles.items() if name in FIELDS)
    for role in (each for each in asked if FIELDS[each.name].kind == "opinion"):
        party, address = case.party_of(role), known_form(address_in(form.get(role.name, "")))
        if not address or party not in writers:
            continue
        held = contacts_of_address(tx, address, day)
        if not any(each.party == party and each.duty in role.duties for each in held):
            domain = domain_of(address)
            theirs = domain not in PUBLIC and party in parties_of_domain(tx, domain)
            yield role, address, theirs or colleagues(address, incoming.reading.sender)


def _opens(workflow: Workflow) -> str:
    """What whoever opens such requests is to them."""
    return workflow.roles[workflow.opens_with.by].of or ""


def _known(row: CatalogueRow) -> KnownCourse:
    return KnownCourse(
        request=row.request,
        full_name=row.course,
        short_name=row.short_name,
        owner=row.owner,
        since=row.since,
    )


def _ordered_already(incoming: Incoming, number: str) -> Judged:
    language = language_of(incoming)
    case = case_of(incoming.site, incoming.tx, number, incoming.at)
    told = [say("transcript.ordered_already", language, status=status_of(incoming, case, language))]
    letter = plain_letter(incoming, "answer", language, {"not_done": told})
    reason = Reason("ordered_already", {"request": number})
    return Judged(verdict="answered", number=number, reasons=(reason,), letters=(letter,))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())

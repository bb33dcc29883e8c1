"""What networks deliver by mail: whatever comes counts at its time, and a form is read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.domain.deliveries import unread, values_of
from engine.domain.network_form import read
from engine.domain.network_report import Contents
from engine.domain.network_words import KIND_NAMES
from engine.domain.networks import DELIVERERS
from engine.domain.words import all_general, all_undo
from engine.intake.reply import commands
from engine.model import Act, Actor, Cause, Contact, Language, Reason, Request
from engine.plan.case import Case
from engine.plan.letters import language_for
from engine.plan.yearly import YEAR
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.acting import Step, act_on, case_of
from engine.service.judged import Incoming, Judged, language_of, plain_letter
from engine.service.mail.asking import role_of, texts_for
from engine.service.mail.transcript import Answer, Told, undo_offered, without_letters_to
from engine.service.networks.delivery_choice import (
    MISSING,
    OWING,
    TAKES,
    chosen_of,
    contents_of,
    heads_of,
    name_of,
    texts_of,
)
from engine.service.opening import routine_of
from engine.store import networks
from engine.store.letters import LetterRow
from engine.store.yearly import requests_of
from engine.wording import sentence

DELIVER: Final = "deliver"
DELIVER_LATE: Final = "deliver_late"
READ_IN: Final = "read_in"
NOT_DELIVERED: Final = "delivery_unclear"
READING: Final[Mapping[Language, str]] = {
    "nb": "Innlesing",
    "nn": "Innlesing",
    "en": "Reading in",
}
"""What reading in is called, since no mail word makes it happen."""
_ACKNOWLEDGED: Final = 60
"""How long a line of thanks may be, which delivers nothing."""


def network_mail(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    """The verdict on a mail by which somebody delivers, or FOUSAM reads in; None for any other."""
    duties = {contact.duty for contact in incoming.contacts}
    if not duties & (DELIVERERS | {FOUSAM}):
        return None
    if _says_a_word(incoming) or (not number and routine_of(incoming) is not None):
        return None
    if duties & DELIVERERS:
        judged = _delivery(incoming, number, letter)
        if judged is not None:
            return judged
    return _reading(incoming, number) if FOUSAM in duties and number else None


def _says_a_word(incoming: Incoming) -> bool:
    """Whether the mail holds a command: then it is answered like any other."""
    own = incoming.reading.own_text
    if read(own, "report") is not None:
        # A form has lines of its own, and «Status: utført» is one of them.
        return False
    said = frozenset(
        word
        for name in KINDS
        if name in incoming.site.routines.current
        for event in incoming.site.routines.named(name).workflow.events.values()
        for words in event.says.values()
        for word in words
    )
    return bool(commands(own, all_general() | all_undo() | said))


def _delivery(incoming: Incoming, number: str, letter: LetterRow | None) -> Judged | None:
    mine = {c.party for c in incoming.contacts if c.duty in DELIVERERS}
    requests = [
        request
        for name in KINDS
        for party in sorted(mine)
        for request in requests_of(incoming.tx, name, party)
    ]
    if number and all(request.number != number for request in requests):
        return None
    heads = heads_of(incoming)
    if not heads and not _delivers(incoming):
        return None
    if len({(head.network, head.kind, head.year) for head in heads}) > 1:
        return _unclear(incoming, [r for r in requests if r.state in TAKES], sorted(mine))
    chosen = chosen_of(incoming, requests, next(iter(heads), None), number, letter)
    if len(chosen) != 1:
        return _unclear(incoming, chosen or [r for r in requests if r.state in TAKES], sorted(mine))
    if chosen[0].state not in TAKES:
        return _unclear(incoming, [], [str(chosen[0].owner)])
    return _delivered(incoming, chosen[0])


def _delivers(incoming: Incoming) -> bool:
    """Whether the mail brings anything: a document, or more than a question or thanks."""
    if incoming.reading.attachments:
        return True
    own = " ".join(incoming.reading.own_text.split())
    if not own or own.endswith("?"):
        return any(read(text.text, "report") for text in texts_of(incoming) if text.text)
    return len(own) > _ACKNOWLEDGED or any(read(text.text, "report") for text in texts_of(incoming))


def _delivered(incoming: Incoming, request: Request) -> Judged | None:
    contents = contents_of(incoming, request)
    correction = request.state not in OWING
    if correction and contents is None and not incoming.reading.attachments:
        # A few words after the delivery are no new version of it.
        return None
    late = request.state == MISSING and contents is not None
    return _acted(incoming, request, DELIVER_LATE if late else DELIVER, contents)


def _reading(incoming: Incoming, number: str) -> Judged | None:
    """What FOUSAM's answer with a filled-in form comes to; None where no form came."""
    found = [
        request
        for name in KINDS
        for request in requests_of(incoming.tx, name)
        if request.number == number
    ]
    if not found or not unread(found[0].kept):
        return None
    contents = contents_of(incoming, found[0])
    return None if contents is None else _acted(incoming, found[0], READ_IN, contents)


def _acted(incoming: Incoming, request: Request, event: str, contents: Contents | None) -> Judged:
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at, event=event)
    act = Act(
        event=event,
        actor=Actor(name=incoming.reading.sender, contacts=incoming.contacts),
        proof=incoming.proof,
        cause=Cause("mail", str(incoming.inbox)),
        key=f"{incoming.cause_key}:1",
        values=values_of(contents),
    )
    return _answered(incoming, request, act_on(case, act, incoming.at), case)


def _answered(incoming: Incoming, request: Request, step: Step, before: Case) -> Judged:
    if step.reasons:
        return _refused(incoming, request, step.reasons)
    case = step.case or before
    contact = _contact(incoming, request)
    language = language_for(case, contact, contact.party)
    plans, folded = without_letters_to([step], contact.email)
    answer = Answer(
        told=[] if folded else [Told(word=READING[language], step=step)],
        folded=folded,
        undo=undo_offered(incoming.site, plans),
        receiver=incoming.reading.sender,
        role=role_of(incoming, case),
        party=contact.party,
        language=language,
        texts=texts_for(incoming, case, step.act, language),
    )
    return Judged(verdict="fired", number=request.number, plans=plans, answer=answer)


def _refused(incoming: Incoming, request: Request, reasons: tuple[Reason, ...]) -> Judged:
    language = language_of(incoming)
    faults = [sentence(reason, language) for reason in reasons]
    letter = plain_letter(incoming, NOT_DELIVERED, language, {"faults": faults})
    return Judged(verdict="refused", number=request.number, letters=(letter,), reasons=reasons)


def _contact(incoming: Incoming, request: Request) -> Contact:
    theirs = (request.owner, request.requester)
    return next((c for c in incoming.contacts if c.party in theirs), incoming.contacts[0])


def _unclear(incoming: Incoming, found: Sequence[Request], mine: Sequence[str]) -> Judged:
    """The question which network and year a delivery is about, or that none is waited for."""
    language = language_of(incoming)
    names = {request.owner: name_of(incoming, request) for request in found}
    known = [
        f"{names[request.owner]} ({KIND_NAMES[KINDS[request.workflow]][language]}"
        f" {request.kept[YEAR]})"
        for request in found
    ]
    reasons = (
        (Reason("which_delivery", {"known": ", ".join(known)}),)
        if known
        else tuple(_nothing_waited_for(incoming, network) for network in mine)
    )
    faults = [sentence(reason, language) for reason in reasons]
    letter = plain_letter(incoming, NOT_DELIVERED, language, {"faults": faults})
    return Judged(verdict="unclear", reasons=reasons, letters=(letter,))


def _nothing_waited_for(incoming: Incoming, network_id: str) -> Reason:
    network = networks.network(incoming.tx, network_id)
    if network.closed_on is not None:
        return Reason("network_closed", {"network": network.name, "day": network.closed_on})
    return Reason("nothing_waited_for", {"network": network.name})

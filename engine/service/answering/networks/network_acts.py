"""What delivering and reading in come to: the act, and the one letter that answers the mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.domain.networks.deliveries import values_of, warnings
from engine.domain.networks.network_report import Contents
from engine.model import Act, Contact, LetterDraft, Reason, Request
from engine.plan.case import Case
from engine.plan.letters import language_for
from engine.plan.yearly import OWING, YEAR
from engine.plan.yearly_letters import KINDS
from engine.service.acts.acting import Step, act_on, case_of
from engine.service.answering.general_words import role_of, texts_for
from engine.service.answering.networks.network_choice import name_of
from engine.service.mail.transcript import Answer, Told, undo_offered, without_letters_to
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.cases.requests import load_request
from engine.store.contacts import networks
from engine.wording import sentence
from engine.wording.catalogue import say

NOT_DELIVERED: Final = "delivery_unclear"
OF_NETWORKS: Final[Mapping[str, object]] = {"networks": []}
"""What a letter's `extra` holds that is about networks, and about no one of them."""


def acted(incoming: Incoming, request: Request, event: str, contents: Contents | None) -> Judged:
    """The verdict on a mail that delivers or reads in `contents`, with its one answer."""
    case = case_of(incoming.site, incoming.tx, request.number, incoming.at, event=event)
    act = act_of(incoming, event, values=values_of(contents))
    return _answered(incoming, request, act_on(case, act, incoming.at), case)


def act_of(
    incoming: Incoming, event: str, *, note: str = "", values: Mapping[str, str] | None = None
) -> Act:
    """The mail as its writer's one act."""
    return Act(
        event=event,
        actor=incoming.actor,
        proof=incoming.proof,
        cause=incoming.cause,
        key=f"{incoming.cause_key}:1",
        note=note,
        values=values or {},
    )


def _answered(incoming: Incoming, request: Request, step: Step, before: Case) -> Judged:
    if step.reasons:
        return refused(incoming, request, step.reasons)
    case = step.case or before
    contact = _contact(incoming, request)
    language = language_for(case, contact, contact.party)
    plans, folded = without_letters_to(step.events, contact.email)
    texts = texts_for(incoming, case, step.act, language)
    noted = () if folded else warnings(case.request.kept)
    answer = Answer(
        told=[] if folded else [Told(word=say("network.reading", language), step=step)],
        folded=folded,
        undo=undo_offered(incoming.site, plans),
        receiver=incoming.reading.sender,
        role=role_of(incoming, case),
        party=contact.party,
        language=language,
        texts={**texts, "warnings": [sentence(each, language) for each in noted]},
    )
    return Judged(verdict="fired", number=request.number, plans=plans, answer=answer)


def said(
    incoming: Incoming,
    case: Case,
    *,
    done: Sequence[Reason] = (),
    not_done: Sequence[Reason] = (),
    noted: Sequence[Reason] = (),
    **more: object,
) -> LetterDraft:
    """The letter that answers the mail about a network's request, where no event does."""
    language = language_of(incoming)
    texts = {
        "done": [sentence(each, language) for each in done],
        "not_done": [sentence(each, language) for each in not_done],
        "warnings": [sentence(each, language) for each in noted],
        "extra": {"networks": [], "bodies": dict(case.facts.bodies), **more},
    }
    return plain_letter(incoming, "answer", language, texts)


def refused(incoming: Incoming, request: Request | None, reasons: tuple[Reason, ...]) -> Judged:
    """The verdict on a mail that delivers nothing, with every reason in its answer."""
    language = language_of(incoming)
    faults = [sentence(reason, language) for reason in reasons]
    extra = {
        **OF_NETWORKS,
        "stands": request is not None and request.state not in OWING,
        "foreign": any(reason.code == "not_your_network" for reason in reasons),
    }
    letter = plain_letter(incoming, NOT_DELIVERED, language, {"faults": faults, "extra": extra})
    number = request.number if request else ""
    return Judged(verdict="refused", number=number, letters=(letter,), reasons=reasons)


def _contact(incoming: Incoming, request: Request) -> Contact:
    theirs = (request.owner, request.requester)
    return next((c for c in incoming.contacts if c.party in theirs), incoming.contacts[0])


def unclear(incoming: Incoming, found: Sequence[Request], mine: Sequence[str]) -> Judged:
    """The question which network and year a delivery is about, or that none is waited for."""
    language = language_of(incoming)
    names = {request.owner: name_of(incoming, request) for request in found}
    known = [
        f"{names[request.owner]} ({say(f'network_kinds.{KINDS[request.workflow]}', language)}"
        f" {request.kept[YEAR]})"
        for request in found
    ]
    reasons = (
        (Reason("which_delivery", {"known": ", ".join(known)}),)
        if known
        else tuple(_nothing_waited_for(incoming, network) for network in mine)
    )
    faults = [sentence(reason, language) for reason in reasons]
    letter = plain_letter(
        incoming, NOT_DELIVERED, language, {"faults": faults, "extra": OF_NETWORKS}
    )
    return Judged(verdict="unclear", reasons=reasons, letters=(letter,))


def which_of(incoming: Incoming, numbers: Sequence[str]) -> Judged:
    """The question which network a word is about that answers a letter about several."""
    requests = (load_request(incoming.tx, number) for number in numbers)
    known = [f"{name_of(incoming, each)} ({each.number})" for each in requests if each]
    reason, language = Reason("which_network", {"known": known}), language_of(incoming)
    letter = plain_letter(
        incoming,
        "answer",
        language,
        {"not_done": [sentence(reason, language)], "extra": OF_NETWORKS},
    )
    return Judged(verdict="unclear", reasons=(reason,), letters=(letter,))


def _nothing_waited_for(incoming: Incoming, network_id: str) -> Reason:
    network = networks.network(incoming.tx, network_id)
    if network.closed_on is not None:
        return Reason("network_closed", {"network": network.name, "day": network.closed_on})
    return Reason("nothing_waited_for", {"network": network.name})

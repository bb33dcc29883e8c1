"""What is answered to a line about a network: what was delivered read in, and FOUSAM's own words
(R78, R81).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from engine.domain.networks.deliveries import values_of, warnings
from engine.domain.networks.network_form import read
from engine.domain.networks.network_report import Contents
from engine.errors import RefusedError
from engine.intake.quoting.numbered import Line
from engine.intake.reply import commands
from engine.model import Act, Actor, Language, Reason, Request
from engine.plan.naming import event_named
from engine.plan.yearly import READ_IN
from engine.plan.yearly_letters import FOUSAM, hindrances
from engine.service.acts.acting import act_on, case_of
from engine.service.acts.commands import finish
from engine.service.answering.coordinators.morning_mail_lines import Moves, Told
from engine.service.answering.networks.network_choice import (
    contents_of,
    folded,
    name_of,
    request_named,
)
from engine.service.mail.verdict import Incoming
from engine.service.morning.network_items import NETWORK, is_unread, what_kind
from engine.service.requests.show import one_in
from engine.store.cases.requests import load_request
from engine.store.mail_out.mornings import ItemRow
from engine.wording import sentence
from engine.wording.catalogue import say


def form_alone(
    incoming: Incoming, items: Sequence[ItemRow], found: Sequence[Line]
) -> tuple[Line, ...]:
    """The wish of an answer that is a filled-in form under no number; none where it is not certain
    which line it is about. `found` are numbered lines, which may be a list in the form.
    """
    waiting = {item.number: item.subject for item in items if item.kind == NETWORK}
    own = incoming.reading.own_text
    above = own.partition(found[0].said)[0] if found else own
    if not waiting or read(above, "report") is None:
        return ()
    requests = (load_request(incoming.tx, number) for number in waiting.values())
    named = request_named(incoming, [each for each in requests if each and is_unread(each)])
    if named is None:
        return ()
    number = next(n for n, subject in waiting.items() if subject == named.number)
    said = own.strip().partition("\n")[0]
    return (Line(numbers=(number,), verb="read", text=own, said=said),)


def word_alone(incoming: Incoming, items: Sequence[ItemRow]) -> tuple[Line, ...]:
    """The wish of an answer that is a word of a routine («LÅS») under no number; none where it is
    not certain which line it is about.
    """
    found = []
    for item in items:
        if item.kind != NETWORK:
            continue
        view = one_in(incoming.site, incoming.tx, item.subject)
        workflow, state = view.routine.workflow, view.request.state
        for said in commands(incoming.reading.own_text, workflow.words):
            event = workflow.events.get(event_named(workflow, said.word, state))
            if event is not None and state in event.sources:
                text = f"{said.word}: {said.text}" if said.text else said.word
                found.append(Line(numbers=(item.number,), verb="fire", text=text, said=text))
    return tuple(found) if len(found) == 1 else ()


def read_in(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`4 LEST` with the form's lines below it, or `4 INGEN AKTIVITET`: what stands in the delivery.

    A coordinator acts for FOUSAM; the history names who wrote.
    """
    request = _request(incoming, item)
    contents = _contents(incoming, request, line)
    if contents is None:
        raise RefusedError((Reason("nothing_read"),))
    moves = _act(incoming, item, request, READ_IN, values=values_of(contents))

    def more(language: Language) -> str:
        case = case_of(incoming.site, incoming.tx, item.subject, incoming.at)
        worth_a_look = (sentence(each, language) for each in warnings(case.request.kept))
        told = (*hindrances(case, incoming.at, language), *worth_a_look)
        return "".join(f" {each}" for each in told)

    return Told(
        "read_in",
        {
            "number": lambda _: item.subject,
            "network": lambda _: name_of(incoming, request),
            "what": partial(what_kind, request),
            "count": partial(_count, contents),
            "more": more,
        },
        moves,
    )


def _count(contents: Contents, language: Language) -> str:
    kind = "no_activity" if contents.no_activity else "measures"
    return say(f"network_counted.{kind}", language, n=len(contents.measures))


def _contents(incoming: Incoming, request: Request, line: Line) -> Contents | None:
    """What the line says, or the Word file that came with it.

    RefusedError for a form that names another network.
    """
    reading = incoming.reading
    alone = replace(reading, own_text=line.text, quoted="")
    found = contents_of(replace(incoming, reading=alone), request)
    name = name_of(incoming, request)
    if found is not None and found.network and folded(found.network) != folded(name):
        values = {"network": found.network, "wanted": name}
        raise RefusedError((Reason("form_of_another", values),))
    return found


def word_or_form(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`4 GODKJEND`, `4 LÅS`; else what stands in the delivery, as `read_in`."""
    workflow = one_in(incoming.site, incoming.tx, item.subject).routine.workflow
    if commands(line.text, workflow.words):
        return answered_by_fousam(incoming, item, line)
    if not is_unread(_request(incoming, item)):
        raise RefusedError((Reason("morning_unknown_word"),))
    return read_in(incoming, item, line)


def answered_by_fousam(incoming: Incoming, item: ItemRow, line: Line) -> Told:
    """`4 ER GODKJENT`, `4 MANGLER: hva`: FOUSAM's answer to what waits for it."""
    request, text = _request(incoming, item), line.text
    view = one_in(incoming.site, incoming.tx, item.subject)
    workflow = view.routine.workflow
    said = commands(text, workflow.words)
    if len(said) != 1 or said[0].line != 1:
        values = {"text": text or "–", "number": item.subject}
        raise RefusedError((Reason("morning_no_answer", values),))
    event = event_named(workflow, said[0].word, view.request.state)
    moves = _act(incoming, item, request, event, note=said[0].text)
    after = one_in(incoming.site, incoming.tx, item.subject)
    return Told("fired", {"number": lambda _: item.subject, "state": after.state_title}, moves)


def _request(incoming: Incoming, item: ItemRow) -> Request:
    request = load_request(incoming.tx, item.subject)
    if request is None:
        raise RefusedError((Reason("morning_no_request", {"text": item.subject}),))
    return request


def _act(
    incoming: Incoming,
    item: ItemRow,
    request: Request,
    event: str,
    *,
    note: str = "",
    values: Mapping[str, str] | None = None,
) -> Moves:
    case = case_of(incoming.site, incoming.tx, item.subject, incoming.at, event=event)
    theirs = (request.owner, request.requester)
    held = (c for c in case.facts.contacts if c.duty == FOUSAM and c.party in theirs)
    contacts = {contact.id: contact for contact in (*incoming.contacts, *held)}
    act = Act(
        event=event,
        actor=Actor(name=incoming.reading.sender, contacts=tuple(contacts.values())),
        proof=incoming.proof,
        cause=incoming.cause,
        key=f"mail:{incoming.inbox}:{item.number}:{event}",
        note=note,
        values=values or {},
    )
    done = finish(incoming.site, incoming.tx, act_on(case, act, incoming.at), dry_run=False)
    return done.events

"""What networks deliver by mail: whatever comes counts at its time, and a form is read at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.domain.deliveries import emptiness, unread, values_of
from engine.domain.network_form import names_in, read
from engine.domain.network_report import Contents, Kind
from engine.domain.network_words import KIND_NAMES
from engine.domain.networks import DELIVERERS
from engine.domain.words import all_general, all_undo
from engine.intake import docx
from engine.intake.reply import commands
from engine.model import Act, Actor, Cause, Contact, Language, Reason, Request
from engine.plan.case import Case
from engine.plan.letters import language_for
from engine.plan.yearly import YEAR
from engine.plan.yearly_letters import FOUSAM, KINDS
from engine.service.acting import Step, act_on, case_of
from engine.service.asking import role_of, texts_for
from engine.service.judged import Incoming, Judged, language_of, plain_letter
from engine.service.opening import routine_of
from engine.service.transcript import Answer, Told, undo_offered, without_letters_to
from engine.store import networks
from engine.store.letters import LetterRow
from engine.store.yearly import NETWORKS, requests_of
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
MISSING: Final = "missing_in_rollup"
OWING: Final = frozenset({"not_delivered", "overdue", "returned", MISSING})
"""The states in which something is waited for; elsewhere a delivery is a correction."""
TAKES: Final = OWING | {"delivered", "approved"}
"""The states in which something can be delivered."""
_ACKNOWLEDGED: Final = 60
"""How long a line of thanks may be, which delivers nothing."""
_QUOTED: Final = re.compile(r"^(?:\s?>)+\s?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """One piece of a mail that a form may stand in."""

    text: str
    is_document: bool
    """Whether it is an attached document, and no words in the mail."""


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
    head = _head(incoming)
    if head is None and not _delivers(incoming):
        return None
    chosen = _chosen(incoming, requests, head, number, letter)
    if len(chosen) != 1:
        return _unclear(incoming, chosen or [r for r in requests if r.state in TAKES], sorted(mine))
    return _delivered(incoming, chosen[0])


def _delivers(incoming: Incoming) -> bool:
    """Whether the mail brings anything: a document, or more than a question or thanks."""
    if incoming.reading.attachments or _head(incoming) is not None:
        return True
    own = " ".join(incoming.reading.own_text.split())
    if not own or own.endswith("?"):
        return any(read(text.text, "report") for text in _texts(incoming) if text.text)
    return len(own) > _ACKNOWLEDGED or any(read(text.text, "report") for text in _texts(incoming))


def _texts(incoming: Incoming) -> Iterator[Text]:
    """Where a form may stand: attached Word files, the writer's own words, our quoted form."""
    reading = incoming.reading
    for attachment in reading.attachments:
        if attachment.type == docx.WORD or attachment.name.casefold().endswith(".docx"):
            yield Text(docx.text(attachment.content), is_document=True)
        elif attachment.type == "text/plain":
            yield Text(attachment.content.decode("utf-8", "replace"), is_document=True)
    yield Text(reading.own_text, is_document=False)
    yield Text(_QUOTED.sub("", reading.quoted), is_document=False)


def _head(incoming: Incoming) -> Contents | None:
    """What a form that came in names as its network, kind and year; our own quoted one last."""
    heads = (names_in(text.text) for text in _texts(incoming) if text.text)
    own = [head for head in heads if head is not None]
    quoted = names_in(_QUOTED.sub("", incoming.reading.quoted))
    # What only our own letter says tells of nothing that the writer has done.
    return own[0] if own and (len(own) > 1 or quoted is None or own[0] != quoted) else None


def _chosen(
    incoming: Incoming,
    requests: Sequence[Request],
    head: Contents | None,
    number: str,
    letter: LetterRow | None,
) -> list[Request]:
    """The requests that the mail can be about: one, where that is clear."""
    found = list(requests)
    if head is not None:
        found = _by_head(incoming, found, head)
    elif number:
        listed = _listed(letter) or {number}
        found = [request for request in found if request.number in listed]
    taking = [request for request in found if request.state in TAKES]
    for narrower in (_named(incoming, taking), [r for r in taking if r.state in OWING]):
        if len(taking) > 1 and narrower:
            taking = [request for request in taking if request in narrower]
    return taking or (found if len(found) == 1 else [])


def _by_head(incoming: Incoming, found: list[Request], head: Contents) -> list[Request]:
    if head.network:
        named = [r for r in found if _folded(_name(incoming, r)) == _folded(head.network)]
        found = named or found
    of_kind = [request for request in found if KINDS[request.workflow] == head.kind]
    of_year = [request for request in of_kind if request.kept[YEAR] == head.year]
    if of_year or head.year is None:
        return of_year or of_kind
    # A form for a year that nobody waits for is refused where it would have belonged.
    return [r for r in of_kind if r.state in OWING][-1:] or of_kind[-1:]


def _listed(letter: LetterRow | None) -> set[str]:
    """The requests that the answered letter was about."""
    entries = letter.variables.get("extra", {}).get(NETWORKS, ()) if letter else ()
    return {str(each["number"]) for each in entries if each["number"]}


def _named(incoming: Incoming, found: Sequence[Request]) -> list[Request]:
    """Those whose network the mail names in its subject, its words or a file's name."""
    reading = incoming.reading
    files = " ".join(attachment.name for attachment in reading.attachments)
    said = _folded(f"{reading.subject} {reading.own_text} {files}".replace("_", " "))
    return [request for request in found if _folded(_name(incoming, request)) in said]


def _name(incoming: Incoming, request: Request) -> str:
    return networks.network(incoming.tx, str(request.owner)).name


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _contents(incoming: Incoming, kind: Kind) -> Contents | None:
    """What stands in the form that came; an empty form only where nothing else came along."""
    texts = list(_texts(incoming))
    found = [(text, read(text.text, kind)) for text in texts if text.text]
    forms = [(text, contents) for text, contents in found if contents is not None]
    filled = [contents for _, contents in forms if not emptiness(contents)]
    if filled:
        return filled[0]
    others = len(incoming.reading.attachments) > sum(text.is_document for text, _ in forms)
    own = [contents for text, contents in forms if text.is_document or text is texts[-2]]
    return None if others or not own else own[0]


def _delivered(incoming: Incoming, request: Request) -> Judged | None:
    contents = _contents(incoming, KINDS[request.workflow])
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
    contents = _contents(incoming, KINDS[found[0].workflow])
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
    names = {request.owner: _name(incoming, request) for request in found}
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

"""The stations of a mail, in the order of `receive.py`: each asks one thing, and says what the mail
comes to or passes it on with what has been found out.
"""

from __future__ import annotations

from msgspec.structs import replace

from engine.domain.networks.network import ABOUT_NETWORKS
from engine.model import Proof, Reason
from engine.service.answering.ended_letters import asked_whether_it_counts, has_ended
from engine.service.answering.networks.network_mail import network_mail
from engine.service.answering.networks.office_mail import words_apart
from engine.service.answering.openings.form_asked import form_sent
from engine.service.answering.openings.forwarded_orders import forwarded
from engine.service.answering.openings.instead_of_opening import asked_which_case, numbers_named
from engine.service.answering.openings.opening_mail import begun
from engine.service.answering.questions import ANSWERS, plain_answer
from engine.service.answering.several_requests import several_opened
from engine.service.answering.strangers import stranger
from engine.service.mail import bounces
from engine.service.mail.thread import concerned, only_asks, proves, read_against
from engine.service.mail.verdict import REFUTED, Incoming, Judged
from engine.service.mail.which_mail import concerns_us
from engine.store.cases.requests import load_request
from engine.store.contacts import addresses, people
from engine.store.mail_in import inbox


def about_us(incoming: Incoming) -> Incoming | Judged:
    """Where people read the mailbox too, what is not about Kursdeling is none of our business."""
    if incoming.site.beside and not concerns_us(incoming):
        return Judged(verdict="not_ours")
    return incoming


def by_a_person(incoming: Incoming) -> Incoming | Judged:
    """Machines move nothing and are not answered; that one answers for a holder is kept."""
    kind, letter = incoming.reading.kind, incoming.letter
    if incoming.reading.automatic_reply and letter is not None and proves(incoming, letter):
        people.answered_automatically(incoming.tx, letter.receiver, incoming.at)
    if kind == "bounce":
        return bounces.came_back(incoming)
    return incoming if kind == "person" else Judged(verdict=kind)


def addressed_to_us(incoming: Incoming) -> Incoming | Judged:
    """By its header or its envelope; a site without addresses of its own takes all mail."""
    ours = set(incoming.site.addresses)
    if not ours or ours & set(incoming.reading.recipients):
        return incoming
    envelope = inbox.get(incoming.tx, incoming.inbox).envelope
    if ours & {address.lower() for address in envelope.get("to", ())}:
        return incoming
    return Judged(verdict="not_ours")


def from_somebody(incoming: Incoming) -> Incoming | Judged:
    """Mail that does not say who wrote it is answered to nobody."""
    if incoming.reading.sender:
        return incoming
    doubt = {"doubt": incoming.reading.sender_doubt}
    return Judged(verdict="unclear", reasons=(Reason("unclear_sender", doubt),))


def letter_still_counts(incoming: Incoming) -> Incoming | Judged:
    """An old letter proves nothing any more: its receiver is asked, everybody else answers none."""
    letter = incoming.letter
    if letter is None or not has_ended(incoming, letter):
        return incoming
    proved = incoming.contacts and proves(incoming, letter)
    if proved and not (incoming.proof >= Proof.ALIGNED and only_asks(incoming)):
        return asked_whether_it_counts(incoming, letter)
    return replace(incoming, letter=None)


def read_beside_letter(incoming: Incoming) -> Incoming | Judged:
    """The sender's own words told from those of our letter, which proves them if it was theirs;
    and the request that letter or mail names.
    """
    letter = incoming.letter
    if letter is None:
        return replace(incoming, number=_named(incoming))
    incoming = read_against(incoming, letter)
    if incoming.reading.kind == "unreadable":
        return Judged(verdict="unreadable")
    incoming = plain_answer(incoming, letter)
    theirs = proves(incoming, letter)
    proof = max(incoming.proof, Proof.REPLY) if theirs else incoming.proof
    number = letter.request or _named(incoming)
    return replace(incoming, number=number, answers_own=theirs, proof=proof)


def _named(incoming: Incoming) -> str:
    numbers = incoming.reading.numbers
    return next((n for n in numbers if load_request(incoming.tx, n) is not None), "")


def whose(incoming: Incoming) -> Incoming | Judged:
    """Whoever the register does not know comes in by narrow doors."""
    return incoming if incoming.contacts else stranger(incoming, incoming.letter, incoming.number)


def which_request(incoming: Incoming) -> Incoming:
    """A number is no secret: it counts from those whom the request concerns."""
    number = incoming.number
    if number and not incoming.answers_own and not concerned(incoming, number):
        return replace(incoming, letter=None, number="")
    return incoming


def not_refuted(incoming: Incoming) -> Incoming | Judged:
    """What our own server says that the sender did not write moves nothing."""
    if not incoming.reading.refuted:
        return incoming
    reasons = (Reason(REFUTED),)
    return Judged(verdict="unproved_sender", number=incoming.number, reasons=reasons)


def heard_from(incoming: Incoming) -> Incoming:
    """A proved sender reads their mail: their address gets letters again."""
    if incoming.proof >= Proof.REPLY:
        people.wrote(incoming.tx, incoming.contacts[0].email)
        addresses.lift(incoming.tx, incoming.contacts[0].email, incoming.at)
    return incoming


def answer_to_a_question(incoming: Incoming) -> Incoming | Judged:
    """Some letters ask about themselves: `questions.ANSWERS` has who reads the answer to each."""
    letter = incoming.letter
    if letter is None or not incoming.answers_own:
        return incoming
    reads = ANSWERS.get(letter.template, several_opened)
    return reads(incoming, letter) or incoming


def about_networks(incoming: Incoming) -> Incoming | Judged:
    """What networks deliver, and what FOUSAM says of it."""
    known = any(contact.duty in ABOUT_NETWORKS for contact in incoming.contacts)
    if not known or incoming.proof < Proof.REPLY:
        return incoming
    incoming = words_apart(incoming)
    return network_mail(incoming, incoming.number, incoming.letter) or incoming


def opening(incoming: Incoming) -> Incoming | Judged:
    """A mail about no request opens one, or is asked what it is about."""
    if incoming.number and (incoming.letter or len(incoming.reading.numbers) == 1):
        return incoming
    named = numbers_named(incoming) if incoming.number else ()
    if incoming.number:
        return asked_which_case(incoming, named) if len(named) > 1 else incoming
    return forwarded(incoming) or form_sent(incoming) or begun(incoming)


def proved(incoming: Incoming) -> Incoming | Judged:
    """A request is moved by those who have proved who they are, and by nobody else."""
    if incoming.proof >= Proof.REPLY:
        return incoming
    reasons = (Reason("unproved"),)
    return Judged(verdict="unproved_sender", number=incoming.number, reasons=reasons)

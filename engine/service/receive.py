"""Mail in: every message is stored first, then gets exactly one verdict, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine import intake
from engine.calendar import oslo_day
from engine.domain.networks import ABOUT_NETWORKS
from engine.domain.words import says_yes
from engine.frozen import dataclass
from engine.intake.reading import Reading
from engine.model import Cause, Proof, Reason
from engine.service.acts.acting import in_transaction
from engine.service.answering import (
    delegating,
    network_mail,
    register_mail,
    several_requests,
    strangers,
)
from engine.service.answering.answer_limits import bounded
from engine.service.answering.ended_letters import asked_whether_it_counts, has_ended
from engine.service.answering.not_acted import noticed, told_unread
from engine.service.answering.opening_mail import begun, confirmed
from engine.service.answering.request_mail import answered
from engine.service.letters import posting
from engine.service.mail import bounces
from engine.service.mail.thread import (
    GUESSED_WRONG,
    answered_letter,
    concerned,
    only_asks,
    plain_yes,
    proves,
    read_against,
    wrong_tokens,
)
from engine.service.mail.transcript import answer_letter
from engine.service.mail.verdict import REFUTED, Incoming, Judged, language_of, plain_letter
from engine.service.mail.vouching import first_reading, reading_of
from engine.service.mail.which_mail import concerns_us, keep_attachments, seen_before
from engine.service.site import Site
from engine.store import addresses, inbox, letters, mail_attempts, people
from engine.store.apply import Applied, apply, recorded_of
from engine.store.database import Transaction
from engine.store.facts import contacts_of_address, load_request

UNTIED = frozenset({"newcomer"})
"""Verdicts whose letters carry no request's number or token: a stranger may only have guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOutcome:
    """One message and what became of it."""

    mail: int
    message_id: str
    verdict: str
    request: str
    events: tuple[tuple[str, str | None, str], ...]
    reasons: tuple[Reason, ...]


def take(
    site: Site,
    raw: bytes,
    source: str,
    at: datetime,
    envelope: Mapping[str, Any] | None = None,
    *,
    begun: bool = False,
) -> int:
    """The inbox id of the message, which is committed when this returns; `envelope` is what the
    mail server said: `from`, and `to`, a list of addresses. It counts as `begun` where the same
    process judges it next.
    """
    with site.database.transaction() as tx:
        mail = inbox.take(
            tx,
            raw,
            source=source,
            envelope=envelope or {},
            received_at=at,
            recorded_at=site.clock.now(),
        )
        if begun:
            mail_attempts.begin(tx, mail)
        return mail


def handle(
    site: Site,
    mail: int,
    at: datetime,
    raw: bytes | None = None,
    reading: Reading | None = None,
) -> MailOutcome:
    """Read the stored message, decide, and commit verdict, events and answer together; one that
    another worker has judged keeps its outcome. Whoever has just stored it gives its bytes, `raw`,
    and who knows already what it says, the `reading`.
    """
    found = reading or first_reading(site, mail, at, raw)

    def work(tx: Transaction) -> MailOutcome:
        row = inbox.judged(tx, mail)
        return judge(site, tx, mail, found, at) if row is None else outcome_of(row)

    return in_transaction(site, work)


def outcome_of(row: inbox.MailRow) -> MailOutcome:
    """What the stored message came to."""
    return MailOutcome(
        mail=row.id,
        message_id=row.message_id,
        verdict=row.verdict or "",
        request=row.request,
        events=tuple((each["event"], each["from"], each["to"]) for each in row.events),
        reasons=tuple(Reason(each["code"], each["values"]) for each in row.reasons),
    )


def judge(
    site: Site, tx: Transaction, mail: int, reading: Reading, at: datetime, *, attempt: int = 0
) -> MailOutcome:
    """What the message that says `reading` comes to, written in the open transaction; `attempt`
    counts how often it has been taken in hand since it came.
    """
    incoming = Incoming(site=site, tx=tx, inbox=mail, reading=reading, at=at, attempt=attempt)
    told = told_unread(incoming, _judge(incoming))
    judged = noticed(incoming, bounded(incoming, told))
    if wrong := wrong_tokens(incoming):
        judged = replace(judged, reasons=(*judged.reasons, Reason(GUESSED_WRONG, {"count": wrong})))
    return _write(incoming, judged)


def _judge(incoming: Incoming) -> Judged:
    for step in (_about_others, _kind, _addressed, seen_before, _doubtful):
        if (judged := step(incoming)) is not None:
            return judged
    return _from_somebody(_recognised(incoming))


def _about_others(incoming: Incoming) -> Judged | None:
    """Where people read the mailbox too, what is not about Kursdeling is none of our business."""
    if not incoming.site.beside or concerns_us(_recognised(incoming)):
        return None
    return Judged(verdict="not_ours")


def _kind(incoming: Incoming) -> Judged | None:
    kind = incoming.reading.kind
    if incoming.reading.automatic_reply:
        _note_automatic(_recognised(incoming))
    if kind == "bounce":
        return bounces.came_back(incoming)
    return None if kind == "person" else Judged(verdict=kind)


def _note_automatic(incoming: Incoming) -> None:
    """Keep that nobody reads a holder's mail, when a machine answers our letter to them."""
    letter = answered_letter(incoming)
    if letter is not None and proves(incoming, letter):
        people.answered_automatically(incoming.tx, letter.receiver, incoming.at)


def _addressed(incoming: Incoming) -> Judged | None:
    ours = set(incoming.site.addresses)
    if not ours or ours & set(incoming.reading.recipients):
        return None
    envelope = inbox.get(incoming.tx, incoming.inbox).envelope
    if ours & {address.lower() for address in envelope.get("to", ())}:
        return None
    return Judged(verdict="not_ours")


def _doubtful(incoming: Incoming) -> Judged | None:
    if incoming.reading.sender:
        return None
    doubt = {"doubt": incoming.reading.sender_doubt}
    return Judged(verdict="unclear", reasons=(Reason("unclear_sender", doubt),))


def _recognised(incoming: Incoming) -> Incoming:
    contacts = contacts_of_address(incoming.tx, incoming.reading.sender, oslo_day(incoming.at))
    proof = Proof.ALIGNED if incoming.reading.aligned else Proof.NONE
    return replace(incoming, contacts=contacts, proof=proof)


def _from_somebody(incoming: Incoming) -> Judged:
    letter = answered_letter(incoming)
    if letter is not None and has_ended(incoming, letter):
        proved = incoming.contacts and proves(incoming, letter)
        if proved and not (incoming.proof >= Proof.ALIGNED and only_asks(incoming)):
            return asked_whether_it_counts(incoming, letter)
        letter = None
    return _answering(incoming, letter)


def _answering(incoming: Incoming, letter: letters.LetterRow | None) -> Judged:
    if letter is not None:
        incoming = read_against(incoming, letter)
    if incoming.reading.kind == "unreadable":
        return Judged(verdict="unreadable")
    theirs = letter is not None and proves(incoming, letter)
    if theirs:
        incoming = replace(incoming, proof=max(incoming.proof, Proof.REPLY))
    number = _number(incoming, letter)
    if not incoming.contacts:
        return strangers.stranger(incoming, letter, number)
    if number and not theirs and not concerned(incoming, number):
        letter, number = None, ""
    if incoming.reading.refuted:
        return Judged(verdict="unproved_sender", number=number, reasons=(Reason(REFUTED),))
    return _from_contact(incoming, letter, number, theirs=theirs)


def _from_contact(
    incoming: Incoming, letter: letters.LetterRow | None, number: str, *, theirs: bool
) -> Judged:
    if incoming.proof >= Proof.REPLY:
        people.wrote(incoming.tx, incoming.contacts[0].email)
        addresses.lift(incoming.tx, incoming.contacts[0].email, incoming.at)
        asked = _asked(incoming, letter) if theirs and letter else None
        judged = asked or _networks(incoming, number, letter)
        if judged is not None:
            return judged
    if not number:
        return begun(incoming)
    if incoming.proof < Proof.REPLY:
        return Judged(verdict="unproved_sender", number=number, reasons=(Reason("unproved"),))
    return answered(incoming, number, letter)


def _networks(incoming: Incoming, number: str, letter: letters.LetterRow | None) -> Judged | None:
    known = any(contact.duty in ABOUT_NETWORKS for contact in incoming.contacts)
    return network_mail.network_mail(incoming, number, letter) if known else None


def _asked(incoming: Incoming, letter: letters.LetterRow) -> Judged | None:
    """What an answer to a question of ours comes to; None where the letter asked none."""
    answer: Callable[[Incoming, letters.LetterRow], Judged | None]
    match letter.template:
        case posting.CONFIRM_ANSWER:
            answer = _counts_still
        case posting.CONFIRM_OPENING:
            answer = _confirmed
        case posting.DELEGATE:
            answer = delegating.accepted
        case posting.IMPORT_CONFIRM:
            answer = register_mail.import_answered
        case posting.MORNING | posting.MORNING_ANSWER:
            answer = _of_the_morning
        case posting.REGISTER_CONFIRM | posting.SUBSTITUTE:
            answer = register_mail.register_answered
        case posting.REMINDERS:
            answer = several_requests.gathered_answered
        case _:
            return None
    return answer(incoming, letter)


def _number(incoming: Incoming, letter: letters.LetterRow | None) -> str:
    if letter is not None and letter.request:
        return letter.request
    numbers = incoming.reading.numbers
    return next((n for n in numbers if load_request(incoming.tx, n) is not None), "")


def _confirmed(incoming: Incoming, letter: letters.LetterRow) -> Judged:
    mail = int(letter.variables["extra"]["inbox"])
    opened = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened:
        return Judged(verdict="already_done", number=opened[0].number)
    if not says_yes(incoming.reading.own_text):
        language = language_of(incoming)
        again = plain_letter(incoming, posting.CONFIRM_OPENING, language, letter.variables)
        return Judged(verdict="unclear", reasons=(Reason("unconfirmed"),), letters=(again,))
    reading = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    return confirmed(incoming, replace(incoming, inbox=mail, reading=reading))


def _counts_still(incoming: Incoming, letter: letters.LetterRow) -> Judged | None:
    """What an answer under a letter that had ended comes to, once its sender has said JA."""
    mail = int(letter.variables["extra"]["inbox"])
    done = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if done:
        return Judged(verdict="already_done", number=done[0].number)
    reading = reading_of(incoming.site, incoming.tx, mail)
    if reading is None or not plain_yes(incoming):
        return None
    original = _recognised(replace(incoming, inbox=mail, reading=reading))
    original = replace(original, proof=max(incoming.proof, original.proof))
    return _answering(original, answered_letter(original))


def _of_the_morning(incoming: Incoming, letter: letters.LetterRow) -> Judged | None:
    # A coordinator's answer alone needs it, and it judges other mail anew, which begins here.
    from engine.service.answering.morning_mail import more_answered, morning_answered

    work = morning_answered if letter.template == posting.MORNING else more_answered
    return work(incoming, letter)


def _request_of(
    tx: Transaction, judged: Judged, applied: Sequence[Applied]
) -> tuple[int | None, str]:
    """(the request that the mail is about, its routine); (None, "") where it is about none."""
    if applied and judged.plans:
        return applied[0].request_id, judged.plans[0].after.workflow
    request = load_request(tx, judged.number) if judged.number else None
    return (None, "") if request is None else (request.id, request.workflow)


def _write(incoming: Incoming, judged: Judged) -> MailOutcome:
    site, tx, reading = incoming.site, incoming.tx, incoming.reading
    recorded_at = site.clock.now()
    applied = apply(tx, judged.plans, recorded_at=recorded_at, outbox=site.outbox())
    number = applied[0].number if applied else judged.number
    request, workflow = _request_of(tx, judged, applied)
    answer = [answer_letter(judged.answer, number)] if judged.answer else []
    for n, draft in enumerate((*judged.letters, *answer)):
        letters.write_letter(
            tx,
            draft,
            seed=f"{incoming.answer_key}:{n}|{draft.receiver}",
            request_id=request if judged.verdict not in UNTIED else None,
            inbox_id=incoming.inbox,
            cause=Cause("mail", str(incoming.inbox)),
            at=incoming.at,
            recorded_at=recorded_at,
            outbox=site.outbox(in_reply_to=reading.message_id),
            workflow=workflow,
        )
    events = (*judged.events, *((e.event, e.from_state, e.to_state) for e in applied))
    inbox.set_verdict(
        tx,
        incoming.inbox,
        judged.verdict,
        at=recorded_at,
        request=request,
        events=[{"event": event, "from": start, "to": to} for event, start, to in events],
        reasons=[{"code": reason.code, "values": reason.values} for reason in judged.reasons],
        reading={
            "message_id": reading.message_id,
            "digest": reading.digest,
            "sender": reading.sender,
            "subject": reading.subject,
            "kind": reading.kind,
        },
    )
    keep_attachments(incoming, judged)
    mail_attempts.end(tx, incoming.inbox)
    return MailOutcome(
        mail=incoming.inbox,
        message_id=reading.message_id,
        verdict=judged.verdict,
        request=number,
        events=events,
        reasons=judged.reasons,
    )

"""Mail in: every message is stored first, then gets exactly one verdict, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine import intake
from engine.calendar import oslo_day
from engine.domain.words import says_yes
from engine.model import Cause, Proof, Reason
from engine.service.acting import in_transaction
from engine.service.answering import answered
from engine.service.judged import Incoming, Judged, language_of, plain_letter
from engine.service.opening import begun, confirmed
from engine.service.site import Site
from engine.service.transcript import answer_letter
from engine.store import inbox, letters
from engine.store.apply import apply, recorded_of
from engine.store.database import Transaction
from engine.store.facts import contacts_of_address, load_request

CONFIRM_OPENING = "confirm_opening"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOutcome:
    """One message and what became of it."""

    mail: int
    message_id: str
    verdict: str
    request: str
    events: tuple[tuple[str, str | None, str], ...]
    reasons: tuple[Reason, ...]


def take(site: Site, raw: bytes, source: str, at: datetime) -> int:
    """The inbox id of the message, which is committed when this returns (DESIGN §7)."""
    with site.database.transaction() as tx:
        return inbox.take(
            tx,
            raw,
            source=source,
            envelope={},
            received_at=at,
            recorded_at=site.clock.now(),
        )


def handle(site: Site, mail: int, at: datetime) -> MailOutcome:
    """Read the stored message, decide, and commit verdict, events and answer together."""
    with site.database.reading() as tx:
        raw = inbox.raw_of(tx, mail)
    reading = intake.read(raw or b"", site.intake)

    def work(tx: Transaction) -> MailOutcome:
        incoming = Incoming(site=site, tx=tx, inbox=mail, reading=reading, at=at)
        return _write(incoming, _judge(incoming))

    return in_transaction(site, work)


def _judge(incoming: Incoming) -> Judged:
    for step in (_kind, _addressed, _seen_before, _doubtful):
        judged = step(incoming)
        if judged is not None:
            return judged
    return _from_somebody(_recognised(incoming))


def _kind(incoming: Incoming) -> Judged | None:
    kind = incoming.reading.kind
    return None if kind == "person" else Judged(verdict=kind)


def _addressed(incoming: Incoming) -> Judged | None:
    ours = set(incoming.site.addresses)
    if not ours or ours & set(incoming.reading.recipients):
        return None
    return Judged(verdict="not_ours")


def _seen_before(incoming: Incoming) -> Judged | None:
    reading = incoming.reading
    earlier = inbox.earlier_same(incoming.tx, incoming.inbox, reading.message_id, reading.digest)
    if earlier is None:
        return None
    if earlier.same:
        return Judged(verdict="repeated", reasons=(Reason("repeated"),))
    return Judged(verdict="unclear", reasons=(Reason("same_id_other_content"),))


def _doubtful(incoming: Incoming) -> Judged | None:
    if incoming.reading.sender:
        return None
    doubt = incoming.reading.sender_doubt
    return Judged(verdict="unclear", reasons=(Reason("unclear_sender", {"doubt": doubt}),))


def _recognised(incoming: Incoming) -> Incoming:
    contacts = contacts_of_address(incoming.tx, incoming.reading.sender, oslo_day(incoming.at))
    proof = Proof.ALIGNED if incoming.reading.aligned else Proof.NONE
    return replace(incoming, contacts=contacts, proof=proof)


def _answered_letter(incoming: Incoming) -> letters.LetterRow | None:
    """Our letter that the mail answers, by Message-ID first, else by the subject's token."""
    found = letters.by_message_ids(incoming.tx, incoming.reading.references)
    if found:
        return found[0]
    for number, token in incoming.reading.tokens:
        letter = letters.by_token(incoming.tx, number, token)
        if letter is not None:
            return letter
    return None


def _is_receiver(incoming: Incoming, letter: letters.LetterRow) -> bool:
    sender = incoming.reading.sender
    if sender == letter.receiver:
        return True
    return any(
        contact.has_address(sender) and contact.has_address(letter.receiver)
        for contact in incoming.contacts
    )


def _from_somebody(incoming: Incoming) -> Judged:
    letter = _answered_letter(incoming)
    if letter is not None and _is_receiver(incoming, letter):
        incoming = replace(incoming, proof=max(incoming.proof, Proof.REPLY))
    if not incoming.contacts:
        return _stranger(incoming)
    if letter is not None and letter.template == CONFIRM_OPENING and incoming.proof >= Proof.REPLY:
        return _confirmed(incoming, letter)
    number = _number(incoming, letter)
    if not number:
        return begun(incoming)
    if incoming.proof < Proof.REPLY:
        return Judged(verdict="unproved_sender", number=number, reasons=(Reason("unproved"),))
    return answered(incoming, number, letter)


def _number(incoming: Incoming, letter: letters.LetterRow | None) -> str:
    if letter is not None and letter.request:
        return letter.request
    numbers = incoming.reading.numbers
    return next((n for n in numbers if load_request(incoming.tx, n) is not None), "")


def _stranger(incoming: Incoming) -> Judged:
    if incoming.proof < Proof.ALIGNED:
        return Judged(verdict="unknown_sender", reasons=(Reason("unknown_sender"),))
    letter = plain_letter(incoming, "newcomer", language_of(incoming))
    return Judged(verdict="newcomer", letters=(letter,), reasons=(Reason("unknown_sender"),))


def _confirmed(incoming: Incoming, letter: letters.LetterRow) -> Judged:
    mail = int(letter.variables["extra"]["inbox"])
    opened = recorded_of(incoming.tx, Cause("mail", str(mail)))
    if opened:
        return Judged(verdict="already_done", number=opened[0].number)
    if not says_yes(incoming.reading.own_text):
        language = language_of(incoming)
        again = plain_letter(incoming, CONFIRM_OPENING, language, letter.variables)
        return Judged(verdict="unclear", reasons=(Reason("unconfirmed"),), letters=(again,))
    reading = intake.read(inbox.raw_of(incoming.tx, mail) or b"", incoming.site.intake)
    return confirmed(incoming, replace(incoming, inbox=mail, reading=reading))


def _write(incoming: Incoming, judged: Judged) -> MailOutcome:
    site, tx, reading = incoming.site, incoming.tx, incoming.reading
    recorded_at = site.clock.now()
    applied = apply(tx, judged.plans, recorded_at=recorded_at, outbox=site.outbox())
    number = applied[0].number if applied else judged.number
    request = load_request(tx, number) if number else None
    answer = [answer_letter(judged.answer, number)] if judged.answer else []
    for n, draft in enumerate((*judged.letters, *answer)):
        letters.write_letter(
            tx,
            draft,
            seed=f"{incoming.cause_key}:answer:{n}|{draft.receiver}",
            request_id=request.id if request else None,
            inbox_id=incoming.inbox,
            cause=Cause("mail", str(incoming.inbox)),
            at=incoming.at,
            recorded_at=recorded_at,
            outbox=site.outbox(in_reply_to=reading.message_id),
            workflow=request.workflow if request else "",
        )
    events = tuple((each.event, each.from_state, each.to_state) for each in applied)
    inbox.set_reading(
        tx,
        incoming.inbox,
        message_id=reading.message_id,
        digest=reading.digest,
        sender=reading.sender,
        subject=reading.subject,
        kind=reading.kind,
    )
    inbox.set_verdict(
        tx,
        incoming.inbox,
        judged.verdict,
        at=recorded_at,
        request=request.id if request else None,
        events=[{"event": event, "from": start, "to": to} for event, start, to in events],
        reasons=[{"code": reason.code, "values": reason.values} for reason in judged.reasons],
    )
    return MailOutcome(
        mail=incoming.inbox,
        message_id=reading.message_id,
        verdict=judged.verdict,
        request=number,
        events=events,
        reasons=judged.reasons,
    )

"""Mail in: every message is stored first. Then it goes from station to station, until one of them
says what it comes to; verdict, events and answer are written in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.intake.reading import Reading
from engine.model import LetterDraft, Reason
from engine.service.acts.acting import in_transaction, write
from engine.service.answering import stations
from engine.service.answering.answer_limits import bounded
from engine.service.answering.files_along import with_files
from engine.service.answering.must_not_wait import told_at_once, with_beside
from engine.service.answering.not_acted import noticed, told_identity, told_unread
from engine.service.answering.request_mail import answered
from engine.service.answering.rule_mail import about_a_rule, with_rules
from engine.service.letters.posting import post
from engine.service.mail import by_coordinator
from engine.service.mail.thread import GUESSED_WRONG, recognised, wrong_tokens
from engine.service.mail.transcript import answer_letter
from engine.service.mail.verdict import Incoming, Judged, MailOutcome, outcome_of
from engine.service.mail.vouching import ask_again, first_reading
from engine.service.mail.which_mail import keep_attachments, seen_before
from engine.service.site import Site
from engine.store.apply import Applied
from engine.store.cases.requests import load_request
from engine.store.database import Transaction
from engine.store.mail_in import arrivals, inbox

Station = Callable[[Incoming], Incoming | Judged]
"""Asks one thing of a mail: a verdict ends its way, and what it has found out goes on."""

SORTING: Final[tuple[Station, ...]] = (
    stations.about_us,
    stations.by_a_person,
    stations.addressed_to_us,
    seen_before,
    stations.from_somebody,
    stations.letter_still_counts,
)
"""Is it any of our business, or a machine's, or a copy? Who says they wrote it, and does the letter
of ours that they answer still count?
"""
ANSWERING: Final[tuple[Station, ...]] = (
    stations.read_beside_letter,
    told_at_once,
    stations.whose,
    stations.which_request,
    stations.not_refuted,
    stations.heard_from,
    stations.answer_to_a_question,
    about_a_rule,
    stations.about_networks,
    stations.opening,
    stations.proved,
)
"""What are the writer's own words, who are they, which request is it, and who stands by that? Does
it answer a question of ours, deliver for a network, or open a request? What gets to the end is
about the request that it names.
"""
UNTIED = frozenset({"newcomer"})
"""Verdicts whose letters carry no request's number or token: a stranger may only have guessed."""


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
            arrivals.begin_judging(tx, mail)
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


def retry(site: Site, mail: int, at: datetime) -> MailOutcome:
    """The message judged anew at `at`; one that has moved a request already keeps its outcome.

    NotFoundError for an unknown message, RefusedError where only its hash has been kept.
    """
    ask_again(site, mail, at)
    return in_transaction(site, lambda tx: by_coordinator.retried(site, tx, mail, at, judge))


def judge(
    site: Site, tx: Transaction, mail: int, reading: Reading, at: datetime, *, attempt: int = 0
) -> MailOutcome:
    """What the message that says `reading` comes to, written in the open transaction; `attempt`
    counts how often it has been taken in hand since it came.
    """
    incoming = recognised(
        Incoming(site=site, tx=tx, inbox=mail, reading=reading, at=at, judge=judge, attempt=attempt)
    )
    judged = _on_its_way(incoming, (*SORTING, *ANSWERING))
    for ending in (with_files, with_rules, told_unread, told_identity, bounded, noticed):
        judged = ending(incoming, judged)
    if wrong := wrong_tokens(incoming):
        judged = replace(judged, reasons=(*judged.reasons, Reason(GUESSED_WRONG, {"count": wrong})))
    return _write(incoming, judged)


def _on_its_way(incoming: Incoming, way: Sequence[Station]) -> Judged:
    for station in way:
        found = station(incoming)
        if isinstance(found, Judged):
            return with_beside(incoming, found)
        if found.inbox != incoming.inbox:
            # A JA that takes up an earlier mail: that one goes on where it had to stop.
            return _on_its_way(found, ANSWERING)
        incoming = found
    return with_beside(incoming, answered(incoming, incoming.number, incoming.letter))


def _write(incoming: Incoming, judged: Judged) -> MailOutcome:
    site, tx, reading = incoming.site, incoming.tx, incoming.reading
    applied = write(site, tx, judged.plans)
    number = applied[0].number if applied else judged.number
    request, workflow = _request_of(tx, judged, applied)
    tied = request if judged.verdict not in UNTIED else None
    numbers = tuple(dict.fromkeys(each.number for each in applied)) or (number,)
    _answer(incoming, judged, *numbers, request=tied, workflow=workflow)
    for place, (each, part) in enumerate(judged.parts):
        theirs, routine = _request_of(tx, part, ())
        key = f"{each or place}:"
        _answer(incoming, part, each, request=theirs, workflow=routine, part=key)
    events = (*judged.events, *((e.event, e.from_state, e.to_state) for e in applied))
    inbox.set_verdict(
        tx,
        incoming.inbox,
        judged.verdict,
        at=site.clock.now(),
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
    arrivals.end_judging(tx, incoming.inbox)
    return MailOutcome(
        mail=incoming.inbox,
        message_id=reading.message_id,
        verdict=judged.verdict,
        request=number,
        events=events,
        reasons=judged.reasons,
    )


def _request_of(
    tx: Transaction, judged: Judged, applied: Sequence[Applied]
) -> tuple[int | None, str]:
    """(the request that the mail is about, its routine); (None, "") where it is about none."""
    if applied and judged.plans:
        return applied[0].request_id, judged.plans[0].after.workflow
    request = load_request(tx, judged.number) if judged.number else None
    return (None, "") if request is None else (request.id, request.workflow)


def _answer(
    incoming: Incoming,
    judged: Judged,
    *numbers: str,
    request: int | None,
    workflow: str,
    part: str = "",
) -> None:
    """Write the letters that no plan causes, the transcript for the sender last."""
    letters: list[LetterDraft] = [*judged.letters]
    if judged.answer is not None:
        letters.append(answer_letter(judged.answer, *numbers))
    for n, draft in enumerate(letters):
        post(
            incoming.site,
            incoming.tx,
            draft,
            seed=f"{incoming.answer_key}:{part}{n}|{draft.receiver}",
            request_id=request,
            inbox_id=incoming.inbox,
            cause=incoming.cause,
            at=incoming.at,
            workflow=workflow,
            in_reply_to=incoming.reading.message_id,
        )

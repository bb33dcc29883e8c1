"""What a coordinator does with a stored message: judges it anew, ties it to a request, or lays it
aside. The message itself never changes, and the verdict that it had is written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.calendar import oslo_day
from engine.definition.types import Event
from engine.domain.fields import FIELDS
from engine.errors import RefusedError
from engine.intake.reading import Reading
from engine.intake.reply import commands, remainder
from engine.model import Act, Actor, Cause, Proof, Reason
from engine.plan.case import Case
from engine.plan.keeping import values_behind
from engine.plan.letters import COORDINATOR
from engine.service.acts.acting import act_on, case_of, in_transaction, write
from engine.service.acts.commands import done_for
from engine.service.mail.verdict import Judge, MailOutcome, outcome_of
from engine.service.mail.vouching import reading_of
from engine.service.site import Site
from engine.store.apply import Applied, recorded, recorded_of
from engine.store.cases.requests import load_request
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Transaction
from engine.store.mail_in import inbox, sorting
from engine.store.mail_in.inbox import MailRow

NOT_FROM_PROSE = frozenset({"day", "party"})
"""What an event keeps that is never looked for in a whole mail."""


def retried(site: Site, tx: Transaction, mail: int, at: datetime, judge: Judge) -> MailOutcome:
    """The message judged anew in the open transaction; one that has moved a request already keeps
    its outcome. Errors as of `receive.retry`.
    """
    row = inbox.get(tx, mail)
    reading = _reading(site, tx, mail)
    if recorded_of(tx, Cause("mail", str(mail))):
        return outcome_of(row)
    attempt = len(sorting.of_mail(tx, mail)) + 1
    _record(site, tx, row, "retry", at=at)
    return judge(site, tx, mail, reading, at, attempt=attempt)


def discard(site: Site, mail: int, reason: str, at: datetime) -> MailOutcome:
    """The message laid aside for `reason`; its verdict stays, and one never judged is `unclear`.

    RefusedError for an empty reason, NotFoundError for an unknown message.
    """
    return in_transaction(site, lambda tx: discarded(site, tx, mail, reason, at))


def discarded(site: Site, tx: Transaction, mail: int, reason: str, at: datetime) -> MailOutcome:
    """As `discard`, in the open transaction."""
    if not reason.strip():
        raise RefusedError((Reason("discard_reason_missing"),))
    row = inbox.get(tx, mail)
    _record(site, tx, row, "discard", note=reason.strip(), at=at)
    if row.verdict is None:
        inbox.set_verdict(tx, mail, "unclear", at=site.clock.now())
    return outcome_of(inbox.get(tx, mail))


def attach(
    site: Site,
    mail: int,
    number: str,
    at: datetime,
    *,
    event: str = "",
    email: str = "",
    note: str = "",
) -> MailOutcome:
    """The message tied to request `number`: kept there as a remark, or firing `event` with itself
    as cause, on behalf of `email` (its sender where that is empty).

    The note is the mail's own words where none is given. The same message fires the same event
    once. RefusedError carries every reason, NotFoundError names what there is not.
    """
    return in_transaction(
        site,
        lambda tx: attached(site, tx, mail, number, at, event=event, email=email, note=note),
    )


def attached(
    site: Site,
    tx: Transaction,
    mail: int,
    number: str,
    at: datetime,
    *,
    event: str = "",
    email: str = "",
    note: str = "",
    word: str = "",
    by: str = COORDINATOR,
) -> MailOutcome:
    """As `attach`, in the open transaction; nothing has been written when it raises. `note` stands
    behind `word`, where the coordinator wrote one; `by` is that coordinator, where they are known.
    """
    row = inbox.get(tx, mail)
    request = load_request(tx, number)
    case = case_of(site, tx, number, at)
    if row.events and row.request != number:
        raise RefusedError((Reason("mail_is_about", {"mail": mail, "number": row.request}),))
    key = f"mail:{mail}:attach:{number}:{event}"
    if recorded(tx, key) is not None:
        return outcome_of(row)
    applied: tuple[Applied, ...] = ()
    if event:
        actor = _actor(tx, (email or row.sender).lower(), at)
        reading = _reading(site, tx, mail)
        act = _act(case, actor, reading, mail=mail, event=event, note=note, key=key, word=word)
        act = act if by == actor.name else done_for(act, by)
        step = act_on(case_of(site, tx, number, at, event=event, values=act.values), act, at)
        if step.reasons:
            raise RefusedError(step.reasons)
        applied = write(site, tx, step.events)
    _record(site, tx, row, "attach", note=f"{number} {event}".strip(), at=at)
    stays = row.verdict if row.events and not applied else None
    inbox.set_verdict(
        tx,
        mail,
        "fired" if applied else stays or "remark",
        at=site.clock.now(),
        request=request.id if request else None,
        events=[*row.events, *(_moved(each) for each in applied)],
        reasons=row.reasons if stays else (),
    )
    return outcome_of(inbox.get(tx, mail))


def _reading(site: Site, tx: Transaction, mail: int) -> Reading:
    reading = reading_of(site, tx, mail)
    if reading is None:
        raise RefusedError((Reason("mail_forgotten", {"mail": mail}),))
    return reading


def _actor(tx: Transaction, address: str, at: datetime) -> Actor:
    contacts = contacts_of_address(tx, address, oslo_day(at))
    if not contacts:
        raise RefusedError((Reason("unknown_address", {"address": address or "–"}),))
    return Actor(name=address, contacts=contacts)


def _act(
    case: Case,
    actor: Actor,
    reading: Reading,
    *,
    mail: int,
    event: str,
    note: str,
    key: str,
    word: str,
) -> Act:
    known = case.workflow.events.get(event)
    values = dict(_values(reading, known))
    if known is not None:
        found = commands(reading.own_text, known.words)
        note = note or _said(reading, known)
        word = word or (found[0].word if found else "")
        values |= values_behind(known, word, note) or {}
    return Act(
        event=event,
        actor=actor,
        proof=Proof.SITE,
        cause=Cause("mail", str(mail)),
        key=key,
        note=note,
        beside=_beside(reading, known) if known else "",
        values=values,
    )


def _said(reading: Reading, event: Event) -> str:
    """What the mail says for the event: the text after its word, else the sender's own words."""
    for command in commands(reading.own_text, event.words):
        return command.text
    if not event.words or {keep.kind for keep in event.keeps} & NOT_FROM_PROSE:
        return ""
    return reading.own_text.strip()


def _beside(reading: Reading, event: Event) -> str:
    """What the mail says besides the event's word; nothing where it holds no such word."""
    found = commands(reading.own_text, event.words)
    return remainder(reading.own_text, found, reading.fields) if found else ""


def _values(reading: Reading, event: Event | None) -> Mapping[str, str]:
    if event is None or all(keep.kind != "form" for keep in event.keeps):
        return {}
    return {name: text for name, text in reading.fields.items() if name in FIELDS}


def _record(
    site: Site,
    tx: Transaction,
    row: MailRow,
    action: sorting.Action,
    *,
    at: datetime,
    note: str = "",
) -> None:
    sorting.record(
        tx, row.id, action, verdict=row.verdict, note=note, at=at, recorded_at=site.clock.now()
    )


def _moved(each: Applied) -> Mapping[str, Any]:
    return {"event": each.event, "from": each.from_state, "to": each.to_state}

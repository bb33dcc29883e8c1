"""What people wrote in their own words, what they did in the end, and which phrases would have
caught it. It is read anew each time, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine import intake
from engine.domain.learning import phrases_for
from engine.domain.words import all_general, all_undo
from engine.intake.reply import commands, remainder
from engine.model import UNDO
from engine.plan.common_events.waiting import WAIT
from engine.plan.understanding import NOT_NOW
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.cases.queries import HistoryRow
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.store.mail_in.inbox import MailRow

IN_OWN_WORDS: Final = ("suggested", "remark", "unclear")


class Learned(Struct, frozen=True, kw_only=True):
    """One mail in own words."""

    mail: int
    request: str
    state: str
    """In which it was written."""
    said: str
    asked: str
    """The event that we asked about; empty where we asked about none."""
    meant: str
    """The event that the writer then brought about in that state; empty for none."""
    phrases: tuple[str, ...] = ()


def learned(site: Site) -> tuple[Learned, ...]:
    """Every mail about a request whose own words were asked about, or not understood, oldest
    first; phrases for those that meant something other than what we asked about.
    """
    with site.database.reading() as tx:
        rows = [row for row in inbox.listed(tx) if row.verdict in IN_OWN_WORDS and row.request]
        found = [each for row in rows for each in _read(site, tx, row)]
    return tuple(_with_phrases(each, found) for each in found)


def _read(site: Site, tx: Transaction, row: MailRow) -> Iterator[Learned]:
    raw = inbox.raw_of(tx, row.id)
    history = queries.history(tx, row.request)
    before = [each for each in history if each.at <= row.received_at and not _by(each, row)]
    if raw is None or not before:
        return
    reading = intake.read(raw, site.intake)
    found = commands(reading.own_text, all_general() | all_undo())
    said = remainder(reading.own_text, found, reading.fields)
    state = before[-1].to_state
    if said:
        yield Learned(
            mail=row.id,
            request=row.request,
            state=state,
            said=said,
            asked=_asked(row),
            meant=_done(history[len(before) :], row.sender, state),
        )


def _by(event: HistoryRow, row: MailRow) -> bool:
    return event.cause.kind == "mail" and event.cause.ref == str(row.id)


def _asked(row: MailRow) -> str:
    asked = (each["values"] for each in row.reasons if each["code"] == "understood_as")
    return next((str(each.get("meant", "")) for each in asked), "")


def _done(after: Sequence[HistoryRow], sender: str, state: str) -> str:
    """What the writer did next, as long as the request stood there."""
    for event in after:
        if sender in (event.actor, event.acted_for) and event.event != UNDO:
            return NOT_NOW if event.event == WAIT else event.event
        if event.to_state != state:
            break
    return ""


def _with_phrases(each: Learned, everything: Sequence[Learned]) -> Learned:
    if not each.meant or each.meant == (NOT_NOW if each.asked == WAIT else each.asked):
        return each
    others = [other.said for other in everything if other.meant != each.meant]
    return replace(each, phrases=phrases_for(each.said, others))

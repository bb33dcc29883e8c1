"""Answers to the coordinators' morning letter, line by line, each told of in one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

from msgspec import Struct, field

from engine.domain.register.duties import COORDINATOR
from engine.domain.words import all_general
from engine.errors import NotFoundError, RefusedError, StoreError
from engine.intake.quoting.numbered import Line, lines
from engine.intake.reply import commands
from engine.model import Cause, Language, LetterDraft, Reason
from engine.plan.timing import next_occurrence
from engine.plan.variables import EMPTY
from engine.service.answering.coordinators.morning_mail_lines import (
    Moves,
    Told,
    attached,
    contact_registered,
    discarded,
    fired,
    holder_registered,
    read_again,
)
from engine.service.answering.coordinators.morning_unread import (
    answered_by_fousam,
    form_alone,
    read_in,
)
from engine.service.mail.thread import NEEDS_ALIGNED, is_receiver, may_give_rights
from engine.service.mail.verdict import Incoming, Judged, language_of
from engine.service.morning.unread import UNREAD
from engine.store.cases import timers
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.letters import LetterRow
from engine.store.mail_out.mornings import ItemRow
from engine.wording import morning as wording
from engine.wording.names import DUTY_NAMES

ANSWER: Final = "morning_answer"
MAIL: Final = frozenset({"unclear", "stranger", "bounce"})
Do = Callable[[Incoming, ItemRow, Line], Told]


class _Transcript(Struct):
    """What became of each line, in order."""

    language: Language
    done: list[str] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    events: Moves = ()

    def followed(self, line: Line, told: Told) -> None:
        """Note a line that was followed."""
        values = {name: text(self.language) for name, text in told.values.items()}
        self.done.append(wording.done(line.said, told.what, values, self.language))
        self.events += told.events

    def refused(self, line: Line, reasons: tuple[Reason, ...]) -> None:
        """Note a line that was not followed."""
        self.not_done.append(wording.not_done(line.said, reasons, self.language))
        self.reasons += reasons


def morning_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What a coordinator's answer to their morning letter comes to; every line is answered in one
    letter.

    None for an answer that holds only general words, as FRAVÆR. The lines are carried out in the
    mail's own transaction, each on what the one before it left.
    """
    told = _Transcript(language_of(incoming))
    found = lines(incoming.reading.own_text)
    items = {item.number: item for item in mornings.items(incoming.tx, letter.id)}
    if not found or all(line.verb == "unknown" for line in found):
        # A form alone needs no number where only one thing can be meant.
        found = form_alone(incoming, items, found) or found
    if not found and commands(incoming.reading.own_text, all_general()):
        return None
    if not may_give_rights(incoming):
        return Judged(verdict="unproved_sender", reasons=(NEEDS_ALIGNED,))
    if not _may_answer(incoming, letter):
        for line in found:
            told.refused(line, (Reason("morning_not_yours"),))
        return _judged(incoming, told, letter, "refused")
    for line in found:
        _carry_out(incoming, items, line, told)
    return _judged(incoming, told, letter, _verdict(told))


def more_answered(incoming: Incoming, answer: LetterRow) -> Judged | None:
    """As `morning_answered`, for more lines in reply to the answer to the first ones."""
    return morning_answered(
        incoming, letters.get(incoming.tx, answer.variables["extra"]["morning"])
    )


def _verdict(told: _Transcript) -> str:
    if told.events:
        return "fired"
    if told.done:
        return "answered"
    return "refused" if told.not_done else "unclear"


def _may_answer(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether it is the receiver who answers, and still a coordinator."""
    coordinator = any(contact.duty == COORDINATOR for contact in incoming.contacts)
    return coordinator and is_receiver(incoming, letter)


def _carry_out(
    incoming: Incoming, items: Mapping[int, ItemRow], line: Line, told: _Transcript
) -> None:
    if not line.numbers:
        _tell(told, line, lambda: _released_all(incoming, items))
        return
    for number in line.numbers:
        _tell(told, line, partial(_one, incoming, items.get(number), number, line))


def _tell(told: _Transcript, line: Line, work: Callable[[], Told]) -> None:
    try:
        told.followed(line, work())
    except RefusedError as error:
        told.refused(line, error.reasons)


def _one(incoming: Incoming, item: ItemRow | None, number: int, line: Line) -> Told:
    if item is None:
        raise RefusedError((Reason("morning_no_line", {"n": number}),))
    if line.verb == "unknown" and (item.kind != UNREAD or not line.text):
        raise RefusedError((Reason("morning_unknown_word"),))
    kind = "mail" if item.kind in MAIL else item.kind
    work = _WORK.get((kind, line.verb))
    if work is None:
        raise RefusedError((Reason("morning_other_line", {"n": number}),))
    return work(incoming, item, line)


def _released_all(incoming: Incoming, items: Mapping[int, ItemRow]) -> Told:
    """Every letter that the morning letter showed as held, and that still is."""
    released = sum(_let_go(incoming, item) for item in items.values() if item.kind == "held")
    if not released:
        raise RefusedError((Reason("morning_nothing_held"),))
    return Told("released", {"n": lambda _: str(released)})


def _let_go(incoming: Incoming, item: ItemRow) -> bool:
    try:
        letters.release(incoming.tx, int(item.subject), incoming.at)
    except (NotFoundError, StoreError):
        return False
    return True


def _released(incoming: Incoming, item: ItemRow, _: Line) -> Told:
    if not _let_go(incoming, item):
        raise RefusedError((Reason("morning_letter_moved"),))
    return Told("released", {"n": lambda _: "1"})


def _stopped(incoming: Incoming, item: ItemRow, _: Line) -> Told:
    try:
        letters.cancel(incoming.tx, int(item.subject))
    except (NotFoundError, StoreError) as error:
        raise RefusedError((Reason("morning_letter_moved"),)) from error
    return Told("stopped")


def _tried_again(incoming: Incoming, item: ItemRow, _: Line) -> Told:
    try:
        letters.retry(incoming.tx, int(item.subject), incoming.at)
    except (NotFoundError, StoreError) as error:
        raise RefusedError((Reason("morning_letter_moved"),)) from error
    return Told("again")


def _chaser_stopped(incoming: Incoming, item: ItemRow, _: Line) -> Told:
    """The reminder passed over this once; one that is written and has not left is cancelled."""
    identity = item.subject.partition(":")[0]
    armed = next((t for t in timers.armed(incoming.tx) if t.id == int(identity)), None)
    if armed is not None and item.subject == f"{armed.id}:{armed.occurrence}":
        last = armed.at_most and armed.occurrence + 1 >= armed.at_most
        calendar = incoming.site.rules.calendar
        again = next_occurrence(calendar, armed.due_at, armed.every, armed.due_at)
        timers.finish(incoming.tx, armed.id, None if last else again)
        return Told("chaser_stopped")
    written = list(_written(incoming, identity))
    for row in written:
        letters.cancel(incoming.tx, row.id)
    if not written:
        raise RefusedError((Reason("morning_chaser_gone"),))
    return Told("chaser_stopped")


def _written(incoming: Incoming, timer: str) -> Iterator[LetterRow]:
    """The letters that the timer has written and that nobody has tried to send."""
    for state in ("waiting", "held"):
        for row in letters.listed(incoming.tx, state):
            if row.cause == Cause("timer", timer) and not row.tries:
                yield row


_WORK: Final[Mapping[tuple[str, str], Do]] = {
    ("mail", "attach"): attached,
    ("mail", "fire"): fired,
    ("mail", "contact"): contact_registered,
    ("mail", "discard"): discarded,
    ("mail", "retry"): read_again,
    ("stuck", "contact"): holder_registered,
    ("held", "release"): _released,
    ("held", "stop"): _stopped,
    ("dead", "retry"): _tried_again,
    ("dead", "stop"): _stopped,
    ("chaser", "stop"): _chaser_stopped,
    (UNREAD, "read"): read_in,
    (UNREAD, "unknown"): read_in,
    (UNREAD, "fire"): answered_by_fousam,
}
"""What can be done about a line, by what it is about and the word."""


def _judged(incoming: Incoming, told: _Transcript, letter: LetterRow, verdict: str) -> Judged:
    contact = incoming.contacts[0]
    duty = next((c.duty for c in incoming.contacts if c.duty == COORDINATOR), contact.duty)
    answer = LetterDraft(
        role=duty,
        party=contact.party,
        receiver=incoming.reading.sender,
        template=ANSWER,
        language=told.language,
        variables={
            **EMPTY,
            "receiver_duty": DUTY_NAMES[duty][told.language],
            "done": told.done,
            "not_done": told.not_done,
            "extra": {"morning": letter.id},
        },
        at_once=True,
    )
    return Judged(
        verdict=verdict, letters=(answer,), events=told.events, reasons=tuple(told.reasons)
    )

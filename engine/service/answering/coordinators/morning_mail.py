"""Answers to a morning letter, line by line, each told of in one letter."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import Any, Final

from msgspec import Struct, field

from engine.domain.words import all_general
from engine.errors import NotFoundError, RefusedError, StoreError
from engine.intake.quoting.numbered import Line, lines
from engine.intake.reply import commands
from engine.model import Cause, Language, LetterDraft, Reason
from engine.plan.timing import next_occurrence
from engine.plan.variables import EMPTY
from engine.service.answering.coordinators.morning_mail_lines import (
    MAIL,
    Moves,
    Told,
    attached,
    contact_registered,
    discarded,
    fired,
    holder_registered,
    read_again,
)
from engine.service.answering.coordinators.morning_networks import (
    answered_by_fousam,
    form_alone,
    read_in,
    word_alone,
    word_or_form,
)
from engine.service.answering.coordinators.morning_shown import open_cases, rest_of, whole
from engine.service.answering.coordinators.morning_words import answered, taken
from engine.service.answering.networks.office_mail import office_mail
from engine.service.mail.thread import NEEDS_ALIGNED, is_receiver, may_give_rights
from engine.service.mail.verdict import Incoming, Judged, language_of
from engine.service.morning.letter import listed
from engine.service.morning.network_items import NETWORK
from engine.service.morning.receivers import ANSWERING
from engine.store.cases import timers
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.letters import LetterRow
from engine.store.mail_out.mornings import ItemRow
from engine.wording import morning as wording
from engine.wording.names import DUTY_NAMES

ANSWER: Final = "morning_answer"
SETTLING: Final = frozenset(
    {"answer", "attach", "contact", "discard", "fire", "release", "retry", "stop"}
)
"""The words after which nobody else need see to the line."""
Do = Callable[[Incoming, ItemRow, Line], Told]


class _Transcript(Struct):
    """What became of each line, in order."""

    language: Language
    done: list[str] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)
    """What was asked to be seen, by the name that the letter has for it."""
    events: Moves = ()
    letters: tuple[LetterDraft, ...] = ()

    def followed(self, line: Line, told: Told) -> None:
        """Note a line that was followed."""
        values = {name: text(self.language) for name, text in told.values.items()}
        self.done.append(wording.done(line.said, told.what, values, self.language))
        self.events += told.events
        self.letters += told.letters

    def refused(self, line: Line, reasons: tuple[Reason, ...]) -> None:
        """Note a line that was not followed."""
        self.not_done.append(wording.not_done(line.said, reasons, self.language))
        self.reasons += reasons


def morning_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What an answer to a morning letter comes to, or to what answered one; every line is answered
    in one letter.

    None for an answer that holds only general words, as FRAVÆR. The lines are carried out in the
    mail's own transaction, each on what the one before it left.
    """
    told = _Transcript(language_of(incoming))
    found = lines(incoming.reading.own_text)
    if not found or all(line.verb == "unknown" for line in found):
        # A form or a word alone needs no number where only one thing can be meant.
        items = _items(incoming, letter)
        found = form_alone(incoming, items, found) or found or word_alone(incoming, items)
    if not found and commands(incoming.reading.own_text, all_general()):
        return None
    if not found and (asked := office_mail(incoming, "", None)):
        return asked
    if not may_give_rights(incoming):
        return Judged(verdict="unproved_sender", reasons=(NEEDS_ALIGNED,))
    if not _may_answer(incoming, letter):
        for line in found:
            told.refused(line, (Reason("morning_not_yours"),))
        return _judged(incoming, told, letter, "refused")
    for line in found:
        _carry_out(incoming, letter, line, told)
    return _judged(incoming, told, letter, _verdict(told))


def _items(incoming: Incoming, letter: LetterRow) -> tuple[ItemRow, ...]:
    """What the numbers that the receiver may name stand for."""
    numbers = letter.variables["extra"].get("numbers", ())
    found = (mornings.item_at(incoming.tx, each, letter.written_at) for each in numbers)
    return tuple(each for each in found if each is not None)


def _verdict(told: _Transcript) -> str:
    if told.events:
        return "fired"
    if told.done or told.shown:
        return "answered"
    return "refused" if told.not_done else "unclear"


def _may_answer(incoming: Incoming, letter: LetterRow) -> bool:
    """Whether it is the receiver who answers, and still holds the duty."""
    holds = any(contact.duty in ANSWERING for contact in incoming.contacts)
    return holds and is_receiver(incoming, letter)


def _carry_out(incoming: Incoming, letter: LetterRow, line: Line, told: _Transcript) -> None:
    language = told.language
    if line.verb == "cases":
        told.shown["cases"] = open_cases(incoming, language)
    elif line.verb == "rest":
        rest = rest_of(incoming, letter)
        told.shown |= {"lines": listed(rest, language), "numbers": [each.number for each in rest]}
    elif not line.numbers:
        _tell(told, line, lambda: _released_all(incoming, letter))
    for number in line.numbers:
        if line.verb == "show":
            _show(incoming, letter, line, number, told)
        else:
            _tell(told, line, partial(_one, incoming, letter, number, line))


def _show(
    incoming: Incoming, letter: LetterRow, line: Line, number: int, told: _Transcript
) -> None:
    item = _item(incoming, letter, number)
    if item is None:
        told.refused(line, (Reason("morning_no_line", {"n": number}),))
        return
    whole_of = {"number": number, "text": whole(incoming, item)}
    told.shown["whole"] = [*told.shown.get("whole", ()), whole_of]


def _tell(told: _Transcript, line: Line, work: Callable[[], Told]) -> None:
    try:
        told.followed(line, work())
    except RefusedError as error:
        told.refused(line, error.reasons)


def _one(incoming: Incoming, letter: LetterRow, number: int, line: Line) -> Told:
    item = _item(incoming, letter, number)
    if item is None:
        raise RefusedError((Reason("morning_no_line", {"n": number}),))
    if line.verb == "unknown" and (item.kind != NETWORK or not line.text):
        raise RefusedError((Reason("morning_unknown_word"),))
    kind = "mail" if item.kind in MAIL else item.kind
    work = taken if line.verb == "mine" else _WORK.get((kind, line.verb))
    if work is None:
        raise RefusedError((Reason("morning_other_line", {"n": number}),))
    sender = incoming.reading.sender
    if item.said_by not in ("", sender) and (item.settled_at or line.verb != "mine"):
        values = {"n": number, "who": item.said_by, "said": item.said}
        standing = "morning_said_already" if item.settled_at else "morning_taken"
        raise RefusedError((Reason(standing, values),))
    told = work(incoming, item, line)
    if line.verb in SETTLING:
        mornings.spoken_of(incoming.tx, item, sender, line.said, incoming.at)
    return told


def _item(incoming: Incoming, letter: LetterRow, number: int) -> ItemRow | None:
    """What the number stood for when the letter was written; none of another's area."""
    known: Container[int] = letter.variables["extra"].get("numbers", (number,))
    return mornings.item_at(incoming.tx, number, letter.written_at) if number in known else None


def _released_all(incoming: Incoming, letter: LetterRow) -> Told:
    """Every letter that the morning letter showed or counted as held, and that still is."""
    held = [item for item in _items(incoming, letter) if item.kind == "held"]
    released = sum(_let_go(incoming, item) for item in held)
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
    ("mail", "answer"): answered,
    ("mail", "attach"): attached,
    ("mail", "fire"): fired,
    ("mail", "contact"): contact_registered,
    ("mail", "discard"): discarded,
    ("mail", "retry"): read_again,
    ("stuck", "contact"): holder_registered,
    ("late", "contact"): holder_registered,
    ("point", "contact"): holder_registered,
    ("held", "release"): _released,
    ("held", "stop"): _stopped,
    ("dead", "retry"): _tried_again,
    ("dead", "stop"): _stopped,
    ("chaser", "stop"): _chaser_stopped,
    (NETWORK, "read"): read_in,
    (NETWORK, "unknown"): word_or_form,
    (NETWORK, "fire"): answered_by_fousam,
}
"""What can be done about a line, by what it is about and the word."""


def _judged(incoming: Incoming, told: _Transcript, letter: LetterRow, verdict: str) -> Judged:
    contact = incoming.contacts[0]
    duty = next((c.duty for c in incoming.contacts if c.duty in ANSWERING), contact.duty)
    numbers = {*letter.variables["extra"].get("numbers", ()), *told.shown.get("numbers", ())}
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
            "extra": {**told.shown, "numbers": sorted(numbers)},
        },
        at_once=True,
    )
    return Judged(
        verdict=verdict,
        letters=(answer, *told.letters),
        events=told.events,
        reasons=tuple(told.reasons),
    )

"""A mail about several requests: one verdict on it, and each request answered by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.domain.words import all_general
from engine.frozen import replace
from engine.intake import form
from engine.intake.numbered import numbered
from engine.intake.ownwords import is_greeting
from engine.intake.reply import commands
from engine.model import Cause, LetterDraft, Reason
from engine.service.answering.request_mail import answered
from engine.service.letters.posting import REMINDERS
from engine.service.mail.thread import is_receiver
from engine.service.mail.transcript import answer_letter
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store import gathering
from engine.store.facts import load_request
from engine.store.letters import LetterRow, write_letter
from engine.wording import sentence

_MOST_SAID: Final = (
    "fired", "suggested", "remark", "refused", "unclear", "already_done", "answered",
)  # fmt: skip
"""Which verdict a mail about several requests has: the first of these that one of them has."""


def together(incoming: Incoming, judged: Sequence[tuple[str, Judged]]) -> Judged:
    """One verdict on the mail; what it came to for each request is answered in a letter of its own.

    `judged` are requests' numbers, the first one the mail's own, each with its verdict.
    """
    for place, (number, each) in enumerate(judged):
        for n, draft in enumerate(_letters(each, number)):
            _write(incoming, draft, number, f"{number or place}:{n}")
    verdicts = {each.verdict for _, each in judged}
    return Judged(
        verdict=next(name for name in _MOST_SAID if name in verdicts),
        number=judged[0][0],
        plans=tuple(plan for _, each in judged for plan in each.plans),
        reasons=tuple(reason for _, each in judged for reason in each.reasons),
    )


def _letters(judged: Judged, number: str) -> Iterator[LetterDraft]:
    yield from judged.letters
    if judged.answer is not None:
        yield answer_letter(judged.answer, number)


def _write(incoming: Incoming, draft: LetterDraft, number: str, seed: str) -> None:
    request = load_request(incoming.tx, number) if number else None
    write_letter(
        incoming.tx,
        draft,
        seed=f"{incoming.answer_key}:{seed}|{draft.receiver}",
        request_id=request.id if request else None,
        inbox_id=incoming.inbox,
        cause=Cause("mail", str(incoming.inbox)),
        at=incoming.at,
        recorded_at=incoming.site.clock.now(),
        outbox=incoming.site.outbox(in_reply_to=incoming.reading.message_id),
        workflow=request.workflow if request else "",
    )


def gathered_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What a reply to a letter of several chasers comes to, each request by itself.

    What is written stands under the request's number or its place in the letter; where it stands
    under neither, the sender is asked. None for a reply of general words alone, as FRAVÆR.
    """
    carrier = int(letter.variables["extra"].get("carrier", letter.id))
    held = gathering.held_in(incoming.tx, carrier)
    above, parts = numbered(incoming.reading.own_text, [row.request for _, row in held])
    if not parts or _commanded(above):
        if not parts and commands(incoming.reading.own_text, all_general()):
            return None
        return _which(incoming, letter, carrier)
    rows = dict(held)
    judged = [
        (rows[place].request, _one(incoming, rows[place], text, place, alone=len(parts) == 1))
        for place, text in parts.items()
    ]
    return judged[0][1] if len(judged) == 1 else together(incoming, judged)


def _commanded(above: Sequence[str]) -> bool:
    """Whether something stands above the first number, so that it is about no request."""
    return any(line.strip() and not is_greeting(line) for line in above)


def _which(incoming: Incoming, letter: LetterRow, carrier: int) -> Judged:
    reason = Reason("which_of_several")
    language = language_of(incoming)
    if not is_receiver(incoming, letter):
        return Judged(verdict="unclear", reasons=(reason,))
    texts: Mapping[str, Any] = {
        "extra": {**letter.variables["extra"], "carrier": carrier},
        "not_done": [sentence(reason, language)],
    }
    again = plain_letter(incoming, REMINDERS, language, texts)
    return Judged(verdict="unclear", reasons=(reason,), letters=(again,))


def _one(incoming: Incoming, row: LetterRow, text: str, place: int, *, alone: bool) -> Judged:
    reading = replace(
        incoming.reading,
        own_text=text,
        fields=form.fields(text),
        quoted_fields={},
        attached_fields=incoming.reading.attached_fields if alone else {},
    )
    part = "" if alone else str(place)
    return answered(replace(incoming, reading=reading, part=part), row.request, row)

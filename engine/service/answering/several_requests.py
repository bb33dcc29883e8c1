"""A mail about several requests: one verdict on it, and each request answered by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from engine.domain.own_words import is_courtesy
from engine.domain.people_named import greeted
from engine.domain.words import all_general
from engine.intake import form
from engine.intake.quoting.numbered import numbered
from engine.intake.quoting.ownwords import is_greeting
from engine.intake.reading import Reading
from engine.intake.reply import commands
from engine.model import Reason
from engine.service.answering.openings.instead_of_opening import asked_which_case, status_told
from engine.service.answering.request_mail import answered
from engine.service.mail.thread import is_receiver
from engine.service.mail.transcript import SEVERAL
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.mail_out import gathering
from engine.store.mail_out.letters import LetterRow
from engine.wording import sentence

_MOST_SAID: Final = (
    "fired", "suggested", "remark", "refused", "unclear", "already_done", "answered",
)  # fmt: skip
"""Which verdict a mail about several requests has: the first of these that one of them has."""


def together(judged: Sequence[tuple[str, Judged]]) -> Judged:
    """One verdict on the mail; what it came to for each request is answered in a letter of its own.

    `judged` are requests' numbers, the first one the mail's own, each with its verdict.
    """
    verdicts = {each.verdict for _, each in judged}
    return Judged(
        verdict=next(name for name in _MOST_SAID if name in verdicts),
        number=judged[0][0],
        plans=tuple(plan for _, each in judged for plan in each.plans),
        parts=judged,
        reasons=tuple(reason for _, each in judged for reason in each.reasons),
    )


def gathered_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What a reply to a letter that holds several comes to, each request by itself.

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
    return judged[0][1] if len(judged) == 1 else together(judged)


def several_opened(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """What a reply to the receipt for several orders comes to: each is answered under its number,
    and the sender is asked which where none stands; None for thanks, and for one order alone.
    """
    opened = letter.variables.get("extra", {}).get(SEVERAL, ())
    text = incoming.reading.own_text
    if not opened or is_courtesy(text):
        return None
    above, parts = numbered(text, opened)
    if not parts or _commanded(above):
        return status_told(incoming) or asked_which_case(incoming, tuple(opened))
    reading, alone = incoming.reading, len(parts) == 1
    judged = []
    for place, said in parts.items():
        own = replace(_read_apart(reading, said), quoted_fields={})
        part = "" if alone else str(place)
        one = replace(incoming, reading=own, part=part, letter=None)
        judged.append((opened[place - 1], answered(one, opened[place - 1], None)))
    return judged[0][1] if alone else together(judged)


def _commanded(above: Sequence[str]) -> bool:
    """Whether something stands above the first number, so that it is about no request."""
    return any(line.strip() and not is_greeting(line) for line in above)


def _which(incoming: Incoming, letter: LetterRow, carrier: int) -> Judged:
    reason = Reason("which_of_several")
    language = language_of(incoming)
    if not is_receiver(incoming, letter):
        return Judged(verdict="unclear", reasons=(reason,))
    texts: Mapping[str, Any] = {
        "also": letter.variables.get("also", ()),
        "extra": {**letter.variables["extra"], "carrier": carrier},
        "not_done": [sentence(reason, language)],
    }
    again = plain_letter(incoming, letter.template, language, texts)
    return Judged(verdict="unclear", reasons=(reason,), letters=(again,))


def _one(incoming: Incoming, row: LetterRow, text: str, place: int, *, alone: bool) -> Judged:
    reading = replace(
        _read_apart(incoming.reading, text),
        quoted_fields={},
        attached_fields=incoming.reading.attached_fields if alone else {},
    )
    part = "" if alone else str(place)
    return answered(replace(incoming, reading=reading, part=part), row.request, row)


def _read_apart(reading: Reading, text: str) -> Reading:
    """The mail as though only `text` stood in it; whom the mail greets above all numbers is greeted
    by each part that greets nobody itself.
    """
    first = next((line for line in text.split("\n") if line.strip()), "")
    whole = text if greeted(first) else reading.text
    return replace(reading, text=whole, own_text=text, fields=form.fields(text))

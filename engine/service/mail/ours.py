"""Which mail is about Kursdeling, in a mailbox that people use for other things too."""

from __future__ import annotations

from engine.domain.fields import FIELDS
from engine.domain.words import all_general
from engine.intake.reply import commands
from engine.service.judged import Incoming
from engine.service.mail.thread import answered_letter
from engine.service.opening import routine_of
from engine.store import letters
from engine.store.facts import load_request


def concerns_us(incoming: Incoming) -> bool:
    """Whether the mail answers or returns a letter of ours, names a request, opens one, or is a
    command from somebody in the register. Everything else is none of our business.
    """
    reading = incoming.reading
    if reading.kind == "loop" or _returns_ours(incoming) or answered_letter(incoming) is not None:
        return True
    if any(load_request(incoming.tx, number) is not None for number in reading.numbers):
        return True
    if reading.kind != "person":
        return False
    return "routine" in reading.fields or _opens(incoming) or _commands(incoming)


def _returns_ours(incoming: Incoming) -> bool:
    bounced = incoming.reading.bounced_message_id
    return bool(bounced) and bool(letters.by_message_ids(incoming.tx, (bounced,)))


def _opens(incoming: Incoming) -> bool:
    if routine_of(incoming) is not None:
        return True
    # Several points of the form are no accident, even where the routine must be asked for.
    return bool(incoming.contacts) and len(set(incoming.reading.fields) & set(FIELDS)) > 1


def _commands(incoming: Incoming) -> bool:
    said = incoming.reading.own_text
    return bool(incoming.contacts) and bool(commands(said, all_general()))

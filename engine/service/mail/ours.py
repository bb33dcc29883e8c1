"""Which mail is about Kursdeling, in a mailbox that people use for other things too, and what is
kept of it.
"""

from __future__ import annotations

from engine.domain.fields import FIELDS
from engine.domain.words import all_general
from engine.intake.reply import commands
from engine.service.judged import Incoming, Judged
from engine.service.mail.thread import answered_letter
from engine.service.opening import routine_of
from engine.store import attachments, inbox, letters
from engine.store.attachments import AttachmentRow
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


def keep_attachments(incoming: Incoming, judged: Judged) -> None:
    """Keep what came along with a person's mail; of what is none of our business, nothing."""
    if judged.verdict == "not_ours" and incoming.site.beside:
        inbox.forget(incoming.tx, incoming.inbox)
        attachments.forget(incoming.tx, incoming.inbox)
    elif incoming.reading.kind == "person":
        found = (
            (AttachmentRow(sha256=a.sha256, name=a.name, type=a.type, size=a.size), a.content)
            for a in incoming.reading.attachments
        )
        attachments.keep(incoming.tx, incoming.inbox, found)


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

"""Which mail is about Kursdeling, in a mailbox that people use for other things too, and what is
kept of it.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from engine.domain.fields import FIELDS
from engine.domain.words import all_general
from engine.intake.reading import Reading
from engine.intake.reply import commands
from engine.model import Reason
from engine.service.mail.routine_named import routine_of
from engine.service.mail.thread import proves, recognised
from engine.service.mail.verdict import Incoming, Judged
from engine.service.mail.vouching import reading_of
from engine.store.cases.requests import load_request
from engine.store.mail_in import arrivals, attachments, inbox
from engine.store.mail_in.attachments import AttachmentRow
from engine.store.mail_out import letters


def concerns_us(incoming: Incoming) -> bool:
    """Whether the mail answers or returns a letter of ours, names a request, opens one, or is a
    command from somebody in the register. Everything else is none of our business.
    """
    reading = incoming.reading
    if reading.kind == "loop" or _returns_ours(incoming) or incoming.letter is not None:
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


WITHOUT_PROOF: Final = frozenset({"unknown_sender", "unproved_sender"})
"""Verdicts that a copy of the same mail with better proof may still change."""


def seen_before(incoming: Incoming) -> Incoming | Judged:
    """`repeated` for a mail that was judged already, `unclear` where its sender's Message-ID came
    with other content; the mail itself for the first of its kind, which it is from then on.

    A Message-ID is no secret, so what somebody else sends under it hinders nobody, and what comes
    without proof gives way to what comes with it. A mail may also come by a mailing list that
    breaks its proof, and directly: if the first copy was turned away for lack of proof, the one
    that brings it stands in its place.
    """
    reading, tx, mail = incoming.reading, incoming.tx, incoming.inbox
    name, first = _first(incoming)
    if first is None:
        arrivals.claim(tx, name, reading.digest, mail)
        return incoming
    if first.inbox == mail:
        return incoming
    if first.digest != reading.digest:
        earlier = inbox.earlier_same(tx, mail, reading.message_id, reading.digest)
        if earlier is not None and earlier.same:
            return Judged(verdict="repeated", reasons=(Reason("repeated"),))
        if not _proved(incoming) or _was_proved(incoming, first.inbox):
            return Judged(verdict="unclear", reasons=(Reason("same_id_other_content"),))
    elif not (reading.aligned and first.verdict in WITHOUT_PROOF):
        return Judged(verdict="repeated", reasons=(Reason("repeated"),))
    arrivals.move_claim(tx, name, before=first.inbox, mail=mail, digest=reading.digest)
    return incoming


def _first(incoming: Incoming) -> tuple[str, arrivals.Claim | None]:
    """(the name of the claim, the message that has it): one for each sender of a Message-ID.

    Before there was one for each Message-ID; such a claim still tells a copy of that message.
    """
    reading, tx = incoming.reading, incoming.tx
    if not reading.message_id:
        return "", None
    name = f"{reading.message_id} {reading.sender}"
    first = arrivals.claim_of(tx, name)
    earlier = None if first is not None else arrivals.claim_of(tx, reading.message_id)
    if earlier is not None and earlier.digest == reading.digest:
        return reading.message_id, earlier
    return name, first


def _was_proved(incoming: Incoming, mail: int) -> bool:
    reading: Reading | None = reading_of(incoming.site, incoming.tx, mail)
    if reading is None:
        return False
    return _proved(recognised(replace(incoming, inbox=mail, reading=reading)))


def _proved(incoming: Incoming) -> bool:
    """Whether a server vouches for the sender, or they answer a letter of ours to them."""
    if incoming.reading.aligned:
        return True
    return incoming.letter is not None and proves(incoming, incoming.letter)

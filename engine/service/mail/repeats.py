"""The same mail by two routes: the first that is judged counts, whoever judges it and when."""

from __future__ import annotations

from typing import Final

from engine.calendar import oslo_day
from engine.frozen import replace
from engine.intake.reading import Reading
from engine.model import Reason
from engine.service.judged import Incoming, Judged
from engine.service.mail.thread import answered_letter, proves
from engine.service.mail.vouching import reading_of
from engine.store import inbox, mail_claims
from engine.store.facts import contacts_of_address

WITHOUT_PROOF: Final = frozenset({"unknown_sender", "unproved_sender"})
"""Verdicts that a copy of the same mail with better proof may still change."""


def seen_before(incoming: Incoming) -> Judged | None:
    """`repeated` for a mail that was judged already, `unclear` where its sender's Message-ID came
    with other content; None for the first of its kind, which it is from then on.

    A Message-ID is no secret, so what somebody else sends under it hinders nobody, and what comes
    without proof gives way to what comes with it. A mail may also come by a mailing list that
    breaks its proof, and directly: if the first copy was turned away for lack of proof, the one
    that brings it stands in its place.
    """
    reading, tx, mail = incoming.reading, incoming.tx, incoming.inbox
    name, first = _first(incoming)
    if first is None:
        mail_claims.claim(tx, name, reading.digest, mail)
        return None
    if first.inbox == mail:
        return None
    if first.digest != reading.digest:
        earlier = inbox.earlier_same(tx, mail, reading.message_id, reading.digest)
        if earlier is not None and earlier.same:
            return Judged(verdict="repeated", reasons=(Reason("repeated"),))
        if not _proved(incoming) or _was_proved(incoming, first.inbox):
            return Judged(verdict="unclear", reasons=(Reason("same_id_other_content"),))
    elif not (reading.aligned and first.verdict in WITHOUT_PROOF):
        return Judged(verdict="repeated", reasons=(Reason("repeated"),))
    mail_claims.move(tx, name, before=first.inbox, mail=mail, digest=reading.digest)
    return None


def _first(incoming: Incoming) -> tuple[str, mail_claims.Claim | None]:
    """(the name of the claim, the message that has it): one for each sender of a Message-ID.

    Before there was one for each Message-ID; such a claim still tells a copy of that message.
    """
    reading, tx = incoming.reading, incoming.tx
    if not reading.message_id:
        return "", None
    name = f"{reading.message_id} {reading.sender}"
    first = mail_claims.claim_of(tx, name)
    earlier = None if first is not None else mail_claims.claim_of(tx, reading.message_id)
    if earlier is not None and earlier.digest == reading.digest:
        return reading.message_id, earlier
    return name, first


def _was_proved(incoming: Incoming, mail: int) -> bool:
    reading: Reading | None = reading_of(incoming.site, incoming.tx, mail)
    return reading is not None and _proved(replace(incoming, inbox=mail, reading=reading))


def _proved(incoming: Incoming) -> bool:
    """Whether a server vouches for the sender, or they answer a letter of ours to them."""
    if incoming.reading.aligned:
        return True
    letter = answered_letter(incoming)
    if letter is None:
        return False
    sender = incoming.reading.sender
    contacts = contacts_of_address(incoming.tx, sender, oslo_day(incoming.at))
    return proves(replace(incoming, contacts=contacts), letter)

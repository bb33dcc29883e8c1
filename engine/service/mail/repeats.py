"""The same mail by two routes: the first that is judged counts, whoever judges it and when."""

from __future__ import annotations

from typing import Final

from engine.model import Reason
from engine.service.judged import Incoming, Judged
from engine.store import inbox, mail_claims

WITHOUT_PROOF: Final = frozenset({"unknown_sender", "unproved_sender"})
"""Verdicts that a copy of the same mail with better proof may still change."""


def seen_before(incoming: Incoming) -> Judged | None:
    """`repeated` for a mail that was judged already, `unclear` where its Message-ID came with
    other content; None for the first of its kind, which it is from then on.

    A mail may come by a mailing list that breaks its proof, and directly: if the first copy was
    turned away for lack of proof, the one that brings it stands in its place.
    """
    reading, tx, mail = incoming.reading, incoming.tx, incoming.inbox
    first = mail_claims.claim_of(tx, reading.message_id)
    if first is None:
        mail_claims.claim(tx, reading.message_id, reading.digest, mail)
        return None
    if first.inbox == mail:
        return None
    if first.digest != reading.digest:
        earlier = inbox.earlier_same(tx, mail, reading.message_id, reading.digest)
        if earlier is None or not earlier.same:
            return Judged(verdict="unclear", reasons=(Reason("same_id_other_content"),))
    elif reading.aligned and first.verdict in WITHOUT_PROOF:
        mail_claims.move(tx, reading.message_id, before=first.inbox, mail=mail)
        return None
    return Judged(verdict="repeated", reasons=(Reason("repeated"),))

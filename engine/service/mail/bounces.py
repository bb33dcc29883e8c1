"""Letters that come back: tied to letter and request, and to somebody else who can read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.register import bouncing
from engine.domain.register.bouncing import Outcome
from engine.intake.reading import Bounce
from engine.model import Cause, Reason
from engine.service.letters.posting import post
from engine.service.mail.verdict import REFUTED, Incoming, Judged
from engine.service.register.fallback_receiver import instead_of
from engine.service.site import Site
from engine.store.contacts import addresses
from engine.store.contacts.addresses import BounceRow
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.store.mail_out.gathering import held_in
from engine.store.mail_out.letters import LetterRow

COMES_BACK_WITHIN: Final = timedelta(days=14)
"""After a letter has left. Servers give up after five days (RFC 5321 §4.5.4.1) and may tell of it
late; what comes after that is no answer to our letter.
"""
WORSE: Final = ("delayed", "soft", "hard")
FOR_GOOD: Final = 500
_REFUSALS: Final = range(400, 600)


class _Said(Struct, frozen=True, kw_only=True):
    """What was said of a letter, and by what."""

    outcome: Outcome
    status: str
    reason: str
    cause: Cause
    inbox: int | None = None
    whole: bool = True
    """Whether it may stop letters: our own server said it, or the letter's Message-ID came back."""


def came_back(incoming: Incoming) -> Judged:
    """The verdict on a bounce, with the letters that go out in place of the one that came back.

    Anybody can write a bounce. It counts only for a letter whose genuine Message-ID or token it
    holds, that has left lately, and from whose receiver nobody has surely written since. A token
    stands in the subject, where others read it: without the whole Message-ID, and from a sender
    whom our server refutes, no bounce says that an address is dead, however often it comes;
    without both, nothing.
    """
    bounce, tx = incoming.reading.bounce or Bounce(), incoming.tx
    letter, whole = _letter(incoming, bounce)
    if letter is None or not _can_be(incoming, letter):
        return Judged(verdict="bounce")
    refuted = incoming.reading.refuted
    if refuted and not whole:
        return Judged(verdict="bounce", number=letter.request, reasons=(Reason(REFUTED),))
    outcome = bouncing.outcome_of(bounce.permanent, bounce.status, bounce.reason)
    sure = whole and not refuted and _is_about(tx, letter, bounce, incoming.at)
    if outcome == "hard" and not sure:
        # As behind a forwarding: it may be somebody else's address, and ours may work.
        outcome = "soft"
    said = _Said(
        outcome=outcome,
        status=bounce.status,
        reason=bounce.reason,
        cause=incoming.cause,
        inbox=incoming.inbox,
        whole=whole and not refuted,
    )
    _noted(incoming.site, tx, letter, said, incoming.at)
    return Judged(verdict="bounce", number=letter.request)


def undeliverable(
    tx: Transaction, site: Site, letter: LetterRow, refusal: tuple[int, str], at: datetime
) -> None:
    """Note that a server refused `letter` for good, as if it had come back; `refusal` is SMTP's
    code and text.

    What was never answered by a server (a code below 400) says nothing of the address.
    """
    code, text = refusal
    if code not in _REFUSALS:
        return
    outcome = bouncing.refused(code, text) if code >= FOR_GOOD else "soft"
    said = _Said(outcome=outcome, status=str(code), reason=text, cause=letter.cause)
    _noted(site, tx, letter, said, at)


def _letter(incoming: Incoming, bounce: Bounce) -> tuple[LetterRow | None, bool]:
    """Our letter that came back, and whether its Message-ID says so; else its token does."""
    genuine, tx = incoming.site.genuine, incoming.tx
    named = (bounce.original_message_id, *incoming.reading.references)
    found = letters.by_message_ids(tx, tuple(each for each in named if each and genuine(each)))
    if found:
        return found[0], True
    letter = letters.by_token(tx, *bounce.token) if bounce.token else None
    return (letter if letter is not None and genuine(letter.message_id) else None), False


def _can_be(incoming: Incoming, letter: LetterRow) -> bool:
    left = letter.sent_at
    if left is None or not left <= incoming.at <= left + COMES_BACK_WITHIN:
        return False
    return not addresses.heard_from(incoming.tx, letter.receiver, left)


def _is_about(tx: Transaction, letter: LetterRow, bounce: Bounce, at: datetime) -> bool:
    """Whether the bounce names the letter's receiver, by any of their addresses, or nobody."""
    if not bounce.addresses or letter.receiver in bounce.addresses:
        return True
    held = contacts_of_address(tx, letter.receiver, oslo_day(at))
    return any(contact.has_address(each) for contact in held for each in bounce.addresses)


def _noted(site: Site, tx: Transaction, letter: LetterRow, said: _Said, at: datetime) -> None:
    """Record what was said, and write to somebody else instead, unless it is an old story.

    In a trial every letter goes to one address, and nothing is said of the receiver's.
    """
    before = addresses.bounce_of(tx, letter.id)
    if before is not None and WORSE.index(before.outcome) >= WORSE.index(said.outcome):
        return
    row = BounceRow(
        letter=letter.id,
        request=letter.request,
        address=letter.receiver,
        outcome=said.outcome,
        status=said.status,
        reason=said.reason,
        inbox=said.inbox,
        at=at,
    )
    addresses.keep(tx, row, recorded_at=site.clock.now())
    if said.outcome == "delayed" or site.everything_to:
        return
    suspended = said.whole and _suspended(site, tx, row)
    if before is None or before.outcome == "delayed":
        # Several chasers may have left as one letter; each is somebody's to answer.
        for each in [row for _, row in held_in(tx, letter.id)] or [letter]:
            drafts = instead_of(site, tx, each, row, suspended=suspended)
            for n, draft in enumerate(drafts):
                post(
                    site,
                    tx,
                    draft,
                    seed=f"instead:{each.id}:{n}|{draft.receiver}",
                    request_id=each.request_id,
                    inbox_id=said.inbox,
                    cause=said.cause,
                    at=at,
                    workflow=each.workflow,
                )


def _suspended(site: Site, tx: Transaction, row: BounceRow) -> bool:
    """Whether the address gets no more letters from now on."""
    if not contacts_of_address(tx, row.address, oslo_day(row.at)):
        return False
    lately = row.at - timedelta(days=site.soft_bounce_days)
    if row.outcome != "hard" and addresses.counted(tx, row.address, lately) < site.soft_bounces:
        return False
    addresses.suspend(tx, row.address, row.letter, row.at)
    return True

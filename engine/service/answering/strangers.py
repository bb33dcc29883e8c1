"""Mail from an address that the register does not know: told nothing, let in by narrow doors."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from engine.calendar import oslo_day, start_of_day
from engine.definition.types import Workflow
from engine.domain.register.duties import MUNICIPALITY
from engine.domain.register.mail_domains import PUBLIC, domain_of
from engine.model import Contact, LetterDraft, Proof, Reason
from engine.service.answering.delegating import delegated
from engine.service.answering.openings.opening_mail import begun
from engine.service.mail.routine_named import routine_of
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.contacts import people, register
from engine.store.mail_in import answers
from engine.store.mail_in.answers import AnswerRow
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow

RECEIPTS: Final = ("newcomer", "delegate_receipt")
"""Letters to strangers, of which an address gets one a day at most."""

OF_A_DOMAIN: Final = 5
OF_ALL: Final = 60
"""Receipts to strangers within an hour: to all at one domain, and in all."""
HOUR: Final = timedelta(hours=1)


def receipt_limits(sender: str) -> tuple[tuple[str, int], ...]:
    """What a receipt to a stranger is counted under, and how many there may be within an hour.
    Whoever owns a domain owns what lies below it.
    """
    domain = domain_of(sender)
    return (("@" + ".".join(domain.split(".")[-2:]), OF_A_DOMAIN), ("@", OF_ALL))


def stranger(incoming: Incoming, letter: LetterRow | None, number: str) -> Judged:
    """The verdict on a mail from an unknown address, which may answer `letter` about `number`.

    Nobody without proof is answered. A colleague of the letter's receiver is passed on to them,
    whoever writes from a municipality's own domain may order, and everybody else gets a receipt.
    """
    if incoming.proof < Proof.ALIGNED:
        return Judged(verdict="unknown_sender", reasons=(Reason("unknown_sender"),))
    judged = delegated(incoming, letter) if letter is not None else None
    if judged is not None:
        return replace(judged, letters=(*judged.letters, *_receipt(incoming, "delegate_receipt")))
    if letter is None and not number:
        judged = _ordered(incoming)
    if judged is not None:
        return judged
    return Judged(
        verdict="newcomer",
        number=number,
        letters=_receipt(incoming, "newcomer"),
        reasons=(Reason("unknown_sender"),),
    )


def _receipt(incoming: Incoming, template: str) -> tuple[LetterDraft, ...]:
    since = start_of_day(oslo_day(incoming.at))
    sender = incoming.reading.sender
    if any(letters.written_since(incoming.tx, sender, name, since) for name in RECEIPTS):
        return ()
    if not all(counted(incoming, *each) for each in receipt_limits(sender)):
        return ()
    return (plain_letter(incoming, template, language_of(incoming)),)


def counted(incoming: Incoming, name: str, most: int) -> bool:
    """Whether there is room for one more letter under `name` within the hour; it is counted."""
    day = oslo_day(incoming.at)
    found = answers.lately(incoming.tx, name, day, limit=most)
    if len([row for row in found if row.at > incoming.at - HOUR]) >= most:
        return False
    number = 1 + max((row.number for row in found if row.day == day), default=0)
    row = AnswerRow(day=day, number=number, words="", at=incoming.at)
    answers.record(incoming.tx, name, incoming.inbox, row)
    return True


def _ordered(incoming: Incoming) -> Judged | None:
    """What a mail from a municipality's own domain opens; None where it opens nothing."""
    party = _municipality(incoming)
    if party is None:
        return None
    day = oslo_day(incoming.at)
    sender = incoming.reading.sender
    probe = Contact(id=0, party=party, duty=MUNICIPALITY, email=sender, valid_from=day)
    workflow = routine_of(replace(incoming, contacts=(probe,)))
    if workflow is None or not _may_open(workflow):
        return None
    contact, _ = register.add_contact(
        incoming.tx,
        party_id=party,
        duty=MUNICIPALITY,
        email=sender,
        valid_from=day,
        proof="provisional",
    )
    return begun(replace(incoming, contacts=(replace(probe, id=contact),)))


def _may_open(workflow: Workflow) -> bool:
    opening = workflow.opens_with
    return not opening.by_time and MUNICIPALITY in workflow.roles[opening.by].duties


def _municipality(incoming: Incoming) -> str | None:
    """The one municipal party whose domain the sender writes from; None where it is not certain."""
    domain = domain_of(incoming.reading.sender)
    parties = people.parties_of_domain(incoming.tx, domain)
    if len(parties) != 1 or domain in PUBLIC:
        return None
    party = register.party(incoming.tx, parties[0])
    return party.id if party.side == "municipal" else None

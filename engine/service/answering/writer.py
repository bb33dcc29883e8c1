"""Which duty whoever wrote a stored mail has by all that the mail and its request say."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from engine import intake
from engine.definition.types import Workflow
from engine.domain.register.duties import DUTIES, MUNICIPALITY
from engine.domain.register.mail_domains import PUBLIC, colleagues, domain_of
from engine.errors import KursdelingError, NotFoundError, RefusedError
from engine.intake.reading import Reading
from engine.model import Reason
from engine.service.mail.thread import answered_letter
from engine.service.mail.verdict import Incoming, MailOutcome
from engine.service.mail.vouching import reading_of
from engine.service.register.contacts import Holder
from engine.service.requests.show import one_in
from engine.service.site import Site
from engine.store.contacts import people, register
from engine.store.database import Transaction
from engine.store.mail_in import inbox
from engine.store.mail_in.inbox import MailRow
from engine.store.mail_out.letters import LetterRow


def duty_of_writer(incoming: Incoming, row: MailRow) -> tuple[str, str] | None:
    """The (party, duty) that the stored mail itself makes certain of its writer; None where it
    does not: a colleague answers for whom we wrote to, a municipality has one duty to order with.
    """
    letter = _answers(incoming, row)
    if letter is not None:
        return _as_receiver(incoming, letter, row.sender)
    parties = people.parties_of_domain(incoming.tx, domain_of(row.sender))
    if len(parties) != 1 or domain_of(row.sender) in PUBLIC:
        return None
    if row.request:
        owed = one_in(incoming.site, incoming.tx, row.request).owed
        theirs = [each.duty for each in owed if each.party == parties[0]]
        return (parties[0], theirs[0]) if len(theirs) == 1 else None
    side = register.party(incoming.tx, parties[0]).side
    return (parties[0], MUNICIPALITY) if side == "municipal" else None


def _answers(incoming: Incoming, row: MailRow) -> LetterRow | None:
    """Our letter that the stored mail answers."""
    raw = inbox.raw_of(incoming.tx, row.id)
    if raw is None:
        return None
    reading = intake.read(raw, incoming.site.intake)
    return answered_letter(replace(incoming, inbox=row.id, reading=reading, contacts=()))


def _as_receiver(incoming: Incoming, letter: LetterRow, sender: str) -> tuple[str, str] | None:
    """What a colleague of the letter's receiver holds who answers in their place."""
    theirs = people.parties_of_domain(incoming.tx, domain_of(sender)) == (letter.party,)
    if letter.party is None or not (theirs or colleagues(sender, letter.receiver)):
        return None
    duty = _duty(_workflow_of(incoming, letter), letter.role)
    return (letter.party, duty) if duty in DUTIES else None


def _workflow_of(incoming: Incoming, letter: LetterRow) -> Workflow | None:
    if not letter.request:
        return None
    try:
        return one_in(incoming.site, incoming.tx, letter.request).routine.workflow
    except NotFoundError:
        return None


def _duty(workflow: Workflow | None, role: str) -> str:
    if workflow is None or role not in workflow.roles:
        return role
    return workflow.roles[role].duty


def writer_of(site: Site, mail: int, at: datetime) -> Holder:
    """Whoever wrote message `mail`, as the holder of the duty that the mail makes certain.

    NotFoundError for an unknown message, RefusedError where only its hash has been kept, where it
    names no sender, or where nothing makes the duty certain.
    """
    with site.database.reading() as tx:
        row = inbox.get(tx, mail)
        reading = reading_of(site, tx, mail)
        if reading is None:
            raise RefusedError((Reason("mail_forgotten", {"mail": mail}),))
        place = duty_of_writer(_looked_at(site, tx, mail, reading, at), row)
    if place is None or not row.sender:
        raise RefusedError(
            (Reason("mail_of_no_duty", {"mail": mail, "sender": row.sender or "–"}),)
        )
    return Holder(party=place[0], duty=place[1], email=row.sender)


def _looked_at(site: Site, tx: Transaction, mail: int, reading: Reading, at: datetime) -> Incoming:
    def judge(*_: object, **__: object) -> MailOutcome:
        raise KursdelingError("a mail that is only looked at takes up no other")

    return Incoming(site=site, tx=tx, inbox=mail, reading=reading, at=at, judge=judge)

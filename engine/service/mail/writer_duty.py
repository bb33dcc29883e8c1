"""Which duty whoever wrote a stored mail has by all that the mail and its request say."""

from __future__ import annotations

from typing import Final

from engine import intake
from engine.definition.types import Workflow
from engine.domain.duties import DUTIES
from engine.domain.mail_domains import PUBLIC, colleagues, domain_of
from engine.errors import NotFoundError
from engine.frozen import replace
from engine.service.judged import Incoming
from engine.service.mail.thread import answered_letter
from engine.service.requests.show import one_in
from engine.store import inbox, people, register
from engine.store.inbox import MailRow
from engine.store.letters import LetterRow

MUNICIPALITY: Final = "municipality"


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

"""Whom requests wait for, and what the first to hold a duty gets that they have asked in vain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.calendar import oslo_day
from engine.definition.types import Role
from engine.errors import NotFoundError
from engine.model import Cause, Contact
from engine.plan.case import Case
from engine.plan.letters import LACKED, NO_CONTACT, is_reached
from engine.plan.possible import owed_by
from engine.plan.reminding import letters_due
from engine.service.acts.acting import case_of
from engine.service.letters.posting import post
from engine.service.register.fallback_receiver import PERSONAL
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.mail_out import letters, mornings
from engine.store.mail_out.letters import LetterRow
from engine.store.mail_out.mornings import Standing

REMIND = "remind"


def waited_for(site: Site, tx: Transaction, standing: Standing) -> list[tuple[Role, ...]]:
    """The roles that are waited for, each with those that are written to where nobody holds it."""
    try:
        workflow = site.routines.version(tx, standing.workflow, standing.version).workflow
    except NotFoundError:
        # A sweep tells of it, and the other requests are worth a letter all the same.
        return []
    state = workflow.states[standing.state]
    names = (*state.waits_for, state.then) if state.then else state.waits_for
    return [
        (role, *(workflow.roles[name] for name in role.instead if name in workflow.roles))
        for role in (workflow.roles[name] for name in names)
    ]


def party_of(role: Role, standing: Standing) -> str | None:
    """The party whose holders of the role the request is about."""
    return role.party if role.of is None else standing.parties[role.of]


def written_to(site: Site, tx: Transaction, new: Sequence[Contact], at: datetime) -> int:
    """Write to each new holder what requests have asked their duty in vain; how many letters.

    Only where nobody else holds the duty, and where its answer is still waited for.
    """
    day, emails = oslo_day(at), {contact.email for contact in new}
    wanted = {(each.party, each.duty) for each in new if each.valid_from <= day}
    held = {(c.party, c.duty) for c in register.contacts(tx, day) if c.email not in emails}
    if not wanted:
        return 0
    numbers = [
        standing.number
        for standing in mornings.standing(tx)
        # Whoever holds the duty may have said of a request that it is not theirs.
        if (asked := wanted if standing.escalated_at else wanted - held)
        for role, *_ in waited_for(site, tx, standing)
        if any((party_of(role, standing), duty) in asked for duty in role.duties)
    ]
    return sum(_asked(site, tx, number, emails, at) for number in dict.fromkeys(numbers))


def _asked(site: Site, tx: Transaction, number: str, emails: set[str], at: datetime) -> int:
    case = case_of(site, tx, number, at)
    if case.workflow.opens_with.by_time:
        # A network's new leader gets its own letters (`networks/leader_letters.py`).
        return 0
    written = 0
    for role in owed_by(case):
        reached = [each for each in case.holders(role) if is_reached(case, each)]
        if not reached or any(each.email not in emails for each in reached):
            continue
        template = next(_asking(tx, case, role), REMIND)
        for draft in letters_due(case, "send", template, (role,), at):
            seed = f"new-holder:{number}:{role}:{case.request.since}:{draft.receiver}"
            post(
                site,
                tx,
                draft,
                seed=seed,
                cause=Cause("command", seed),
                at=at,
                request_id=case.request.id,
                workflow=case.workflow.name,
            )
            written += 1
    return written


def _asking(tx: Transaction, case: Case, role: str) -> Iterator[str]:
    """The letters that have asked `role` since the request came to its state, the newest first:
    those that nobody could get, and those of an earlier holder.
    """
    for row in reversed(letters.of_request(tx, case.request.number)):
        if row.written_at < case.request.since:
            return
        lacked = row.variables.get("extra", {}).get(LACKED, {})
        if row.template == NO_CONTACT and lacked.get("role") == role:
            yield str(lacked["template"])
        elif row.role == role and row.variables.get("answers") and not _is_personal(row):
            yield row.template


def _is_personal(row: LetterRow) -> bool:
    """Whether the letter answers what its receiver did, or chases what another one asked."""
    return row.at_once or row.template in PERSONAL | {REMIND}

"""What SU got, to the networks themselves: with no number of deviations that points at anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.domain.networks.network import DELIVERERS
from engine.model import Cause, Contact, LetterDraft, Request
from engine.plan.case import Case
from engine.plan.letters import is_reached, language_for
from engine.plan.reminding import letters_due
from engine.plan.yearly import YEAR
from engine.report.letter_documents import COPY
from engine.service.acts.acting import case_of
from engine.service.letters.posting import post
from engine.service.register.entries import each_once
from engine.service.site import Site
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks, register
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.wording.names import DUTY_NAMES

WITHIN: Final = timedelta(days=31)
"""A roll-up that was sent longer ago is copied to nobody: an earlier release sent it."""


def uncopied(site: Site, tx: Transaction, at: datetime) -> tuple[Request, ...]:
    """The roll-ups that were sent lately and that no network has a copy of."""
    if "su_rollup" not in site.routines.current:
        return ()
    return tuple(
        request
        for request in requests_of(tx, "su_rollup")
        if request.state == "sent"
        and at - request.since <= WITHIN
        and not any(row.template == COPY for row in letters.of_request(tx, request.number))
    )


def post_copies(
    site: Site, tx: Transaction, request: Request, told: Mapping[str, Any], at: datetime
) -> tuple[LetterDraft, ...]:
    """Write to each leader and deputy of the year's networks what `told` holds; the letters."""
    case = case_of(site, tx, request.number, at)
    number = int(told.get("supplement", 0))
    written = []
    for n, draft in enumerate(_drafts(case, tx, told, at)):
        post(
            site,
            tx,
            draft,
            seed=f"copy:{request.number}:{number}:{n}|{draft.receiver}",
            request_id=request.id,
            cause=Cause("timer", f"copy:{request.number}:{number}"),
            at=at,
            workflow=request.workflow,
        )
        written.append(draft)
    return tuple(written)


def _drafts(
    case: Case, tx: Transaction, told: Mapping[str, Any], at: datetime
) -> Iterator[LetterDraft]:
    model = next(iter(letters_due(case, "send", COPY, ("su",), at)), None)
    if model is None:
        return
    year, area = int(case.request.kept[YEAR]), str(case.request.owner)
    mine = {each.id for each in networks.networks(tx, area) if each.was_active(year)}
    parties = register.parties(tx)

    def leads(contact: Contact) -> bool:
        return contact.duty in DELIVERERS and contact.party in mine and is_reached(case, contact)

    for contact in each_once(tx, oslo_day(at), leads):
        place = case.with_facts(replace(case.facts, parties=parties))
        language = language_for(place, contact, contact.party)
        duty = DUTY_NAMES[contact.duty][language]
        yield replace(
            model,
            role=contact.duty,
            party=contact.party,
            receiver=contact.email,
            language=language,
            variables={
                **model.variables,
                "receiver_duty": duty,
                "intended_duty": "",
                "answers": [],
                "extra": {**model.variables["extra"], **told},
            },
        )

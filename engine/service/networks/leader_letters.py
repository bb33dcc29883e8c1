"""Letters about a new leader: who leads the network now, and who did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from engine.calendar import oslo_day
from engine.domain.networks.network import LEADER, Network
from engine.model import Cause, Contact, LetterDraft
from engine.plan.reminding import letters_due
from engine.plan.variables import EMPTY
from engine.plan.yearly import OWING
from engine.plan.yearly_letters import KINDS
from engine.service.acts.acting import case_of
from engine.service.letters.posting import post
from engine.service.register.entries import called, language_for
from engine.service.site import Site
from engine.store.cases.yearly import requests_of
from engine.store.contacts import networks
from engine.store.database import Transaction
from engine.wording.names import DUTY_NAMES

TEMPLATE = "network_leader"
_ASKS = {"overdue": "network_overdue"}
"""The letter with the form, by the state that the plan or report is in."""


def told(
    site: Site,
    tx: Transaction,
    network: Network,
    new: Contact,
    before: Sequence[Contact],
    *,
    since: date,
    at: datetime,
) -> None:
    """Tell the new leader and the one before, and ask the new one for what is waited for."""
    seed = f"leader:{new.id}:{since}"
    area = networks.areas(tx)[network.area]
    extra = {
        "networks": [],
        "bodies": {"fousam": area.fousam, "su": area.su},
        "network": network.name,
        "leader": called(new),
        "before": ", ".join(called(each) for each in before),
        "since": since.isoformat(),
    }
    for contact in (new, *before):
        draft = _draft(site, tx, contact, {**extra, "leads": contact.email == new.email})
        post(site, tx, draft, seed=f"{seed}|{contact.email}", cause=Cause("command", seed), at=at)
    if since > oslo_day(at):
        return
    for name in KINDS:
        for request in requests_of(tx, name, network.id):
            if request.state not in OWING:
                continue
            case = case_of(site, tx, request.number, at)
            asks = _ASKS.get(request.state, "network_wanted")
            for draft in letters_due(case, "send", asks, ("leader",), at):
                if draft.receiver == new.email:
                    post(
                        site,
                        tx,
                        draft,
                        seed=f"{seed}|{request.number}",
                        request_id=request.id,
                        cause=Cause("command", seed),
                        at=at,
                        workflow=request.workflow,
                    )


def _draft(
    site: Site, tx: Transaction, contact: Contact, extra: Mapping[str, object]
) -> LetterDraft:
    language = language_for(site, tx, contact)
    duty = DUTY_NAMES[LEADER][language]
    return LetterDraft(
        role=LEADER,
        party=contact.party,
        receiver=contact.email,
        template=TEMPLATE,
        language=language,
        variables={**EMPTY, "receiver_duty": duty, "extra": extra},
    )

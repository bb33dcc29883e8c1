"""Letters about what SU asks of a network, and about a work group's end (R75, R80)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.calendar import oslo_day
from engine.domain.networks import DELIVERERS, Network, Task
from engine.frozen import replace
from engine.model import Cause, Contact, LetterDraft
from engine.plan.variables import EMPTY
from engine.service.letters.posting import post
from engine.service.register.entries import language_for
from engine.service.site import Site
from engine.store import networks, register
from engine.store.database import Transaction
from engine.wording.names import DUTY_NAMES

TEMPLATE = "network_task"


def told(site: Site, tx: Transaction, network: Network, task: Task, at: datetime) -> int:
    """Tell the network's leader and deputy of a task, and FOUSAM too once it has ended; how many
    letters that took.
    """
    step = "done" if task.done_on else "new"
    drafts = list(_drafts(site, tx, network, task, at))
    for draft in drafts:
        seed = f"task:{task.id}:{step}|{draft.receiver}"
        cause = Cause("command", f"task:{task.id}:{step}")
        post(site, tx, draft, seed=seed, cause=cause, at=at)
    return len(drafts)


def ended(site: Site, tx: Transaction, at: datetime) -> int:
    """End each work group whose last day is over, and tell those whom it concerns; how many."""
    today = oslo_day(at)
    over = [
        each
        for each in networks.tasks(tx)
        if each.kind == "work_group" and each.done_on is None and each.ends_on < today
    ]
    for task in over:
        networks.task_done(tx, task.id, task.ends_on)
        done = replace(task, done_on=task.ends_on)
        told(site, tx, networks.network(tx, task.network), done, at)
    return len(over)


def _drafts(
    site: Site, tx: Transaction, network: Network, task: Task, at: datetime
) -> Iterator[LetterDraft]:
    area = networks.areas(tx)[network.area]
    once: dict[str, Contact] = {}
    for contact in register.contacts(tx, oslo_day(at)):
        leads = contact.party == network.id and contact.duty in DELIVERERS
        office = contact.duty == "fousam" and contact.party in (network.id, area.id)
        if leads or (office and task.done_on is not None):
            once.setdefault(contact.email, contact)
    for contact in once.values():
        language = language_for(site, tx, contact)
        yield LetterDraft(
            role=contact.duty,
            party=contact.party,
            receiver=contact.email,
            template=TEMPLATE,
            language=language,
            variables={
                **EMPTY,
                "receiver_duty": DUTY_NAMES[contact.duty][language],
                "extra": {
                    "networks": [],
                    "bodies": {"fousam": area.fousam, "su": area.su},
                    "network": network.name,
                    "kind": task.kind,
                    "text": task.text,
                    "ends_on": task.ends_on.isoformat(),
                    "done": task.done_on is not None,
                },
            },
        )

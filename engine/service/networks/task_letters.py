"""Letters about what SU asks of a network, and about a work group's end (R75, R80)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from engine.calendar import oslo_day, start_of_day
from engine.domain.networks.network import DELIVERERS, Network, Task
from engine.model import Cause, Contact, LetterDraft
from engine.plan.variables import EMPTY
from engine.service.letters.posting import post
from engine.service.register.entries import each_once, language_for
from engine.service.site import Site
from engine.store.contacts import networks
from engine.store.database import Transaction
from engine.store.mail_out import letters
from engine.wording.names import DUTY_NAMES

TEMPLATE = "network_task"
OVER = "network_task_over"
"""The letter about an assignment whose day is over, and which nobody has said is done."""
WITHIN = timedelta(days=14)
"""How long after its day an assignment is still asked about, as after an outage."""


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
    _ask(site, tx, at)
    for task in over:
        networks.task_done(tx, task.id, task.ends_on)
        done = replace(task, done_on=task.ends_on)
        told(site, tx, networks.network(tx, task.network), done, at)
    return len(over)


def _ask(site: Site, tx: Transaction, at: datetime) -> None:
    """Ask, once, about each assignment whose day is over."""
    today = oslo_day(at)
    late = [
        each
        for each in networks.tasks(tx)
        if each.kind == "assignment"
        and each.done_on is None
        and each.ends_on < today <= each.ends_on + WITHIN
    ]
    due = [
        (task, draft)
        for task in late
        for draft in _drafts(site, tx, networks.network(tx, task.network), task, at, over=True)
        if not letters.written_since(tx, draft.receiver, OVER, _over_from(task))
    ]
    for task, draft in due:
        seed = f"task:{task.id}:over|{draft.receiver}"
        post(site, tx, draft, seed=seed, cause=Cause("timer", f"task:{task.id}:over"), at=at)


def _over_from(task: Task) -> datetime:
    return start_of_day(task.ends_on + timedelta(days=1))


def _drafts(
    site: Site,
    tx: Transaction,
    network: Network,
    task: Task,
    at: datetime,
    *,
    over: bool = False,
) -> Iterator[LetterDraft]:
    area = networks.areas(tx)[network.area]
    bodies = {"fousam": area.fousam, "su": area.su}

    def told(contact: Contact) -> bool:
        leads = contact.party == network.id and contact.duty in DELIVERERS
        office = contact.duty == "fousam" and contact.party in (network.id, area.id)
        return leads or (office and (over or task.done_on is not None))

    for contact in each_once(tx, oslo_day(at), told):
        language = language_for(site, tx, contact)
        yield LetterDraft(
            role=contact.duty,
            party=contact.party,
            receiver=contact.email,
            template=OVER if over else TEMPLATE,
            language=language,
            variables={
                **EMPTY,
                "receiver_duty": bodies.get(contact.duty) or DUTY_NAMES[contact.duty][language],
                "extra": {
                    "networks": [],
                    "bodies": bodies,
                    "network": network.name,
                    "kind": task.kind,
                    "text": task.text,
                    "ends_on": task.ends_on.isoformat(),
                    "done": task.done_on is not None,
                },
            },
        )

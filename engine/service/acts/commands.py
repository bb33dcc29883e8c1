"""A coordinator's commands: the same path as a mail's, proved by access to the site."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.errors import RefusedError
from engine.model import Act, Actor, Cause, Contact, Proof, Reason
from engine.plan.letters import COORDINATOR
from engine.plan.opening import OPEN
from engine.service.acts.acting import Step, act_on, case_of, in_transaction, opened, write
from engine.service.site import Site
from engine.store.apply import Applied, recorded, recorded_of
from engine.store.cases.requests import ask_ahead
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Transaction


class Done(Struct, frozen=True, kw_only=True):
    """What a command came to."""

    number: str
    events: tuple[tuple[str, str | None, str], ...]
    missing: tuple[Reason, ...] = ()
    letters: int = 0
    repeated: bool = False


Result = TypeVar("Result")


def fire(
    site: Site,
    number: str,
    event: str,
    *,
    email: str,
    at: datetime,
    note: str = "",
    values: Mapping[str, str] | None = None,
    key: str = "",
    dry_run: bool = False,
    in_person: bool = False,
) -> Done:
    """The event fired on request `number` on behalf of the holder `email`.

    RefusedError carries every reason; a `key` that was used before returns what it came to then.
    `in_person` plays the holder itself, for whom nobody acts.
    """
    # A key made here has never been used: `apply`, which looks for each, is then early enough.
    given, key = bool(key), key or str(uuid.uuid4())

    def work(tx: Transaction) -> Done:
        before = done_before(tx, key) if given else None
        if before is not None:
            return before
        ask_ahead(tx, number, f"cli:{key}")
        act = act_of(tx, event, email=email, at=at, key=key, note=note, values=values)
        act = act if in_person else done_for(act)
        case = case_of(site, tx, number, at, event=event, values=values)
        # Read again under the request's lock: the same act may just have been told by another.
        before = done_before(tx, key) if given else None
        if before is not None:
            return before
        return finish(site, tx, act_on(case, act, at), dry_run=dry_run)

    return run(site, work, dry_run=dry_run)


def open_by_command(
    site: Site,
    workflow: str,
    *,
    email: str,
    at: datetime,
    values: Mapping[str, str],
    key: str = "",
    dry_run: bool = False,
) -> Done:
    """A request of `workflow` opened on behalf of `email`, with what follows at once; errors as
    for `fire`.
    """
    key = key or str(uuid.uuid4())

    def work(tx: Transaction) -> Done:
        before = done_before(tx, key)
        if before is not None:
            return before
        act = act_of(tx, OPEN, email=email, at=at, key=key, values=values)
        step = opened(site, tx, workflow, act, at)
        return finish(site, tx, step, dry_run=dry_run)

    return run(site, work, dry_run=dry_run)


def run(site: Site, work: Callable[[Transaction], Result], *, dry_run: bool) -> Result:
    """What `work` comes to in a transaction that writes, or in one that only reads."""
    if not dry_run:
        return in_transaction(site, work)
    with site.database.reading() as tx:
        return work(tx)


def act_of(
    tx: Transaction,
    event: str,
    *,
    email: str,
    at: datetime,
    key: str,
    values: Mapping[str, str] | None = None,
    note: str = "",
) -> Act:
    """A command's act on behalf of `email`; RefusedError when the address holds no duty."""
    return Act(
        event=event,
        actor=Actor(name=email.lower(), contacts=_standing(tx, email.lower(), at)),
        proof=Proof.SITE,
        cause=Cause("command", key),
        key=f"cli:{key}",
        note=note,
        values=values or {},
    )


def done_for(act: Act, by: str = COORDINATOR) -> Act:
    """The act as `by` does it for its actor: whoever has access to the site, unless it is known."""
    return replace(act, actor=replace(act.actor, name=by, acts_for=act.actor.name))


def _standing(tx: Transaction, email: str, at: datetime) -> tuple[Contact, ...]:
    contacts = contacts_of_address(tx, email, oslo_day(at))
    if not contacts:
        raise RefusedError((Reason("unknown_address", {"address": email}),))
    return contacts


def done_before(tx: Transaction, key: str) -> Done | None:
    """What the command with that key came to; None when there was none."""
    if recorded(tx, f"cli:{key}") is None:
        return None
    applied = recorded_of(tx, Cause("command", key))
    return Done(number=applied[0].number, events=_events(applied), repeated=True)


def finish(site: Site, tx: Transaction, step: Step, *, dry_run: bool) -> Done:
    """The step carried out, unless it is tried only; RefusedError carries every reason."""
    if step.reasons:
        raise RefusedError(step.reasons)
    if dry_run:
        return foreseen(step)
    applied = write(site, tx, step.events)
    return written(step, applied)


def foreseen(step: Step) -> Done:
    """What the step would come to."""
    return Done(
        number=step.case.request.number if step.case else "",
        events=tuple(
            (plan.act.event, plan.before.state if plan.before else None, plan.after.state)
            for plan in step.events
        ),
        missing=step.missing,
        letters=sum(len(plan.letters) for plan in step.events),
    )


def written(step: Step, applied: Sequence[Applied]) -> Done:
    """What the step has come to, now that `applied` stands in history."""
    return Done(
        number=applied[0].number,
        events=_events(applied),
        missing=step.missing,
        letters=sum(len(plan.letters) for plan in step.events),
    )


def _events(applied: Sequence[Applied]) -> tuple[tuple[str, str | None, str], ...]:
    return tuple((each.event, each.from_state, each.to_state) for each in applied)

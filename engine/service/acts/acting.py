"""Reading a request's case under the lock, and carrying acts out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import oslo_day
from engine.definition.types import Event, Workflow
from engine.domain.words import general_meaning
from engine.errors import ClaimTakenError, StaleRequestError
from engine.model import WRONG_PERSON, Act, Facts, LetterDraft, Plan, Reason, Refusal, Request
from engine.plan import decide as deciding
from engine.plan import keeping
from engine.plan import opening as beginning
from engine.plan.acting_for import with_whom_it_is_for
from engine.plan.case import Case
from engine.plan.common_events.mending import STOPPABLE
from engine.plan.common_events.waiting import WAIT
from engine.plan.decide import Decision
from engine.plan.naming import event_named
from engine.plan.possible import named_here
from engine.report.letter_documents import unwritable
from engine.service.site import Routine, Site
from engine.store.apply import Applied, apply
from engine.store.cases.queries import no_request
from engine.store.cases.requests import load_request
from engine.store.cases.yearly import about
from engine.store.contacts.known import known
from engine.store.contacts.register import all_parties
from engine.store.database import Transaction
from engine.store.facts import NOTHING, Beforehand, Wanted, read_facts
from engine.store.mail_out import letters

Result = TypeVar("Result")
DOCUMENTED = frozenset({"rollup_draft", "rollup_sent", "rollup_supplement"})
"""The letters that go with a document."""
ATTEMPTS = 5
"""How often a step is read and planned again when another writer was there first."""


class Step(Struct, frozen=True, kw_only=True):
    """What one act came to: the events that happened, or the reasons why none did."""

    act: Act
    events: tuple[Plan, ...] = ()
    case: Case | None = None
    missing: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()
    already_done: bool = False


def in_transaction(site: Site, work: Callable[[Transaction], Result]) -> Result:
    """The result of `work` in one transaction; read and planned again when another writer came
    first.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            with site.database.transaction() as tx:
                return work(tx)
        except (ClaimTakenError, StaleRequestError):
            continue
    with site.database.transaction() as tx:
        return work(tx)


def case_of(
    site: Site,
    tx: Transaction,
    number: str,
    at: datetime,
    *,
    event: str | None = None,
    values: Mapping[str, str] | None = None,
    needs: frozenset[str] = frozenset(),
) -> Case:
    """The case of request `number` with the facts that `event` may ask for, and those in `needs`;
    NotFoundError when there is none.
    """
    request = load_request(tx, number)
    if request is None:
        raise no_request(tx, number)
    return read_case(site, tx, request, at, event=event, values=values, needs=needs)


def read_case(
    site: Site,
    tx: Transaction,
    request: Request,
    at: datetime,
    *,
    event: str | None = None,
    values: Mapping[str, str] | None = None,
    needs: frozenset[str] = frozenset(),
    beforehand: Beforehand = NOTHING,
) -> Case:
    """As `case_of`, for a request that has been read, and locked where something is to change; more
    of it may have been read `beforehand`.
    """
    routine = site.routines.version(tx, request.workflow, request.version)
    workflow = routine.workflow
    event = event and event_named(workflow, event, request.state)
    wanted = _wanted(
        site,
        workflow,
        at,
        parties=_near(site, tx, routine, request),
        needs=_needs(site, routine, request, event) | needs,
        form={**request.form, **values} if values else request.form,
        request=request,
        beforehand=beforehand,
    )
    return Case(
        workflow=workflow,
        table=routine.table,
        request=request,
        facts=read_facts(tx, wanted),
        rules=site.rules,
    )


def _near(site: Site, tx: Transaction, routine: Routine, request: Request) -> frozenset[str]:
    """The parties of the request, and those that may come to be: the same for all requests of one
    state between the same parties, as long as the register stands.
    """
    workflow, related = routine.workflow, (request.owner, request.borrower, request.requester)

    def found() -> frozenset[str]:
        case = Case(
            workflow=workflow, table=routine.table, request=request, facts=Facts(), rules=site.rules
        )
        return _parties(workflow, *related, *_may_be_named(tx, case))

    return known(tx, ("parties near", workflow.sha256, request.state, *related), found)


def _may_be_named(tx: Transaction, case: Case) -> list[str]:
    """Every party that may come to stand in a relation now; whoever does is written to at once."""
    relations = named_here(case)
    sides = {role.side for role in case.workflow.roles.values() if role.of in relations}
    known = all_parties(tx).values() if sides else ()
    return [party.id for party in known if party.side in sides]


def _needs(site: Site, routine: Routine, request: Request, event: str | None) -> frozenset[str]:
    """The facts that a decision may ask for; worked out once for each state and event."""
    described = request.course is not None and request.owner is not None
    key = (request.state, event, described)
    if key not in routine.needs:
        chosen = routine.workflow.events.get(event or "")
        routine.needs[key] = (
            _needs_of(site, routine.workflow.events.values()) | {"history"}
            if chosen is None
            else _needs_to(site, routine, request.state, chosen, described=described)
        )
    return routine.needs[key]


def _needs_of(site: Site, events: Iterable[Event]) -> frozenset[str]:
    """The facts that the guards of the events ask for."""
    names = {name for each in events for name in each.when}
    return frozenset[str]().union(*(site.rules.guards[name].needs for name in names))


def _needs_to(
    site: Site, routine: Routine, state: str, event: Event, *, described: bool
) -> frozenset[str]:
    """The facts of every guard in the routine, and the history where a condition or a repeat needs
    it.

    After an event that keeps nothing, nothing else follows by itself, and the course is not
    described anew, unless the request came to its end before, or ends without having been
    `described`: only what is possible here and there may be asked about.
    """
    workflow, table = routine.workflow, routine.table
    target = table.target(state, event.name)
    conditions = {order.condition for order in event.letters if order.condition}
    needs = frozenset[str]().union(*(site.rules.guards[name].needs for name in conditions))
    if target is None:
        needs |= {"history"}
    states = workflow.states
    anew = states[state].final or (states[target or state].final and not described)
    if target is None or event.keeps or anew or workflow.opens_with.by_time:
        return needs | _needs_of(site, workflow.events.values())
    near = {*table.events(state), *table.events(target)}
    return needs | _needs_of(site, [workflow.events[name] for name in near])


def _parties(workflow: Workflow, *related: str | None) -> frozenset[str]:
    """The parties that the routine's file names, and those of `related` that there are."""
    fixed = {role.party for role in workflow.roles.values() if role.party}
    given = () if workflow.opens_with.by_time else workflow.opens_with.parties.values()
    named = {party for party in given if party not in ("sender", "form")}
    return frozenset(party for party in (*fixed, *named, *related) if party)


def _wanted(
    site: Site,
    workflow: Workflow,
    at: datetime,
    *,
    parties: frozenset[str],
    needs: frozenset[str],
    form: Mapping[str, str],
    request: Request | None = None,
    beforehand: Beforehand = NOTHING,
) -> Wanted:
    return Wanted(
        parties=parties,
        day=oslo_day(at),
        needs=needs,
        course=request.course if request else None,
        beforehand=beforehand,
        short_name=form.get("short_name", "").strip(),
        full_name=form.get("full_name", ""),
        request=request.id if request else 0,
        neutral_language=site.neutral_language,
        **about(workflow, request),
    )


def facts_of(
    site: Site, tx: Transaction, routine: Routine, request: Request, at: datetime
) -> Facts:
    """The facts for a request that is yet to be opened by time."""
    wanted = _wanted(
        site,
        routine.workflow,
        at,
        parties=_parties(routine.workflow, request.owner, request.borrower, request.requester),
        needs=_needs_of(site, routine.workflow.events.values()) - {"history"},
        form={},
        request=request,
    )
    return read_facts(tx, wanted)


def write(site: Site, tx: Transaction, plans: Sequence[Plan]) -> tuple[Applied, ...]:
    """What the plans came to, written with their letters as the site signs, holds and dates them;
    errors as of `store.apply`.
    """
    plans = [_ending_letters(tx, each) for each in plans]
    return apply(tx, plans, recorded_at=site.clock.now(), outbox=site.outbox())


def _ending_letters(tx: Transaction, plan: Plan) -> Plan:
    """`plan`, after FEIL PERSON with the letters to the actor about the case that wait still."""
    if plan.act.event != WRONG_PERSON:
        return plan
    waiting = (
        row.id
        for row in letters.of_request(tx, plan.after.number)
        if row.receiver == plan.act.actor.address and row.state in STOPPABLE
    )
    return replace(plan, cancels=tuple(waiting))


def act_on(case: Case, act: Act, at: datetime) -> Step:
    """`act` decided on `case`, with what follows at once; its event as people call it, too. Refused
    where a document that it sends cannot be written.
    """
    name = event_named(case.workflow, act.event, case.request.state)
    if name not in case.workflow.events and general_meaning(name) == WAIT:
        name = WAIT
    act = act if name == act.event else replace(act, event=name)
    step = as_step(act, deciding.decide(case, act, at))
    letters = [letter for plan in step.events for letter in plan.letters]
    fault = next(filter(None, (_unwritable(letter, at) for letter in letters)), None)
    return step if fault is None else Step(act=act, reasons=(fault,))


def _unwritable(letter: LetterDraft, at: datetime) -> Reason | None:
    if letter.template not in DOCUMENTED:
        return None
    return unwritable(letter, at)


def opened(
    site: Site, tx: Transaction, workflow: str, act: Act, at: datetime, *, stays: bool = False
) -> Step:
    """The opening of a request in `workflow`, decided; one that `stays` goes on at its opener's
    word alone.
    """
    routine = site.routines.named(workflow)
    opening = routine.workflow.opens_with
    names = {name for each in routine.workflow.events.values() for name in each.when}
    names.update(opening.when)
    names.update(order.condition for order in opening.letters if order.condition)
    needs = frozenset({"parties"}).union(*(site.rules.guards[name].needs for name in names))
    found = keeping.parties_in_form(routine.workflow, act.values, all_parties(tx))
    parties = _parties(
        routine.workflow, *act.actor.parties, *(party.id for party in found.values() if party)
    )
    wanted = _wanted(site, routine.workflow, at, parties=parties, needs=needs, form=act.values)
    facts = read_facts(tx, wanted)
    result = beginning.open_request(
        routine.workflow, routine.table, act, at, facts=facts, rules=site.rules, stays=stays
    )
    return as_step(act, result)


def as_step(act: Act, result: Decision | Refusal) -> Step:
    """A decision or a refusal, told the same way."""
    if isinstance(result, Refusal):
        return Step(act=act, reasons=result.reasons, already_done=result.already_done)
    plans = with_whom_it_is_for(result.case, result.plans)
    return Step(act=act, events=plans, case=result.case, missing=result.missing)

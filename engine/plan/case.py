"""What one decision is made on: the routine, the request, the facts, and the rules' own means."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import replace

from engine.calendar import Calendar, oslo_day
from engine.definition.types import TIME as TIME_ROLE
from engine.definition.types import Event, Role, Workflow
from engine.domain.fields import FIELDS
from engine.domain.opinions import address_in, name_in
from engine.domain.register.duties import ELEARNING
from engine.machine import Table
from engine.model import (
    SYSTEM,
    TIME,
    Act,
    Actor,
    Contact,
    Facts,
    Plan,
    Reason,
    Request,
    Situation,
    TimerDraft,
)
from engine.plan.timing import is_answered, passed_by, timers_for, waits_from
from engine.ports import Guard

Known = TypeVar("Known")
WRONG_PEOPLE: Final = "wrong_people"
"""Under this name a request keeps the addresses that get no more letters about it."""


class Rules(Struct, frozen=True, kw_only=True):
    """What a routine's names stand for: guards (letter conditions too), and the calendar."""

    guards: Mapping[str, Guard]
    calendar: Calendar
    weekend_grace: bool = True
    """Whether what is due on a day that is no working day is late only after the next one."""
    phrases: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    """What people write in their own words, by the event that it means."""


class Case(Struct, frozen=True, kw_only=True, eq=False):
    """A request together with everything that a decision about it needs."""

    workflow: Workflow
    table: Table
    request: Request
    facts: Facts
    rules: Rules
    known: dict[Hashable, Any] = field(default_factory=dict)
    """What has been worked out already, under all that it hangs on but routine and register."""

    def after(self, plan: Plan) -> Case:
        """The case as it stands once `plan` is carried out."""
        start = plan.before.state if plan.before else None
        happened = (plan.act.event, start, plan.after.state)
        facts = replace(self.facts, history=(*self.facts.history, happened))
        # An event changes neither the register nor the routine.
        return replace(self, request=plan.after, facts=facts, known=dict(self.known))

    def with_facts(self, facts: Facts) -> Case:
        """The case with other facts, and nothing worked out before."""
        return replace(self, facts=facts, known={})

    def situation(self, act: Act, at: datetime) -> Situation:
        """What a guard gets to see."""
        return Situation(
            request=self.request,
            facts=self.facts,
            act=act,
            at=at,
            today=oslo_day(at),
            passed=passed_by(self.timers, at),
        )

    @property
    def timers(self) -> tuple[TimerDraft, ...]:
        """The timers of the present state."""
        return self.timers_of(self.request)

    def timers_of(self, request: Request) -> tuple[TimerDraft, ...]:
        """The timers of the state in which `request` stands."""
        rules = self.workflow.timers.get(request.state, ())
        days = [request.kept.get(rule.of) for rule in rules if rule.of is not None]
        answered = is_answered(self.workflow, request)
        return once(
            self.known,
            ("timers", request.state, answered, request.since, waits_from(request), *days),
            lambda: timers_for(self.workflow, request, self.rules.calendar),
        )

    def party_of(self, role: Role) -> str | None:
        """The id of the party that stands in `role` for this request."""
        return role.party if role.of is None else self.request.party_of(role.of)

    def holders(self, role: str) -> tuple[Contact, ...]:
        """Every active contact that holds `role` for this request, without those who say that they
        are the wrong person; the one alone whose address or name the opening gives for it.
        """
        definition = self.workflow.roles[role]
        party = self.party_of(definition)
        said = self.request.form.get(role, "")
        named, name = address_in(said), name_in(said).casefold()
        gone = tuple(self.request.kept.get(WRONG_PEOPLE, ()))

        def found() -> tuple[Contact, ...]:
            duties = definition.duties
            registered = (each for duty in duties for each in self.facts.holders(party, duty))
            all_of_them = [each for each in registered if each.email not in gone]
            meant = [
                each
                for each in all_of_them
                if (named and each.has_address(named)) or (name and each.name.casefold() == name)
            ]
            firm = [each for each in all_of_them if each.id not in self.facts.provisional]
            return tuple(meant or (firm if role in FIELDS else ()) or all_of_them)

        return once(self.known, ("holders", role, party, named, name, gone), found)

    def duty_of(self, role: str) -> str:
        """The duty by which `role` is held here; its usual one where nobody holds it."""
        holders = self.holders(role)
        return holders[0].duty if holders else self.workflow.roles[role].duty

    def roles_of(self, actor: Actor) -> tuple[str, ...]:
        """The roles that `actor` holds for this request, in the file's order."""
        held = _held(actor)
        return tuple(
            role.name for role in self.workflow.roles.values() if self._is_among(held, role)
        )

    def role_for(self, event: Event, actor: Actor) -> str | None:
        """The role in which `actor` may bring `event` about, or None."""
        if actor == SYSTEM:
            return actor.name
        if actor == TIME:
            return actor.name if TIME_ROLE in event.by else None
        held, roles = _held(actor), self.workflow.roles
        theirs = (role for role in event.by if role in roles)
        return next((role for role in theirs if self._is_among(held, roles[role])), None)

    def _is_among(self, held: Collection[tuple[str | None, str]], role: Role) -> bool:
        party = self.party_of(role)
        return any((party, duty) in held for duty in role.duties)

    def events_here(self) -> Iterator[Event]:
        """The events that the present state allows, guards not asked."""
        for name in self.table.events(self.request.state):
            yield self.workflow.events[name]

    def needs(self, *events: Event) -> frozenset[str]:
        """Which facts the guards and letter conditions of `events` ask for."""
        names = {name for event in events for name in event.when}
        names |= {order.condition for event in events for order in event.letters if order.condition}
        return frozenset().union(*(self.rules.guards[name].needs for name in names))


def _held(actor: Actor) -> frozenset[tuple[str | None, str]]:
    return frozenset((contact.party, contact.duty) for contact in actor.contacts)


def once(known: dict[Hashable, Any], key: Hashable, work_out: Callable[[], Known]) -> Known:
    """What `known` has under `key`, worked out if it was not asked for before."""
    if key not in known:
        known[key] = work_out()
    return cast("Known", known[key])


class Happening(Struct, frozen=True, kw_only=True, eq=False):
    """Something that has come about: what letters tell of, and what their variables come from."""

    case: Case
    """The case as it stands after it."""
    act: Act
    role: str
    """The role in which the actor acted, or `system` or `time`."""
    at: datetime
    _known: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Known]) -> Known:
        """What `make` gives, worked out once for `key`: most that one letter tells of a happening
        the next one tells too.
        """
        return once(self._known, key, make)


def facts_read(case: Case, guards: Iterable[str]) -> Mapping[str, Any]:
    """The facts that the guards ask for, as plain values by the name of the need."""
    needs = frozenset[str]().union(*(case.rules.guards[name].needs for name in guards))
    return {need: _OF[need](case.facts, case.request) for need in sorted(needs & _OF.keys())}


def _agreement(facts: Facts, _request: Request) -> Any:
    agreement = facts.agreement
    if agreement is None:
        return None
    return {"id": agreement.id, "since": agreement.since, "to": agreement.to}


def _parties(facts: Facts, request: Request) -> Any:
    related = [party for party in (request.owner, request.borrower, request.requester) if party]
    known = {party: facts.parties[party] for party in related if party in facts.parties}
    return {
        "known": {
            each.id: [each.kind, each.side, each.name, each.organisation_number]
            for each in known.values()
        },
        "elearning": [contact.id for contact in facts.holders(request.owner, ELEARNING)],
    }


def _shares(facts: Facts, _request: Request) -> Any:
    return [[share.request, share.direction, share.borrower] for share in facts.shares]


_OF = {
    "agreement": _agreement,
    "short_name": lambda facts, _request: facts.short_name_taken_by,
    "shares": _shares,
    "same_course": lambda facts, _request: [
        [each.request, each.owner, each.borrower] for each in facts.same_course
    ],
    "similar": lambda facts, _request: [each.request for each in facts.similar],
    "rollup": lambda facts, _request: facts.rollup,
    "parties": _parties,
}


def clock_behind(case: Case, at: datetime) -> tuple[Reason, ...]:
    """Why nothing may happen at `at`: something has happened after it."""
    last = case.request.changed_at
    return () if at >= last else (Reason("clock_behind", {"at": at, "last": last}),)

"""Why a request stands where it stands, what comes next, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import OSLO
from engine.definition.types import TIME, Event, Workflow
from engine.model import Language, Reason, Request
from engine.plan.case import WRONG_PEOPLE, Case
from engine.plan.common_events.waiting import standing
from engine.plan.keeping import NO_REMARKS
from engine.plan.naming import event_title
from engine.plan.possible import blocked, nearest_onwards, owed_by, waits_for_opener, word_of
from engine.report import explaining
from engine.report.diagram import day_names
from engine.service.acts.acting import case_of
from engine.service.requests.show import Owed, one_at
from engine.service.site import Site
from engine.store.cases import queries, timers
from engine.store.cases.queries import HistoryRow
from engine.store.cases.timers import TimerRow
from engine.store.contacts import addresses, register
from engine.store.contacts.addresses import BounceRow
from engine.store.database import Transaction
from engine.store.encoding import instant
from engine.wording import sentence
from engine.wording.catalogue import say
from engine.wording.dates import day
from engine.wording.names import CORRECTION, HOLDER_NAMES, all_of
from engine.wording.undelivered import came_back


class Why(Struct, frozen=True, kw_only=True):
    """Everything that explains one request, in words."""

    state: str
    state_title: str
    because: tuple[str, ...]
    waiting_on: tuple[Owed, ...]
    next: tuple[tuple[datetime, str], ...]
    blocked: tuple[tuple[str, str, tuple[str, ...]], ...]
    """The event, what people call it, and every reason against it."""

    def document(self) -> dict[str, Any]:
        """As INTERFACE §3 has `request why`."""
        return {
            "state": self.state,
            "because": list(self.because),
            "waiting_on": [owed.document() for owed in self.waiting_on],
            "next": [{"at": instant(at), "what": what} for at, what in self.next],
            "blocked": [
                {"event": event, "reasons": list(reasons)} for event, _, reasons in self.blocked
            ],
        }


def why(site: Site, number: str, at: datetime, language: Language) -> Why:
    """The explanation of request `number` at `at`; NotFoundError when there is none."""
    view = one_at(site, number, at)
    workflow = view.routine.workflow
    with site.database.reading() as tx:
        rows = queries.history(tx, number)
        armed = timers.armed(tx, number)
        case = case_of(site, tx, number, at)
        held_back, owing = blocked(case, at), owed_by(case)
        names = {party.id: party.name for party in register.parties(tx).values()}
        returned = addresses.bounces(tx, request=number)
    left = nearest_onwards(case, at)[1] if waits_for_opener(case, at) else ()
    return Why(
        state=view.request.state,
        state_title=view.state_title(language),
        because=(
            *_because(workflow, rows, names, language),
            *_wrong_people(view.request, language),
            *_escalated(view.request.escalated_at, language),
            *_came_back(returned, language),
            *_sentences(left, language),
            *waits_told(case, at, language),
        ),
        waiting_on=view.owed,
        next=tuple(
            (timer.due_at, _what(workflow, _to_those_who_owe(timer, owing), language))
            for timer in armed
        ),
        blocked=tuple(
            (event.name, _called(workflow, event, language), _sentences(found, language))
            for event, found in held_back
        ),
    )


def waits_told(case: Case, at: datetime, language: Language) -> Iterator[str]:
    """Who has asked to be left in peace until which day, a sentence each."""
    for role, until in standing(case, at):
        who = HOLDER_NAMES[case.duty_of(role)][language]
        yield say("transcript.waits_for", language, who=who, day=day(until, language))


def next_of(tx: Transaction, case: Case, language: Language) -> tuple[datetime, str] | None:
    """When the next deadline of the request is due, and what it will do; None without one."""
    armed = timers.armed(tx, case.request.number)
    if not armed:
        return None
    timer = _to_those_who_owe(armed[0], owed_by(case))
    event = case.workflow.events.get(timer.target)
    into = case.workflow.states[event.to].titles[language] if event and event.to else ""
    what = explaining.coming(timer.action, timer.target, timer.roles, language, into=into)
    return timer.due_at, what


def teller(site: Site, language: Language) -> Callable[[TimerRow], str]:
    """What a deadline of any request will do, and by which rule, as a phrase; the routine's own
    words are those of its current version.
    """

    @cache
    def days(name: str) -> Mapping[str, str]:
        workflow = site.routines.named(name).workflow
        return {**_moves_by_time(workflow, language), **day_names(workflow, language)}

    def told(timer: TimerRow) -> str:
        known = timer.workflow in site.routines.current
        return explaining.comes(
            timer.action,
            timer.target,
            timer.roles,
            timer.rule,
            language,
            days=days(timer.workflow) if known else None,
        )

    return told


def _because(
    workflow: Workflow, rows: Sequence[HistoryRow], names: Mapping[str, str], language: Language
) -> Iterator[str]:
    """What brought the request into its state, and all that happened since, each a sentence."""
    moves = [row for row in rows if row.from_state != row.to_state]
    # One mail may open a request and move it on: its first event is where the answer begins.
    first = next(place for place, row in enumerate(rows) if row.cause == moves[-1].cause)
    for row in rows[first:]:
        yield explaining.happened(
            at=row.at.astimezone(OSLO),
            act=_act(workflow.events.get(row.event), row.event, language),
            word=_answered(workflow.events.get(row.event), row, language),
            state=workflow.states[row.to_state].titles[language],
            role=row.role,
            party=names.get(row.party or "", "").removesuffix(" HF"),
            cause=(row.cause.kind, row.cause.ref),
            note=row.note or "",
            language=language,
        )


def _wrong_people(request: Request, language: Language) -> Iterator[str]:
    gone = tuple(request.kept.get(WRONG_PEOPLE, ()))
    if gone:
        yield say("explaining.wrong_people", language, addresses=all_of(gone, language))


def _escalated(at: datetime | None, language: Language) -> Iterator[str]:
    if at is not None:
        yield explaining.escalated(at.astimezone(OSLO), language)


def _came_back(returned: Sequence[BounceRow], language: Language) -> Iterator[str]:
    for each in returned:
        at, late = each.at.astimezone(OSLO), each.outcome == "delayed"
        yield came_back(at, each.address, each.status, each.reason, language, late=late)


def _act(event: Event | None, name: str, language: Language) -> str:
    """How the event came about, as `explaining.happened` asks for it."""
    if event is None:
        return name
    if _word(event, language):
        return "word"
    return "form" if any(keep.kind == "form" for keep in event.keeps) else "other"


def _answered(event: Event | None, row: HistoryRow, language: Language) -> str:
    """The mail word of what happened; an opinion without a text is what «no remarks» says."""
    words = event.says.get(language, ()) if event and not row.note and row.actor else ()
    none = (word for word in words if word.casefold() in NO_REMARKS)
    return next(none, _word(event, language))


def _word(event: Event | None, language: Language) -> str:
    return (word_of(event, language) or "") if event else ""


def _called(workflow: Workflow, event: Event, language: Language) -> str:
    """The event's mail word; else the title of the state that it leads to, else what it does."""
    if event.to and not event.says:
        return workflow.states[event.to].titles[language]
    is_form = any(keep.kind == "form" for keep in event.keeps)
    does = CORRECTION[language] if is_form else event_title(workflow, event.name, language)
    return _word(event, language) or does


def _to_those_who_owe(timer: TimerRow, owing: Sequence[str]) -> TimerRow:
    """The reminder as it would be written now: whoever has answered gets none."""
    if timer.action != "remind":
        return timer
    return replace(timer, roles=tuple(role for role in timer.roles if role in owing) or timer.roles)


def _what(workflow: Workflow, timer: TimerRow, language: Language) -> str:
    event = workflow.events.get(timer.target)
    leads_to = event.to if event else None
    return explaining.comes(
        timer.action,
        timer.target,
        timer.roles,
        timer.rule,
        language,
        days={**_moves_by_time(workflow, language), **day_names(workflow, language)},
        into=workflow.states[leads_to].titles[language] if leads_to else "",
    )


def _moves_by_time(workflow: Workflow, language: Language) -> Mapping[str, str]:
    """The events that time brings about, as what a warning comes before."""
    return {
        event.name: explaining.moves_into(workflow.states[event.to].titles[language], language)
        for event in workflow.events.values()
        if event.by == (TIME,) and event.to
    }


def _sentences(reasons: tuple[Reason, ...], language: Language) -> tuple[str, ...]:
    return tuple(sentence(reason, language) for reason in reasons)

"""Requests as documents: where each stands, who is waited for, why, and what is possible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.domain.conditions import standing
from engine.domain.fields import called
from engine.domain.labels import label_of
from engine.model import Contact, Course, Facts, Language, Request
from engine.plan.case import Case
from engine.plan.possible import allowed, is_on_hold, owed_by
from engine.plan.timing import is_answered, waits_from
from engine.plan.yearly import due_at
from engine.service.acts.acting import case_of
from engine.service.requests.course import AGREEMENT_OWNER, course_of
from engine.service.site import Routine, Site
from engine.store import links
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.database import Transaction
from engine.store.encoding import instant, maybe_instant

Document = dict[str, Any]


class Owed(Struct, frozen=True, kw_only=True):
    """One who is waited for: which duty at which party, since when, and when it becomes late."""

    party: str | None
    duty: str
    since: datetime
    due: datetime | None

    def document(self) -> Document:
        """As INTERFACE §3 has it."""
        return {
            "party": self.party,
            "duty": self.duty,
            "since": instant(self.since),
            "due": maybe_instant(self.due),
        }


class View(Struct, frozen=True, kw_only=True):
    """A request as it stands, with its routine, its course and those who are waited for."""

    request: Request
    routine: Routine
    course: Course | None
    labels: tuple[str, ...]
    owed: tuple[Owed, ...]

    def document(self) -> Document:
        """As INTERFACE §3 has `request list`."""
        request, course = self.request, self.course_document()
        return {
            "id": request.number,
            "workflow": request.workflow,
            "version": request.version,
            "state": request.state,
            "final": self.routine.workflow.states[request.state].final,
            "labels": list(self.labels),
            "owner": request.owner,
            "borrower": request.borrower,
            "requester": request.requester,
            "course": course,
            "licence": course.get("licence") or None,
            "condition": standing(request.kept),
            "waiting_on": [owed.document() for owed in self.owed],
            "escalated_at": maybe_instant(request.escalated_at),
            "opened_at": instant(request.opened_at),
            "changed_at": instant(request.changed_at),
        }

    def course_document(self) -> Document:
        """What is known of the course: what people wrote, under what has been found valid."""
        course, request = self.course, self.request
        if course is None:
            name = called(self.routine.workflow.opens_with.form, request.form)
            return course_of(request.owner, request.form, ({}, {"full_name": name}))
        named = {
            "full_name": course.full_name,
            "short_name": course.short_name,
            "owner": course.owner,
            "licence": course.licence,
            "link": course.link,
        }
        return course_of(request.owner, request.form, (course.information, named))

    def state_title(self, language: Language) -> str:
        """What the state is called."""
        return self.routine.workflow.states[self.request.state].titles[language]


def one(site: Site, number: str) -> View:
    """The request with that number; NotFoundError when there is none."""
    with site.database.reading() as tx:
        return one_in(site, tx, number)


def one_in(site: Site, tx: Transaction, number: str) -> View:
    """As `one`, in the open transaction."""
    return _view(site, tx, queries.case(tx, number))


def waiting_at(site: Site, tx: Transaction, view: View, at: datetime) -> tuple[Owed, ...]:
    """Who is waited for at `at`: the agreement's owners while nothing else is missing (§7)."""
    if not view.owed or not is_on_hold(case_of(site, tx, view.request.number, at), at):
        return view.owed
    due = due_at(view.request)
    return (Owed(party=None, duty=AGREEMENT_OWNER, since=view.request.since, due=due),)


def one_at(site: Site, number: str, at: datetime) -> View:
    """As `one`, with those who are waited for at `at`."""
    with site.database.reading() as tx:
        view = one_in(site, tx, number)
        return replace(view, owed=waiting_at(site, tx, view, at))


def every(site: Site) -> tuple[View, ...]:
    """Every request, oldest first; a long list is quicker by `listing.lines`."""
    with site.database.reading() as tx:
        return tuple(_view(site, tx, row) for row in queries.cases(tx))


def request_document(site: Site, number: str, at: datetime) -> Document:
    """As INTERFACE §3 has `request show`, with what could happen at `at`."""
    view = one_at(site, number, at)
    with site.database.reading() as tx:
        possible = allowed(case_of(site, tx, number, at), at)
    return {
        **view.document(),
        "allowed": [{"event": event.name, "by": role} for event, role in possible],
    }


def link_of(site: Site, view: View) -> Document | None:
    """Where our letters say that the course is, and what was found there; None without a link."""
    url = view.request.kept.get("link") or (view.course.link if view.course else "")
    if not url:
        return None
    with site.database.reading() as tx:
        return links.document(url, links.one(tx, url))


def party_names(site: Site) -> dict[str, str]:
    """What each party is called, by its code."""
    with site.database.reading() as tx:
        return {party.id: party.name for party in register.parties(tx).values()}


def history_documents(site: Site, number: str) -> list[Document]:
    """As INTERFACE §3 has `request history`; NotFoundError for an unknown number."""
    with site.database.reading() as tx:
        queries.case(tx, number)
        rows = queries.history(tx, number)
    return [
        {
            "seq": row.seq,
            "at": instant(row.at),
            "recorded_at": instant(row.recorded_at),
            "event": row.event,
            "from": row.from_state,
            "to": row.to_state,
            "actor": row.actor,
            "for": row.acted_for,
            "cause": {"kind": row.cause.kind, "ref": row.cause.ref},
            "note": row.note,
            "hash": row.hash,
        }
        for row in rows
    ]


def _view(site: Site, tx: Transaction, row: queries.CaseRow) -> View:
    request = row.request
    routine = site.routines.version(tx, request.workflow, request.version)
    return View(
        request=request,
        routine=routine,
        course=row.course,
        labels=tuple(
            label_of("to_ks" if each == "to_ks" else "from_ks") for each in row.directions
        ),
        owed=tuple(_owed(site, tx, request, routine)),
    )


def _owed(site: Site, tx: Transaction, request: Request, routine: Routine) -> Iterator[Owed]:
    workflow = routine.workflow
    state = workflow.states[request.state]
    if not state.waits_for:
        return
    case = Case(
        workflow=workflow, table=routine.table, request=request, facts=Facts(), rules=site.rules
    )
    event = workflow.events.get(state.owes or "")
    if event is not None and case.needs(event):
        case = case_of(site, tx, request.number, request.changed_at, event=event.name)
    answered = is_answered(workflow, request)
    since = waits_from(request) if answered else request.since
    for name in owed_by(case.with_facts(replace(case.facts, contacts=_stand_ins(case)))):
        role = workflow.roles[name]
        yield Owed(party=case.party_of(role), duty=role.duty, since=since, due=due_at(request))


def _stand_ins(case: Case) -> tuple[Contact, ...]:
    """A holder for every role: who owes does not depend on whether the duty is held just now."""
    return tuple(
        Contact(
            id=0,
            party=party,
            duty=role.duty,
            email="",
            valid_from=case.request.opened_at.date(),
        )
        for role in case.workflow.roles.values()
        if (party := case.party_of(role))
    )

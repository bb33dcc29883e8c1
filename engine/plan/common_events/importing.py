"""Shares that existed before the program did: requests that begin where they rest, shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from engine.calendar import start_of_day
from engine.definition.types import State, Workflow
from engine.domain.course_information import Context, read
from engine.domain.days import read_day
from engine.domain.fields import COURSE_INFORMATION, FORMS, NOT_REGISTERED
from engine.domain.labels import direction_of
from engine.domain.register.parties import find_party, nearest
from engine.machine import Table
from engine.model import Act, Facts, Party, Plan, Reason, Request
from engine.plan.case import Case, Rules
from engine.plan.effects import stepped
from engine.plan.letters import COORDINATOR

IMPORTED = "imported"
"""The name in history of a share that existed already."""
REQUIRED = ("owner", "borrower", "short_name", "course", "since")
COLUMNS = (*REQUIRED, "licence", "link")


class Existing(Struct, frozen=True, kw_only=True):
    """One share as a list tells of it, understood."""

    owner: Party
    borrower: Party
    since: date
    workflow: Workflow
    form: Mapping[str, str]

    @property
    def key(self) -> str:
        """The idempotency key: one course of an owner is imported once for a borrower."""
        return f"import:{self.owner.id}:{self.form['short_name'].casefold()}:{self.borrower.id}"


def existing(
    row: Mapping[str, str],
    parties: Mapping[str, Party],
    workflows: Iterable[Workflow],
    today: date,
) -> Existing | tuple[Reason, ...]:
    """The share that a list's row means, or every reason why it means none."""
    faults = [Reason("column_empty", {"column": name}) for name in REQUIRED if not row.get(name)]
    since = read_day(row.get("since", ""))
    if row.get("since") and since is None:
        faults.append(Reason("day_unreadable", {"text": row["since"]}))
    if since is not None and since > today:
        faults.append(Reason("day_ahead", {"day": since}))
    faults += _unknown(row, parties)
    owner = find_party(row.get("owner", ""), parties)
    borrower = find_party(row.get("borrower", ""), parties)
    if owner is None or borrower is None:
        return tuple(faults)
    workflow = _routine(owner, borrower, workflows)
    if workflow is None:
        names = {"lender": owner.name, "taker": borrower.name}
        faults.append(Reason("no_routine_between", names))
    if faults or since is None or workflow is None:
        return tuple(faults)
    form = _form(row, owner, workflow)
    return Existing(owner=owner, borrower=borrower, since=since, workflow=workflow, form=form)


def _unknown(row: Mapping[str, str], parties: Mapping[str, Party]) -> Iterable[Reason]:
    for column in ("owner", "borrower"):
        text = row.get(column, "")
        if text and find_party(text, parties) is None:
            near = nearest(text, parties)
            yield Reason("unknown_party", {"text": text, "nearest": near, "field": column})


def _routine(owner: Party, borrower: Party, workflows: Iterable[Workflow]) -> Workflow | None:
    """The routine by which the two share: between the two sides, with nobody else who orders."""
    if owner.side == borrower.side:
        return None
    wanted = "to_ks" if owner.side == "trust" else "from_ks"
    for workflow in workflows:
        parties, state = workflow.opens_with.parties, resting(workflow)
        fits = state is not None and state.label and direction_of(state.label) == wanted
        fixed = parties.get("borrower") in {"sender", "form", borrower.id}
        if fits and fixed and "requester" not in parties:
            return workflow
    return None


def resting(workflow: Workflow) -> State | None:
    """The state in which a course is shared and nobody is waited for."""
    states = workflow.states.values()
    return next((state for state in states if state.label and not state.waits_for), None)


def _form(row: Mapping[str, str], owner: Party, workflow: Workflow) -> dict[str, str]:
    opening = workflow.opens_with
    points = set(COURSE_INFORMATION) & set(FORMS[opening.form].required)
    told = {
        "full_name": row["course"],
        "short_name": row["short_name"],
        "licence": row.get("licence", ""),
        "link": row.get("link", ""),
        "owner": owner.id if opening.parties.get("owner") == "form" else "",
    }
    unknown = {name: NOT_REGISTERED for name in COURSE_INFORMATION if name in points}
    return unknown | {name: text for name, text in told.items() if text}


def form_faults(share: Existing, facts: Facts, today: date) -> tuple[Reason, ...]:
    """Every fault in what the list says of the course; what it does not say is none."""
    context = Context(
        owner=share.owner,
        parties=facts.parties,
        elearning=(),
        today=today,
        short_name_taken_by=facts.short_name_taken_by,
        required=(),
    )
    return read(share.form, context).faults


def imported(
    share: Existing, table: Table, act: Act, at: datetime, *, facts: Facts, rules: Rules
) -> tuple[Plan, Case]:
    """(the plan of a request that begins shared since the day that the list gives, without
    letters; the case as it then stands).
    """
    state = resting(share.workflow)
    request = Request(
        id=0,
        number="",
        workflow=share.workflow.name,
        version=share.workflow.version,
        state=share.workflow.opens_with.state if state is None else state.name,
        since=min(start_of_day(share.since), at),
        owner=share.owner.id,
        borrower=share.borrower.id,
        requester=None,
        course=None,
        opened_at=at,
        changed_at=at,
        form=share.form,
    )
    case = Case(workflow=share.workflow, table=table, request=request, facts=facts, rules=rules)
    plan = stepped(case, act, COORDINATOR, before=None, after=request, at=at)
    return plan, case.after(plan)

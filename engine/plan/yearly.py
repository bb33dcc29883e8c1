"""The year of the networks: what is opened by time, for one network or area and year, and whether
it came in time, which is a function of dates and never set by hand (§2.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from engine.calendar import days_of, end_of_day
from engine.definition.types import Workflow
from engine.machine import Table
from engine.model import (
    TIME,
    Act,
    Cause,
    Facts,
    Plan,
    Proof,
    Request,
)
from engine.plan.case import Case, Rules
from engine.plan.effects import planned
from engine.plan.opening import OPEN

YEAR = "year"
"""The name under which such a request keeps the year that it is about."""
OWED: Final = frozenset({"not_delivered", "overdue", "returned", "open", "draft", "locked"})
"""The states in which a plan, a report or a roll-up is owed."""


def unopened(
    workflow: Workflow, rules: Rules, at: datetime, *, network: str, area: str, year: int
) -> Request:
    """The request that is to be opened at `at`: its parties, its year, and the days that it keeps.

    ValueError when the calendar does not reach the year.
    """
    opening = workflow.opens_with
    days = days_of(rules.calendar, opening.days, year, extended=rules.weekend_grace)
    given = {"network": network, "area": area}
    parties = {relation: given[what] for relation, what in opening.parties.items()}
    return Request(
        id=0,
        number="",
        workflow=workflow.name,
        version=workflow.version,
        state=opening.state,
        since=at,
        owner=parties.get("owner"),
        borrower=parties.get("borrower"),
        requester=parties.get("requester"),
        course=None,
        opened_at=at,
        changed_at=at,
        kept={YEAR: year, **{name: day.isoformat() for name, day in days.items()}},
    )


def opened_by_time(
    workflow: Workflow,
    table: Table,
    request: Request,
    *,
    facts: Facts,
    rules: Rules,
    key: str,
    cause: Cause,
) -> Plan:
    """The plan that opens `request`, as `unopened` made it."""
    at = request.opened_at
    case = Case(workflow=workflow, table=table, request=request, facts=facts, rules=rules)
    act = Act(event=OPEN, actor=TIME, proof=Proof.SITE, cause=cause, key=key)
    return planned(case, act, TIME.name, before=None, after=request, event=None, at=at)


def due_at(request: Request) -> datetime | None:
    """When what the request waits for is due: for a plan, a report or a roll-up that is owed the
    mandate's day, and not the day on which its year ends.
    """
    day = request.kept.get("deadline")
    if day is None or YEAR not in request.kept:
        return request.due_at
    return end_of_day(date.fromisoformat(day)) if request.state in OWED else None


DELIVERED: Final = "delivered"
DELIVER: Final = "deliver"
DELIVER_LATE: Final = "deliver_late"
CORRECT: Final = "correct"
READ_IN: Final = "read_in"


MISSING: Final = "missing_in_rollup"
OWING: Final = frozenset({"not_delivered", "overdue", "returned", MISSING})
"""The states in which something is waited for; elsewhere a delivery is a correction."""
TAKES: Final = OWING | {"delivered", "approved", "received"}
"""The states in which something can be delivered."""


CHASERS: Final = frozenset({"network_wanted", "network_reminder", "network_overdue"})
"""The letters that ask a network for what it owes."""

Punctuality = Literal["in_time", "in_time_weekend", "late", "waiting", "missing"]


def punctuality(
    delivered_at: datetime | None, kept: Mapping[str, Any], at: datetime
) -> Punctuality:
    """How what was first delivered at `delivered_at` stands to the days that the request keeps."""
    late_from = end_of_day(date.fromisoformat(kept["late_after"]))
    if delivered_at is None:
        return "missing" if at >= late_from else "waiting"
    if delivered_at < end_of_day(date.fromisoformat(kept["deadline"])):
        return "in_time"
    return "in_time_weekend" if delivered_at < late_from else "late"

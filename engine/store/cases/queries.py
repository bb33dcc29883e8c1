"""Reads for lists and reports: requests as they stand, their history, and what is shared."""

from __future__ import annotations

import difflib
from datetime import datetime

from msgspec import Struct

from engine.calendar import oslo_day
from engine.domain.conditions import standing
from engine.errors import NotFoundError
from engine.model import Cause, Course, KnownCourse, Reason, Request
from engine.store.cases.requests import read_course, read_request
from engine.store.database import Row, Transaction
from engine.store.encoding import read_as, read_maybe_instant, structure


class CaseRow(Struct, frozen=True, kw_only=True):
    """A request with its course, and the directions in which the course is shared by it."""

    request: Request
    course: Course | None
    directions: tuple[str, ...]


class HistoryRow(Struct, frozen=True, kw_only=True):
    """One event of a request as history has it."""

    seq: int
    at: datetime
    recorded_at: datetime
    event: str
    from_state: str | None
    to_state: str
    role: str
    party: str | None
    actor: str | None
    """None when it has been removed."""
    acted_for: str | None
    """Whom the actor acted for, where that was another."""
    cause: Cause
    key: str
    note: str | None
    workflow: str
    version: int
    hash: str


class CatalogueRow(Struct, frozen=True, kw_only=True):
    """One course that is shared now."""

    request: str
    course: str
    short_name: str
    owner: str
    borrower: str
    direction: str
    licence: str
    link: str
    condition: str | None
    since: datetime


def cases(tx: Transaction, *, workflow: str = "", state: str = "") -> tuple[CaseRow, ...]:
    """Every request, or those of a workflow or in a state, oldest first."""
    shared = directions(tx)
    rows = tx.all("request_cases", {"of_workflow": workflow, "of_state": state})
    return tuple(_case(row, shared) for row in rows)


def lines(
    tx: Transaction, *, workflow: str = "", state: str = "", brief: bool = False
) -> list[Row]:
    """What a list needs of every request, or of a workflow's or those in a state, oldest first.

    A `brief` one has forms, and what was found valid in them, only where no course has a name.
    """
    name = "request_lines_brief" if brief else "request_lines"
    return tx.all(name, {"of_workflow": workflow, "of_state": state})


def case(tx: Transaction, number: str) -> CaseRow:
    """The request with that number; NotFoundError when there is none."""
    row = tx.one("request_case", {"number": number})
    if row is None:
        raise no_request(tx, number)
    shares = tx.all("shares_of_request", {"of_request": row["id"]})
    return _case(row, {row["id"]: [share["direction"] for share in shares]})


def no_request(tx: Transaction, number: str) -> NotFoundError:
    """That there is no request of that number, with the one that may have been meant."""
    numbers = [row["number"] for row in tx.all("request_numbers")]
    found = difflib.get_close_matches(number.upper(), numbers, n=1, cutoff=0.8)
    values = {"number": number, "nearest": next(iter(found), "")}
    return NotFoundError(f"no request {number}", reason=Reason("request_missing", values))


def history(tx: Transaction, number: str) -> tuple[HistoryRow, ...]:
    """What has happened to the request, oldest first; empty for an unknown number."""
    return tuple(_history(row) for row in tx.all("history_of_request", {"number": number}))


def catalogue(tx: Transaction) -> tuple[CatalogueRow, ...]:
    """What is shared now, by whom and to whom, the longest shared first."""
    return tuple(
        read_as(
            CatalogueRow,
            row,
            request=row["number"],
            course=row["full_name"],
            owner=row["lender"],
            condition=standing(structure(row["kept"])),
        )
        for row in tx.all("catalogue")
    )


def known_courses(tx: Transaction) -> tuple[KnownCourse, ...]:
    """Every course that some request has been about, shared or not, the longest known first."""
    return tuple(
        read_as(KnownCourse, row, request=row["number"]) for row in tx.all("known_courses")
    )


def counts(tx: Transaction) -> dict[tuple[str, str], int]:
    """How many requests stand in each (workflow, state)."""
    rows = tx.all("request_counts")
    return {(row["workflow"], row["state"]): row["number"] for row in rows}


def recorded_span(tx: Transaction) -> tuple[datetime | None, datetime | None]:
    """When the first and the last event were recorded, by the machine's clock; None before any."""
    row = tx.one("recorded_span") or {"first": None, "last": None}
    return read_maybe_instant(row["first"]), read_maybe_instant(row["last"])


def last_event_at(tx: Transaction) -> datetime | None:
    """The business time of the site's last event; None before the first."""
    row = tx.one("last_event")
    return None if row is None else read_maybe_instant(row["at"])


def directions(tx: Transaction) -> dict[int, list[str]]:
    """By request's id, the directions in which its course is shared now."""
    found: dict[int, list[str]] = {}
    for row in tx.all("active_shares"):
        found.setdefault(row["request"], []).append(row["direction"])
    return found


def agreed(tx: Transaction, at: datetime) -> bool:
    """Whether an agreement is in force at `at`."""
    day = oslo_day(at).isoformat()
    return any(row["since"] <= day < row["until"] for row in tx.all("agreements"))


def _case(row: Row, shared: dict[int, list[str]]) -> CaseRow:
    return CaseRow(
        request=read_request(row),
        course=None if row["course"] is None else read_course(row, "course_"),
        directions=tuple(shared.get(row["id"], ())),
    )


def _history(row: Row) -> HistoryRow:
    outcome = structure(row["outcome"]) if row["outcome"] else {}
    cause = Cause(row["cause_kind"], row["cause_ref"])
    return read_as(HistoryRow, row, cause=cause, acted_for=outcome.get("for"))

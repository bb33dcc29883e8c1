"""A request's row as the frozen value, and back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import asdict

from engine.model import Cause, Course, LastAct, Request, Share
from engine.store.database import Row, Transaction
from engine.store.encoding import (
    as_it_stands,
    canonical,
    instant,
    kept,
    maybe_instant,
    names_text,
    read_as,
    read_instant,
    read_maybe_instant,
    structure,
)


def load_request(tx: Transaction, number: str) -> Request | None:
    """The request with that number, locked against others' changes in a writing transaction."""
    # SQLite's writing transaction holds the one write lock already.
    name = "request_by_number_locked" if tx.writes else "request_by_number"
    row = tx.one(name, {"number": number})
    return None if row is None else read_request(row)


def ask_ahead(tx: Transaction, number: str, key: str) -> None:
    """Let a server tell of the request, and of the act with that key, with its next answer: who
    acts on a request will ask for both, with nothing written in between.
    """
    tx.ahead("request_by_number_locked" if tx.writes else "request_by_number", {"number": number})
    tx.ahead("history_by_key", {"key": key})


def load_requests(tx: Transaction, numbers: Iterable[str]) -> dict[str, Request]:
    """Those of the requests that there are, by number; locked as by `load_request`."""
    name = "requests_by_numbers_locked" if tx.writes else "requests_by_numbers"
    rows = tx.all(name, {"numbers": canonical(sorted(numbers))})
    return {row["number"]: read_request(row) for row in rows}


def requests_of(tx: Transaction, parties: Iterable[str]) -> tuple[Request, ...]:
    """Every request to which one of `parties` is owner, borrower or requester, oldest first."""
    rows = tx.all("requests_of_parties", {"parties": canonical(sorted(parties))})
    return tuple(read_request(row) for row in rows)


def load_courses(tx: Transaction, ids: Iterable[int]) -> dict[int, Course]:
    """The courses with those ids, by id."""
    rows = tx.all("courses_by_ids", {"ids": canonical(sorted(ids))})
    return {row["id"]: read_course(row) for row in rows}


def mark_escalated(tx: Transaction, request: int, at: datetime) -> None:
    """Record that a wait was taken to the coordinators at `at`; the next move clears it."""
    tx.run("request_escalated", {"of_request": request, "at": instant(at)})


def read_request(row: Row) -> Request:
    """The request that a row of the table `request` stands for."""
    return Request(
        id=row["id"],
        number=row["number"] or "",
        workflow=row["workflow"],
        version=row["version"],
        state=row["state"],
        since=read_instant(row["since"]),
        owner=row["owner"],
        borrower=row["borrower"],
        requester=row["requester"],
        course=row["course"],
        opened_at=read_instant(row["opened_at"]),
        changed_at=read_instant(row["changed_at"]),
        due_at=read_maybe_instant(row["due_at"]),
        escalated_at=read_maybe_instant(row["escalated_at"]),
        form=kept(row["form"]),
        kept=kept(row["kept"]),
        done=tuple(structure(row["done"])),
        seq=row["seq"],
        head=row["head"],
        last_act=None if row["last_act"] is None else _last_act(structure(row["last_act"])),
    )


def _last_act(stored: Any) -> LastAct:
    return read_as(LastAct, stored, cause=Cause(*stored["cause"]))


def request_params(request: Request) -> dict[str, Any]:
    """Every column of `request` but `id`, as parameters."""
    return {
        "number": request.number or None,
        "workflow": request.workflow,
        "opened_at": instant(request.opened_at),
        **moving_params(request),
    }


def moving_params(request: Request) -> dict[str, Any]:
    """Every column of `request` that may be another after an event, as parameters."""
    act = request.last_act
    return {
        "version": request.version,
        "state": request.state,
        "since": instant(request.since),
        "owner": request.owner,
        "borrower": request.borrower,
        "requester": request.requester,
        "course": request.course,
        "changed_at": instant(request.changed_at),
        "due_at": maybe_instant(request.due_at),
        "escalated_at": maybe_instant(request.escalated_at),
        "form": canonical(request.form),
        "kept": canonical(request.kept),
        "done": names_text(request.done),
        "seq": request.seq,
        "head": request.head,
        "last_act": None if act is None else _last_act_text(act),
    }


def _last_act_text(act: LastAct) -> str:
    cause, form, kept_then = act.cause, as_it_stands(act.form), as_it_stands(act.kept)
    told = {"cause": [cause.kind, cause.ref], "form": form, "kept": kept_then}
    return canonical({**asdict(act), **told})


def read_course(row: Row, prefix: str = "") -> Course:
    """The course that a row stands for; `prefix` goes before each column's name but `id`."""
    return Course(
        id=row["course" if prefix else "id"],
        owner=row[f"{prefix}owner"],
        short_name=row[f"{prefix}short_name"],
        full_name=row[f"{prefix}full_name"],
        claimed=row[f"{prefix}platform"] is not None,
        licence=row[f"{prefix}licence"],
        link=row[f"{prefix}link"],
        information=kept(row[f"{prefix}information"]),
    )


def read_share(row: Row) -> Share:
    """The share that a row of `share` with its request's number stands for."""
    return Share(
        id=row["id"],
        course=row["course"],
        direction=row["direction"],
        lender=row["lender"],
        borrower=row["borrower"],
        since=read_instant(row["since"]),
        request=row["number"],
    )

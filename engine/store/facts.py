"""What a decision needs to know, read in bulk inside the transaction that will act on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from engine.domain.networks import rollup
from engine.domain.similar import similar
from engine.model import (
    MIGRATE,
    MIGRATE_BACK,
    UNDO,
    Contact,
    Course,
    Facts,
    KnownCourse,
    Language,
    Party,
    Share,
    SharedCourse,
)
from engine.store.cases import reports
from engine.store.cases.queries import known_courses
from engine.store.cases.requests import load_request, read_course, read_share
from engine.store.cases.yearly import bodies, plan_kept
from engine.store.contacts.addresses import suspended
from engine.store.contacts.known import known
from engine.store.contacts.networks import priority_areas
from engine.store.contacts.people import away, provisional
from engine.store.contacts.register import (
    agreement_on,
    all_parties,
    contacts_of_address,
    read_contacts,
)
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, read_as

__all__ = ["Beforehand", "Wanted", "contacts_of_address", "load_request", "read_facts"]


Move = tuple[str, str | None, str]
"""(event, state before, state after)."""


class Beforehand(Struct, frozen=True, kw_only=True):
    """What has been read already in the same transaction, for many requests at once."""

    courses: Mapping[int, Course] = field(default_factory=dict)
    moves: Mapping[int, tuple[Move, ...]] = field(default_factory=dict)
    """The history that stands, by the request's id."""


NOTHING = Beforehand()


class Wanted(Struct, frozen=True, kw_only=True):
    """What a decision asks for."""

    parties: Collection[str]
    """The request's parties and the fixed ones of its workflow; their contacts are read too."""
    day: date
    needs: Collection[str] = ()
    """Of `agreement`, `short_name`, `shares`, `same_course`, `similar`, `history`, `rollup`,
    `parties` (the whole register).
    """
    course: int | None = None
    beforehand: Beforehand = NOTHING
    short_name: str = ""
    """The short name that the request wants; another holder of it is looked up by `short_name`."""
    full_name: str = ""
    """What the course is called; shares of courses of that name are looked up by `same_course`,
    courses of like names by `similar`.
    """
    request: int = 0
    """The id of the request itself; 0 while it is being opened."""
    neutral_language: Language = "nb"
    area: str = ""
    """The area that a request opened by time is about; its bodies' names are read too."""
    year: int = 0
    """The year that it is about."""
    rolls_up: bool = False
    """Whether the request is the area's roll-up, whose letters show it as a draft."""
    plan_of: str = ""
    """The network whose plan for `plan_year` its form is filled in from."""
    plan_year: int = 0


def read_facts(tx: Transaction, wanted: Wanted) -> Facts:
    """The facts that are wanted; empty where nobody asked."""
    needs = wanted.needs
    return replace(
        _of_register(tx, wanted),
        course=_course(tx, wanted),
        short_name_taken_by=_holder(tx, wanted) if "short_name" in needs else None,
        shares=_shares(tx, wanted.course) if "shares" in needs else (),
        same_course=_same_course(tx, wanted) if "same_course" in needs else (),
        similar=_similar(tx, wanted) if "similar" in needs else (),
        history=_moves(tx, wanted) if "history" in needs else (),
        priority_areas=priority_areas(tx, wanted.area, wanted.year) if wanted.area else (),
        bodies=bodies(tx, wanted.area) if wanted.area else {},
        rollup=_rollup(tx, wanted) if wanted.area and wanted.rolls_up else {},
        earlier=plan_kept(tx, wanted.plan_of, wanted.plan_year) if wanted.plan_of else {},
    )


def _of_register(tx: Transaction, wanted: Wanted) -> Facts:
    """The facts that the register tells: the same for every request of the same parties."""
    every, agreed = "parties" in wanted.needs, "agreement" in wanted.needs
    return known(
        tx,
        ("facts", frozenset(wanted.parties), wanted.day, wanted.neutral_language, every, agreed),
        lambda: Facts(
            parties=_parties(tx, wanted),
            contacts=_contacts(tx, wanted),
            away=away(tx, wanted.day),
            provisional=provisional(tx, wanted.day),
            suspended=frozenset(suspended(tx)),
            neutral_language=wanted.neutral_language,
            agreement=agreement_on(tx, wanted.day) if agreed else None,
        ),
    )


def _rollup(tx: Transaction, wanted: Wanted) -> Mapping[str, Any]:
    return rollup.as_record(reports.reports_of_year(tx, wanted.area, wanted.year, all_parties(tx)))


def _parties(tx: Transaction, wanted: Wanted) -> Mapping[str, Party]:
    if "parties" in wanted.needs:
        return all_parties(tx)

    def read() -> Mapping[str, Party]:
        every = all_parties(tx)
        return {party: every[party] for party in sorted(wanted.parties) if party in every}

    return known(tx, ("parties", frozenset(wanted.parties)), read)


def _contacts(tx: Transaction, wanted: Wanted) -> tuple[Contact, ...]:
    def read() -> tuple[Contact, ...]:
        params = {"day": wanted.day.isoformat(), "parties": canonical(sorted(wanted.parties))}
        return read_contacts(tx.all("contacts_for_facts", params))

    return known(tx, ("contacts", wanted.day, frozenset(wanted.parties)), read)


def _course(tx: Transaction, wanted: Wanted) -> Course | None:
    if wanted.course is None:
        return None
    if wanted.course in wanted.beforehand.courses:
        return wanted.beforehand.courses[wanted.course]
    row = tx.one("course_by_id", {"of_course": wanted.course})
    return None if row is None else read_course(row)


def _holder(tx: Transaction, wanted: Wanted) -> str | None:
    row = tx.one(
        "short_name_holder",
        {
            "short_name_key": wanted.short_name.casefold(),
            "of_course": wanted.course or 0,
            "of_request": wanted.request,
        },
    )
    return None if row is None else str(row["number"])


def _shares(tx: Transaction, course: int | None) -> tuple[Share, ...]:
    if course is None:
        return ()
    return tuple(read_share(row) for row in tx.all("shares_of_course", {"of_course": course}))


def _same_course(tx: Transaction, wanted: Wanted) -> tuple[SharedCourse, ...]:
    rows = tx.all(
        "shares_by_name",
        {
            "short_name_key": wanted.short_name.casefold(),
            "full_name": " ".join(wanted.full_name.split()),
        },
    )
    return tuple(
        read_as(SharedCourse, row, request=row["number"], owner=row["lender"]) for row in rows
    )


def _similar(tx: Transaction, wanted: Wanted) -> tuple[KnownCourse, ...]:
    text = f"{wanted.full_name} {wanted.short_name}".strip()
    return similar(text, known_courses(tx)) if text else ()


def _moves(tx: Transaction, wanted: Wanted) -> tuple[Move, ...]:
    read = wanted.beforehand.moves.get(wanted.request)
    if read is not None:
        return read
    return _standing(tx.all("history_moves", {"of_request": wanted.request}))


def load_moves(tx: Transaction, requests: Collection[int]) -> dict[int, tuple[Move, ...]]:
    """What has happened to each of the requests and stands, by their ids."""
    found: dict[int, list[Row]] = {request: [] for request in requests}
    for row in tx.all("history_moves_together", {"requests": canonical(sorted(requests))}):
        found[row["request"]].append(row)
    return {request: _standing(rows) for request, rows in found.items()}


def _standing(rows: Iterable[Row]) -> tuple[Move, ...]:
    """What has happened and stands: neither what was taken back, nor the taking back of it, nor
    that another version of the routine took over.
    """
    standing: list[Row] = []
    for row in rows:
        if row["event"] in (MIGRATE, MIGRATE_BACK):
            continue
        if row["event"] != UNDO:
            standing.append(row)
            continue
        undone = _cause(standing[-1])
        while len(standing) > 1 and _cause(standing[-1]) == undone:
            standing.pop()
    return tuple((row["event"], row["from_state"], row["to_state"]) for row in standing)


def _cause(row: Row) -> tuple[str, str]:
    return row["cause_kind"], row["cause_ref"]

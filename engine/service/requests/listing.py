"""Every request in one line: where it stands and who is waited for, for many of them at once.

A list is long and says little of each request. So it is read without making the values that a
decision is made on; only where the guards of a routine say who is still waited for, they are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct

from engine.domain.conditions import standing
from engine.domain.fields import called
from engine.domain.labels import label_of
from engine.domain.register.parties import party_meant
from engine.errors import DefinitionError, NotFoundError
from engine.model import LANGUAGES, Language, Reason
from engine.service.requests.named import one_of
from engine.service.requests.read_only import Look
from engine.service.requests.show import Owed, one_in, waiting_at
from engine.store import workflows
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.database import Row, Transaction
from engine.store.encoding import instant, structure
from engine.wording.meant import folded

if TYPE_CHECKING:  # what these import takes longer than the list itself
    from engine.definition.types import Workflow
    from engine.service.site import Site
from engine.service.requests.course import Document, course_of

Waited = tuple[str | None, str]
"""One who is waited for: (party, duty)."""


class Line(Struct, frozen=True):
    """A request as a list tells of it; `row` is its own and its course's, instants as text.

    One that was read briefly knows what a table shows, and gives no `document`.
    """

    row: Row
    standing: Standing
    labels: tuple[str, ...]
    owed: tuple[Waited, ...]
    since: str
    """From when on they are waited for."""

    def document(self) -> Document:
        """As INTERFACE §3 has `request list`: `request show` without what is possible now."""
        row = self.row
        course = self._course()
        waiting = {"since": self.since, "due": row["due_at"]}
        return {
            "id": row["number"],
            "workflow": row["workflow"],
            "version": row["version"],
            "state": row["state"],
            "final": self.standing.final,
            "labels": list(self.labels),
            "owner": row["owner"],
            "borrower": row["borrower"],
            "requester": row["requester"],
            "course": course,
            "licence": course.get("licence") or None,
            "condition": standing(structure(row["kept"])),
            "waiting_on": [{"party": party, "duty": duty, **waiting} for party, duty in self.owed],
            "escalated_at": row["escalated_at"],
            "opened_at": row["opened_at"],
            "changed_at": row["changed_at"],
        }

    def course_name(self) -> str:
        """What the course is called; empty where nobody has said it."""
        if name := self.row["course_full_name"]:
            return str(name)
        return str(self._course()["full_name"])

    def is_late(self, instant_text: str) -> bool:
        """Whether a wait is over at that instant, written as the database writes instants."""
        due = self.row["due_at"]
        return bool(self.owed) and due is not None and due <= instant_text

    def _course(self) -> Document:
        form = structure(self.row["form"])
        course = course_of(self.row["owner"], form, self._registered())
        return course | {"full_name": course["full_name"] or called(self.standing.form, form)}

    def _registered(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        row = self.row
        if row["course_owner"] is None:
            return {}, {}
        named = {
            name: row[f"course_{name}"]
            for name in ("full_name", "short_name", "owner", "licence", "link")
        }
        return structure(row["course_information"]), named


class Standing(Struct, frozen=True):
    """What all requests have in common that stand in one state of one version of a routine."""

    name: str
    titles: Mapping[Language, str]
    final: bool
    waited: Callable[[Row], tuple[Waited, ...]] | None
    """Who is waited for; None where that takes more than the request's own row."""
    going_on: bool = False
    """Whether the system may take such a request on by itself, which an agreement may hold up."""
    fault: Reason | None = None
    """Why nothing more can be said of them."""
    form: str = ""
    """The form that such requests open with."""
    routine: Mapping[Language, str] | None = None
    """What their routine is called; None where it cannot be read."""

    @property
    def called(self) -> frozenset[str]:
        """What the state may be called, its name among it, as texts are compared."""
        return frozenset(folded(each) for each in (self.name, *self.titles.values()))


def lines(
    look: Look,
    at: datetime,
    *,
    workflow: str = "",
    state: str = "",
    waiting_on: str = "",
    overdue: bool = False,
    brief: bool = False,
) -> tuple[Line, ...]:
    """Every request that fits, oldest first; `overdue` means that a wait is late at `at`.

    A routine, a state and a party are found by name or title. NotFoundError names those that are
    near, for what is none of them.
    """
    late = instant(at)
    with look.database.reading() as tx:
        routine = workflow and _routine_meant(look, tx, workflow)
        party = waiting_on and party_meant(waiting_on, register.parties(tx))
        found = tuple(_lines(look, tx, at, workflow=routine, state=state, brief=brief))
        if state and not found:
            _check_state(look, tx, state)
        return tuple(
            line
            for line in found
            if (not party or any(each == party for each, _ in line.owed))
            and (not overdue or line.is_late(late))
        )


def _routine_meant(look: Look, tx: Transaction, text: str) -> str:
    if any(kept.name == text for kept in workflows.listed(tx)):
        return text
    known = {name: tuple(each.titles.values()) for name, each in _routines(look, tx).items()}
    return one_of(text, known, "routine_unknown")


def _check_state(look: Look, tx: Transaction, text: str) -> None:
    states = [state for each in _routines(look, tx).values() for state in each.states.values()]
    known: dict[str, set[str]] = {}
    for state in states:
        known.setdefault(state.name, set()).update(state.titles.values())
    shown = {
        language: tuple(dict.fromkeys(state.titles[language] for state in states))
        for language in LANGUAGES
    }
    one_of(text, known, "state_unknown", shown)


def _routines(look: Look, tx: Transaction) -> Mapping[str, Workflow]:
    """Every routine that the site has used, in its newest version."""
    kept = {each.name: each for each in workflows.listed(tx)}
    return {name: look.read(each.text, name) for name, each in kept.items()}


def _lines(
    look: Look, tx: Transaction, at: datetime, *, workflow: str, state: str, brief: bool
) -> Iterator[Line]:
    shared = queries.directions(tx)
    may_be_on_hold = not queries.agreed(tx, at)
    standings: dict[tuple[str, int, str], Standing] = {}
    routine = cache(partial(look.workflow, tx))
    wanted = folded(state)
    for row in queries.lines(tx, workflow=workflow, brief=brief):
        key = (row["workflow"], row["version"], row["state"])
        standing = standings.get(key)
        if standing is None:
            standing = standings[key] = _standing_told(routine, key)
        if wanted and wanted not in standing.called:
            continue
        if standing.waited and not (may_be_on_hold and standing.going_on):
            owed, since = standing.waited(row), row["since"]
        else:
            asked = _asked(look.whole(), tx, row["number"], at)
            owed = tuple((each.party, each.duty) for each in asked)
            since = instant(asked[0].since) if asked else row["since"]
        labels = _labels(shared[row["id"]]) if row["id"] in shared else ()
        yield Line(row, standing, labels, owed, since)


def _asked(site: Site, tx: Transaction, number: str, at: datetime) -> tuple[Owed, ...]:
    """Who is waited for by the guards of the routine, which see all of the request."""
    return waiting_at(site, tx, one_in(site, tx, number), at)


def _labels(directions: Iterable[str]) -> tuple[str, ...]:
    return tuple(label_of("to_ks" if each == "to_ks" else "from_ks") for each in directions)


def _standing_told(routine: Callable[[str, int], Workflow], key: tuple[str, int, str]) -> Standing:
    """As `_standing`; where the routine cannot be read, what the row itself says, and why."""
    name, version, state = key
    try:
        return _standing(routine(name, version), state)
    except (NotFoundError, DefinitionError, KeyError):
        values = {"workflow": name, "version": version, "state": state}
        fault = Reason("state_unreadable", values)
        titles: Mapping[Language, str] = dict.fromkeys(LANGUAGES, state)
        return Standing(state, titles, final=False, waited=lambda _: (), fault=fault)


def _standing(workflow: Workflow, name: str) -> Standing:
    state = workflow.states[name]
    roles = [workflow.roles[role] for role in state.waits_for]
    # (the relation whose party it is, or else the party itself, the duty)
    known = [(role.of, role.party, role.duty) for role in roles]
    fixed = tuple((party, duty) for _, party, duty in known)
    is_fixed = not any(of for of, _, _ in known)

    def waited(row: Row) -> tuple[Waited, ...]:
        if is_fixed:
            return fixed
        return tuple([(row[of] if of else party, duty) for of, party, duty in known])

    going_on = any(name in workflow.events[event].sources for event in workflow.on_open)
    asked = waited if state.owes is None else None
    form = workflow.opens_with.form
    return Standing(
        name, state.titles, state.final, asked, going_on, form=form, routine=workflow.titles
    )

"""Whether what the site holds hangs together, by the routines that its requests follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from engine.calendar import last_day, oslo_time
from engine.definition.types import Workflow
from engine.domain.labels import direction_of
from engine.errors import DefinitionError, NotFoundError
from engine.model import Request, TimerDraft
from engine.plan.timing import BESIDE, next_occurrence, timers_for
from engine.service.site import Site
from engine.service.time.due import ONE_DAY
from engine.store.database import Row, Transaction
from engine.store.encoding import read_instant
from engine.store.verifying.verify import Verification, general, verify

FARTHEST: Final = timedelta(days=3660)
"""How far a rhythm is followed from its beginning."""
A_MOMENT: Final = timedelta(seconds=1)


def verified(
    site: Site, progress: Callable[[str, int], None] = lambda _what, _count: None
) -> Verification:
    """Everything that is broken in history, requests, shares, timers, letters and numbers.

    Nothing is changed. `progress` is told (what, how many so far) now and then.
    """
    with site.database.reading() as tx:
        return verified_in(tx, site, progress)


def verified_in(
    tx: Transaction, site: Site, progress: Callable[[str, int], None] = lambda _what, _count: None
) -> Verification:
    """As `verified`, of what stands in an open transaction."""
    found = verify(tx, _Rules(site, tx), progress)
    damage = (general(found) for found in site.database.damage(tx))
    return replace(found, broken=(*found.broken, *damage))


class _Rules(Struct, frozen=True):
    site: Site
    tx: Transaction

    def label(self, workflow: str, version: int, state: str) -> str | None:
        states = self._routine(workflow, version).states
        if state not in states:
            raise LookupError(f"{workflow} {version} has no state {state}")
        label = states[state].label
        return None if label is None else direction_of(label)

    def is_event(self, workflow: str, version: int, event: str) -> bool:
        return event in self._routine(workflow, version).events

    def sha256(self, workflow: str, version: int) -> str | None:
        routine = self.site.routines.current.get(workflow)
        if routine is None or routine.workflow.version != version:
            return None
        return routine.workflow.sha256

    def timers(self, request: Request) -> Sequence[TimerDraft]:
        routine = self._routine(request.workflow, request.version)
        return timers_for(routine, request, self.site.rules.calendar)

    def beside(self, timer: Row) -> bool:
        return timer["target"] in BESIDE

    def in_rhythm(self, timer: Row, draft: TimerDraft) -> bool:
        due, every, first = read_instant(timer["due_at"]), draft.every, draft.due_at
        if draft.action == "fire":
            # The release before closed at the clock time of the last day, and what it armed stays.
            first = min(first, datetime.combine(last_day(first), oslo_time(due).timetz()))
            if timer["occurrence"]:
                every = ONE_DAY  # an event that was refused is tried again each day
        if due in (first, draft.due_at):
            return True
        if not every or not first < due < first + FARTHEST:
            return False
        calendar = self.site.rules.calendar
        return next_occurrence(calendar, first, every, due - A_MOMENT) == due

    def _routine(self, name: str, version: int) -> Workflow:
        try:
            return self.site.routines.version(self.tx, name, version).workflow
        except NotFoundError as error:
            raise LookupError(f"{name} has no version {version}") from error
        except DefinitionError as error:
            raise LookupError(f"the text of {name} {version} cannot be read") from error

"""One event on many requests: a command for each, with one lock, one reading and one commit."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from engine.model import Act, Cause, Course, Reason, Request
from engine.plan.case import Case
from engine.service.acts.acting import Step, act_on, read_case, write
from engine.service.acts.batch import Batch
from engine.service.acts.commands import Done, act_of, done_before, done_for, foreseen, run, written
from engine.service.site import Site
from engine.store.cases.queries import no_request
from engine.store.cases.requests import load_courses, load_requests
from engine.store.database import Transaction
from engine.store.facts import Beforehand


class Refused(Struct, frozen=True, kw_only=True):
    """A request on which the event was not allowed; nothing of it is written."""

    number: str
    reasons: tuple[Reason, ...]


def fire_all(
    site: Site,
    numbers: Sequence[str],
    event: str,
    *,
    email: str,
    at: datetime,
    note: str = "",
    values: Mapping[str, str] | None = None,
    key: str = "",
    dry_run: bool = False,
) -> tuple[Done | Refused, ...]:
    """The event fired on each request on behalf of the holder `email`, all of them in one
    transaction; what it came to, in the order of `numbers`, each of them once.

    What is refused does not keep the others from happening. Every act has a key of its own, made
    of `key`: what was done under it before is told, and not done again. RefusedError when the
    address holds no duty.
    """
    stem = key or str(uuid.uuid4())
    wanted = {number: f"{stem}/{number}" for number in numbers}

    def work(tx: Transaction) -> tuple[Done | Refused, ...]:
        act = act_of(tx, event, email=email, at=at, key=stem, note=note, values=values)
        act = done_for(act)
        # Locked before their keys are looked for: the same may just have been told by another.
        requests = load_requests(tx, wanted)
        done = _done_already(tx, wanted) if key else {}
        batch = _Acts(site=site, tx=tx, at=at, requests=requests, dry_run=dry_run)
        for number, own in wanted.items():
            if number not in done:
                one = replace(act, cause=Cause("command", own), key=f"cli:{own}")
                batch.take(number, one)
        batch.write()
        return tuple(done.get(number) or batch.told[number] for number in wanted)

    return run(site, work, dry_run=dry_run)


def _done_already(tx: Transaction, wanted: Mapping[str, str]) -> dict[str, Done]:
    found = ((number, done_before(tx, key)) for number, key in wanted.items())
    return {number: done for number, done in found if done is not None}


@dataclass(slots=True, kw_only=True)
class _Acts:
    site: Site
    tx: Transaction
    at: datetime
    requests: Mapping[str, Request]
    dry_run: bool
    told: dict[str, Done | Refused] = field(default_factory=dict)
    _courses: Mapping[int, Course] = field(init=False)
    _waiting: list[tuple[str, Step]] = field(default_factory=list)
    _batch: Batch = field(default_factory=Batch)

    def __post_init__(self) -> None:
        ids = {each.course for each in self.requests.values() if each.course is not None}
        self._courses = load_courses(self.tx, ids)

    def take(self, number: str, act: Act) -> None:
        """Decide what the act comes to; it is written with the next ones, unless refused."""
        request = self.requests.get(number)
        if request is None:
            missing = no_request(self.tx, number).reason
            self.told[number] = Refused(number=number, reasons=(missing,) if missing else ())
            return
        step = act_on(self._case(request, act), act, self.at)
        if step.reasons:
            self.told[number] = Refused(number=number, reasons=step.reasons)
        elif self.dry_run:
            self.told[number] = foreseen(step)
        else:
            self._waiting.append((number, step))
            self._touch(step)

    def write(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        plans = [plan for _, step in waiting for plan in step.events]
        applied = iter(write(self.site, self.tx, plans))
        for number, step in waiting:
            self.told[number] = written(step, [next(applied) for _ in step.events])
        if self._batch.written():
            # Courses may stand otherwise now: whoever comes next reads their own anew.
            self._courses = {}

    def _case(self, request: Request, act: Act) -> Case:
        case = self._read(request, act)
        if not self._waiting or not self._batch.concerns(case):
            return case
        self.write()
        return self._read(request, act)

    def _read(self, request: Request, act: Act) -> Case:
        return read_case(
            self.site,
            self.tx,
            request,
            self.at,
            event=act.event,
            values=act.values,
            beforehand=Beforehand(courses=self._courses),
        )

    def _touch(self, step: Step) -> None:
        changed = any(plan.course or plan.share for plan in step.events)
        if step.case is not None and changed and not self._batch.add(step.case):
            self.write()

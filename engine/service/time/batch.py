"""A batch of due timers, decided and written together as far as they have nothing to do with each
other.

Deciding reads, and what is read must stand when it is decided on. Requests about different courses
do not read what one of them changes, so they are decided one after the other and written in one
go: a statement for all of them costs far less than one for each. As soon as a request is about
something that one before it has touched, what waits is written first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct, field
from msgspec.structs import replace

from engine.errors import StoreError
from engine.model import Cause, Request
from engine.service.acts.acting import read_case, write
from engine.service.acts.batch import Batch
from engine.service.networks.cycle_letters import post
from engine.service.site import Site
from engine.service.time.due import ALWAYS, Acted, Ready, decided, fired_first, read
from engine.store.cases import timers
from engine.store.cases.requests import load_courses, load_requests, mark_escalated
from engine.store.cases.timers import TimerRow
from engine.store.database import Transaction
from engine.store.facts import Beforehand, load_moves

MOVING = ("fired", "put_off")
"""What writes a step of the request; everything else writes letters at most."""


def together(
    site: Site, tx: Transaction, due: Mapping[str, Sequence[TimerRow]], at: datetime
) -> list[Acted]:
    """What the due timers of each request came to, all written."""
    requests = load_requests(tx, due)
    ids = {each.id for each in requests.values()}
    batch = _Due(
        site=site,
        tx=tx,
        at=at,
        requests=requests,
        beforehand=Beforehand(
            courses=load_courses(tx, {each.course for each in requests.values() if each.course}),
            moves=load_moves(tx, ids),
        ),
        armed=timers.of_requests(tx, ids),
    )
    for number, theirs in due.items():
        batch.take(number, fired_first(theirs))
    batch.write()
    return batch.written


class _Due(Struct, kw_only=True):
    site: Site
    tx: Transaction
    at: datetime
    requests: Mapping[str, Request]
    beforehand: Beforehand
    armed: Mapping[int, Sequence[TimerRow]]
    """Each request's timers, read after all of them were locked."""
    written: list[Acted] = field(default_factory=list)
    _waiting: list[Acted] = field(default_factory=list)
    _batch: Batch = field(default_factory=Batch)

    def take(self, number: str, fires: str | None) -> None:
        """Decide what the due timers of one request come to."""
        request = self.requests[number]
        case = read_case(
            self.site,
            self.tx,
            request,
            self.at,
            event=fires,
            needs=ALWAYS,
            beforehand=self.beforehand,
        )
        if self._waiting and self._batch.concerns(case):
            self.write()
            case = read(self.site, self.tx, number, self.at, fires)
        ready = Ready(case=case, fires=fires, armed=self.armed[request.id])
        for acted in decided(self.site, self.tx, ready, self.at):
            self._waiting.append(acted)
            if acted.outcome == "fired" and not acted.has_moved:
                self.write()
        if not self._batch.add(case):
            self.write()

    def write(self) -> None:
        """Write what waits."""
        acted, self._waiting = self._waiting, []
        self._batch.written()
        if not acted:
            return
        # Courses may stand otherwise now: whoever comes next reads their own anew.
        self.beforehand = replace(self.beforehand, courses={})
        timers.finish_all(self.tx, [(each.timer.id, each.again) for each in acted])
        self._apply(acted)
        self.written += [self._posted(each) for each in acted]

    def _apply(self, acted: Iterable[Acted]) -> None:
        happened = [each for each in acted if each.outcome in MOVING and each.step]
        plans = [plan for each in happened if each.step for plan in each.step.events]
        if not plans:
            return
        done = write(self.site, self.tx, plans)
        if len(happened) > 1 and (len(done) < len(plans) or any(each.repeated for each in done)):
            # One that has happened already ends what is written with it: each by itself, then.
            raise StoreError("a deadline of this batch has acted before")

    def _posted(self, acted: Acted) -> Acted:
        """The same, with the letters of its own that it really needed, written."""
        timer = acted.timer
        if acted.outcome == "escalated" or (acted.outcome == "refused" and acted.letters):
            mark_escalated(self.tx, timer.request_id, self.at)
        needed = tuple(
            draft
            for n, draft in enumerate(acted.letters)
            if post(
                self.site,
                self.tx,
                draft,
                seed=f"{timer.key}|{n}",
                request_id=timer.request_id,
                number=timer.request,
                cause=Cause("timer", str(timer.id)),
                at=self.at,
                workflow=timer.workflow,
            )
        )
        return replace(acted, letters=needed)

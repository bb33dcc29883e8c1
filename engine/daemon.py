"""The clock of a worker: APScheduler wakes the jobs, in UTC, and knows nothing of what they do.

Deadlines are rows in the database. Here is only a heartbeat, so that nothing is lost when it is
late, doubled or gone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from threading import Lock
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

Work = Callable[[], None]
GRACE: Final = timedelta(seconds=4)
"""How long work in hand may take to end once the worker is told to stop."""


class Daemon:
    """Runs every job at once and then at each interval, one after the other, until told to stop."""

    def __init__(self, interval: timedelta, failed: Callable[[str, Exception], None]) -> None:
        """`failed` is told (job, error) of what could not be done; the next turn tries again."""
        # It warns of each turn that is skipped because the one before still runs.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._interval = interval
        self._failed = failed
        self._stopping = False
        # Unlike an Event, it may be told by a signal handler in the middle of being asked.
        self._told: SimpleQueue[None] = SimpleQueue()
        self._turn = Lock()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def add(self, name: str, work: Work) -> None:
        """Let `work` be done as the job `name`, after those that were added before."""
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=self._interval.total_seconds(), timezone=UTC),
            args=(name, work),
            id=name,
            next_run_time=datetime.now(UTC),
        )

    def run(self) -> bool:
        """Work until `stop` is called; whether all work in hand was finished then."""
        self._scheduler.start()
        self._told.get()
        self._scheduler.shutdown(wait=False)
        finished = self._turn.acquire(timeout=GRACE.total_seconds())
        if finished:
            # A job that was queued still has its turn, in which it sees that it shall not begin.
            self._turn.release()
        return finished

    def stop(self) -> None:
        """Begin nothing more; may be called from a signal handler and from any thread."""
        self._stopping = True
        self._told.put(None)

    def go_on(self) -> bool:
        """Whether a job that has done a piece of its work may begin the next one."""
        return not self._stopping

    def wake(self, job: str) -> None:
        """Let one job run now, without waiting for its turn."""
        if self.go_on():
            self._scheduler.modify_job(job, next_run_time=datetime.now(UTC))

    def _run(self, name: str, work: Work) -> None:
        with self._turn:
            if not self.go_on():
                return
            try:
                work()
            except Exception as error:  # noqa: BLE001 – it is told, and the next turn tries again
                self._failed(name, error)

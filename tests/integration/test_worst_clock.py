"""A machine's clock that jumps, or goes otherwise than the database's: `doctor` says so, and a
worker that is gone is not taken for one that runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.service.site import Site
from engine.service.upkeep.health import examined
from engine.store import heartbeats
from engine.store.heartbeats import Heartbeat
from tests.integration.office import Office, new_office


@dataclass(slots=True)
class Clock:
    """A clock that is off by so much."""

    right: Site
    off: timedelta = timedelta(0)

    def now(self) -> datetime:
        """What it shows."""
        return self.right.clock.now() + self.off


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path / "site")
    with closing(office.site.database):
        office.open()
        yield office


def found(office: Office, clock: Clock, check: str) -> list[tuple[str, str]]:
    """(state, code) of everything that the doctor says about a part of the site."""
    site = replace(office.site, clock=clock)
    looked_at = examined(site, office.at.date())
    return [(each.state, each.code) for each in looked_at if each.check == check]


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (timedelta(0), ("ok", "clock_right")),
        (timedelta(seconds=20), ("warning", "clocks_apart")),
        (timedelta(hours=1), ("broken", "clocks_apart")),
        # What was recorded is from a time that has not come yet.
        (timedelta(hours=-1), ("broken", "clock_behind")),
    ],
)
def test_a_clock_that_is_off_is_told_of(
    office: Office, off: timedelta, said: tuple[str, str]
) -> None:
    assert found(office, Clock(office.site, off), "clock") == [said]


@pytest.mark.parametrize("off", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_a_worker_that_is_gone_is_noticed_whichever_way_the_clock_was_set(
    office: Office, off: timedelta
) -> None:
    clock = Clock(office.site)
    beat = Heartbeat(worker="other:1", at=clock.now(), doing="mail", interval=timedelta(seconds=30))
    with office.site.database.transaction() as tx:
        heartbeats.beat(tx, beat)
    assert found(office, clock, "workers") == [("ok", "worker_runs")]
    clock.off = off
    assert found(office, clock, "workers") == [("broken", "worker_silent")]

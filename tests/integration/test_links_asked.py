"""The links of shared courses are asked each week: each once, a host at a time, by any worker."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from engine.app import open_site
from engine.service.acts import commands
from engine.service.requests import shared_links as module
from engine.service.requests.shared_links import (
    LEASE,
    PAUSE,
    REST,
    LinkRounds,
    asked,
    due,
    every_link,
)
from engine.service.site import Site
from engine.service.time.simulate import simulate
from engine.service.time.sweep import sweep
from engine.store import links
from engine.store.links import SharedLink
from tests.integration import postgres
from tests.integration.linked import GONE, WEEK, Wall, Web, shared, with_web
from tests.integration.office import OWNER, PLATFORM, Office, new_office
from tests.integration.standing import stand

ONE, TWO, OTHER = "https://kurs.example/1", "https://kurs.example/2", "https://annet.example/"


@dataclass(slots=True)
class Asking:
    """An office with a worker that asks a web."""

    office: Office
    web: Web = field(default_factory=Web)
    wall: Wall = field(default_factory=Wall)
    worker: LinkRounds = field(init=False)

    def __post_init__(self) -> None:
        self.worker = LinkRounds(site=self.site)

    @property
    def site(self) -> Site:
        return with_web(self.office.site, self.web, self.wall)

    def turn(self, **later: int) -> list[str]:
        """What the worker asks for in one turn, after some time."""
        self.office.later(**later)
        self.wall.later(**later)
        before = len(self.web.asked)
        self.worker.make(self.office.at)
        return self.web.asked[before:]


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    return Asking(new_office(tmp_path / "site"))


def test_each_link_is_asked_once_and_again_after_a_week(asking: Asking) -> None:
    shared(asking.office, ONE, OTHER, ONE)
    assert sorted(asking.turn()) == [OTHER, ONE]
    assert asking.turn(minutes=1) == []
    assert asking.turn(days=6) == []
    assert sorted(asking.turn(days=1)) == [OTHER, ONE]


def test_a_link_that_failed_is_asked_again_the_next_day(asking: Asking) -> None:
    shared(asking.office, ONE, OTHER)
    asking.web.answers[ONE] = GONE
    asking.turn()
    assert asking.turn(days=1) == [ONE]
    assert asking.turn(days=1) == [ONE]
    del asking.web.answers[ONE]
    assert asking.turn(days=1) == [ONE]
    assert asking.turn(days=1) == []


def test_links_of_one_host_wait_for_each_other_and_leave_it_a_pause(asking: Asking) -> None:
    shared(asking.office, ONE, TWO)
    assert asking.turn() == [ONE]
    assert asking.turn(seconds=1) == []
    assert asking.turn(seconds=int(PAUSE.total_seconds()) - 1) == [TWO]


def test_a_site_whose_settings_say_nothing_of_links_asks_for_none(asking: Asking) -> None:
    shared(asking.office, ONE)
    assert asking.office.site.links_every is None
    idle = with_web(asking.office.site, asking.web, asking.wall, every=None)
    assert LinkRounds(site=idle).make(asking.office.at) == 0
    assert asking.web.asked == []


def test_the_settings_decide_how_often(tmp_path: Path) -> None:
    office = new_office(tmp_path / "site", links__check="true", links__every_days="3")
    assert office.site.links_every == timedelta(days=3)


def test_a_worker_with_nothing_to_ask_for_does_not_look_each_turn(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    real = links.shared
    monkeypatch.setattr(links, "shared", lambda tx: (looked.append(1), real(tx))[1])
    for _ in range(10):
        asking.turn(seconds=30)
    assert len(looked) == 1
    asking.turn(seconds=int(REST.total_seconds()))
    assert len(looked) == 2


def test_what_is_shared_no_more_is_asked_no_more_and_forgotten(asking: Asking) -> None:
    (number, _) = shared(asking.office, ONE, OTHER)
    asking.turn()
    commands.fire(
        asking.office.site, number, "end_share", email=OWNER, at=asking.office.at,
        values={"ends_on": str(asking.office.at.date())},
    )  # fmt: skip
    asking.office.later(days=1)
    sweep(asking.office.site, asking.office.at)
    assert asking.office.state(number) == "ended"
    assert asking.turn(days=6) == [OTHER]
    with asking.site.database.reading() as tx:
        assert list(links.known(tx)) == [OTHER]


def test_a_link_that_was_given_later_counts_and_not_the_forms(asking: Asking) -> None:
    office = asking.office
    workflow = office.site.routines.named("ks_orders_from_hf").workflow
    number = stand(office.site, workflow, "shared", office.at)
    with office.site.database.reading() as tx:
        assert links.shared(tx) == ()
    for url in (ONE, OTHER):
        office.later(hours=1)
        commands.fire(
            office.site, number, "correct_link", email=PLATFORM, at=office.at, values={"link": url}
        )
    with office.site.database.reading() as tx:
        (found,) = links.shared(tx)
    assert found == SharedLink(request=number, course=found.course, url=OTHER)
    assert asking.turn() == [OTHER]


def test_a_worker_that_is_told_to_stop_leaves_the_answer_to_another_time(asking: Asking) -> None:
    shared(asking.office, ONE)
    going, freed = threading.Event(), threading.Event()
    going.set()

    def hanging(_: str) -> None:
        going.clear()
        freed.wait(20)

    asking.web.meanwhile = hanging
    begun = time.monotonic()
    assert asking.worker.make(asking.office.at, going.is_set) == 0
    assert time.monotonic() - begun < 4
    freed.set()
    asking.web.meanwhile = lambda _: None
    assert asking.worker.make(asking.office.at, lambda: False) == 0
    with asking.site.database.reading() as tx:
        assert links.known(tx) == {}
    assert asking.turn(seconds=10) == [ONE]


def test_a_name_that_is_looked_up_for_ever_is_given_up(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared(asking.office, ONE, OTHER)
    freed = threading.Event()
    asking.web.meanwhile = lambda url: None if url == OTHER else bool(freed.wait(20)) or None
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    assert len(asking.turn()) == 2
    freed.set()
    with asking.site.database.reading() as tx:
        found = {url: each.state for url, each in links.known(tx).items()}
    assert found == {ONE: "unknown", OTHER: "alive"}


def test_a_link_that_nobody_thought_of_stops_no_other(asking: Asking) -> None:
    shared(asking.office, ONE, OTHER)

    def failing(url: str) -> None:
        if url == ONE:
            raise RuntimeError("no such case")

    asking.web.meanwhile = failing
    asking.turn()
    with asking.site.database.reading() as tx:
        found = {url: (each.state, each.why) for url, each in links.known(tx).items()}
    assert found == {ONE: ("unknown", "link_fault"), OTHER: ("alive", "link_answered")}


def test_a_link_of_absurd_length_is_left_alone(asking: Asking) -> None:
    shared(asking.office, ONE, f"https://kurs.example/{'a' * 3000}")
    assert asking.turn() == [ONE]
    assert asking.turn(minutes=11) == []


def test_a_host_that_a_dead_worker_holds_is_free_again_after_a_while(asking: Asking) -> None:
    shared(asking.office, ONE)
    with asking.site.database.transaction() as tx:
        now = asking.wall.now()
        assert links.claim(tx, "kurs.example", now=now, until=now + LEASE)
    assert asking.turn(seconds=60) == []
    assert asking.turn(seconds=60) == [ONE]


def test_what_another_worker_has_asked_meanwhile_is_not_asked_again(asking: Asking) -> None:
    shared(asking.office, ONE)
    site, at = asking.site, asking.office.at
    pending = due(site, at, WEEK)
    assert asking.turn() == [ONE]
    asking.wall.later(minutes=1)
    assert asked(site, pending, at) == (ONE,)
    assert asking.web.asked == [ONE]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_workers_ask_each_link_once_and_never_two_of_a_host_together(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings: dict[str, str] = {}
    if kind == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        settings["database"] = postgres.new_database(server, "links")
    office = new_office(tmp_path / "site", **settings)
    urls = [f"https://{host}.example/{n}" for host in ("a", "b", "c") for n in range(3)]
    shared(office, *urls)
    web, wall = Web(meanwhile=lambda _: time.sleep(0.02)), Wall()
    sites = [open_site(office.site.folder) for _ in range(3)]
    workers = [LinkRounds(site=with_web(site, web, wall)) for site in sites]
    with ThreadPoolExecutor(len(workers)) as pool:
        for _ in range(30):
            list(pool.map(lambda worker: worker.make(office.at), workers))
            wall.later(seconds=int(PAUSE.total_seconds()))
            if len(web.asked) == len(urls):
                break
        list(pool.map(lambda worker: worker.make(office.at), workers))
    for each in (*sites, office.site):
        each.database.close()
    assert sorted(web.asked) == urls
    assert web.together == 1


def test_a_simulation_asks_nobody(asking: Asking) -> None:
    shared(asking.office, ONE)
    asking.turn()
    told = list(simulate(asking.site, asking.office.at, asking.office.at + timedelta(days=400)))
    assert told
    assert asking.web.asked == [ONE]


def test_every_link_can_be_asked_whenever_somebody_wants(asking: Asking) -> None:
    shared(asking.office, ONE, OTHER)
    asking.turn()
    assert set(every_link(asking.site)) == {ONE, OTHER}
    asking.wall.later(minutes=1)
    assert set(asked(asking.site, every_link(asking.site), asking.office.at)) == {ONE, OTHER}
    assert len(asking.web.asked) == 4

"""Two hosts work on one PostgreSQL, and the link between them is cut while one of them has a
transaction open and letters at its mail server: the other goes on, the cut one notices, comes back
by itself, and everything is done, once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from engine.service import receive
from engine.service.deliver import LEASE, deliver
from engine.service.upkeep.health import examined
from engine.service.upkeep.verifying import verified
from engine.store import heartbeats
from engine.store.mail_in import inbox
from tests.acceptance.site import PROGRAM
from tests.integration import postgres, worst_network
from tests.integration.office import OWNER, PLATFORM, SUBJECT, Office, form, new_office
from tests.integration.worst_network import HERE, HOST, THERE
from tests.integration.worst_server import Taken
from tests.soak import SOAK

FIRST = "KD-2026-0001"
"""The request that an answer is about when the link is cut."""
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
CUT_FOR = 30.0 if SOAK else 5.0
"""Seconds; longer where the other host takes longer to notice."""
IMPATIENT = (
    "?connect_timeout=2&tcp_user_timeout=2000"
    "&keepalives_idle=1&keepalives_interval=1&keepalives_count=2"
)
"""A short cut is noticed by whoever gives a silent server up after two seconds."""
AHEAD, DURING, AFTER = 1, 4, 2
"""How many mails open a request before the cut, while it lasts, and after it."""


@dataclass(slots=True)
class Hosts:
    """One site on two hosts, each with a mail server of its own."""

    office: Office
    there: Path
    taken_here: Taken
    taken_there: Taken
    address: str
    opened: int = 0
    answer: int = 0
    """The mail that is being judged on the other host when the link is cut."""

    def worker(self, name: str, stack: ExitStack) -> subprocess.Popen[bytes]:
        """`kursdeling run`, here or there by the name, every second."""
        there = name.startswith("there")
        site = self.there if there else self.office.site.folder
        at = f"{self.office.at:%FT%TZ}"
        words = [PROGRAM, "--site", site, "--at", at, "run", "--interval", "1"]
        told = stack.enter_context((site.parent / f"told-{name}").open("wb"))
        running = worst_network.running(words, told, there=there, cwd=ROOT)
        return stack.enter_context(running)

    def told(self, name: str) -> str:
        """What a worker has said."""
        return (self.there.parent / f"told-{name}").read_text("utf-8")

    def openings(self, count: int) -> None:
        """Store mails that each open a request; nobody has judged them."""
        for _ in range(count):
            self.opened += 1
            name = f"SI-{self.opened}"
            words = form(Kursets_kortnavn=name, Fullt_navn_på_kurset=f"Kurs {name}")
            self.store(self.office.raw(OWNER, SUBJECT, words))

    def sending(self) -> set[str]:
        """The Message-IDs of letters that a worker has in hand."""
        return {row.message_id for row in self.office.letters() if row.state == "sending"}

    def store(self, raw: bytes) -> int:
        """Take a mail that nobody has judged yet; its id."""
        return receive.take(self.office.site, raw, "test", self.office.at)

    def has_opened(self, count: int) -> bool:
        """Whether so many mails have opened a request, besides the first."""
        with self.office.site.database.reading() as tx:
            verdicts = Counter(row.verdict for row in inbox.listed(tx))
        return verdicts["opened"] == 1 + count

    def is_answered(self) -> bool:
        """Whether the mail that was being judged at the cut has been judged."""
        with self.office.site.database.reading() as tx:
            return inbox.get(tx, self.answer).verdict == "fired"

    def all_sent(self, but: set[str]) -> bool:
        """Whether every other letter has been sent."""
        rows = self.office.letters()
        return all(row.state == "sent" for row in rows if row.message_id not in but)

    def silent(self) -> list[str]:
        """The host of each worker that has not been heard of for too long."""
        now = self.office.site.clock.now()
        with self.office.site.database.reading() as tx:
            found = [each for each in heartbeats.listed(tx) if each.is_stale(now)]
        return [each.worker.partition(":")[0] for each in found]


def until(true: Callable[[], object], what: str) -> float:
    """Wait until something holds; how long that took."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() < begun + PATIENCE, what
        time.sleep(0.05)
    return time.monotonic() - begun


@pytest.fixture
def hosts(tmp_path: Path) -> Iterator[Hosts]:
    with ExitStack() as stack:
        stack.enter_context(worst_network.other_host())
        programs, listens = postgres.binaries_or_skip(), f"127.0.0.1,{HERE}"
        server = stack.enter_context(postgres.server(programs, listens=listens))
        worst_network.let_in(server)
        port = str(postgres.free_port())
        taken = [Taken(tmp_path / name) for name in ("here.ledger", "there.ledger")]
        for each, is_there in zip(taken, (False, True), strict=True):
            words = [sys.executable, "-m", "tests.integration.worst_server", port, each.ledger]
            process = stack.enter_context(worst_network.running(words, there=is_there, cwd=ROOT))
            assert process.stdout is not None
            assert process.stdout.readline() == b"listening\n"
        address = postgres.new_database(server, "hosts")
        office = new_office(
            tmp_path / "here",
            database=address,
            letters__brake_per_hour="0",
            letters__transport="smtp",
            smtp__host="127.0.0.1",
            smtp__port=port,
        )
        stack.enter_context(closing(office.site.database))
        # One site on two hosts: the same settings and key, another way to the database.
        there = tmp_path / "there"
        shutil.copytree(office.site.folder, there)
        settings = there / "kursdeling.toml"
        other = address.replace("127.0.0.1", HERE) + ("" if SOAK else IMPATIENT)
        text = settings.read_text("utf-8")
        assert address in text
        settings.write_text(text.replace(address, other), encoding="utf-8")
        yield Hosts(office, there, taken[0], taken[1], address)


def brought_to_the_middle(hosts: Hosts, stack: ExitStack) -> list[subprocess.Popen[bytes]]:
    """Workers on the other host, one in the middle of a transaction, one of handing letters over,
    and then the cut.
    """
    office = hosts.office
    assert office.open(Kursets_kortnavn="SI-0") == FIRST
    subject = f"SV: {office.last(PLATFORM).subject}"
    hosts.taken_there.gate.touch()
    with psycopg.connect(hosts.address) as holding:
        holding.execute("SELECT 1 FROM request WHERE number = %s FOR UPDATE", [FIRST])
        hosts.answer = hosts.store(office.raw(PLATFORM, subject, "GODTATT"))
        hosts.openings(AHEAD)
        workers = [hosts.worker(name, stack) for name in ("there-1", "there-2")]
        until(lambda: waiting_for(hosts) == [THERE], "nobody waits for the request")
        until(hosts.taken_there.entries, "no letter is on its way")
        worst_network.cut()
    hosts.taken_there.gate.unlink()
    return workers


def waiting_for(hosts: Hosts) -> list[str]:
    """From where the clients come that wait for a row that another one has locked."""
    asked = "SELECT client_addr::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with psycopg.connect(hosts.address) as connection:
        return [row[0].partition("/")[0] for row in connection.execute(asked)]


def while_it_is_cut(hosts: Hosts) -> None:
    """The host here does its own work and takes over the other's, which is seen to be silent."""
    begun = time.monotonic()
    hosts.openings(DURING)
    goes_on = until(lambda: hosts.has_opened(AHEAD + DURING), "here stands still")
    took_over = until(hosts.is_answered, "what the cut host had locked stays locked")
    until(lambda: hosts.silent() == [HOST] * 2, "nobody sees that the other host is silent")
    found = examined(hosts.office.site, hosts.office.at.date())
    assert [each.state for each in found if each.code == "worker_silent"] == ["broken"] * 2
    for name in ("there-1", "there-2"):
        until(lambda: "PostgreSQL: " in hosts.told(name), f"{name} has not noticed")  # noqa: B023 – asked at once
    noticed = time.monotonic() - begun
    time.sleep(max(0.0, CUT_FOR - noticed))
    sys.stdout.write(
        f"cut for {time.monotonic() - begun:.1f} s: {DURING} mails judged here after"
        f" {goes_on:.1f} s, what was locked taken over after {goes_on + took_over:.1f} s,"
        f" noticed there within {noticed:.1f} s; "
    )


def test_a_cut_link_stops_one_host_for_a_while_and_loses_and_doubles_nothing(hosts: Hosts) -> None:
    with ExitStack() as there:
        workers = brought_to_the_middle(hosts, there)
        in_hand = hosts.sending()
        with ExitStack() as here:
            other = hosts.worker("here", here)
            while_it_is_cut(hosts)
            worst_network.join()
            back = until(lambda: not hosts.silent(), "the other host does not come back")
            other.terminate()
            assert other.wait(30) == 0
        hosts.openings(AFTER)
        until(lambda: hosts.has_opened(AHEAD + DURING + AFTER), "there is nobody there")
        until(lambda: hosts.sending() <= in_hand and hosts.all_sent(but=in_hand), "letters wait")
        for worker in workers:
            assert worker.poll() is None
            worker.terminate()
            assert worker.wait(30) == 0
    sys.stdout.write(f"back after {back:.1f} s; {len(in_hand)} letters in hand\n")
    assert_done_once(hosts, in_hand)


def assert_done_once(hosts: Hosts, in_hand: set[str]) -> None:
    """Everything has happened once; only letters in hand at the cut may have gone twice."""
    # What could not be recorded as sent is another's when its lease is over.
    deliver(hosts.office.site, hosts.office.at + 3 * LEASE)
    arrived = hosts.taken_here.names() + hosts.taken_there.names()
    contents = {*hosts.taken_here.entries(), *hosts.taken_there.entries()}
    letters = hosts.office.letters()
    assert {row.state for row in letters} == {"sent"}
    assert arrived.keys() == {row.message_id for row in letters}
    assert len(contents) == len(arrived)
    assert {name for name, times in arrived.items() if times > 1} <= in_hand
    assert max(arrived.values()) <= 2
    assert 0 < len(in_hand) <= 2 * AHEAD
    for name in ("there-1", "there-2", "here"):
        assert "Traceback" not in hosts.told(name)
    assert hosts.office.events(FIRST).count("accept") == 1
    assert verified(hosts.office.site).broken == ()

"""What takes too long for every run of the tests: many deadlines, a full disk, a cut link."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bench import stand
from engine.store import letters, timers
from tests.acceptance.site import PROGRAM, Program
from tests.acceptance.test_worst_daemon import on_postgresql, opening, sent, until, worker
from tests.integration import postgres, restarted
from tests.integration.disks import REQUIRED, small_disk

OVERDUE = stand.AT + timedelta(days=9)
CUT_FOR = 30.0
HERE, THERE = "10.213.7.1", "10.213.7.2"
"""The server's end of the link, and the other host's."""
HOST = "kursdeling-other"


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a new, empty PostgreSQL database."""
    with postgres.server(postgres.binaries_or_skip()) as address:
        yield postgres.new_database(address, "kursdeling")


def test_four_workers_let_every_deadline_act_once(tmp_path: Path, url: str) -> None:
    count = 10_000
    site = stand.new_site(tmp_path / "site", count, url)
    words = [PROGRAM, "--site", tmp_path / "site", "--at", f"{OVERDUE:%FT%TZ}", "--json", "sweep"]
    begun = time.monotonic()
    workers = [subprocess.Popen(words, stdout=subprocess.PIPE) for _ in range(4)]
    told = [each.communicate()[0] for each in workers]
    took = time.monotonic() - begun
    assert [each.returncode for each in workers] == [0] * 4
    with closing(site.database), site.database.reading() as tx:
        acted = [row.occurrence for row in timers.armed(tx) if row.action == "remind"]
        reminders = Counter(row.cause.ref for row in letters.listed(tx) if row.template == "remind")
    shares = [int(str(line).partition('"reminded": ')[2].partition(",")[0]) for line in told]
    sys.stdout.write(f"{count + 1} deadlines in {took:.1f} s by four workers: {shares}\n")
    assert acted == [1] * (count + 1)
    assert len(reminders) == count + 1
    assert set(reminders.values()) == {1}
    assert sum(shares) == count + 1


def test_a_worker_goes_on_by_itself_when_the_disk_has_room_again(
    program: Program, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", megabytes=12) as disk:
        moved = Program(folder=disk.folder / "site")
        disk.take_in(program.folder, moved.folder)
        moved.take(opening(0))
        with worker(moved) as process:
            until(lambda: sent(moved, 1))
            disk.fill()
            refused = moved.run("mail", "take", "-", stdin=opening(1))
            assert refused.code == 75
            assert "Traceback" not in refused.err
            time.sleep(1.2)
            assert process.poll() is None
            disk.make_room()
            moved.take(opening(1))
            until(lambda: sent(moved, 2))
            process.terminate()
            assert process.wait(10) == 0
        assert moved.one("db", "verify")["ok"]


def ip(*words: str) -> None:
    """Run `ip`; only root may."""
    done = subprocess.run(["ip", *words], capture_output=True, check=False)  # noqa: S607 – iproute2's place differs
    if done.returncode != 0:
        reason = f"ip {' '.join(words)}: {done.stderr.decode().strip()}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def other_host() -> Iterator[None]:
    """A network namespace that a link joins to this one."""
    ip("netns", "add", HOST)
    try:
        ip("link", "add", "kd-here", "type", "veth", "peer", "name", "kd-there", "netns", HOST)
        ip("address", "add", f"{HERE}/30", "dev", "kd-here")
        ip("link", "set", "kd-here", "up")
        ip("-n", HOST, "address", "add", f"{THERE}/30", "dev", "kd-there")
        ip("-n", HOST, "link", "set", "kd-there", "up")
        ip("-n", HOST, "link", "set", "lo", "up")
        yield
    finally:
        subprocess.run(["ip", "netns", "del", HOST], check=False)  # noqa: S607 – as above


@contextmanager
def worker_there(program: Program) -> Iterator[subprocess.Popen[bytes]]:
    """`kursdeling run` on the other host."""
    words = [PROGRAM, "--site", program.folder, "--at", "2026-03-05", "run", "--interval", "1"]
    with (program.folder.parent / "told-there").open("wb") as told:
        process = subprocess.Popen(
            ["ip", "netns", "exec", HOST, *words],  # noqa: S607 – as above
            stderr=told,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_two_hosts_go_on_when_the_link_between_them_was_cut(tmp_path: Path) -> None:
    with other_host(), restarted.server() as server:
        server.stop()
        with (server.data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {HERE}/30 trust\n")
        server.listens = f"127.0.0.1,{HERE}"
        server.start()
        url = postgres.new_database(server.address, "kursdeling")
        here = on_postgresql(tmp_path / "here", url)
        # One site on two hosts: the same settings and key, another way to the database.
        there = Program(folder=copied(here.folder, tmp_path / "there", "127.0.0.1", HERE))
        with worker(here) as first, worker_there(there) as second:
            for n in range(10):
                here.take(opening(n))
            until(lambda: sent(here, 10))
            for n in range(10, 20):
                here.take(opening(n))
                if n == 12:
                    ip("link", "set", "kd-here", "down")
                    cut = time.monotonic()
            until(lambda: all_judged(here, 20))
            time.sleep(max(0.0, CUT_FOR - (time.monotonic() - cut)))
            for n in range(20, 25):
                here.take(opening(n))
            ip("link", "set", "kd-here", "up")
            # What the other host had in hand is taken over when its lease is over.
            first.terminate()
            assert first.wait(30) == 0
            for n in range(25, 30):
                here.take(opening(n))
            until(lambda: all_judged(here, 30))
            assert second.poll() is None
        here.done("tick", at="2026-03-05T08:00:00Z")
        assert sent(here, 30)
        arrived = {file.name for each in (here, there) for file in each.folder.glob("outbox/*.eml")}
        assert len(arrived) == 60
        assert here.one("db", "verify")["ok"]


def all_judged(program: Program, mails: int) -> bool:
    """Whether so many mails have opened a request each."""
    found = program.list("mail", "list")
    return [row["verdict"] for row in found] == ["opened"] * mails


def copied(site: Path, folder: Path, before: str, after: str) -> Path:
    """The site's folder for another host, which reaches the database at another address."""
    shutil.copytree(site, folder)
    settings = folder / "kursdeling.toml"
    text = settings.read_text("utf-8")
    assert before in text
    settings.write_text(text.replace(f"@{before}:", f"@{after}:"), encoding="utf-8")
    return folder

"""What takes too long for every run of the tests: many deadlines, a full disk."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bench import stand
from engine.store.cases import timers
from engine.store.mail_out import letters
from tests.acceptance.site import PROGRAM, Program
from tests.acceptance.test_worst_daemon import opening, sent, until, worker
from tests.integration import postgres
from tests.integration.disks import small_disk

OVERDUE = stand.AT + timedelta(days=9)


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

"""The worker as a process: told to stop, killed, fallen silent; nothing lost and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.app import open_site
from engine.plan.link_health import LinkHealth
from engine.service import receive
from engine.service.site import Site
from engine.store import heartbeats, links
from engine.store.cases import queries, timers
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from tests.acceptance.site import FORM, PROGRAM, Program, mail
from tests.soak import rounds

START = datetime(2026, 3, 5, 8, tzinfo=UTC)
STOPPED_WITHIN = 5.0
PATIENCE = 60.0


@contextmanager
def worker(folder: Path, at: datetime = START) -> Iterator[subprocess.Popen[bytes]]:
    """`kursdeling run` on the site, every second; killed at the end if it still runs."""
    process = subprocess.Popen(
        [PROGRAM, "--site", str(folder), "--at", at.isoformat(), "run", "--interval", "1"],
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something holds; fail when it takes too long, or the worker has ended."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert process.poll() is None, process.stderr.read() if process.stderr else b""
        assert time.monotonic() < end
        time.sleep(0.02)


def store(site: Site, count: int, first: int, at: datetime) -> None:
    """Messages that are stored and not judged yet, each a complete form."""
    for n in range(first, first + count):
        body = FORM.replace("AHUS-LEGUT", f"AHUS-LEGUT{n}")
        raw = mail(body=body, subject="Deling til KS Læring: Trygg", name=f"mail-{n}")
        receive.take(site, raw, "test", at)


def waiting(site: Site) -> int:
    with site.database.reading() as tx:
        return len(inbox.undecided(tx))


def beats(site: Site) -> list[str]:
    with site.database.reading() as tx:
        return [each.worker for each in heartbeats.listed(tx)]


def test_a_worker_judges_mail_sends_letters_and_is_forgotten_when_it_ends(
    program: Program,
) -> None:
    with open_site(program.folder).database:
        pass
    site = open_site(program.folder)
    with site.database, worker(program.folder) as process:
        store(site, 2, 0, START)
        until(lambda: len(list((program.folder / "outbox").glob("*.eml"))) == 4, process)
        assert [name.rpartition(":")[2] for name in beats(site)] == [str(process.pid)]
        found = program.list("doctor")
        assert [row["state"] for row in found if row["check"] == "workers"] == ["ok"]
        process.terminate()
        assert process.wait(STOPPED_WITHIN) == 0
        assert beats(site) == []


def test_told_to_stop_in_the_middle_it_ends_soon_and_finishes_what_it_holds(
    program: Program,
) -> None:
    site = open_site(program.folder)
    with site.database:
        store(site, 150, 0, START)
        with worker(program.folder) as process:
            until(lambda: waiting(site) < 150, process)
            asked = time.monotonic()
            process.terminate()
            assert process.wait(STOPPED_WITHIN) == 0
            assert time.monotonic() - asked < STOPPED_WITHIN
        assert beats(site) == []
        with site.database.reading() as tx:
            assert not [row for row in letters.listed(tx) if row.state == "sending"]
            rows = inbox.listed(tx)
        assert {row.verdict for row in rows} <= {"opened", None}
    assert program.one("db", "verify")["ok"]


def test_a_worker_that_was_killed_is_noticed_until_one_takes_its_place(program: Program) -> None:
    site = open_site(program.folder)
    with site.database:
        with worker(program.folder) as process:
            until(lambda: bool(beats(site)), process)
            process.kill()
            process.wait()
        time.sleep(4.2)
        ran = program.run("--json", "doctor")
        assert ran.code == 1
        (found,) = [row for row in ran.lines if row["check"] == "workers"]
        assert found["state"] == "broken"
        with worker(program.folder) as process:
            until(lambda: beats(site) == [f"{os.uname().nodename}:{process.pid}"], process)
            process.send_signal(signal.SIGINT)
            assert process.wait(STOPPED_WITHIN) == 0
    assert program.run("doctor").code == 0


def test_a_worker_asks_for_the_links_of_shared_courses_where_the_settings_want_it(
    program: Program, tmp_path: Path
) -> None:
    settings = program.folder / "kursdeling.toml"
    settings.write_text(settings.read_text("utf-8").replace("check = false", "check = true", 1))
    shares = tmp_path / "shares.csv"
    shares.write_text(
        "owner,borrower,short_name,course,since,licence,link\n"
        "ahus,ks-laering,AHUS-HMS,HMS,2025-09-07,,https://127.0.0.1/kurs\n",
        encoding="utf-8",
    )
    program.done("request", "import", str(shares))
    site = open_site(program.folder)
    with site.database, worker(program.folder) as process:
        until(lambda: bool(known_links(site)), process)
        process.terminate()
        assert process.wait(STOPPED_WITHIN) == 0
    (row,) = program.list("catalogue", "links")
    # Whatever this machine listens to, no link leads into it.
    assert (row["why"], row["checked_at"][:10]) == ("link_inside", "2026-03-05")


def known_links(site: Site) -> dict[str, LinkHealth]:
    with site.database.reading() as tx:
        return links.known(tx)


def test_killed_again_and_again_it_loses_nothing_and_does_nothing_twice(program: Program) -> None:
    times, each = rounds(10, 50), 4
    site = open_site(program.folder)
    with site.database:
        for n in range(times):
            # Days go by from one life to the next, so that reminders come due too.
            at = START + timedelta(days=n)
            store(site, each, each * n, at)
            begun = time.monotonic()
            with worker(program.folder, at) as process:
                until(lambda: bool(beats_of(site, process.pid)), process)
                # A moment of its life, which is as long as this machine makes it.
                time.sleep((time.monotonic() - begun) * 0.03 * (n * 7 % 23))
                process.kill()
                process.wait()
        end = (START + timedelta(days=times + 1)).isoformat()
        program.done("tick", at=end)
        check_whole(program, site, times * each)


def beats_of(site: Site, process: int) -> list[str]:
    return [name for name in beats(site) if name.endswith(f":{process}")]


def check_whole(program: Program, site: Site, mails: int) -> None:
    """Every mail judged once, every deadline's act written once, every letter left whole."""
    with site.database.reading() as tx:
        assert [row.verdict for row in inbox.listed(tx)] == ["opened"] * mails
        numbers = [row.request.number for row in queries.cases(tx)]
        events = Counter(row.event for n in numbers for row in queries.history(tx, n))
        written = letters.listed(tx)
        acted = sum(each.occurrence for each in timers.armed(tx) if each.action == "remind")
        left = [row for row in written if not row.error.startswith("stands in letter")]
        raws = {row.id: letters.stored_bytes(tx, row.id) for row in left}
    assert numbers == [f"KD-2026-{n:04d}" for n in range(1, mails + 1)]
    assert events == {"open": mails, "submit": mails}
    templates = Counter(row.template for row in written)
    assert templates["receipt"] + templates["answer"] == mails
    assert templates["request_submitted"] == mails
    reminders = [row for row in written if row.template == "remind"]
    assert len({(row.cause.ref, row.written_at) for row in reminders}) == len(reminders)
    assert len(reminders) >= acted > 0
    assert {row.state for row in left} == {"sent"}
    files = {int(file.stem): file.read_bytes() for file in program.folder.glob("outbox/*.eml")}
    assert files == raws
    assert program.one("db", "verify")["ok"]

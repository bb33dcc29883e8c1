"""The database goes away under a running worker, and comes back."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.app import open_site
from engine.errors import StoreError
from engine.store.mail_in import inbox
from engine.store.mail_out import letters
from tests.acceptance.site import CONTACTS, FORM, OURS, PROGRAM, Program, mail, run
from tests.integration import postgres, restarted
from tests.soak import rounds

PATIENCE = 60.0


def opening(n: int) -> bytes:
    body = FORM.replace("AHUS-LEGUT", f"AHUS-LEGUT{n}")
    return mail(body=body, subject="Deling til KS Læring: Trygg", name=f"mail-{n}")


@contextmanager
def worker(program: Program) -> Iterator[subprocess.Popen[bytes]]:
    """`kursdeling run` on the site, every second."""
    with (program.folder.parent / "told").open("wb") as told:
        process = subprocess.Popen(
            [PROGRAM, "--site", program.folder, "--at", "2026-03-05", "run", "--interval", "1"],
            stderr=told,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(true: Callable[[], bool]) -> None:
    """Wait until something holds, however often the database cannot be asked."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if true():
                return
        except StoreError:
            pass
        assert time.monotonic() < end
        time.sleep(0.05)


def sent(program: Program, mails: int) -> bool:
    """Whether so many mails are judged and their letters, a receipt and a question, sent."""
    site = open_site(program.folder, proving=False)
    with site.database, site.database.reading() as tx:
        verdicts = [row.verdict for row in inbox.listed(tx)]
        states = [row.state for row in letters.listed(tx)]
    return verdicts == ["opened"] * mails and states == ["sent"] * 2 * mails


def on_postgresql(folder: Path, url: str) -> Program:
    """The program on a new site whose database is there."""
    settings = {
        "database": url,
        "mail.addresses": OURS,
        "mail.trusted_servers": "mx.kursdeling.example",
        "mail.openings_per_day": "10000",
        "letters.mode": "live",
        "letters.undo_minutes": "0",
        "letters.digest": "",
    }
    made = run("init", str(folder), *(f"--set={key}={text}" for key, text in settings.items()))
    assert made.code == 0, made.err
    contacts = folder.parent / "contacts.csv"
    contacts.write_text(CONTACTS, encoding="utf-8")
    program = Program(folder=folder)
    program.done("contact", "import", str(contacts))
    program.done("agreement", "add", "--from", "2026-01-01", "--to", "2027-01-01")
    return program


def test_a_worker_goes_on_by_itself_when_postgresql_has_been_away(tmp_path: Path) -> None:
    with restarted.server() as server:
        program = on_postgresql(
            tmp_path / "site", postgres.new_database(server.address, "kursdeling")
        )
        taken = 0
        with worker(program) as process:
            for how in (signal.SIGQUIT, signal.SIGINT)[: rounds(1, 2)]:
                program.take(opening(taken))
                taken += 1
                until(lambda expected=taken: sent(program, expected))  # type: ignore[misc]  # one value per turn
                server.stop(how)
                refused = program.run("mail", "take", "-", stdin=opening(taken))
                assert refused.code == 75
                assert "Databasen svarer ikke" in refused.err
                assert "Traceback" not in refused.err
                time.sleep(1.2)
                assert process.poll() is None
                server.start()
            program.take(opening(taken))
            until(lambda: sent(program, taken + 1))
            process.terminate()
            assert process.wait(10) == 0
        told = (tmp_path / "told").read_text("utf-8")
        assert "Databasen" in told
        assert "Traceback" not in told
        assert program.one("db", "verify")["ok"]

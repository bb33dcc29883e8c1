"""Killed in any step of delivery, with another worker beside it: every letter arrives, and a second
copy is the same letter. The judge is the mail server's own ledger.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import IO, Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.model import Cause, LetterDraft
from engine.service.deliver import LEASE
from engine.store.mail_out import letters
from tests.integration import smtp_server
from tests.integration.delivery_worker import STEPS
from tests.integration.office import Office, new_office
from tests.soak import rounds
from tests.unit.letter_cases import variables

ROOT = Path(__file__).parents[2]
CONNECTIONS = 2
VICTIM, OTHER = "victim@kursdeling.example", "other@kursdeling.example"
AT_SERVER = ("sender named", "receiver named", "content heard", "content kept", "answered")
EVERY_STEP = (*STEPS, *AT_SERVER)
PER_ROUND = 8
TRIES, AHEAD = 10, 4
"""How often a kill is tried, and in how many of the last of them the victim goes ahead."""


@dataclass(slots=True)
class Ledger:
    """A mail server that writes down, for good, what it takes, and kills a client when it may."""

    file: IO[str]
    step: str = ""
    victim: int = 0
    lines: set[Any] = field(default_factory=set)
    """The connections over which the victim has named letters in this round."""
    kept: list[str] = field(default_factory=list)
    """The Message-IDs that the victim has brought in this round."""

    def kill(self, step: str, sender: str | None) -> None:
        """Kill the victim if this is the step for it."""
        if step == self.step and sender == VICTIM and self.victim:
            self.step = ""
            os.kill(self.victim, signal.SIGKILL)

    async def handle_MAIL(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        if address == VICTIM:
            self.lines.add(session.peer)
        self.kill("sender named", address)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        self.kill("receiver named", envelope.mail_from)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content
        assert isinstance(content, bytes)
        self.kill("content heard", envelope.mail_from)
        entry = [message_from_bytes(content)["Message-ID"], hashlib.sha256(content).hexdigest()]
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        if envelope.mail_from == VICTIM:
            self.kept.append(entry[0])
        self.kill("content kept", envelope.mail_from)
        if self.step == "answered" and envelope.mail_from == VICTIM:
            await server.push("250 2.0.0 Kept")
            self.kill("answered", VICTIM)
        return "250 2.0.0 Kept"


class Worker:
    """A process that forks for each pass."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def begin(self, **told: Any) -> int:
        """Let a pass begin; the process that does it."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()
        return int(self._said()["pid"])

    def end(self) -> int:
        """How the pass ended: 0, or the signal that ended it, below 0."""
        return int(self._said()["ended"])

    def _said(self) -> dict[str, int]:
        assert self.process.stdout is not None
        said: dict[str, int] = json.loads(self.process.stdout.readline())
        return said


@contextmanager
def worker(site: Path) -> Iterator[Worker]:
    command = [sys.executable, "-m", "tests.integration.delivery_worker", str(site)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        try:
            yield Worker(process)
        finally:
            process.kill()


def more_letters(office: Office, round_number: int) -> None:
    """Letters of one round, all due at the office's time."""
    draft = LetterDraft(
        role="platform",
        party="ks-laering",
        receiver="kslaring@ks.example",
        template="newcomer",
        language="nb",
        variables=variables("nb", "newcomer"),
    )
    with office.site.database.transaction() as tx:
        for number in range(PER_ROUND):
            letters.write_letter(
                tx,
                draft,
                seed=f"{round_number}|{number}",
                request_id=None,
                inbox_id=None,
                cause=Cause("command", "x"),
                at=office.at,
                recorded_at=office.at,
                outbox=office.site.outbox(),
            )


@dataclass(slots=True)
class Trial:
    """Two workers on one site, one of which is killed again and again."""

    office: Office
    ledger: Ledger
    port: int
    victim: Worker
    other: Worker
    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    copies_allowed: int = 0

    def kill_in(self, step: str) -> None:
        """Rounds until the victim has died in the step, with fresh letters in each.

        On a busy machine the other may leave it nothing to do, so in the last rounds it goes ahead.
        """
        for n in range(TRIES):
            ahead = n >= TRIES - AHEAD
            self.rounds += 1
            self.office.later(minutes=2 * LEASE // timedelta(minutes=1))
            more_letters(self.office, self.rounds)
            self.ledger.lines.clear()
            self.ledger.kept.clear()
            self.ledger.victim, self.ledger.step = 0, step
            self.ledger.victim = self.begin(self.victim, VICTIM, step)
            ended = self.victim.end() if ahead else None
            self.begin(self.other, OTHER, "")
            ended = self.victim.end() if ended is None else ended
            assert self.other.end() == 0
            if ended == -signal.SIGKILL:
                self.killed[step] += 1
                self.copies_allowed += len(self.ledger.lines)
                # Of these nobody can know that they have arrived: they will go again.
                unknown = {
                    row.message_id
                    for row in self.office.letters()
                    if row.state != "sent" and row.message_id in self.ledger.kept
                }
                assert len(unknown) <= len(self.ledger.lines), step
                return
            assert ended == 0
        pytest.fail(f"the worker was never killed when {step}")

    def begin(self, worker: Worker, sender: str, step: str) -> int:
        """Let a worker begin a pass; the process."""
        return worker.begin(
            site=str(self.office.site.folder),
            port=self.port,
            sender=sender,
            connections=CONNECTIONS,
            step=step,
            at=self.office.at.isoformat(),
        )

    def finish(self) -> None:
        """Passes in which nobody is killed, until no letter is left."""
        for _ in range(2):
            self.office.later(minutes=2 * LEASE // timedelta(minutes=1))
            self.begin(self.other, OTHER, "")
            assert self.other.end() == 0


@pytest.fixture
def trial(tmp_path: Path, url: str) -> Iterator[Trial]:
    office = new_office(tmp_path / "site", database=url, letters__brake_per_hour="0")
    ledger_file = tmp_path / "ledger.jsonl"
    with (
        ledger_file.open("w", encoding="utf-8") as file,
        smtp_server.listening(ledger := Ledger(file)) as port,
        worker(office.site.folder) as victim,
        worker(office.site.folder) as other,
    ):
        yield Trial(office, ledger, port, victim, other)
    office.site.database.close()


def test_every_letter_arrives_however_a_worker_is_killed_and_copies_are_the_same_letter(
    trial: Trial, tmp_path: Path, url: str
) -> None:
    for _ in range(rounds(1, 20)):
        for step in EVERY_STEP:
            trial.kill_in(step)
    trial.finish()

    ledger = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
    entries = [json.loads(line) for line in ledger.splitlines()]
    arrived = Counter(message_id for message_id, _ in entries)
    contents = dict(entries)
    extra = len(entries) - len(arrived)
    rows = trial.office.letters()
    sys.stdout.write(
        f"{url.partition(':')[0][-10:]}: {trial.killed.total()} kills in {len(trial.killed)} steps"
        f" {dict(trial.killed)}, {len(rows)} letters, {extra} copies of"
        f" {trial.copies_allowed} that may be\n"
    )
    assert trial.killed.keys() == set(EVERY_STEP)
    assert {(row.state, row.error) for row in rows} == {("sent", "")}
    assert arrived.keys() == {row.message_id for row in rows}
    assert all(contents[message_id] == sha for message_id, sha in entries)
    assert extra <= trial.copies_allowed <= CONNECTIONS * trial.killed.total()

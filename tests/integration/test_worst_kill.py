"""Three workers, one of which is killed in each step of mail, deadlines and delivery: what comes of
it is what comes of one worker that nobody kills. The judges are the mail server that hands over,
the one that receives, and the same days lived through in peace.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.calendar import oslo_day
from engine.service.upkeep.verifying import verified
from engine.store.cases import queries
from engine.store.mail_in import inbox
from tests.integration import smtp_server
from tests.integration.office import OWNER, SUBJECT, Office, form, new_office
from tests.integration.test_delivery_kill import ROOT, Worker
from tests.integration.worst_worker import DEADLINES, MAIL, STEPS, pass_over
from tests.soak import SOAK

EACH = 2
"""How many mails each of two workers takes in a round."""
DAYS = 5
SETTLING = 21
"""Minutes after which a letter in the hands of a killed worker is another's."""
TRIES = 12
AHEAD = 4
"""Another worker may have done all that there was before the victim came to its step."""
YEARS = range(6 if SOAK else 1)
SHORT = {
    "sqlite": (*MAIL,)[::2] + (*DEADLINES,)[1::2],
    "postgresql": (*MAIL,)[1::2] + (*DEADLINES,)[::2],
}
"""Both together have every step but those of delivery, which is killed by tests of its own."""
TELLING = frozenset({"morning", "reminders"})
"""Templates of letters about other letters, or about what waits."""
Done = Counter[tuple[str, ...]]


@dataclass(slots=True)
class Receiver:
    """A mail server that writes down, for good, what it takes."""

    file: IO[str]

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter, and say so."""
        content = envelope.original_content
        assert isinstance(content, bytes)
        entry = [message_from_bytes(content)["Message-ID"], hashlib.sha256(content).hexdigest()]
        self.file.write(json.dumps(entry) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())
        return "250 2.0.0 Kept"


@contextmanager
def worker(site: Path) -> Iterator[Worker]:
    command = [sys.executable, "-m", "tests.integration.worst_worker", str(site)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT) as process:
        try:
            yield Worker(process)
        finally:
            process.kill()


@dataclass(slots=True)
class Trial:
    """Three workers on one site, the first of which is killed again and again."""

    office: Office
    workers: Sequence[Worker]
    folder: Path
    given: int = 0
    lived: list[tuple[datetime, list[str]]] = field(default_factory=list)
    """The hours in which anything was done, with the mails that came then."""
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def ledger(self) -> Path:
        """The names of the mails that somebody has answered for."""
        return self.folder / "ledger"

    def kill_in(self, step: str) -> None:
        """Rounds until the victim has died in the step.

        On a busy machine the others may leave it nothing to do, so in the last rounds it goes
        ahead of them.
        """
        for n in range(TRIES):
            if self.round(step, ahead=n >= TRIES - AHEAD) == -signal.SIGKILL:
                self.killed[step] += 1
                return
        pytest.fail(f"the worker was never killed: {step}")

    def round(self, step: str, *, ahead: bool = False) -> int:
        """Days later, all three at once, or the first one `ahead`, and then what is left; how the
        first one ended.
        """
        self.office.later(days=DAYS)
        mails = self.mails()
        self.lived.append((self.office.at, mails))
        ends: list[int] = []
        for each, part, where in zip(
            self.workers, (mails[:EACH], mails[EACH:], []), (step, "", ""), strict=True
        ):
            self.begin(each, part, where)
            ends += [each.end()] if ahead else []
        ended, *others = ends or [each.end() for each in self.workers]
        assert others == [0, 0]
        assert ended in {0, -signal.SIGKILL}
        self.office.later(minutes=SETTLING)
        self.lived.append((self.office.at, []))
        answered_for = self.ledger.read_text("utf-8").splitlines()
        self.begin(self.workers[1], [name for name in mails if name not in answered_for])
        assert self.workers[1].end() == 0
        return ended

    def begin(self, worker: Worker, mails: Sequence[str], step: str = "") -> None:
        worker.begin(
            site=str(self.office.site.folder),
            at=self.office.at.isoformat(),
            mails=mails,
            ledger=str(self.ledger),
            step=step,
        )

    def mails(self) -> list[str]:
        """New mails, each a complete form."""
        made = []
        for _ in range(2 * EACH):
            self.given += 1
            name = f"SI-{self.given}"
            # Some are left waiting for opinions, so that deadlines of several kinds come due.
            waits = {"Unntak": None} if self.given % 3 == 0 else {}
            words = form(Kursets_kortnavn=name, Fullt_navn_på_kurset=f"Kurs {name}", **waits)
            made.append(self.folder / name)
            made[-1].write_bytes(self.office.raw(OWNER, SUBJECT, words))
        return [str(each) for each in made]


@pytest.fixture(params=YEARS)
def trial(tmp_path: Path, url: str) -> Iterator[Trial]:
    with ExitStack() as stack:
        received = stack.enter_context((tmp_path / "received").open("w", encoding="utf-8"))
        port = stack.enter_context(smtp_server.listening(Receiver(received)))
        settings = {"letters__transport": "smtp", "smtp__host": "127.0.0.1"}
        office = new_office(
            tmp_path / "site",
            database=url,
            letters__brake_per_hour="0",
            mail__answers_per_day="10000",
            smtp__port=str(port),
            **settings,
        )
        stack.enter_context(closing(office.site.database))
        workers = [stack.enter_context(worker(office.site.folder)) for _ in range(3)]
        (tmp_path / "ledger").touch()
        yield Trial(office, workers, tmp_path)


def done(office: Office) -> Done:
    """What has happened on each day, by the names of the courses: numbers go by who came first.

    Letters that gather what has happened are left out: they go by who came when.
    """
    with office.site.database.reading() as tx:
        requests = [case.request for case in queries.cases(tx)]
        names = {each.number: each.form["short_name"] for each in requests}
        events = [
            (names[each.number], row.event, row.to_state, oslo_day(row.at).isoformat())
            for each in requests
            for row in queries.history(tx, each.number)
        ]
    letters = [
        (
            names.get(row.request, ""),
            row.receiver,
            row.template,
            oslo_day(row.written_at).isoformat(),
        )
        for row in office.letters()
        if row.template not in TELLING
    ]
    return Counter([*events, *letters])


def in_peace(trial: Trial, folder: Path) -> Done:
    """What the same days bring to one worker that nobody kills."""
    office = new_office(folder, letters__brake_per_hour="0", mail__answers_per_day="10000")
    with closing(office.site.database):
        for at, mails in trial.lived:
            pass_over(office.site, at, mails, folder / "ledger")
        return done(office)


def test_whatever_step_a_worker_is_killed_in_the_work_is_done_and_done_once(
    trial: Trial, tmp_path: Path, url: str
) -> None:
    kind = "postgresql" if "://" in url else "sqlite"
    for step in STEPS if SOAK else SHORT[kind]:
        trial.kill_in(step)
    trial.round("")
    sys.stdout.write(
        f"{kind}: {trial.killed.total()} kills {dict(trial.killed)},"
        f" {trial.given} mails, {len(trial.office.letters())} letters\n"
    )

    acted, expected = done(trial.office), in_peace(trial, tmp_path / "peace")
    assert (acted - expected, expected - acted) == (Counter(), Counter())

    with trial.office.site.database.reading() as tx:
        verdicts = Counter(row.verdict for row in inbox.listed(tx))
    assert verdicts.pop("opened") == trial.given
    assert set(verdicts) <= {"repeated"}
    assert verdicts["repeated"] <= trial.killed.total() * EACH

    found = verified(trial.office.site)
    assert found.broken == ()
    check_letters(trial.office, tmp_path / "received")


def check_letters(office: Office, received: Path) -> None:
    """Every letter that stands by itself has arrived, and each copy is the same letter."""
    entries = [json.loads(line) for line in received.read_text("utf-8").splitlines()]
    contents = dict(entries)
    assert all(contents[name] == sha for name, sha in entries)
    mornings = Counter(oslo_day(r.written_at) for r in office.letters() if r.template == "morning")
    assert set(mornings.values()) == {1}
    gone = [row for row in office.letters() if not row.error.startswith("stands in letter")]
    assert {row.state for row in gone} == {"sent"}
    assert contents.keys() == {row.message_id for row in gone}

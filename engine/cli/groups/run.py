"""The worker that runs on and on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr
from datetime import datetime, timedelta
from io import TextIOBase
from typing import TextIO

import click
from msgspec import Struct

from engine.app.current import Current
from engine.app.listening import Listening, listening
from engine.cli.call import Call, command
from engine.cli.failing import reasons_of
from engine.cli.given import now
from engine.cli.groups.tick import (
    LEAP,
    ask_links,
    judge_mail,
    send_letters,
    sweep_deadlines,
    take_mail,
)
from engine.cli.program import option
from engine.cli.usage import Number
from engine.daemon import Daemon
from engine.errors import (
    AddressTakenError,
    KursdelingError,
    RefusedError,
    SchemaError,
    SettingsError,
)
from engine.model import Language
from engine.service.requests.shared_links import LinkRounds
from engine.service.site import Site
from engine.service.upkeep.backups import DailyBackup
from engine.service.upkeep.heartbeat import LEAPT, Worker, begin
from engine.service.upkeep.leaping import begin_pass
from engine.store.encoding import instant
from engine.wording.catalogue import say

MAIL, DEADLINES, LETTERS = "mail", "deadlines", "letters"
LINKS, BACKUP, LISTENER = "links", "backup", "listener"


@command("run")
@option(
    "--interval",
    type=Number(1, 3600),
    default=30,
    metavar="SECONDS",
    help="interval",
)
@LEAP
def run(call: Call, interval: int, leap: bool) -> int:
    """Take mail, let deadlines act and send letters until SIGTERM; any number may run at once.

    With --at, the business time begins there and goes on from there. Where the clock has leapt
    ahead, mail is taken and nothing acts.
    """
    with redirect_stderr(_Dated(sys.stderr)):
        return _run(call, timedelta(seconds=interval), leap=leap)


def _run(call: Call, interval: timedelta, *, leap: bool) -> int:
    given: datetime | None = click.get_current_context().find_root().params["at"]
    ahead = given - now() if given is not None else timedelta(0)
    site = call.site()
    if leap:
        begin_pass(site, now() + ahead, leap=True)
    changed: list[SchemaError] = []

    def failed(job: str, error: Exception) -> None:
        _tell_fault(job, error, call.language)
        if isinstance(error, SchemaError):  # the tables were upgraded under a running worker
            changed.append(error)
            daemon.stop()

    daemon = Daemon(interval, failed)
    signal.signal(signal.SIGTERM, lambda *_: daemon.stop())
    signal.signal(signal.SIGINT, lambda *_: daemon.stop())
    with ExitStack() as stack:
        listeners = _Listeners(list(listening(site, lambda: daemon.wake(MAIL))), stack)
        turns = _Turns(
            current=Current(site),
            worker=begin(site, interval),
            at=lambda: now() + ahead,
            go_on=daemon.go_on,
            listeners=listeners,
            language=call.language,
        )
        for name, work in turns.jobs().items():
            daemon.add(name, work)
        for taken in listeners.begin():
            _tell_fault(LISTENER, taken, call.language)
        finished = daemon.run()
    if finished:
        return 1 if changed else turns.end()
    print(say("cli.worker_stopped", call.language), file=sys.stderr)
    sys.stderr.flush()
    # A thread that hangs on the network would hold the process back; the database rolls back.
    os._exit(1)


class _Listeners(Struct):
    """What waits for mail: begun as soon as no other worker of the machine does the same."""

    waiting: list[Listening]
    stack: ExitStack

    def begin(self) -> list[AddressTakenError]:
        """Begin all that has not begun; why some could not, because somebody else has."""
        taken = []
        for each in self.waiting[:]:
            try:
                each.start()
            except AddressTakenError as error:
                taken.append(error)
            else:
                self.waiting.remove(each)
                self.stack.callback(each.stop)
        return taken


class _Turns(Struct, kw_only=True):
    """The jobs of a worker, each on the site as its settings stand now.

    Each refuses a clock that has leapt: mail is fetched and stored, and waits like all else.
    """

    current: Current
    worker: Worker
    at: Callable[[], datetime]
    go_on: Callable[[], bool]
    listeners: _Listeners
    language: Language

    def jobs(self) -> dict[str, Callable[[], None]]:
        """The jobs in their order: what a mail causes leaves in the same turn."""
        site = self.current.site()
        rounds, daily = LinkRounds(site=site), DailyBackup(site=site)

        def links() -> None:
            ask_links(site, rounds, self.at(), self.go_on)

        def backup() -> None:
            daily.make()

        return {
            MAIL: self.mail,
            DEADLINES: self.deadlines,
            LETTERS: self.letters,
            LINKS: links,
            BACKUP: backup,
        }

    def mail(self) -> None:
        """Judge what has come, from where nobody else of the machine listens too."""
        self.listeners.begin()
        try:
            at = self._begun(MAIL)
        except RefusedError:
            take_mail(self._site(), self.at(), self.go_on)
            raise
        judge_mail(self._site(), at, self.go_on)

    def deadlines(self) -> None:
        """Let what is due act."""
        at = self._begun(DEADLINES)
        sweep_deadlines(self._site(), at, self.go_on)

    def letters(self) -> None:
        """Send what waits."""
        at = self._begun(LETTERS)
        send_letters(self._site(), at, self.go_on)
        self.worker.beat("waiting")

    def end(self) -> int:
        """Be forgotten; the exit code of a worker that ended as it should."""
        try:
            self.worker.end()
        except KursdelingError as error:
            _tell_fault("heartbeat", error, self.language)
        return 0

    def _begun(self, doing: str) -> datetime:
        at = self.at()
        try:
            begin_pass(self.worker.site, at)
        except RefusedError:
            self.worker.beat(LEAPT)
            raise
        self.worker.beat(doing)
        return at

    def _site(self) -> Site:
        try:
            return self.current.site()
        except SettingsError as error:
            _tell_fault("settings", error, self.language)
            return self.current.site()


class _Dated(TextIOBase):
    """Standard error with the time before each line: a service's log may be a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._within = False

    def write(self, text: str) -> int:
        """Write the text, and the time wherever a line begins."""
        time = f"{instant(now())} "
        lines = text.splitlines(keepends=True)
        dated = [line if n == 0 and self._within else time + line for n, line in enumerate(lines)]
        if lines:
            self._within = not lines[-1].endswith("\n")
        self._stream.write("".join(dated))
        return len(text)

    def flush(self) -> None:
        """Hand on what was written."""
        self._stream.flush()


def _tell_fault(job: str, error: Exception, language: Language) -> None:
    known = (
        reasons_of(error, language)
        if isinstance(error, KursdelingError | OSError)
        else [str(error)]
    )
    told = "; ".join(known)
    print(f"{job}: {type(error).__name__}: {told}\n", end="", file=sys.stderr, flush=True)

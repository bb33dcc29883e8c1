"""The worker that runs on and on."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

import click

from engine import late
from engine.app.mailboxes import listening
from engine.cli.call import Call, now
from engine.cli.program import command, option
from engine.cli.rounds import ask_links, judge_mail, send_letters, sweep_deadlines
from engine.daemon import Daemon
from engine.errors import KursdelingError, SchemaError
from engine.service.site import Site
from engine.service.upkeep.backups import DailyBackup
from engine.service.upkeep.heartbeat import Worker, begin
from engine.service.upkeep.links import LinkRounds

MAIL, DEADLINES, LETTERS = "mail", "deadlines", "letters"
LINKS, BACKUP = "links", "backup"


@command("run")
@option(
    "--interval",
    type=click.IntRange(1, 3600),
    default=30,
    metavar="SECONDS",
    help="How often to look: 30 seconds if not given.",
)
def run(call: Call, interval: int) -> int:
    """Take mail, let deadlines act and send letters until SIGTERM; any number may run at once.

    With --at, the business time begins there and goes on from there.
    """
    late.all_now()  # whatever threads need is there before the first one starts
    given = click.get_current_context().find_root().params["at"]
    ahead = given - now() if given is not None else timedelta(0)
    site = call.site()
    changed: list[SchemaError] = []

    def failed(job: str, error: Exception) -> None:
        _tell(job, error)
        if isinstance(error, SchemaError):  # the tables were upgraded under a running worker
            changed.append(error)
            daemon.stop()

    daemon = Daemon(timedelta(seconds=interval), failed)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: daemon.stop())
    worker = begin(site, timedelta(seconds=interval))
    for name, work in _jobs(site, worker, lambda: now() + ahead, daemon.go_on).items():
        daemon.add(name, work)
    with ExitStack() as listeners:
        for mail_in in listening(site, lambda: daemon.wake(MAIL)):
            mail_in.start()
            listeners.callback(mail_in.stop)
        finished = daemon.run()
    if finished and changed:
        return 1
    if finished:
        _end(worker)
        return 0
    print("stopped with work in hand: it is done again at the next start", file=sys.stderr)
    sys.stderr.flush()
    # A thread that hangs on the network would hold the process back; the database rolls back.
    os._exit(1)


def _jobs(
    site: Site, worker: Worker, at: Callable[[], datetime], go_on: Callable[[], bool]
) -> dict[str, Callable[[], None]]:
    """The jobs in their order: what a mail causes leaves in the same turn."""

    def mail() -> None:
        worker.beat(MAIL)
        judge_mail(site, at(), go_on)

    def deadlines() -> None:
        worker.beat(DEADLINES)
        sweep_deadlines(site, at(), go_on)

    def letters() -> None:
        worker.beat(LETTERS)
        send_letters(site, at(), go_on)
        worker.beat("waiting")

    rounds = LinkRounds(site=site)

    def links() -> None:
        ask_links(site, rounds, at(), go_on)

    daily = DailyBackup(site=site)

    def backup() -> None:
        daily.make()

    return {MAIL: mail, DEADLINES: deadlines, LETTERS: letters, LINKS: links, BACKUP: backup}


def _tell(job: str, error: Exception) -> None:
    print(f"{job}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)


def _end(worker: Worker) -> None:
    try:
        worker.end()
    except KursdelingError as error:
        _tell("heartbeat", error)

"""A process that does whole passes over a site when it is told: mail in, deadlines, letters. It can
be killed in any step.

It forks for every pass, so that one start serves many kills. It reads lines of JSON and answers
with lines of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from config.settings import Settings
from engine import app
from engine.app.post import LazyLetters, notifier
from engine.app.routines import read_routines
from engine.cli.groups import tick
from engine.ports import Letters
from engine.service import receive
from engine.service.site import Routine, Site
from engine.store.opening import open_database
from tests.integration import delivery_worker
from tests.integration.delivery_worker import dying_after

Parts = tuple[Settings, Mapping[str, Routine], Letters]
MAIL: Mapping[str, tuple[str, int]] = {
    "mail in, not committed": ("engine.store.mail_in.inbox.take", 2),
    "mail in, not told": ("engine.service.receive.take", 2),
    "mail in, told": ("tests.integration.worst_worker.tell", 2),
    "events, not committed": ("engine.service.receive.write", 1),
    "verdict, not committed": ("engine.service.collect.judge", 1),
    "verdict committed": ("engine.cli.groups.tick.handle_free", 1),
}
DEADLINES: Mapping[str, tuple[str, int]] = {
    "deadlines found": ("engine.store.cases.timers.due", 1),
    "deadline done, not committed": ("engine.store.cases.timers.finish_all", 1),
    "its letter, not committed": ("engine.service.time.batch.post", 2),
    "deadlines committed": ("engine.service.time.sweep.in_transaction", 1),
    "chasers gathered": ("engine.service.time.sweep.gather", 1),
    "morning letter written": ("engine.service.time.sweep.write_morning", 1),
}
STEPS: Mapping[str, tuple[str, int]] = {**MAIL, **DEADLINES, **delivery_worker.STEPS}
"""By name of the step: the function after which, when it has run so often, the process is gone."""
SHARED = {
    "engine.service.time.sweep.BATCH": 3,
    "engine.service.deliver.BATCH": 4,
    "engine.service.deliver.AHEAD": 2,
}
"""Small batches, so that workers share what there is in a pass."""


def pass_over(site: Site, at: datetime, mails: Sequence[str], ledger: Path) -> None:
    """Take the mails, then do what there is, as `mail take`, `tick` and `run` do."""
    for name in mails:
        receive.take(site, Path(name).read_bytes(), "worst", at)
        tell(ledger, name)
    tick.judge_mail(site, at)
    tick.sweep_deadlines(site, at)
    tick.send_letters(site, at)


def tell(ledger: Path, name: str) -> None:
    """Tell the mail server that the mail is safe, so that it forgets it."""
    with ledger.open("a", encoding="utf-8") as file:
        file.write(f"{name}\n")
        file.flush()
        os.fsync(file.fileno())


def turn(parts: Parts, told: Mapping[str, Any]) -> None:
    """One pass, killed in the step that is named, if any is."""
    settings, routines, letters = parts
    database = open_database(settings.database, must_exist=True)
    site = app.assembled(settings, database, routines, letters, lambda: notifier(settings))
    with ExitStack() as patches:
        for name, size in SHARED.items():
            patches.enter_context(mock.patch(name, size))
        if told["step"]:
            patches.enter_context(dying_after(*STEPS[told["step"]]))
        # By its full name, where the patch is: this file itself runs under another.
        import_module("tests.integration.worst_worker").pass_over(
            site, datetime.fromisoformat(told["at"]), told["mails"], Path(told["ledger"])
        )


def prepared(folder: Path) -> Parts:
    """What takes a process most of its time, read once."""
    settings = Settings.load(folder)
    letters = LazyLetters(settings)
    letters.templates("nb")
    for name in ("engine.store.postgresql", "notifiers.smtp"):
        import_module(name)
    return settings, read_routines(folder), letters


def main() -> None:
    """Take orders until there are no more."""
    parts = prepared(Path(sys.argv[1]))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                turn(parts, json.loads(line))
                ended = 0
            except Exception:  # noqa: BLE001 – it is told, and the child must not go on as its parent
                traceback.print_exc()
            finally:
                os._exit(ended)
        say(pid=child)
        _, status = os.waitpid(child, 0)
        say(ended=os.waitstatus_to_exitcode(status))


def say(**said: int) -> None:
    """One line of JSON."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

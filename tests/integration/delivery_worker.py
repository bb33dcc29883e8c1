"""A process that delivers the letters of a site when it is told, and can be killed in any step.

It forks for every turn, so that one start serves many kills. It reads lines of JSON and answers
with lines of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name
from typing import Any
from unittest import mock

from config.settings import Settings
from engine.app import assembled
from engine.app.post import LazyLetters
from engine.ports import Letters
from engine.service.deliver import deliver
from engine.service.site import Site
from engine.store.opening import open_database
from notifiers.smtp import SmtpNotifier, SmtpSettings

STEPS = {
    "claim not committed": ("engine.store.mail_out.letters.claim", 1),
    "claimed": ("engine.service.deliver._Turn._claim", 1),
    "written, not stored": ("engine.service.deliver._Turn._draft", 2),
    "stored": ("engine.service.deliver._Turn._write_some", 1),
    "connected": ("notifiers.smtp.line.Line.connect", 2),
    "answers heard": ("notifiers.smtp.pool.Pool.outcomes", 2),
    "recorded, not committed": ("engine.store.mail_out.letters.mark", 2),
    "committed": ("engine.service.deliver._Turn.record", 2),
}
"""By name of the step: the function after which, when it has run so often, the process is gone."""


def dying_after(target: str, times: int) -> Any:
    """A patch after which the process dies when `target` has run so many times."""
    owner, _, name = target.rpartition(".")
    real = _found(owner, name)
    left = [times]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if target.endswith("connect"):

        async def connect(*arguments: Any) -> Any:
            await real(*arguments)
            count()

        return mock.patch(target, connect)

    def run(*arguments: Any, **named: Any) -> Any:
        result = real(*arguments, **named)
        count()
        return result

    return mock.patch(target, run)


def _found(owner: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(resolve_name(owner), name)
    return found


def turn(letters: Letters, told: dict[str, Any]) -> None:
    """One pass over the letters that are due, killed in the step that is named, if any is."""
    settings = Settings.load(Path(told["site"]))
    smtp = SmtpSettings(
        host="127.0.0.1",
        port=told["port"],
        security="none",
        sender=told["sender"],
        connections=told["connections"],
    )
    with open_database(settings.database) as database:
        # No routine is needed to hand letters over.
        _deliver(assembled(settings, database, {}, letters, lambda: SmtpNotifier(smtp)), told)


def _deliver(site: Site, told: dict[str, Any]) -> None:
    dying = dying_after(*STEPS[told["step"]]) if told["step"] in STEPS else nullcontext()
    # Small batches, so that two workers share the letters of a round.
    with (
        dying,
        mock.patch("engine.service.deliver.BATCH", 4),
        mock.patch("engine.service.deliver.AHEAD", 2),
    ):
        deliver(site, datetime.fromisoformat(told["at"]))


def main() -> None:
    """Take orders until there are no more."""
    letters = LazyLetters(Settings.load(Path(sys.argv[1])))
    letters.templates("nb")
    import_module("engine.store.postgresql")  # it takes long, so once is enough
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            turn(letters, json.loads(line))
            os._exit(0)
        _say(pid=child)
        _, status = os.waitpid(child, 0)
        _say(ended=os.waitstatus_to_exitcode(status))


def _say(**said: int) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""Runs the program in processes of its own, each stopped at another step of its way.

A step is a statement to the database or a command to the mailbox. A process is either killed
there, as by SIGKILL, or from there on the database takes nothing more, as on a full disk.
Run as a script, because a test process with its threads must not be forked.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from engine import cli
from engine.app import assembling
from engine.cli.groups import mail, tick
from engine.errors import StoreError
from engine.mailbox import imap
from engine.service import deliver, receive
from engine.store import sqlite
from engine.store.sqlite import Session

LOADED = (mail, tick)
"""Imported once, so that each process starts quickly."""
NEVER = 1_000_000
BEGIN, END = "BEGIN IMMEDIATE", "COMMIT"
TELLING = frozenset({BEGIN, "commit", "committed", "fetched", "moved"})
"""Between these, one step is much like the next."""
AFTER = {"commit": "committed", "fetch": "fetched", "move": "moved"}


@dataclass(slots=True)
class Stop:
    """Where a process is stopped, and how."""

    at: int = NEVER
    how: str = "kill"
    passed: list[str] = field(default_factory=list)

    writing: bool = False

    def named(self, statement: str) -> str:
        """The statement's name; the end of what only reads is like any other."""
        begun, self.writing = self.writing, statement == BEGIN or self.writing
        if statement != END:
            return statement
        self.writing = False
        return "commit" if begun else END

    def step(self, name: str) -> None:
        """One more step; the process ends here, or the database takes nothing from here on."""
        self.passed.append(name)
        if len(self.passed) < self.at:
            return
        if self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if name not in AFTER.values():
            raise StoreError("database or disk is full")


@dataclass(frozen=True, slots=True)
class Program:
    """The program's command on one site, and what it is given to read."""

    words: Sequence[str]
    given: str
    trace: Path

    def run(self, stop: Stop) -> int:
        """Its exit code in a process of its own; negative when it was killed."""
        child = os.fork()
        if child == 0:
            self._be(stop)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def steps(self, stride: int) -> list[int]:
        """The steps that are worth stopping at, and of the rest every one in `stride`; with a
        mailbox, until the message is where it belongs.
        """
        self.run(Stop())
        names = json.loads(self.trace.read_text("utf-8"))
        last = names.index("moved") + 1 if "moved" in names else len(names)
        steps = list(enumerate(names[:last], 1))
        return [n for n, name in steps if name in TELLING or n % stride == 0]

    def _be(self, stop: Stop) -> NoReturn:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(os.open(self.given, os.O_RDONLY), 0)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.argv = ["kursdeling", *self.words]
        hinder(stop)
        code: object = 1
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code
        finally:
            self.trace.write_text(json.dumps(stop.passed), "utf-8")
            os._exit(code if isinstance(code, int) else 0)


def warm(folder: Path, raw: bytes) -> None:
    """Do once, on a copy of the site, what would take each process most of its time."""
    copy = folder.with_name("warm")
    shutil.copytree(folder, copy)
    quick = lru_cache(assembling.read_routines)
    assembling.read_routines = quick  # type: ignore[assignment]  # as good, and quicker
    assembling.read_routines(folder)
    site = assembling.open_site(copy)
    at = site.clock.now()
    receive.handle(site, receive.take(site, raw, "warm", at), at)
    deliver.deliver(site, at)
    site.database.close()
    shutil.rmtree(copy)


def hinder(stop: Stop) -> None:
    """Count the steps of this process from now on."""
    for name in ("all", "first", "run", "run_many"):
        setattr(Session, name, counted(getattr(Session, name), stop))
    for name in ("fetch", "move"):
        setattr(imap.IMAPClient, name, counted(getattr(imap.IMAPClient, name), stop, name))


def counted(real: Callable[..., Any], stop: Stop, name: str = "") -> Callable[..., Any]:
    """The function, counted as a step, and as another when it has done what cannot be undone."""

    def work(itself: Any, *arguments: Any, **options: Any) -> Any:
        known = name or stop.named(str(arguments[0]))
        stop.step(known)
        found = real(itself, *arguments, **options)
        if known in AFTER:
            stop.step(AFTER[known])
        return found

    return work


def at_each_step_of_standard_input(
    folder: Path, at: str, how: str, stride: int, given: str
) -> Iterator[dict[str, Any]]:
    """What each stop in `mail take` came to, where whoever delivers tries again unless told 0.

    Each begins with the site as it was.
    """
    warm(folder, Path(given).read_bytes())
    fresh = folder.with_name("fresh")
    folder.rename(fresh)
    shutil.copytree(fresh, folder)
    words = ["--site", str(folder), "--at", at]
    take = Program([*words, "mail", "take", "-"], given, folder.with_name("trace"))
    look = Program([*words, "tick"], os.devnull, folder.with_name("trace"))
    for step in take.steps(stride):
        shutil.rmtree(folder)
        shutil.copytree(fresh, folder)
        codes = [take.run(Stop(step, how))]
        if codes[0] != 0:
            codes.append(take.run(Stop()))
        if None in held(folder)["verdicts"]:
            codes.append(look.run(Stop()))
        yield {"step": step, "codes": codes, **held(folder)}


def at_each_step_of_a_mailbox(
    folder: Path, at: str, how: str, stride: int, *places: str
) -> Iterator[dict[str, Any]]:
    """What the site holds after each stop in a `tick` and another `tick` without a stop, each
    with another mail. `places` are the Maildir's folder for new mail and the folder of the mails.
    """
    box, mails = places
    look = Program(
        ["--site", str(folder), "--at", at, "tick"], os.devnull, folder.with_name("trace")
    )
    waiting = iter(sorted(Path(mails).iterdir()))
    first = next(waiting)
    warm(folder, first.read_bytes())
    put(first, Path(box))
    for step, raw in zip(look.steps(stride), waiting, strict=False):
        put(raw, Path(box))
        codes = [look.run(Stop(step, how)), look.run(Stop())]
        yield {"step": step, "codes": codes, **held(folder)}


def put(raw: Path, box: Path) -> None:
    """Put the mail into the folder of a Maildir, as its owner."""
    owner = box.stat()
    made = box.parent / "tmp" / raw.name
    shutil.copyfile(raw, made)
    os.chown(made, owner.st_uid, owner.st_gid)
    made.rename(box / raw.name)


def held(folder: Path) -> dict[str, Any]:
    """What the site holds: verdicts, requests, letters."""
    connection = sqlite.connect(str(folder / "kursdeling.db"))
    verdicts = Counter(row[0] for row in connection.execute("SELECT verdict FROM inbox"))
    requests = len(connection.execute("SELECT id FROM request").fetchall())
    letters = len(connection.execute("SELECT id FROM letter").fetchall())
    connection.close()
    return {"verdicts": verdicts, "requests": requests, "letters": letters}


WAYS = {"stdin": at_each_step_of_standard_input, "imap": at_each_step_of_a_mailbox}


def main() -> None:
    """Print what each stop came to, a JSON object a line."""
    way, folder, at, how, stride, *more = sys.argv[1:]
    for found in WAYS[way](Path(folder), at, how, int(stride), *more):
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

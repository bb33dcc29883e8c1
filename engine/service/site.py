"""One site put together: its database, its routines, and the means to write and send letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from engine import machine
from engine.calendar import next_at
from engine.definition.types import Workflow
from engine.errors import NotFoundError
from engine.intake.reading import IntakeRules
from engine.machine import Table
from engine.model import Language, Reason
from engine.plan.case import Rules
from engine.ports import Clock, Letters, LinkAnswer, LinkCheck, Mailbox, Notifier
from engine.store import workflows as stored
from engine.store.database import Database, Transaction
from engine.store.mail_out.outbox import Outbox
from engine.wording.meant import meant, near


class Pace(Struct, frozen=True, kw_only=True):
    """How fast letters may leave a site; 0 stands for no limit."""

    per_minute: int = 0
    """How many letters are handed over in any minute, by all workers together."""
    brake_per_hour: int = 0
    """When more letters than these are about to leave within an hour, none does."""


def as_written(receiver: str, raw: bytes) -> tuple[str, bytes]:
    """The letter as it stands, to its own receiver."""
    return receiver, raw


def not_asked(_: str) -> LinkAnswer:
    """The answer of a link on a site that asks for none."""
    return LinkAnswer(state="unknown", why="link_not_yet")


class Routine(Struct, frozen=True, eq=False):
    """A workflow with its decision table."""

    workflow: Workflow
    table: Table
    needs: dict[tuple[str, str | None, bool], frozenset[str]] = field(default_factory=dict)
    """The facts that a decision may ask for, once that is worked out: by state, by event, and by
    whether the request has an owner and a course.
    """


def _subjects(workflow: Workflow) -> Iterator[str]:
    for subjects in workflow.opens_with.subject.values():
        yield from subjects


class Routines(Struct):
    """The site's routines by name, and older versions as requests still run on them."""

    current: Mapping[str, Routine]
    read: Callable[[str, str], Workflow]
    """(text, the name to show for it) → the workflow, as `engine.definition.read.workflow`."""
    table: Callable[[Workflow], Table] = machine.compile
    """Its decision table, as it is kept or as `transitions` compiles it."""
    older: dict[tuple[str, int], Routine] = field(default_factory=dict)

    def named(self, name: str) -> Routine:
        """The current version of the routine by its name, title or subject in mail; NotFoundError
        names those that are near, and those that exist.
        """
        if name in self.current:
            return self.current[name]
        called = {
            each: (*routine.workflow.titles.values(), *_subjects(routine.workflow))
            for each, routine in self.current.items()
        }
        if found := meant(name, called):
            return self.current[found[0]]
        known = ", ".join(sorted(self.current))
        values = {"workflow": name, "known": known, "nearest": near(name, called)}
        reason = Reason("workflow_missing", values)
        raise NotFoundError(f"no workflow «{name}»; the site has: {known}", reason=reason)

    def words(self, *names: str) -> frozenset[str]:
        """Every mail word of those of the routines named so that the site has."""
        had = (self.current[name].workflow for name in names if name in self.current)
        return frozenset[str]().union(*(workflow.words for workflow in had))

    def version(self, tx: Transaction, name: str, version: int) -> Routine:
        """The routine in the version that a request runs on, from its stored text where it has
        changed since.
        """
        routine = self.current.get(name)
        if routine is not None and routine.workflow.version == version:
            return routine
        key = (name, version)
        if key not in self.older:
            kept = stored.get(tx, name, version)
            if kept is None:
                raise stored.no_version(name, version)
            workflow = self.read(kept.text, f"{name} version {version}")
            if routine is not None:
                workflow = _with_words_of(routine.workflow, workflow)
            self.older[key] = Routine(workflow, self.table(workflow))
        return self.older[key]


def _with_words_of(later: Workflow, earlier: Workflow) -> Workflow:
    """The earlier version, whose events are known by what they are called in the later one too:
    people write what the letters of today say.
    """
    known = earlier.words
    events = dict(earlier.events)
    for name, event in earlier.events.items():
        more = later.events[name].says if event.says and name in later.events else {}
        said = {
            language: (*words, *(word for word in more.get(language, ()) if word not in known))
            for language, words in event.says.items()
        }
        events[name] = replace(event, says=said)
    return replace(earlier, events=events)


class Site(Struct, frozen=True, kw_only=True):
    """Everything that a use case needs, put together once by the composition root."""

    folder: Path
    database: Database
    routines: Routines
    rules: Rules
    letters: Letters
    notifier: Callable[[], Notifier]
    clock: Clock
    intake: IntakeRules
    addresses: tuple[str, ...]
    """What intake reads; empty takes mail to any address."""
    neutral_language: Language
    signer: Callable[[], Callable[[str], tuple[str, str]]]
    """What makes (Message-ID, subject token) of a seed, signed with the key that the site has now.
    """
    genuine: Callable[[str], bool]
    """Whether a key of the site, which may be an earlier one, made a Message-ID."""
    letter_state: Callable[[str, str], str]
    """(workflow, party) → the state in which a new letter starts: `waiting`, `held` or `shadow`."""
    undo_minutes: int
    digest: time | None = None
    """When what only tells leaves, gathered, on a working day; None for at once."""
    soft_bounces: int = 3
    """After so many letters that did not arrive, an address gets no more for the time being …"""
    soft_bounce_days: int = 30
    """… if they came back within so many days."""
    pace: Pace = field(default_factory=Pace)
    """How many letters may leave in a minute and in an hour."""
    everything_to: str = ""
    """The one address to which every letter goes, where the site is only tried out."""
    carried: Callable[[str, bytes], tuple[str, bytes]] = as_written
    """(receiver, bytes) of a letter → those that the transport really gets."""
    mailboxes: Callable[[], Sequence[Mailbox]] = tuple
    """Where mail is fetched; nowhere, unless the settings say so."""
    beside: bool = False
    """Whether people read the mailbox too: then only mail about Kursdeling is kept."""
    signed_for: Callable[[bytes, str], bool] | None = None
    """Whether a message is signed by a domain, where the site looks for that itself; raises
    SignatureUnknownError when nobody can tell just now.
    """
    died_of: Callable[[int, datetime], bool] | None = None
    """Whether a process apart died that judged a message; None where none can be begun."""
    may_pass: Callable[[bytes], bool] = bool
    """Whether the site's scanner lets a file go along with a letter; without one, any that is not
    empty.
    """
    passed_on_per_day: int = 30
    """How many letters pass one person's own words on in a day."""
    answers_per_day: int = 30
    """How many mails of one address are answered in a day."""
    openings_per_day: int = 20
    """How many requests a registered address may open by mail in a day."""
    look_back_days: int = 0
    """How old mail may be when such a mailbox is first used."""
    backup_folder: Path | None = None
    """Where the worker keeps a backup of each day; nowhere if None."""
    backup_keep: int = 7
    """How many of them."""
    link_check: LinkCheck = not_asked
    """How the link of a shared course is asked for."""
    links_every: timedelta | None = None
    """How often the worker does so for links that answer; never if None."""

    settings: str = ""
    """The digest of the settings that hold until the worker ends."""

    def outbox(self, in_reply_to: str = "") -> Outbox:
        """How letters written now are signed, held and delayed."""
        return Outbox(
            sign=self.signer(),
            state_of=self.letter_state,
            subject=self.letters.subject,
            undo_minutes=self.undo_minutes,
            gathered_at=None
            if self.digest is None
            else partial(next_at, self.rules.calendar, self.digest),
            in_reply_to=in_reply_to,
        )


def always() -> bool:
    """The answer to "may I go on?" where nobody wants it to stop."""
    return True

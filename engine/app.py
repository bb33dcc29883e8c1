"""The composition root: a site's folder → a Site; the only place that picks adapters, guards and
letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from config import settings as configuration
from config.calendars import norwegian
from config.register import parties
from config.settings import Settings
from engine import machine
from engine.check import Names, check
from engine.definition import read
from engine.definition.types import Workflow
from engine.domain.fields import FORMS
from engine.domain.words import GENERAL, all_general
from engine.errors import DefinitionError
from engine.intake.reading import IntakeRules
from engine.mailbox import sources
from engine.model import LANGUAGES, Language, Problem
from engine.plan.case import Rules
from engine.ports import Envelope, Letters, Notifier
from engine.service.signing import signer
from engine.service.site import Routine, Routines, Site
from engine.store import register, schema, workflows
from engine.store.database import Database, open_database
from engine.store.workflows import StoredVersion
from workflows.guards import GUARDS

OUTBOX = "outbox"
"""The folder of a site into which the file transport writes letters."""
STARTS = {"live": "waiting", "hold": "held", "shadow": "shadow"}
"""The state in which a letter starts, by `letters.mode`."""


class WallClock:
    """The wall clock, in whole seconds of UTC."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC).replace(microsecond=0)


def make_site(folder: Path, overrides: Mapping[str, str]) -> Site:
    """A new site in `folder`, which may exist if it is empty: settings, key, tables, and the
    register's parties.

    SettingsError for an unknown or impossible setting, or a folder that holds something already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration.write_default(folder, overrides)
    settings = Settings.load(folder)
    database = open_database(settings.database)
    schema.create(database)
    with database.transaction() as tx:
        register.upsert_parties(tx, parties())
    database.close()
    return open_site(folder)


def open_site(folder: Path) -> Site:
    """The site in `folder`, ready for use.

    SettingsError for its settings, SchemaError for its tables, DefinitionError for a workflow file
    that
    may not run: one with faults, or one that was changed without a new version number.
    """
    settings = Settings.load(folder)
    database = open_database(settings.database)
    schema.check(database)
    letters = LazyLetters(settings)
    routines = read_routines(folder)
    _prove_new(database, routines, letters)
    return Site(
        folder=folder,
        database=database,
        routines=Routines(routines),
        rules=Rules(guards=GUARDS, calendar=norwegian()),
        letters=letters,
        notifier=lambda: notifier(settings),
        clock=WallClock(),
        intake=IntakeRules(
            trusted_servers=settings.mail.trusted_servers,
            own_addresses=settings.mail.addresses,
            loop_mark=settings.mail.domain,
            words=all_general() | _words(routines.values()),
        ),
        addresses=settings.mail.addresses,
        neutral_language=settings.neutral_language,
        sign=signer(settings.signing_key, settings.mail.domain),
        letter_state=lambda workflow, party: STARTS[settings.letters.mode],
        undo_minutes=settings.letters.undo_minutes,
    )


def database_of(folder: Path) -> Database:
    """The database of the site in `folder`, whatever tables it holds; SettingsError, StoreError."""
    return open_database(Settings.load(folder).database)


def messages(path: str) -> Iterator[tuple[str, bytes | OSError]]:
    """(source, raw bytes) of each message at `path`, or the error where a file cannot be read."""
    yield from sources.messages(path)


def _words(routines: Iterable[Routine]) -> frozenset[str]:
    return frozenset(
        word
        for routine in routines
        for event in routine.workflow.events.values()
        for words in event.says.values()
        for word in words
    )


class LazyLetters:
    """The letters of a site; the template engine is loaded when the first one is written."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _letters(self) -> Letters:
        return letters_of(self._settings)

    def subject(self, envelope: Envelope) -> str:
        """The subject line, token included."""
        return self._letters.subject(envelope)

    def text(self, envelope: Envelope) -> str:
        """The letter's text."""
        return self._letters.text(envelope)

    def render(self, envelope: Envelope) -> bytes:
        """The exact bytes of the message."""
        return self._letters.render(envelope)

    def templates(self, language: Language) -> frozenset[str]:
        """The names of the templates that exist in `language`."""
        return self._letters.templates(language)


def letters_of(settings: Settings) -> Letters:
    """The renderer of letters, a site's own templates going first."""
    from notifiers.render import TemplateLetters

    own = settings.site / "templates"
    return TemplateLetters(
        sender=f"Kursdeling <{settings.mail.sender}>",
        reply_to=settings.mail.sender,
        site_mark=settings.mail.domain,
        templates=[own] if own.is_dir() else [],
    )


def templates_of(folder: Path) -> Letters:
    """The letters that workflow files checked in `folder` may name; it need not be a site."""
    from notifiers.render import TemplateLetters

    own = folder / "templates"
    nobody = "nobody@kursdeling.example"
    return TemplateLetters(
        sender=nobody,
        reply_to=nobody,
        site_mark="",
        templates=[own] if own.is_dir() else [],
    )


def notifier(settings: Settings) -> Notifier:
    """The transport that the settings name."""
    if settings.letters.transport == "file":
        from notifiers.file import FileNotifier

        return FileNotifier(settings.site / OUTBOX)
    from notifiers.smtp import SmtpNotifier, SmtpSettings

    smtp = settings.smtp
    return SmtpNotifier(
        SmtpSettings(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=smtp.password,
            sender=settings.mail.sender,
        )
    )


def workflow_files(folder: Path) -> dict[str, bytes]:
    """The text of each workflow file, the program's own and the site's, by the name to show for
    it.
    """
    texts = {
        entry.name: entry.read_bytes()
        for entry in sorted(files("workflows").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    }
    own = folder / "workflows"
    if own.is_dir():
        texts |= {str(file): file.read_bytes() for file in sorted(own.glob("*.yaml"))}
    return texts


def read_routines(folder: Path) -> dict[str, Routine]:
    """Every routine of the site by name; a site's own file goes before the program's of the same
    name.

    DefinitionError holds the problems of all files.
    """
    found: dict[str, Routine] = {}
    problems: list[Problem] = []
    for name, text in workflow_files(folder).items():
        try:
            workflow = read.workflow(text, name)
        except DefinitionError as error:
            problems += error.problems
            continue
        found[workflow.name] = Routine(workflow, machine.compile(workflow))
    if problems:
        raise DefinitionError(problems)
    return found


def names_for(letters: Letters) -> Names:
    """The names that workflow files may use."""
    by_language: dict[Language, frozenset[str]] = {
        language: letters.templates(language) for language in LANGUAGES
    }
    general = {
        language: frozenset(word for words in GENERAL.values() for word in words[language])
        for language in LANGUAGES
    }
    return Names(
        guards=frozenset(GUARDS),
        letters=by_language,
        forms=frozenset(FORMS),
        general_words=general,
    )


def prove(workflow: Workflow, letters: Letters) -> tuple[tuple[Problem, ...], int]:
    """(every problem of the workflow, its longest silence in days)."""
    findings = check(workflow, names_for(letters), norwegian())
    return findings.problems, findings.longest_silence_days


def _prove_new(database: Database, routines: Mapping[str, Routine], letters: Letters) -> None:
    """Check what was never checked before; a text that changed under its version number is
    refused.
    """
    with database.reading() as tx:
        known = {(each.name, each.version): each.sha256 for each in workflows.listed(tx)}
    new = [
        r.workflow for r in routines.values() if (r.workflow.name, r.workflow.version) not in known
    ]
    problems = [problem for workflow in new for problem in prove(workflow, letters)[0]]
    problems += [
        _changed(r.workflow)
        for r in routines.values()
        if known.get((r.workflow.name, r.workflow.version), r.workflow.sha256) != r.workflow.sha256
    ]
    if problems:
        raise DefinitionError(problems)
    if new:
        with database.transaction() as tx:
            for workflow in new:
                workflows.remember(tx, _stored(workflow), recorded_at=WallClock().now())


def _stored(workflow: Workflow) -> StoredVersion:
    return StoredVersion(
        name=workflow.name,
        version=workflow.version,
        text=workflow.text,
        sha256=workflow.sha256,
    )


def _changed(workflow: Workflow) -> Problem:
    return Problem(
        file=workflow.file,
        line=1,
        column=1,
        rule="version",
        message=f"{workflow.name} was changed; give it version {workflow.version + 1}",
    )

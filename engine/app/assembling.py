"""A site put together: the only place that picks adapters, guards and letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from config import settings as configuration
from config.calendars import norwegian
from config.keys import KEY_FILE
from config.register import parties
from config.settings import Settings
from engine.app import apart
from engine.app.keyring import KeyRing
from engine.app.mailboxes import mailboxes
from engine.app.post import LazyLetters, carrier, letter_state, notifier, pace
from engine.app.routine_files import table_of, workflow_of
from engine.app.routines import (
    mail_words,
    prove_new,
    read_routines,
)
from engine.domain.fields import FORMS
from engine.domain.words import all_general, all_undo
from engine.intake.reading import IntakeRules
from engine.mailbox import sources
from engine.plan.case import Rules
from engine.ports import Letters, LinkAnswer, Notifier
from engine.service.site import Routine, Routines, Site
from engine.store import schema
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.opening import is_address, open_database
from workflows.guards import guards_for
from workflows.phrases import phrases_at


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
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    kept = set(folder.iterdir()) if folder.is_dir() else set()
    new: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        configuration.write_default(folder, overrides)
        settings = Settings.load(folder)
        if not is_address(settings.database) and not Path(settings.database).exists():
            new = [Path(settings.database + end) for end in ("", "-wal", "-shm")]
        everybody = parties()
        letter_state(
            settings.letters, read_routines(folder), lambda: {each.id for each in everybody}
        )
        with open_database(settings.database) as database:
            schema.create(database, lambda tx: register.upsert_parties(tx, everybody))
    except BaseException:
        # Half a site could neither be used nor made anew.
        in_it = set(folder.iterdir()) - kept if folder.is_dir() else set()
        for file in {*in_it, *new}:
            file.unlink(missing_ok=True)
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise
    return open_site(folder)


def upgrade_site(folder: Path) -> tuple[int | None, int]:
    """Bring the site's database to the program's schema, and fill a register that is empty; the
    schema (before, after). Errors as `upgrading.upgrade`.
    """
    from engine.store.migrations.upgrading import upgrade

    settings = Settings.load(folder)
    found = upgrade(settings.database)
    with open_database(settings.database, must_exist=True) as database:
        if not _party_ids(database):
            with database.transaction() as tx:
                register.upsert_parties(tx, parties())
    return found


def open_site(folder: Path, *, proving: bool = True) -> Site:
    """The site in `folder`, ready for use, or without `proving` for being looked at as it stands.

    SettingsError for its settings, SchemaError for its tables, DefinitionError for a workflow file
    that may not run: one with faults, or one that was changed without a new version number.
    """
    settings = Settings.load(folder)
    with ExitStack() as opening:  # a site that cannot be opened leaves no connection behind
        database = opening.enter_context(open_database(settings.database, must_exist=True))
        schema.check(database)
        letters = LazyLetters(settings)
        routines = read_routines(folder)
        if proving:
            prove_new(database, routines, letters, WallClock().now())
        site = assembled(settings, database, routines, letters, lambda: notifier(settings))
        opening.pop_all()
    return site


def assembled(
    settings: Settings,
    database: Database,
    routines: Mapping[str, Routine],
    letters: Letters,
    transport: Callable[[], Notifier],
) -> Site:
    """A site put together from its parts, on settings that hold whatever else it needs."""
    ring = KeyRing(settings.site / KEY_FILE, settings.signing_keys, settings.mail.domain)
    return Site(
        folder=settings.site,
        database=database,
        routines=Routines(routines, workflow_of, table_of),
        rules=Rules(
            guards=guards_for(FORMS),
            calendar=norwegian(),
            weekend_grace=settings.weekend_grace,
            phrases=phrases_at(settings.site),
        ),
        letters=letters,
        notifier=transport,
        clock=WallClock(),
        intake=IntakeRules(
            trusted_servers=settings.mail.trusted_servers,
            own_hosts=settings.mail.own_hosts,
            strips_results=settings.mail.strips_results,
            microsoft365=settings.mail.microsoft365,
            tenant_domains=settings.mail.tenant_domains,
            own_addresses=settings.mail.addresses,
            loop_mark=settings.mail.domain,
            words=all_general() | all_undo() | mail_words(routines.values()),
        ),
        addresses=settings.mail.addresses,
        neutral_language=settings.neutral_language,
        signer=ring.signer,
        genuine=ring.genuine,
        letter_state=letter_state_of(settings, routines, database),
        undo_minutes=settings.letters.undo_minutes,
        digest=settings.letters.digest,
        pace=pace(settings),
        everything_to=settings.letters.everything_to,
        carried=carrier(settings),
        mailboxes=lambda: mailboxes(settings),
        beside=settings.mail.mode == "beside",
        died_of=partial(_died_of, settings.site),
        answers_per_day=settings.mail.answers_per_day,
        openings_per_day=settings.mail.openings_per_day,
        passed_on_per_day=settings.mail.passed_on_per_day,
        may_pass=partial(_may_pass, settings.mail.scan_command),
        signed_for=_signed_for if settings.mail.check_dkim else None,
        soft_bounces=settings.mail.soft_bounces,
        soft_bounce_days=settings.mail.soft_bounce_days,
        look_back_days=settings.imap.look_back_days,
        backup_folder=settings.backup.folder,
        backup_keep=settings.backup.keep,
        link_check=_ask,
        links_every=timedelta(days=settings.links.every_days) if settings.links.check else None,
        settings=settings.lasting,
    )


def letter_state_of(
    settings: Settings, routines: Collection[str], database: Database
) -> Callable[[str, str], str]:
    """How letters of the site start; SettingsError as `modes.letter_state`."""
    return letter_state(settings.letters, routines, lambda: _party_ids(database))


def _died_of(folder: Path, mail: int, at: datetime) -> bool:
    return apart.died_of(folder, mail, at)


def _signed_for(raw: bytes, domain: str) -> bool:
    from engine.app.dkim_check import from_dns, signed_for

    return signed_for(raw, domain, from_dns)


def _may_pass(command: str, content: bytes) -> bool:
    from engine.app.scanner import scanned

    return scanned(command, content)


def _ask(url: str) -> LinkAnswer:
    from engine.linkcheck.asking import ask

    return ask(url)


def _party_ids(database: Database) -> frozenset[str]:
    with database.reading() as tx:
        return frozenset(register.parties(tx))


def address_of(folder: Path) -> str:
    """Where the database of the site in `folder` is: a path or an address; SettingsError."""
    return Settings.load(folder).database


def messages(path: str, *, mbox: bool = False) -> Iterator[tuple[str, bytes | OSError]]:
    """(source, raw bytes) of each message at `path`, or the error where a file cannot be read."""
    yield from sources.in_mbox(path) if mbox else sources.messages(path)

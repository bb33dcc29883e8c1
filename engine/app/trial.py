"""A site that exists only while a routine is tried out: in memory, with one routine."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from config import settings as configuration
from config.register import parties
from config.settings import Settings
from engine.app import WallClock, assembled, prove_new, routine
from engine.app.post import LazyLetters
from engine.service.site import Site
from engine.service.trials.trying import ADDRESS, SERVER
from engine.store import schema
from engine.store.contacts import register
from engine.store.opening import open_database
from notifiers.file import MemoryNotifier

IN_MEMORY = ":memory:"
SETTINGS: Mapping[str, str] = {
    "mail.addresses": ADDRESS,
    "mail.trusted_servers": SERVER,
    "letters.mode": "live",
    "letters.undo_minutes": "0",
    "letters.digest": "",
}


def trial_site(folder: Path, name: str) -> Site:
    """A site in memory for the routine `name`, a file or one that `folder` has already, with the
    folder's own letters.

    NotFoundError when there is no such routine, DefinitionError when it may not run.
    """
    found = routine(folder, name)
    with TemporaryDirectory() as place:
        configuration.write_default(Path(place), SETTINGS)
        settings = replace(Settings.load(Path(place)), site=folder)
    with ExitStack() as opening:
        database = opening.enter_context(open_database(IN_MEMORY))
        schema.create(database)
        with database.transaction() as tx:
            register.upsert_parties(tx, parties())
        letters = LazyLetters(settings)
        routines = {found.workflow.name: found}
        prove_new(database, routines, letters, WallClock().now())
        notifier = MemoryNotifier()
        site = assembled(settings, database, routines, letters, lambda: notifier)
        opening.pop_all()
    return site

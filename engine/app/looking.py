"""A site that is only looked at: its database and its routines, and nothing that would act."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from pathlib import Path

from config.settings import Settings
from engine.app.assembling import open_site
from engine.app.routine_files import hash_of, workflow_files, workflow_of
from engine.service.requests.read_only import Look
from engine.service.site import Site
from engine.store import schema, workflows
from engine.store.database import Database
from engine.store.opening import open_database


def look_at(folder: Path) -> Look:
    """The site in `folder`, to be looked at; errors as for `open_site`.

    Where every workflow file is known by its hash, each has been proved before, and its text lies
    in the database. Otherwise the whole site is opened, which proves what is new, or refuses it.
    """
    opened = ExitStack()

    @cache
    def whole() -> Site:
        site = open_site(folder)
        opened.callback(site.database.close)
        return site

    with ExitStack() as opening:
        database = opening.enter_context(
            open_database(Settings.load(folder).database, must_exist=True)
        )
        schema.check(database)
        if not _all_known(folder, database):
            whole()
        opened.push(opening.pop_all())
    return Look(database=database, whole=whole, read=workflow_of, close=opened.close)


def _all_known(folder: Path, database: Database) -> bool:
    with database.reading() as tx:
        known = workflows.hashes(tx)
    texts = workflow_files(folder).values()
    return all(hash_of(text) in known for text in texts)

"""A site to be looked at: what a list needs, without what acts, writes letters or takes mail."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from engine.definition.types import Workflow
from engine.service.site import Site
from engine.store import workflows as stored
from engine.store.database import Database, Transaction


class Look(Struct, frozen=True, kw_only=True):
    """A site's database, and the whole site for the few questions that need it."""

    database: Database
    whole: Callable[[], Site]
    read: Callable[[str, str], Workflow]
    """(text, the name to show for it) → the workflow, as `engine.definition.read.workflow`."""
    close: Callable[[], None]
    """Closes every database that looking has opened."""

    def workflow(self, tx: Transaction, name: str, version: int) -> Workflow:
        """The routine in the version that a request runs on, from its stored text."""
        kept = stored.get(tx, name, version)
        if kept is None:
            raise stored.no_version(name, version)
        return self.read(kept.text, f"{name} version {version}")

"""The texts of workflow versions, kept from their first use on: a request keeps its version."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.errors import NotFoundError, StoreError
from engine.model import Reason
from engine.store.database import Row, Transaction
from engine.store.encoding import instant


class StoredVersion(Struct, frozen=True, kw_only=True):
    """One version of a workflow, as its file said it when it was first used."""

    name: str
    version: int
    text: str
    sha256: str


def remember(tx: Transaction, wanted: StoredVersion, *, recorded_at: datetime) -> bool:
    """Keep a version's text at its first use; False when it was kept already.

    StoreError when the text has changed and the version number has not.
    """
    kept = get(tx, wanted.name, wanted.version)
    if kept is not None:
        if kept.sha256 != wanted.sha256:
            raise StoreError(
                f"the workflow {wanted.name} has changed, but is still version {wanted.version}: "
                f"give it version {wanted.version + 1}"
            )
        return False
    tx.run(
        "workflow_version_insert",
        {
            "name": wanted.name,
            "version": wanted.version,
            "text": wanted.text,
            "sha256": wanted.sha256,
            "recorded_at": instant(recorded_at),
        },
    )
    return True


def get(tx: Transaction, name: str, version: int) -> StoredVersion | None:
    """The kept text of a version; None when the site has never used it."""
    row = tx.one("workflow_version", {"of_workflow": name, "of_version": version})
    return None if row is None else _read(row)


def no_version(name: str, version: int) -> NotFoundError:
    """That the site has never used a version of a workflow."""
    return NotFoundError(
        f"the site never used version {version} of {name}",
        reason=Reason("version_missing", {"workflow": name, "version": version}),
    )


def listed(tx: Transaction) -> tuple[StoredVersion, ...]:
    """Every version that the site has used, by name and number."""
    return tuple(_read(row) for row in tx.all("workflow_versions"))


def hashes(tx: Transaction) -> frozenset[str]:
    """The SHA-256 of every version that the site has used: each was proved before it was kept."""
    return frozenset(row["sha256"] for row in tx.all("workflow_hashes"))


def _read(row: Row) -> StoredVersion:
    return StoredVersion(
        name=row["name"], version=row["version"], text=row["text"], sha256=row["sha256"]
    )

"""The register's tables proved: what each came to whenever the program changed one of them.

Whoever changes the register says so before (`known.changed`), and holds the lock on its revision
from then on. So each change finds the tables as the one before has left them, unless somebody else
has been there; that is written down for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.store.chain import digest
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, structure
from engine.store.seals import sealed

TABLES: Final = (
    "party", "contact", "contact_alias", "agreement", "absence", "suspension", "bounce",
    "party_domain", "area", "area_member", "priority_area", "network", "network_member",
    "network_seat", "network_task",
)  # fmt: skip
"""What people decide about whom the site writes to, and what it knows of them."""


def begin(tx: Transaction) -> None:
    """Compare the register with what the change before has left; to be called under its lock."""
    if tx.at_the_end is not None:
        return
    last = tx.one("register_proof_last")
    found = () if last is None else changed_since(last, standing(tx))
    tx.at_the_end = lambda at_the_end: _write(at_the_end, last, found)


def standing(tx: Transaction) -> dict[str, str]:
    """The digest of each table of the register as it stands."""
    # Every column that there is, in whatever order: one that is new needs no new query.
    return {table: digest_of(tx.all_of(f"SELECT * FROM {table}")) for table in TABLES}  # noqa: S608 (own)


def digest_of(rows: Iterable[Row]) -> str:
    """The digest of a table's rows, whatever their order."""
    each = (sealed(row[name] for name in sorted(row)) for row in rows)
    return sealed(sorted(each))


def changed_since(last: Row, now: Mapping[str, str]) -> tuple[str, ...]:
    """The tables that do not stand as the last change has left them."""
    left: Mapping[str, str] = structure(last["digests"])
    return tuple(table for table in sorted(left) if left[table] != now.get(table))


def proof_row(
    last: Row | None, revision: int, digests: Mapping[str, str], found: Iterable[str]
) -> Row:
    """The row that proves the register as a change has left it, chained to the one before."""
    row: dict[str, str | int] = {
        "revision": revision,
        "digests": canonical(digests),
        "found": canonical(tuple(found)),
        "previous": "" if last is None else last["hash"],
    }
    return {**row, "hash": hash_of(row)}


def hash_of(row: Row) -> str:
    """The hash of such a row, from every column but `hash` itself."""
    return digest({name: row[name] for name in ("revision", "digests", "found", "previous")})


def _write(tx: Transaction, last: Row | None, found: Iterable[str]) -> None:
    revision = tx.one("register_revision")
    number = 0 if revision is None else revision["revision"]
    tx.run("register_proof_insert", proof_row(last, number, standing(tx), found))

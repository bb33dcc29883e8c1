"""The second schema's proofs: what stands already is sealed and counted as it is found.

Events of before have no grounds: their chains are of format 1, and stay provable as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

import sqlalchemy as sa
from alembic import op

from engine.store.contacts.register_proof import TABLES, digest_of, proof_row
from engine.store.seals import sealed

_NEW: Final = (
    "CREATE TABLE grounds ( request INTEGER NOT NULL, seq INTEGER NOT NULL, salt VARCHAR NOT NULL, "
    "said VARCHAR NOT NULL, facts VARCHAR NOT NULL, outcome VARCHAR NOT NULL, CONSTRAINT "
    "pk_grounds PRIMARY KEY (request, seq), CONSTRAINT fk_grounds_request FOREIGN KEY(request) "
    "REFERENCES request (id) ){without_rowid}",
    "CREATE TABLE mail_seal ( inbox INTEGER NOT NULL, seal VARCHAR NOT NULL, attached VARCHAR NOT "
    "NULL, sorted VARCHAR NOT NULL, CONSTRAINT pk_mail_seal PRIMARY KEY (inbox), CONSTRAINT "
    "fk_mail_seal_inbox FOREIGN KEY(inbox) REFERENCES inbox (id) )",
    "CREATE TABLE tally ( kind VARCHAR NOT NULL, stripe INTEGER NOT NULL, written INTEGER NOT "
    "NULL, CONSTRAINT pk_tally PRIMARY KEY (kind, stripe) )",
    "CREATE TABLE register_proof ( revision {counted} NOT NULL, digests VARCHAR NOT NULL, found "
    "VARCHAR NOT NULL, previous VARCHAR NOT NULL, hash VARCHAR NOT NULL, CONSTRAINT "
    "pk_register_proof PRIMARY KEY (revision), CONSTRAINT ck_register_proof_revision CHECK "
    "(revision >= 0) )",
)
_TIMER: Final = (
    "ALTER TABLE timer RENAME TO timer_of_before",
    "CREATE TABLE timer ( id INTEGER NOT NULL, request INTEGER NOT NULL, state VARCHAR NOT NULL, "
    "position INTEGER NOT NULL, action VARCHAR NOT NULL, target VARCHAR NOT NULL, roles VARCHAR "
    "NOT NULL, due_at VARCHAR NOT NULL, every VARCHAR NOT NULL, at_most INTEGER NOT NULL, "
    "occurrence INTEGER NOT NULL, rule VARCHAR NOT NULL, calendar VARCHAR NOT NULL, status VARCHAR "
    "NOT NULL, seal VARCHAR NOT NULL, CONSTRAINT pk_timer PRIMARY KEY (id), CONSTRAINT "
    "ck_timer_action CHECK (action IN ('remind', 'send', 'escalate', 'fire')), CONSTRAINT "
    "ck_timer_status CHECK (status IN ('armed', 'done', 'void')), CONSTRAINT fk_timer_request "
    "FOREIGN KEY(request) REFERENCES request (id) )",
    "INSERT INTO timer SELECT *, '' FROM timer_of_before",
    "DROP TABLE timer_of_before",
    "CREATE INDEX ix_timer_due ON timer (due_at) WHERE status = 'armed'",
    "CREATE INDEX ix_timer_request ON timer (request) WHERE status = 'armed'",
)
"""SQLite puts a new column behind the constraints, so the table is written anew."""
_COUNTED: Final = ("history", "timer", "letter")


def make_tables() -> None:
    """The new tables, and the seal of a timer."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    without = " WITHOUT ROWID" if sqlite else ""
    counted = "INTEGER" if sqlite else "SERIAL"
    for sql in _NEW:
        op.execute(sql.format(without_rowid=without, counted=counted))
    if sqlite:
        for sql in _TIMER:
            op.execute(sql)
    else:
        op.execute("ALTER TABLE timer ADD COLUMN seal VARCHAR NOT NULL DEFAULT ''")
        op.execute("ALTER TABLE timer ALTER COLUMN seal DROP DEFAULT")


def prove_what_stands() -> None:
    """Seal and count what stands; once every other change of the tables has been made."""
    bind = op.get_bind()
    op.execute(f"UPDATE timer SET seal = {_seal('timer', {'id', 'seal'})}")  # noqa: S608 (own)
    stands = _seal("letter", {"id", "seal", "raw"})
    op.execute(f"UPDATE letter SET seal = substr(seal, 1, 64) || ':' || {stands}")  # noqa: S608 (own)
    mail = _seal("inbox", {"id", "raw"}, "CASE WHEN raw IS NULL THEN 1 ELSE 0 END")
    op.execute(f"INSERT INTO mail_seal SELECT id, {mail}, '', '' FROM inbox")  # noqa: S608 (own)
    _digested("attached", "attached", "place", ("place", "sha256", "name"))
    _digested("sorted", "sorting", "id", ("action", "verdict", "note", "at", "recorded_at"))
    for table in _COUNTED:
        counted = f"SELECT '{table}', 0, count(*) FROM {table} HAVING count(*) > 0"  # noqa: S608 (own)
        op.execute(f"INSERT INTO tally {counted}")
    digests = {table: digest_of(_rows(f"SELECT * FROM {table}")) for table in TABLES}  # noqa: S608 (own)
    if all(digest == digest_of(()) for digest in digests.values()):
        return  # an empty database may be copied to
    revision = bind.execute(sa.text("SELECT max(revision) FROM register_revision")).scalar() or 0
    row = proof_row(None, revision, digests, ())
    bind.execute(
        sa.text(
            "INSERT INTO register_proof (revision, digests, found, previous, hash) "
            "VALUES (:revision, :digests, :found, :previous, :hash)"
        ),
        dict(row),
    )


def _digested(column: str, table: str, order: str, names: Sequence[str]) -> None:
    rows = _rows(f"SELECT * FROM {table} ORDER BY inbox, {order}")  # noqa: S608 (own)
    for inbox, own in groupby(rows, key=lambda row: row["inbox"]):
        digest = sealed([row[name] for row in own for name in names])
        op.get_bind().execute(
            sa.text(f"UPDATE mail_seal SET {column} = :digest WHERE inbox = :inbox"),  # noqa: S608 (own)
            {"digest": digest, "inbox": inbox},
        )


def _rows(sql: str) -> list[Mapping[str, object]]:
    return [dict(row) for row in op.get_bind().execute(sa.text(sql)).mappings()]


def _seal(table: str, beside: set[str], *more: str) -> str:
    """The seal of a row, in the database's own SQL."""
    bind = op.get_bind()
    names = {column["name"] for column in sa.inspect(bind).get_columns(table)} - beside
    values = [*sorted(names), *more]
    if bind.dialect.name == "sqlite":
        return f"seal({', '.join(values)})"
    parts = (f"coalesce('=' || CAST({value} AS TEXT), '-')" for value in values)
    return f"encode(sha256(convert_to({' || chr(31) || '.join(parts)}, 'UTF8')), 'hex')"

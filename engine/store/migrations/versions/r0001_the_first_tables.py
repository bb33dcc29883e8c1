"""The tables of the first release; its SQL stays as it is."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from engine.store.migrations.versions import FIRST, SEPARATOR

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index in an empty database."""
    file = Path(FIRST.format(op.get_bind().dialect.name))
    for sql in file.read_text(encoding="utf-8").split(SEPARATOR):
        op.execute(sql)

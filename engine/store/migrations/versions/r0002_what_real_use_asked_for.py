"""What a week of real use asked of the tables: one migration, until the next release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.migrations.proofs import make_tables, prove_what_stands

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables of the first release to those of the second."""
    _passes()
    _heartbeats()
    _attempts()
    make_tables()
    # Last of all: seals cover every column that there is now.
    prove_what_stands()


def _passes() -> None:
    op.create_table(
        "pass",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pass"),
        sa.CheckConstraint("id = 1", name="ck_pass_one_row"),
    )


def _heartbeats() -> None:
    # The workers are stopped meanwhile, and each writes its row anew.
    op.drop_table("heartbeat")
    op.create_table(
        "heartbeat",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name="pk_heartbeat"),
    )


def _attempts() -> None:
    op.create_table(
        "mail_attempt",
        sa.Column("inbox", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("inbox", name="pk_mail_attempt"),
        sa.ForeignKeyConstraint(["inbox"], ["inbox.id"], name="fk_mail_attempt_inbox"),
    )

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
    _duties()
    _letters()
    _morning_items()
    _read_by_people()
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


_CONTACTS = (
    "CREATE TABLE contact_of_before AS SELECT * FROM contact",
    "DROP TABLE contact",
    "CREATE TABLE contact ( id INTEGER NOT NULL, party VARCHAR NOT NULL, duty VARCHAR NOT NULL, "
    "email VARCHAR NOT NULL, name VARCHAR NOT NULL, valid_from VARCHAR NOT NULL, valid_until "
    "VARCHAR, language VARCHAR, proof VARCHAR NOT NULL, main INTEGER NOT NULL, at_once INTEGER NOT "
    "NULL, CONSTRAINT pk_contact PRIMARY KEY (id), "
    "CONSTRAINT ck_contact_language CHECK (language IN ('nb', 'nn', 'en')), CONSTRAINT "
    "ck_contact_proof CHECK (proof IN ('site', 'mail', 'provisional')), CONSTRAINT "
    "ck_contact_period CHECK (valid_until IS NULL OR valid_until >= valid_from), CONSTRAINT "
    "uq_contact_party_duty_email_valid_from UNIQUE (party, duty, email, valid_from), CONSTRAINT "
    "fk_contact_party FOREIGN KEY(party) REFERENCES party (id) )",
    "INSERT INTO contact SELECT *, 0, 0 FROM contact_of_before",
    "DROP TABLE contact_of_before",
    "CREATE INDEX ix_contact_duty ON contact (duty)",
    "CREATE INDEX ix_contact_email ON contact (email)",
    "CREATE INDEX ix_contact_party ON contact (party)",
    "CREATE UNIQUE INDEX uq_contact_point ON contact (party) WHERE duty = 'contact_point' AND "
    "valid_until IS NULL",
)


def _duties() -> None:
    """Which duties there are is said by files, a site's own among them, and no longer here."""
    if op.get_bind().dialect.name == "sqlite":
        for sql in _CONTACTS:
            op.execute(sql)
    else:
        op.execute("ALTER TABLE contact DROP CONSTRAINT ck_contact_duty")
        _add("contact", "main", "at_once")


_MORNING_ITEMS = (
    "CREATE TABLE morning_item_of_before AS SELECT * FROM morning_item",
    "DROP TABLE morning_item",
    "CREATE TABLE morning_item ( number INTEGER NOT NULL, since VARCHAR NOT NULL, kind VARCHAR NOT "
    "NULL, subject VARCHAR NOT NULL, settled_at VARCHAR, said_by VARCHAR NOT NULL, said VARCHAR "
    "NOT NULL, CONSTRAINT pk_morning_item PRIMARY KEY (number, since) )",
    # What stood in the last morning's letter keeps its number; earlier ones can still be answered.
    # A duty that is lacking was named by its request, which no longer says which one it is.
    "INSERT INTO morning_item SELECT DISTINCT item.number, letter.written_at, CASE item.kind WHEN "
    "'unread' THEN 'network' ELSE item.kind END, item.subject, CASE WHEN letter.written_at < "
    "(SELECT max(last.written_at) FROM morning_item_of_before JOIN letter AS last ON last.id = "
    "morning_item_of_before.letter) THEN letter.written_at END, '', '' FROM morning_item_of_before "
    "AS item JOIN letter ON letter.id = item.letter WHERE item.kind <> 'stuck'",
    "DROP TABLE morning_item_of_before",
    "CREATE UNIQUE INDEX uq_morning_item_stands ON morning_item (kind, subject) WHERE settled_at "
    "IS NULL",
)


def _morning_items() -> None:
    """Numbers of morning letters live as long as what they stand for, and not for one letter."""
    for sql in _MORNING_ITEMS:
        op.execute(sql)


def _read_by_people() -> None:
    """What somebody wrote beside an order that they forwarded waits for a person too."""
    op.drop_index("ix_inbox_people", table_name="inbox")
    op.execute(
        "CREATE INDEX ix_inbox_people ON inbox (id) WHERE (verdict IN ('unclear', 'remark', "
        "'unreadable', 'oversize', 'newcomer', 'unknown_sender', 'unproved_sender', 'bounce') OR "
        "reasons LIKE '%\"answers_used_up\"%' OR reasons LIKE '%\"answers_in_circles\"%' OR "
        "reasons LIKE '%\"must_not_wait\"%' "
        "OR reasons LIKE '%\"words_%')"
    )


_OF_LETTER = (
    "id, request, inbox, cause_kind, cause_ref, role, party, receiver, template, language, "
    "variables, subject, message_id, token, in_reply_to, at_once, {told} state, not_before, "
    "written_at, recorded_at, claimed_at, sent_at, tries, code, error, seal, raw, raw_sha256"
)
_LETTERS = (
    "CREATE TABLE letter_of_before AS SELECT * FROM letter",
    "DROP TABLE letter",
    "CREATE TABLE letter ( id INTEGER NOT NULL, request INTEGER, inbox INTEGER, cause_kind VARCHAR "
    "NOT NULL, cause_ref VARCHAR NOT NULL, role VARCHAR NOT NULL, party VARCHAR, receiver VARCHAR "
    "NOT NULL, template VARCHAR NOT NULL, language VARCHAR NOT NULL, variables VARCHAR NOT NULL, "
    "subject VARCHAR, message_id VARCHAR NOT NULL, token VARCHAR NOT NULL, in_reply_to VARCHAR NOT "
    "NULL, at_once INTEGER NOT NULL, told INTEGER NOT NULL, state VARCHAR NOT NULL, not_before "
    "VARCHAR NOT NULL, written_at VARCHAR NOT NULL, recorded_at VARCHAR NOT NULL, claimed_at "
    "VARCHAR, sent_at VARCHAR, tries INTEGER NOT NULL, code INTEGER, error VARCHAR NOT NULL, seal "
    "VARCHAR NOT NULL, raw BLOB, raw_sha256 VARCHAR, CONSTRAINT pk_letter PRIMARY KEY (id), "
    "CONSTRAINT ck_letter_state CHECK (state IN ('waiting', 'held', 'shadow', 'sending', 'sent', "
    "'retry', 'dead', 'cancelled')), CONSTRAINT ck_letter_language CHECK (language IN ('nb', 'nn', "
    "'en')), CONSTRAINT ck_letter_cause_kind CHECK (cause_kind IN ('mail', 'command', 'timer')), "
    "CONSTRAINT uq_letter_token_request UNIQUE (token, request), CONSTRAINT fk_letter_request "
    "FOREIGN KEY(request) REFERENCES request (id), CONSTRAINT fk_letter_inbox FOREIGN KEY(inbox) "
    "REFERENCES inbox (id), CONSTRAINT fk_letter_party FOREIGN KEY(party) REFERENCES party (id), "
    "CONSTRAINT uq_letter_message_id UNIQUE (message_id) )",
    f"INSERT INTO letter SELECT {_OF_LETTER.format(told='0,')} FROM letter_of_before",  # noqa: S608 (own)
    "DROP TABLE letter_of_before",
    "CREATE INDEX ix_letter_chasers ON letter (id) WHERE template = 'remind' AND state IN "
    "('waiting', 'held')",
    "CREATE INDEX ix_letter_claimed ON letter (claimed_at) WHERE claimed_at IS NOT NULL",
    "CREATE INDEX ix_letter_due ON letter (not_before) WHERE state IN ('waiting', 'retry')",
    "CREATE INDEX ix_letter_inbox ON letter (inbox)",
    "CREATE INDEX ix_letter_receiver ON letter (receiver, written_at)",
    "CREATE INDEX ix_letter_request ON letter (request)",
    "CREATE INDEX ix_letter_sending ON letter (claimed_at) WHERE state = 'sending'",
    "CREATE INDEX ix_letter_stopped ON letter (id) WHERE state IN ('dead', 'held')",
)
_TOLD = (
    "CREATE INDEX ix_letter_told ON letter (not_before) WHERE told = 1 AND state IN ('waiting', "
    "'held')"
)


def _letters() -> None:
    """Whether a letter only tells; what waits already leaves by itself, as it was to."""
    if op.get_bind().dialect.name == "sqlite":
        for sql in _LETTERS:
            op.execute(sql)
    else:
        _add("letter", "told")
    op.execute(_TOLD)


def _add(table: str, *columns: str) -> None:
    for column in columns:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT")

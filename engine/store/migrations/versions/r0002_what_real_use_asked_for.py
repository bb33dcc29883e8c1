"""What a week of real use asked of the tables: one migration, until the next release."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables of the first release to those of the second."""

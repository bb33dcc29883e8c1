"""What the tables are made of: one metadata, and constraints that both databases know."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, MetaData, text
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Row(SQLModel, registry=registry(metadata=metadata)):
    """What all tables share: one metadata of our own."""


def only(column: str, *values: str) -> CheckConstraint:
    """A constraint that lets `column` hold nothing but the values (or NULL)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def where(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    """An index over the rows that meet the condition only."""
    return Index(
        name,
        *columns,
        unique=unique,
        sqlite_where=text(condition),
        postgresql_where=text(condition),
    )

"""The tables about what keeps letters back, and what coordinators are told each morning."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.description.constraints import Row, metadata, only, where

__all__ = ["ITEM_KINDS", "metadata"]

ITEM_KINDS = (
    "late", "unread", "unclear", "stranger", "bounce", "dead", "stuck", "link", "held", "chaser",
)  # fmt: skip


class Pause(Row, table=True):
    """A time in which nothing leaves the site; open until somebody lets letters go again."""

    __table_args__ = (where("ix_pause_open", "resumed_at IS NULL", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    reason: str
    since: str
    resumed_at: str | None


class Morning(Row, table=True):
    """A morning that has been seen to, whether or not there was anything to say."""

    day: str = Field(primary_key=True)
    at: str
    recorded_at: str


class MorningItem(Row, table=True):
    """What a number in a morning letter stands for, as long as the letter can be answered."""

    __tablename__ = "morning_item"
    __table_args__ = (only("kind", *ITEM_KINDS),)
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    number: int = Field(primary_key=True)
    kind: str
    subject: str
    """A request's number, or the id of a mail, a letter, or a timer with its occurrence."""


class Gathered(Row, table=True):
    """A chaser that left inside another letter, which holds several."""

    letter: int = Field(foreign_key="letter.id", primary_key=True)
    carrier: int = Field(foreign_key="letter.id", index=True)
    place: int

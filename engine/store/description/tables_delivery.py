"""Tables of mail out: letters that are tried again, and days that letters put into calendars."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.description.constraints import Row, metadata

__all__ = ["metadata"]


class LetterDelay(Row, table=True):
    """A letter that is tried again and again: its five days count from the first failure."""

    __tablename__ = "letter_delay"
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    since: str


class CalendarEntry(Row, table=True):
    """A day that a letter has put into its receiver's calendar, or has taken out of it."""

    __tablename__ = "calendar_entry"
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    kind: str = Field(primary_key=True)
    day: str
    stands: int

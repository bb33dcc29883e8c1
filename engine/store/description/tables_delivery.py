"""Tables of mail out: which letters could not be handed over at the first attempt."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.description.constraints import Row, metadata

__all__ = ["metadata"]


class LetterDelay(Row, table=True):
    """A letter that is tried again and again: its five days count from the first failure."""

    __tablename__ = "letter_delay"
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    since: str

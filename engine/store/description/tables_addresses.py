"""The tables about addresses that letters did not reach."""

from __future__ import annotations

from sqlmodel import Field

from engine.store.description.constraints import Row, metadata, only, where

__all__ = ["OUTCOMES", "metadata"]

OUTCOMES = ("delayed", "soft", "hard")


class Bounce(Row, table=True):
    """What is known of a letter that came back: the worst that was said of it."""

    __table_args__ = (only("outcome", *OUTCOMES),)
    letter: int = Field(foreign_key="letter.id", primary_key=True)
    address: str = Field(index=True)
    outcome: str
    status: str
    """The enhanced status code (RFC 3463), or the reply code of SMTP; empty where none is known."""
    reason: str
    inbox: int | None = Field(foreign_key="inbox.id")
    """The mail that said so; none where the server said it while the letter was handed over."""
    at: str
    recorded_at: str


class Suspension(Row, table=True):
    """An address that gets no more letters until it is lifted; kept afterwards."""

    __table_args__ = (where("ix_suspension_open", "lifted_at IS NULL", "address"),)
    address: str = Field(primary_key=True)
    since: str
    letter: int = Field(foreign_key="letter.id")
    """The letter that did not reach it; its bounce holds the reason."""
    lifted_at: str | None

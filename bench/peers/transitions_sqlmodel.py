"""A plain SQLModel session: read the request, ask the guard, write state, history and letter.

As its own documentation has it: `session.get`, attributes set, rows added, one commit.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from bench.peers import tables
from bench.peers.answering import Work, rounds

_VERSION = sa.Column("version", sa.Integer, nullable=False)


class Request(SQLModel, table=True):
    """A request, with a version that a second writer would trip over."""

    __tablename__ = "request"
    id: int = Field(primary_key=True)
    state: str
    version: int = Field(sa_column=_VERSION)
    form: dict[str, Any] = Field(sa_type=sa.JSON)
    __mapper_args__ = {"version_id_col": _VERSION}


class History(SQLModel, table=True):
    """One event."""

    __tablename__ = "history"
    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id")
    event: str
    from_state: str
    to_state: str
    actor: str
    key: str = Field(unique=True)
    at: datetime = Field(sa_type=sa.DateTime(timezone=True))


class Letter(SQLModel, table=True):
    """One letter that waits to be sent."""

    __tablename__ = "outbox"
    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id")
    receiver: str
    template: str
    variables: dict[str, Any] = Field(sa_type=sa.JSON)
    state: str


def prepared(path: str, count: int) -> Work:
    """The work: that many transitions, each with a session and a commit of its own."""

    def work(_: str) -> float:
        tables.without(path)
        engine = tables.engine_of(f"sqlite:///{path}")
        tables.fill(engine, count)
        _received(engine, count, count)
        began = time.perf_counter()
        for n in range(1, count):
            _received(engine, n, n)
        spent = time.perf_counter() - began
        tables.same_rows(engine, count)
        engine.dispose()
        return (count - 1) / spent

    return work


def _received(engine: sa.Engine, number: int, key: int) -> None:
    with Session(engine) as session:
        request = session.get(Request, number)
        if request is None or request.state != tables.BEFORE:
            raise ValueError(f"request {number} cannot be received")
        request.state = tables.AFTER
        session.add(request)
        session.add(
            History(
                request=number,
                event="acknowledge",
                from_state=tables.BEFORE,
                to_state=tables.AFTER,
                actor="kslaring@ks.example",
                key=f"key {key}",
                at=tables.AT,
            )
        )
        session.add(
            Letter(
                request=number,
                receiver="elaering@si.example",
                template="request_received",
                variables=tables.FORM,
                state="waiting",
            )
        )
        session.commit()


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], int(sys.argv[2])))

"""A plain SQLModel session on the program's own tables, which SQLModel describes.

As its own documentation has it: `session.get`, attributes set, rows added, one commit. The timers
that end are the one exception: they are changed by one UPDATE, as SQLAlchemy's documentation has it
for many rows, which is quicker than reading each and setting its status.
"""

from __future__ import annotations

import sys
import time

import sqlalchemy as sa
from sqlmodel import Session, update

from bench.peers.answering import Work, rounds
from bench.peers.given import Counting, Given, Move
from bench.peers.tables import (
    Course,
    History,
    Letter,
    Request,
    Timer,
    asking,
    copied,
    engine_of,
)


def prepared(file: str, database: str, path: str, count: int) -> Work:
    """The work: that many transitions, each with a session and a commit of its own, of which the
    first is outside the clock.
    """
    first, *rest = Given(file).moves[:count]

    def work(_: str) -> float:
        copied(database, path)
        engine = engine_of(f"sqlite:///{path}")
        counting = Counting(asking(engine))
        _move(engine, first)
        began = time.perf_counter()
        for move in rest:
            _move(engine, move)
        spent = time.perf_counter() - began
        counting.check([first, *rest])
        engine.dispose()
        return len(rest) / spent

    return work


def _move(engine: sa.Engine, move: Move) -> None:
    with Session(engine) as session:
        request = session.get_one(Request, move.request)
        session.get_one(Course, request.course)
        rows = move.rows(
            state=request.state,
            seq=request.seq,
            head=request.head,
            form=request.form,
            kept=request.kept,
        )
        for name, value in rows.request.items():
            setattr(request, name, value)
        session.add(request)
        session.exec(
            update(Timer)
            .where(Timer.request == move.request, Timer.status == "armed")
            .values(status="void")
            .execution_options(synchronize_session=False)
        )
        session.add(History(**rows.history))
        session.add_all([Timer(**row) for row in rows.timers])
        session.add_all([Letter(**row) for row in rows.letters])
        session.commit()


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

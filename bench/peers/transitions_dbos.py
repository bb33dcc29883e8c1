"""DBOS: each transition is a workflow of its own, whose one step is a transaction of a datasource.

As its documentation has it: what must happen once only, however often it is asked for, is a
workflow under an idempotency key of the caller's, and the transaction's result is kept beside the
rows that it writes, in the same commit. A transition of ours is like that: a mail or a command
makes it happen, by itself, under a key that is kept, so that the same mail found again after a
crash does nothing. One workflow for many transitions would share its own start and end (commits
too) between them all, but it would have one key for all of them, and could begin only when the last
of the mails is there.

The rows are written by SQLAlchemy's statements, which cost less than its objects.
"""

from __future__ import annotations

import sys
import time

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource
from sqlalchemy.orm import Session

from bench.peers import tables
from bench.peers.answering import Work, rounds
from bench.peers.given import Counting, Given, Move

REQUEST, HISTORY, TIMER, LETTER, COURSE = (
    each.__table__
    for each in (tables.Request, tables.History, tables.Timer, tables.Letter, tables.Course)
)


def prepared(file: str, url: str, system: str, count: int) -> Work:
    """The work: that many transitions, of which the first is outside the clock; each round takes
    those after the last one's. On SQLite the system's own tables stand in a file apart.
    """
    config: DBOSConfig = {
        "name": "kursdeling-bench",
        "system_database_url": system,
        "system_database_engine": tables.engine_of(system),
        "log_level": "ERROR",
        "application_version": "1",
    }
    DBOS(config=config)
    engine = tables.engine_of(url)
    datasource = SQLAlchemyDatasource.create(url, engine=engine)
    moves = Given(file).moves
    known = {move.request: move for move in moves}
    # The row is locked, as the program does it; SQLite locks the whole file.
    isolation = "SERIALIZABLE" if engine.dialect.name == "sqlite" else "READ COMMITTED"

    @datasource.transaction(isolation_level=isolation)
    def written(request: int) -> str:
        return _written(datasource.sql_session(), known[request])

    @DBOS.workflow()
    def acknowledge(request: int) -> str:
        return written(request)

    def fire(move: Move, turn: str) -> None:
        with SetWorkflowID(f"{turn}:{move.request}"):
            acknowledge(move.request)

    DBOS.launch()
    counting = Counting(tables.asking(engine))
    waiting = iter(moves)

    def work(turn: str) -> float:
        first, *rest = [next(waiting) for _ in range(count)]
        fire(first, turn)
        began = time.perf_counter()
        for move in rest:
            fire(move, turn)
        spent = time.perf_counter() - began
        counting.check([first, *rest])
        return len(rest) / spent

    return work


def _written(session: Session, move: Move) -> str:
    found = sa.select(REQUEST).where(REQUEST.c.id == move.request).with_for_update()
    request = session.execute(found).one()
    session.execute(sa.select(COURSE).where(COURSE.c.id == request.course)).one()
    rows = move.rows(
        state=request.state,
        seq=request.seq,
        head=request.head,
        form=request.form,
        kept=request.kept,
    )
    moved = session.execute(
        REQUEST.update()
        .where(REQUEST.c.id == move.request, REQUEST.c.seq == request.seq)
        .values(**rows.request)
    )
    assert moved.rowcount == 1
    session.execute(HISTORY.insert(), rows.history)
    armed = sa.and_(TIMER.c.request == move.request, TIMER.c.status == "armed")
    session.execute(TIMER.update().where(armed).values(status="void"))
    session.execute(TIMER.insert(), rows.timers)
    session.execute(LETTER.insert(), rows.letters)
    return str(rows.request["state"])


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))

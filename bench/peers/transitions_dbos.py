"""DBOS: each transition is a transaction of a datasource, in a workflow that can be resumed.

As its documentation has it: the transaction's result is kept beside the rows that it writes, in
the same commit. One workflow carries out many transitions, so that its own start and end, which
are commits too, are shared by all of them: the form in which DBOS is quickest.
"""

from __future__ import annotations

import sys
import time

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SQLAlchemyDatasource
from sqlalchemy.orm import Session

from bench.peers import tables
from bench.peers.answering import Work, rounds


def prepared(url: str, system: str, count: int) -> Work:
    """The work: that many transitions; on SQLite the system's own tables stand in a file apart."""
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

    @datasource.transaction
    def received(number: int, key: str) -> str:
        return _received(datasource.sql_session(), number, key)

    @DBOS.workflow()
    def share(first: int, last: int, turn: str) -> float:
        began = time.perf_counter()
        for number in range(first, last):
            received(number, f"{turn}:{number}")
        return time.perf_counter() - began

    DBOS.launch()

    def work(turn: str) -> float:
        tables.fill(engine, count)
        share(count, count + 1, f"{turn} first")
        spent = share(1, count, turn)
        tables.same_rows(engine, count)
        return (count - 1) / spent

    return work


def _received(session: Session, number: int, key: str) -> str:
    found = sa.select(tables.request).where(tables.request.c.id == number)
    request = session.execute(found).one()
    if request.state != tables.BEFORE:
        raise ValueError(f"request {number} cannot be received")
    moved = session.execute(
        tables.request.update()
        .where(tables.request.c.id == number, tables.request.c.version == request.version)
        .values(state=tables.AFTER, version=request.version + 1)
    )
    assert moved.rowcount == 1
    session.execute(
        tables.history.insert().values(
            request=number,
            event="acknowledge",
            from_state=request.state,
            to_state=tables.AFTER,
            actor="kslaring@ks.example",
            key=key,
            at=tables.AT,
        )
    )
    session.execute(
        tables.outbox.insert().values(
            request=number,
            receiver="elaering@si.example",
            template="request_received",
            variables=tables.FORM,
            state="waiting",
        )
    )
    return tables.AFTER


if __name__ == "__main__":
    rounds(lambda: prepared(sys.argv[1], sys.argv[2], int(sys.argv[3])))

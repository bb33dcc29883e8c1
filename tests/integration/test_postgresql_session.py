"""PostgreSQL's session: statements that travel together, and what goes wrong with them."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import sleep

import psycopg
import pytest
from msgspec.structs import replace

from bench import stand
from engine.errors import ClaimTakenError, StoreError
from engine.service.acts import commands
from engine.store import schema
from engine.store.database import Database, Params
from engine.store.opening import open_database
from tests.integration import postgres
from tests.integration.postgresql_relay import relay

WRITE = "workflow_version_insert"


@pytest.fixture(scope="module")
def url(postgresql_server: str) -> str:
    address = postgres.new_database(postgresql_server, "session")
    with open_database(address) as opened:
        schema.create(opened)
    return address


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with open_database(url) as opened:
        yield opened


def version(name: str, text: str = "some text") -> Params:
    return {"name": name, "version": 1, "text": text, "sha256": "", "recorded_at": ""}


def stands(database: Database, name: str) -> bool:
    with database.reading() as tx:
        return tx.one("workflow_version", {"of_workflow": name, "of_version": 1}) is not None


def test_rows_that_nobody_waits_for_stand_before_the_next_question(database: Database) -> None:
    with database.transaction() as tx:
        tx.run_together([(WRITE, [version("one"), version("two")])])
        assert tx.one("workflow_version", {"of_workflow": "two", "of_version": 1}) is not None
    assert stands(database, "one")


def test_what_goes_wrong_with_them_is_told_at_the_end_and_nothing_stands(
    database: Database,
) -> None:
    def write() -> None:
        with database.transaction() as tx:
            tx.run_together([(WRITE, [version("three"), version("four"), version("four")])])

    with pytest.raises(ClaimTakenError):
        write()
    assert not stands(database, "three")


def test_what_fails_in_its_first_use_can_be_used_afterwards(url: str) -> None:
    with open_database(url) as database:
        with pytest.raises(StoreError), database.transaction() as tx:
            tx.one("letter_raw", {"of_letter": "no number"})
        with database.transaction() as tx:
            assert tx.one("letter_raw", {"of_letter": 1}) is None


def test_an_error_that_somebody_swallows_is_no_commit(database: Database) -> None:
    def write() -> None:
        with database.transaction() as tx:
            tx.run(WRITE, version("five"))
            with pytest.raises(ClaimTakenError):
                tx.run(WRITE, version("five"))

    with pytest.raises(StoreError, match="ROLLBACK"):
        write()
    assert not stands(database, "five")


def test_text_that_would_be_cut_short_is_refused(database: Database) -> None:
    with pytest.raises(StoreError, match="NUL"), database.transaction() as tx:
        tx.run(WRITE, version("six", "before\0after"))
    assert not stands(database, "six")


def test_signs_and_letters_are_kept_as_they_are(database: Database) -> None:
    text = "100 % %s %(name)s $1 «æøå» \\ ' \n 😀"
    with database.transaction() as tx:
        tx.run(WRITE, version("seven", text))
        row = tx.one("workflow_version", {"of_workflow": "seven", "of_version": 1})
    assert row is not None
    assert row["text"] == text


def test_who_is_interrupted_while_waiting_for_a_lock_lets_go_of_all(url: str) -> None:
    main = threading.main_thread().ident
    assert main is not None
    # Whoever starts the tests may have told them to ignore it.
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _interrupted_while_waiting(url, main)
    finally:
        signal.signal(signal.SIGINT, earlier)


AT_WORK = (
    "SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle'"
    " AND datname = current_database() AND pid <> pg_backend_pid()"
)
"""How many other connections are doing something."""


def _interrupted_while_waiting(url: str, main: int) -> None:
    with open_database(url) as database, psycopg.connect(url) as other:
        other.execute("LOCK TABLE workflow_version")
        waits = threading.Timer(0.3, signal.pthread_kill, (main, signal.SIGINT))
        waits.start()
        with pytest.raises(KeyboardInterrupt), database.transaction() as tx:
            tx.run(WRITE, version("eight"))
        waits.join()
        other.rollback()
        assert not stands(database, "eight")
        # The server hears of it a moment later, and on a busy machine a long one.
        for _ in range(600):
            if (running := other.execute(AT_WORK).fetchone()) == (0,):
                break
            other.rollback()
            sleep(0.1)
    assert running == (0,)


def test_what_is_asked_ahead_comes_with_the_answer_before_it(url: str) -> None:
    wanted = {"of_workflow": "nine", "of_version": 1}
    with relay(url) as between, open_database(between.url) as database:
        with database.reading() as tx:
            tx.one("register_revision")
        before = between.asked
        with database.transaction() as tx:
            tx.ahead("workflow_version", wanted)
            tx.one("register_revision")
            assert tx.one("workflow_version", wanted) is None
            assert between.asked - before == len(["all three, and BEGIN"])
            tx.one("workflow_version", wanted)
            assert between.asked - before == len(["all three, and BEGIN", "asked again"])


def test_what_came_ahead_is_forgotten_once_something_is_written(database: Database) -> None:
    wanted = {"of_workflow": "ten", "of_version": 1}
    with database.transaction() as tx:
        tx.ahead("workflow_version", wanted)
        tx.one("register_revision")
        tx.run_together([(WRITE, [version("ten")])])
        assert tx.one("workflow_version", wanted) is not None
    with database.transaction() as tx:
        tx.ahead("workflow_version", wanted)
        tx.one("register_revision")
        tx.run("register_changed")
        tx.define(["DELETE FROM workflow_version WHERE name = 'ten'"])
        assert tx.one("workflow_version", wanted) is None


def test_an_event_is_fired_in_four_ways_to_the_server(
    postgresql_server: str, tmp_path: Path
) -> None:
    address = postgres.new_database(postgresql_server, "ways")
    site = stand.new_site(tmp_path, 2, address)
    site.database.close()
    later = stand.AT + timedelta(hours=1)
    with relay(address) as between, open_database(between.url) as database:
        site = replace(site, database=database)
        commands.fire(site, stand.number_of(1), "acknowledge", email=stand.PLATFORM, at=later)
        before = between.asked
        commands.fire(site, stand.number_of(2), "acknowledge", email=stand.PLATFORM, at=later)
        assert between.asked - before == len(("read", "course", "move", "write and commit"))

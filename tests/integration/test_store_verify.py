"""verify() finds every edit of what is stored, and what may be removed can be removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.model import Request, TimerDraft
from engine.store import schema
from engine.store.chain import hash_of
from engine.store.database import Database, Row
from engine.store.opening import open_database
from engine.store.verifying.verify import Verification, heads, verify
from tests.integration.store_site import act, fill, holder, opening, step, write

Edit = Callable[..., None]
LABELS = {"draft": None, "submitted": None, "shared": "to_ks"}


class Rules:
    """A routine of three states, one of them shared, without timers."""

    def label(self, workflow: str, version: int, state: str) -> str | None:
        if (workflow, version) != ("hf_to_ks", 1) or state not in LABELS:
            raise LookupError(f"{workflow} {version} has no state {state}")
        return LABELS[state]

    def is_event(self, workflow: str, version: int, event: str) -> bool:
        return event == "share"

    def sha256(self, workflow: str, version: int) -> str | None:
        return None

    def timers(self, request: Request) -> Sequence[TimerDraft]:
        return ()

    def beside(self, timer: Row) -> bool:
        return False

    def in_rhythm(self, timer: Row, draft: TimerDraft) -> bool:
        return False


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "kursdeling.db")


@pytest.fixture
def site(path: str) -> Iterator[Database]:
    """Two requests: the first with three events up to `shared`, the second just opened."""
    with open_database(path) as database:
        schema.create(database)
        fill(database)
        said = replace(
            act("open", "a"), actor=holder(database, "kurs@ahus.example"), note="Kurset er klart."
        )
        first = opening(act=said, role="owner")
        second = step(first.after, "submit", "submitted", "b")
        third = step(second.after, "share", "shared", "c", share="start", direction="to_ks")
        write(database, first, second, third)
        write(database, opening("d", "ANNET"))
        yield database


@pytest.fixture
def edit(path: str, site: Database) -> Edit:
    """Change the file behind the program's back."""

    def run(sql: str, *values: object) -> None:
        with closing(sqlite3.connect(path)) as connection:
            cursor = connection.execute(sql, values)
            connection.commit()
            assert cursor.rowcount >= 1

    return run


def check(database: Database) -> Verification:
    with database.reading() as tx:
        return verify(tx, Rules())


def test_what_the_program_wrote_is_whole(site: Database) -> None:
    found = check(site)
    assert (found.ok, found.requests, found.events) == (True, 2, 4)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-09-08T08:15:00Z"),
        ("recorded_at", "2026-09-08T08:15:00Z"),
        ("event", "withdraw"),
        ("from_state", "shared"),
        ("to_state", "shared"),
        ("role", "platform"),
        ("contact", 2),
        ("party", "ous"),
        ("actor", "en.annen@ahus.example"),
        ("cause_kind", "mail"),
        ("cause_ref", "7"),
        ("key", "cli:another"),
        ("note", "Kurset er ikke klart."),
        ("note_digest", "0"),
        ("values_digest", "0"),
        ("workflow", "another"),
        ("version", 2),
        ("format", 1),
        ("previous", "0"),
        ("hash", "0"),
    ],
)
def test_an_edit_of_any_column_of_an_event_is_found(
    site: Database, edit: Edit, column: str, value: object
) -> None:
    sql = f"UPDATE history SET {column} = ? WHERE request = 1 AND seq = 1"  # noqa: S608 (a test's own)
    edit(sql, value)
    first, *_ = check(site).broken
    assert (first.request, first.seq) == ("KD-2026-0001", 1)


def test_an_edit_with_a_hash_that_fits_is_found_by_the_next_event(
    site: Database, edit: Edit
) -> None:
    with site.reading() as tx:
        row = {**tx.all("history_all")[0], "event": "withdraw"}
    edit(
        "UPDATE history SET event = 'withdraw', hash = ? WHERE request = 1 AND seq = 1",
        hash_of(row),
    )
    assert [row.seq for row in check(site).broken] == [1, 2]


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_removed_event_is_found(site: Database, edit: Edit, seq: int) -> None:
    edit("DELETE FROM history WHERE request = 1 AND seq = ?", seq)
    assert {row.request for row in check(site).broken} == {"KD-2026-0001", ""}
    assert "history: 4 rows were written, 3 stand" in [row.told("en") for row in check(site).broken]


def test_two_exchanged_events_are_found(site: Database, edit: Edit) -> None:
    edit("UPDATE history SET seq = 5 - seq + 10 WHERE request = 1 AND seq IN (2, 3)")
    edit("UPDATE history SET seq = seq - 10 WHERE request = 1 AND seq > 10")
    assert not check(site).ok


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE request SET state = 'submitted' WHERE id = 1", "history says shared"),
        ("UPDATE request SET version = 2 WHERE id = 1", "version"),
        ("UPDATE request SET seq = 2 WHERE id = 1", "stands at 2"),
        ("UPDATE request SET head = '' WHERE id = 1", "head"),
        ("UPDATE request SET changed_at = '2026-01-01T00:00:00Z' WHERE id = 1", "last change"),
        ("UPDATE request SET number = 'KD-2026-0007' WHERE id = 1", "never given"),
        ("UPDATE share SET ended_at = '2026-09-08T00:00:00Z'", "active shares: none"),
        ("UPDATE share SET direction = 'from_ks'", "active shares: from_ks"),
        ("UPDATE share SET borrower = 'ous'", "another course, owner or borrower"),
        ("UPDATE share SET request = 2", "but a share to_ks is active"),
        ("UPDATE counter SET last = 3", "gone"),
        ("UPDATE workflow_version SET text = 'x'", "the text of hf_to_ks 1 was changed"),
        ("DELETE FROM workflow_version", "the text of hf_to_ks 1 is not kept"),
        ("DELETE FROM request WHERE id = 2", "history of a request 2 that is gone"),
        ("DELETE FROM history WHERE request = 2", "it has no history"),
    ],
)
def test_what_does_not_agree_is_named(site: Database, edit: Edit, sql: str, words: str) -> None:
    edit(sql)
    assert words in "\n".join(row.told("en") for row in check(site).broken)


def test_personal_data_can_be_removed_without_breaking_the_chain(
    site: Database, edit: Edit
) -> None:
    edit("UPDATE history SET actor = NULL, note = NULL")
    assert not check(site).ok
    edit("DELETE FROM grounds")  # the salt goes with the text
    assert check(site).ok


def test_the_heads_are_the_last_hash_of_each_request(site: Database) -> None:
    with site.reading() as tx:
        rows = tx.all("history_all")
        found = tuple(heads(tx))
    assert found == (
        ("KD-2026-0001", 3, rows[2]["hash"]),
        ("KD-2026-0002", 1, rows[3]["hash"]),
    )


def test_whoever_waits_is_told_how_far_it_has_come(tmp_path: Path) -> None:
    with open_database(tmp_path / "large.db") as database:
        schema.create(database)
        fill(database)
        write(database, *(opening(f"n{n}", f"KURS{n}") for n in range(1001)))
        told: list[tuple[str, int]] = []
        with database.reading() as tx:
            found = verify(tx, Rules(), lambda what, count: told.append((what, count)))
    assert (found.ok, found.events, told) == (True, 1001, [("request", 1000)])

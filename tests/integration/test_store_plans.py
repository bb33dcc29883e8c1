"""The reads of the hot path are served by an index, so that they stay quick as a site grows."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from engine.store.sqlite import connect
from engine.store.statements import SQLITE
from engine.store.tables.whole import definitions


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """An empty database with every table and index."""
    with closing(connect(":memory:")) as opened:
        for sql in definitions("sqlite"):
            opened.execute(sql)
        yield opened


def explained(connection: sqlite3.Connection, name: str) -> str:
    params = dict.fromkeys(re.findall(r":(\w+)", SQLITE[name]), 1)
    rows = connection.execute(f"EXPLAIN QUERY PLAN {SQLITE[name]}", params).fetchall()
    return "\n".join(row[-1] for row in rows)


@pytest.mark.parametrize(
    "name",
    [
        "request_by_number",
        "request_case",
        "request_update",
        "short_name_holder",
        "course_by_id",
        "shares_of_course",
        "shares_of_request",
        "share_end",
        "history_by_key",
        "history_by_cause",
        "history_moves",
        "history_of_request",
        "timers_void",
        "timer_finish",
        "contacts_of_address",
        "contacts_for_facts",
        "parties_by_ids",
        "inbox_by_id",
        "inbox_same",
        "letter_by_id",
        "letters_of_request",
        "letters_of_mail",
        "letters_by_message_ids",
        "letters_by_token",
        "letter_mark",
    ],
)
def test_a_read_of_the_hot_path_scans_no_table(connection: sqlite3.Connection, name: str) -> None:
    plan = explained(connection, name)
    assert not re.search(r"^SCAN (?!json_each)", plan, re.MULTILINE), plan


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("timers_due", "ix_timer_due"),
        ("letters_claim", "ix_letter_due"),
        ("letters_reclaim", "ix_letter_sending"),
        ("timers_void", "ix_timer_request"),
        ("inbox_undecided", "ix_inbox_undecided"),
        ("inbox_same", "ix_inbox_message"),
        ("shares_of_course", "uq_share_active"),
    ],
)
def test_what_waits_is_found_by_an_index_over_what_waits(
    connection: sqlite3.Connection, name: str, index: str
) -> None:
    assert index in explained(connection, name)

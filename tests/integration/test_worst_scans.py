"""Nothing that a pass of a worker asks is answered by reading a whole table that grows for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from engine.cli.groups import tick as passes
from engine.service.morning.items import KIND_OF
from engine.store.database import Transaction
from engine.store.opening import is_address
from engine.store.sqlite import connect
from engine.store.statements import POSTGRESQL, SQLITE
from engine.store.tables.mail import LOOKED_AT
from tests.integration.office import EXPERTS, Office, new_office

GROWING = "history|timer|letter|inbox|request"
FIRST_ROW = frozenset({"mail_last", "life_begins_mail", "life_begins_letter", "letter_newest_id"})
"""They end with the first row that they come to."""


@pytest.fixture
def office(tmp_path: Path, url: str) -> Iterator[Office]:
    office = new_office(tmp_path / "site", database=url)
    with closing(office.site.database):
        for n in range(3):
            office.open(Kursets_kortnavn=f"SI-{n}", Unntak=None)
        yield office


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, office: Office) -> set[str]:
    """The names of the statements that are run from now on."""
    names: set[str] = set()

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(tx: Transaction, name: str, *more: Any, **named: Any) -> Any:
            names.add(name)
            return real(tx, name, *more, **named)

        return run

    for method in ("all", "one", "run", "run_many", "stream", "insert"):
        monkeypatch.setattr(Transaction, method, noting(getattr(Transaction, method)))
    return names


def tick(office: Office) -> None:
    """One pass of a worker."""
    passes.judge_mail(office.site, office.at)
    passes.sweep_deadlines(office.site, office.at)
    passes.send_letters(office.site, office.at)


def scanned(url: str, names: set[str]) -> dict[str, list[str]]:
    """The statements that read the whole of a table, with that part of the plan."""
    plans = on_postgresql(url, names) if is_address(url) else on_sqlite(url, names)
    return {name: found for name, found in sorted(plans.items()) if found}


def on_sqlite(url: str, names: set[str]) -> dict[str, list[str]]:
    with closing(connect(url)) as connection:
        partial = {
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
            )
        }
        plans = {}
        for name in names - FIRST_ROW:
            sql = SQLITE[name]
            params = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
            plan = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
            # The whole of an index over a few rows is soon read.
            plans[name] = [
                line
                for line in plan
                if re.match(rf"SCAN ({GROWING})\b", line) and not partial & set(line.split())
            ]
    return plans


def on_postgresql(url: str, names: set[str]) -> dict[str, list[str]]:
    with closing(psycopg.connect(url, cursor_factory=psycopg.ClientCursor)) as connection:
        # Tables this small are read whole for choice; here, only for want of an index.
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.execute(f"SET enable_{way} = off".encode())
        sql = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL"
        partial = {name for (name,) in connection.execute(sql)}
        plans = {}
        for name in names - FIRST_ROW:
            given = re.findall(r"%\((\w+)\)s(?:::(\w+))?", POSTGRESQL[name])
            params = {key: "[]" if kind == "json" else "1" for key, kind in given}
            explain = f"EXPLAIN (FORMAT JSON) {POSTGRESQL[name]}".encode()
            row = connection.execute(explain, params or None).fetchone()
            assert row is not None
            plans[name] = [
                f"{node['Node Type']} of {node['Relation Name']}"
                for node in nodes(row[0][0]["Plan"])
                if node.get("Relation Name") in GROWING.split("|")
                and "Index Cond" not in node
                and "Recheck Cond" not in node
                and node.get("Index Name") not in partial
                and node["Node Type"] != "ModifyTable"
            ]
    return plans


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def test_a_pass_with_nothing_to_do_reads_no_table_that_grows(
    office: Office, asked: set[str], url: str
) -> None:
    tick(office)
    assert "timers_due_locked" in asked
    assert "letters_claim" in asked
    assert scanned(url, asked) == {}


def test_a_pass_with_mail_deadlines_and_a_morning_letter_reads_none_either(
    office: Office, asked: set[str], url: str
) -> None:
    for _ in range(2):
        office.mail("noen@fremmed.example", "Tilbud", "Kjøp!")
    office.reply(EXPERTS, "INGEN MERKNADER")
    office.later(days=8)
    tick(office)
    assert {row.template for row in office.letters()} >= {"morning", "reminders"}
    assert {"requests_standing", "mail_for_people", "letter_written_since"} <= asked
    assert scanned(url, asked - {"letter_list"}) == {}


def test_the_index_over_mail_for_people_knows_every_verdict_that_is_told_of() -> None:
    assert set(LOOKED_AT) == set(KIND_OF)

"""Damage planted by hand in a real site is found and named, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import timedelta

import pytest
from msgspec.structs import replace

from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified, verified_in
from engine.store.backup import write_backup
from engine.store.chain import grounds_digest, hash_of
from engine.store.database import Transaction
from engine.store.opening import open_database
from engine.store.postgresql import PostgresqlDatabase
from engine.store.verifying.verify import heads
from tests.integration.office import EXPERTS, LIAISON, OWNER, PLATFORM, Office, new_office
from tests.integration.postgres import new_database

FIRST = "KD-2026-0001"
"""Shared, ended and shared no more."""
SECOND = "KD-2026-0002"
"""Shared."""
THIRD = "KD-2026-0003"
"""Waits for opinions, after one reminder."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """A site with three requests on their way, made once; each test puts its damage right."""
    folder = tmp_path_factory.mktemp("damage") / "site"
    settings: dict[str, str] = {}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        settings["database"] = new_database(server, "damage")
    office = new_office(folder, **settings)
    for name in ("SI-FALL1", "SI-FALL2"):
        number = office.open(Kursets_kortnavn=name)
        office.reply(PLATFORM, "GODTATT")
        office.reply(OWNER, "MERKET")
        assert office.state(number) == "shared", office.seen[-1]
    office.mail(OWNER, f"Re: [{FIRST}]", "AVSLUTT")
    office.later(days=2)
    sweep(office.site, office.at)
    assert office.state(FIRST) == "ended"
    assert office.open(Kursets_kortnavn="SI-FALL3", Unntak=None) == THIRD
    assert office.state(THIRD) == "consulting"
    # A question beside the state's own deadlines.
    said = "Fagmiljøet har lest gjennom kurset og har ingen merknader."
    assert office.reply(EXPERTS, said).verdict == "suggested"
    office.later(days=9)
    sweep(office.site, office.at)
    assert office.letters(EXPERTS)
    assert office.letters(LIAISON)
    assert verified(office.site).broken == ()
    yield office
    office.site.database.close()


class Damaged:
    """A site in the middle of a transaction that is never committed."""

    def __init__(self, office: Office, tx: Transaction) -> None:
        self.office, self.tx = office, tx

    def edit(self, *statements: str) -> None:
        """Change the rows as somebody would who does not know what they mean."""
        self.tx.define(statements)

    def update(self, table: str, where: str, **values: str) -> None:
        """Put other values into some rows."""
        changed = ", ".join(f"{name} = '{value}'" for name, value in values.items())
        self.edit(f"UPDATE {table} SET {changed} WHERE {where}")  # noqa: S608 (a test's own)

    def found(self) -> list[tuple[str, int | None, str]]:
        """(request, seq, what) of everything that is broken now."""
        broken = verified_in(self.tx, self.office.site).broken
        return [(each.request, each.seq, each.told("en")) for each in broken]

    def heads(self) -> dict[str, str]:
        """The last hash of each request."""
        return {number: head for number, _, head in heads(self.tx)}


@pytest.fixture
def site(office: Office) -> Iterator[Damaged]:
    """The site, to be damaged: nothing of it stays."""
    database = office.site.database
    postgresql = isinstance(database, PostgresqlDatabase)
    # Whoever edits by hand need not keep foreign keys.
    careless = "SET LOCAL session_replication_role = replica"
    with suppress(ZeroDivisionError), database.transaction() as tx:
        tx.define([careless if postgresql else "PRAGMA defer_foreign_keys=ON"])
        yield Damaged(office, tx)
        raise ZeroDivisionError


DAMAGE = """
UPDATE history SET event = 'withdraw' WHERE request = 1 AND seq = 2
--> KD-2026-0001 2: was changed

UPDATE history SET note = 'Nei' WHERE request = 3 AND seq = 1
--> KD-2026-0003 1: note was changed

DELETE FROM history WHERE request = 1 AND seq = 2
--> KD-2026-0001 3: an event is missing

DELETE FROM history WHERE request = 2 AND seq = 4
--> KD-2026-0002 3: history ends at 3

UPDATE request SET state = 'ended' WHERE id = 2
--> KD-2026-0002 4: history says shared

UPDATE request SET version = 1 WHERE id = 3
--> KD-2026-0003 2: version

UPDATE request SET number = 'KD-2026-0009' WHERE id = 3
--> KD-2026-0009 -: never given

UPDATE workflow_version SET text = 'x' WHERE name = 'hf_to_ks'
--> - -: text of hf_to_ks 2 was changed

UPDATE workflow_version SET text = '',
sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE name = 'hf_to_ks'
--> - -: the kept text of hf_to_ks 2 is not that of the site's file

UPDATE workflow_version SET sha256 = 'x' WHERE name = 'hf_to_ks'
--> - -: the text of hf_to_ks 2 was changed

DELETE FROM workflow_version WHERE name = 'hf_to_ks'
--> - -: the text of hf_to_ks 2 is not kept

UPDATE share SET ended_at = NULL WHERE request = 1
--> KD-2026-0001 -: a share to_ks is active

UPDATE share SET ended_at = '2026-09-08T10:00:00Z' WHERE request = 2
--> KD-2026-0002 -: active shares: none

UPDATE share SET ended_at = '2026-09-30T10:00:00Z' WHERE request = 1
--> KD-2026-0001 4: ended 2026-09-30

UPDATE share SET since = '2026-01-01T00:00:00Z' WHERE request = 2
--> KD-2026-0002 4: since 2026-01-01

UPDATE share SET direction = 'from_ks' WHERE request = 2
--> KD-2026-0002 -: active shares: from_ks

UPDATE share SET borrower = 'ahus' WHERE request = 2
--> KD-2026-0002 -: another course, owner or borrower

DELETE FROM share WHERE request = 1
--> KD-2026-0001 -: shares: 0

UPDATE share SET request = 99 WHERE request = 1
--> - -: a share of a request 99 that is gone

UPDATE timer SET due_at = '2030-01-01T00:00:00Z' WHERE request = 3 AND status = 'armed'
--> KD-2026-0003 -: is due 2030

UPDATE timer SET status = 'done' WHERE request = 3 AND action = 'escalate'
--> KD-2026-0003 -: has never acted

UPDATE timer SET status = 'void' WHERE request = 3 AND action = 'escalate'
--> KD-2026-0003 -: is gone

DELETE FROM timer WHERE request = 3 AND action = 'escalate'
--> KD-2026-0003 -: is gone

UPDATE timer SET target = 'withdraw', action = 'fire' WHERE request = 3 AND status = 'armed'
--> KD-2026-0003 -: is not what consulting says

UPDATE timer SET status = 'armed' WHERE request = 1
--> KD-2026-0001 -: is armed in

UPDATE timer SET request = 99 WHERE request = 1
--> - -: a timer of a request 99 that is gone

UPDATE letter SET receiver = 'en.annen@si.example' WHERE request = 2
--> KD-2026-0002 -: changed after it was written

UPDATE letter SET variables = '{}' WHERE request = 2
--> KD-2026-0002 -: changed after it was written

UPDATE letter SET request = 3 WHERE request = 2
--> KD-2026-0003 -: changed after it was written

UPDATE letter SET sent_at = NULL WHERE request = 2
--> KD-2026-0002 -: has no time at which it was sent

UPDATE letter SET state = 'dead' WHERE request = 2
--> KD-2026-0002 -: is dead, but has a time

UPDATE letter SET raw_sha256 = 'x' WHERE request = 2
--> KD-2026-0002 -: has other bytes

UPDATE inbox SET sha256 = 'x' WHERE id = 1
--> KD-2026-0001 -: mail 1 has other bytes

UPDATE counter SET last = 4
--> KD-2026-0004 -: was given, but is gone

DELETE FROM request WHERE id = 2
--> - -: history of a request 2 that is gone
"""


@pytest.mark.parametrize(
    ("sql", "words"), [block.strip().split("\n--> ") for block in DAMAGE.split("\n\n")]
)
def test_what_was_changed_by_hand_is_named(site: Damaged, sql: str, words: str) -> None:
    site.edit(sql.replace("\n", " "))
    place, _, what = words.partition(": ")
    told = [(f"{n or '-'} {seq or '-'}", said) for n, seq, said in site.found()]
    assert any(where == place and what in said for where, said in told), told


def test_two_exchanged_events_are_named(site: Damaged) -> None:
    site.edit(
        "UPDATE history SET seq = seq + 10 WHERE request = 2 AND seq IN (2, 3)",
        "UPDATE history SET seq = 15 - seq WHERE request = 2 AND seq > 10",
    )
    assert {number for number, _, _ in site.found()} == {SECOND}
    assert {seq for _, seq, _ in site.found()} >= {2, 3}


def test_an_event_whose_hash_was_made_anew_is_named_by_the_one_after(site: Damaged) -> None:
    row = next(r for r in site.tx.all("history_all") if (r["request"], r["seq"]) == (2, 3))
    made = hash_of({**row, "role": "owner"})
    site.update("history", "request = 2 AND seq = 3", role="owner", hash=made)
    (own, after) = site.found()
    assert own[:2] == (SECOND, 3)  # the salted digest still tells who acted
    assert after[:2] == (SECOND, 4)
    assert "does not continue the event before" in after[2]


def test_a_chain_made_anew_from_end_to_end_differs_from_the_heads_that_were_kept(
    site: Damaged,
) -> None:
    kept = site.heads()
    rows = [dict(r) for r in site.tx.all("history_all") if r["request"] == 2]
    beside = {r["seq"]: r for r in site.tx.all("grounds_all") if r["request"] == 2}
    previous = ""
    for row in rows:
        row |= {"recorded_at": "2020-01-01T00:00:00Z", "previous": previous}
        row["values_digest"] = grounds_digest(beside[row["seq"]], row)
        previous = hash_of(row)
        changed = {name: row[name] for name in ("recorded_at", "previous", "values_digest")}
        site.update("history", f"request = 2 AND seq = {row['seq']}", hash=previous, **changed)
    site.update("request", "id = 2", head=previous)
    assert site.found() == []
    assert [number for number, head in site.heads().items() if head != kept[number]] == [SECOND]


def test_a_reference_to_nothing_and_a_damaged_page_are_named_on_sqlite(office: Office) -> None:
    if isinstance(office.site.database, PostgresqlDatabase):
        with office.site.database.reading() as tx:
            assert list(office.site.database.damage(tx)) == []
        return
    file = office.site.folder.parent / "copy.db"
    write_backup(office.site.database, file)
    with closing(sqlite3.connect(file)) as careless:
        careless.execute("UPDATE letter SET inbox = 999 WHERE id = 1")
        careless.execute("PRAGMA writable_schema=ON")
        careless.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'course, direction', 'course') "
            "WHERE name = 'uq_share_active'"
        )
        careless.commit()
    with open_database(file) as database:
        found = [
            each.told("en") for each in verified(replace(office.site, database=database)).broken
        ]
    assert "letter 1 refers to a inbox that is gone" in found
    assert any(what.startswith("the file is damaged") for what in found), found


def test_nothing_is_found_where_time_has_only_gone_by(office: Office) -> None:
    sweep(office.site, office.at + timedelta(days=1))
    assert verified(office.site).broken == ()


def test_what_is_found_is_told_in_the_readers_language(site: Damaged) -> None:
    site.update("request", "id = 2", state="submitted")
    site.update("letter", "id = 1", language="en")
    broken = verified_in(site.tx, site.office.site).broken
    nb, nn = ([each.told(language) for each in broken] for language in ("nb", "nn"))
    assert "tilstanden er submitted, historien sier shared" in nb
    assert "tilstanden er submitted, historia seier shared" in nn
    assert "brev 1 er endret etter at det ble skrevet" in nb

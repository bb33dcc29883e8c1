"""A site of the release before goes on where it stood: its tables, letters, tokens and questions.

`schema_1/site.sql` was written by that release: a shared course, a request of each routine that
waits, a question that nobody has answered, two letters in `sending`, and a mail that nobody has
read. Its signing key signs nothing else.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import settings as configuration
from engine.app import open_site
from engine.service import receive
from engine.service.deliver import deliver
from engine.service.requests.migrating import migrate, migrate_back
from engine.service.site import Site
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store import moving, schema
from engine.store.backup import write_backup
from engine.store.cases import queries
from engine.store.mail_in import inbox
from engine.store.mail_out import letters, mornings
from engine.store.migrations.upgrading import upgrade
from engine.store.opening import open_database
from engine.store.verifying.verify import heads
from tests.integration import postgres
from tests.integration.office import EXPERTS, LIAISON, PLATFORM, SETTINGS, Office
from tests.integration.schemas import contents

DUMP = Path(__file__).with_name("schema_1") / "site.sql"
KEY = "620d82eb1f10dd86fc1d5c3f1f669f1df2147c538ebece1667f2e636f463cada\n"
LEFT = datetime(2026, 9, 8, 11, 0, tzinfo=UTC)
"""When the release before did its last work there."""
SENDING, QUESTION, UNREAD = (17, 18), 10, 9
SHARED, ASKED, ORDER, LOAN, NEW = (f"KD-2026-{number:04d}" for number in range(1, 6))


def restored(folder: Path) -> Path:
    """The site as the release before left it; its database."""
    folder.mkdir()
    configuration.write_default(folder, SETTINGS)
    (folder / "signing.key").write_text(KEY, encoding="utf-8")
    (folder / "signing.key").chmod(0o600)
    file = folder / "kursdeling.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The site, upgraded where it stood, or upgraded and moved to PostgreSQL."""
    folder = tmp_path / "site"
    file = restored(folder)
    assert upgrade(str(file)) == (1, schema.SCHEMA)
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        url = postgres.new_database(server, f"upgraded{id(request)}")
        with open_database(file) as source, open_database(url) as target:
            moving.move(source, target)
        (folder / configuration.FILE).unlink()
        configuration.write_default(folder, SETTINGS | {"database": url})
    there = Office(open_site(folder), at=LEFT + timedelta(days=1), written=100)
    yield there
    there.site.database.close()


def test_numbers_of_the_last_morning_go_on_and_earlier_letters_can_be_answered(
    tmp_path: Path,
) -> None:
    file = restored(tmp_path / "site")
    with closing(sqlite3.connect(file)) as connection:
        told = "SELECT id, written_at FROM letter ORDER BY written_at"
        (first, before), *_, (last, now) = connection.execute(told).fetchall()
        rows = [
            (first, 1, "unclear", "7"),
            (first, 2, "stuck", ASKED),
            (last, 1, "unclear", "7"),
            (last, 2, "unread", NEW),
        ]
        connection.executemany("INSERT INTO morning_item VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    upgrade(str(file))
    with open_database(file) as database, database.reading() as tx:
        standing = [(each.number, each.kind, each.subject) for each in mornings.items(tx)]
        assert standing == [(1, "unclear", "7"), (2, "network", NEW)]
        assert mornings.item_at(tx, 2, datetime.fromisoformat(before)) is None
        for at in (before, now):
            found = mornings.item_at(tx, 1, datetime.fromisoformat(at))
            assert found is not None
            assert found.subject == "7"


def whole(site: Site) -> list[str]:
    return [f"{each.request} {each.seq} {each.told('en')}" for each in verified(site).broken]


def test_what_stood_is_whole_and_its_chains_are_as_they_were(office: Office) -> None:
    assert whole(office.site) == []
    with office.site.database.reading() as tx:
        rows = tx.all("history_all")
        assert {row["format"] for row in rows} == {1}
        assert [head for _, _, head in heads(tx)] == [
            [row["hash"] for row in rows if row["request"] == request][-1]
            for request in range(1, 6)
        ]


def test_letters_that_were_being_sent_leave_with_the_same_bytes(office: Office) -> None:
    with office.site.database.reading() as tx:
        before = [letters.stored_bytes(tx, letter) for letter in SENDING]
        assert {letters.get(tx, letter).state for letter in SENDING} == {"sending"}
    deliver(office.site, office.at)
    with office.site.database.reading() as tx:
        assert {letters.get(tx, letter).state for letter in SENDING} == {"sent"}
        assert [letters.stored_bytes(tx, letter) for letter in SENDING] == before
    sent = [file.read_bytes() for file in (office.site.folder / "outbox").rglob("*.eml")]
    assert None not in before
    assert all(raw in sent for raw in before)
    assert whole(office.site) == []


def test_a_mail_that_nobody_had_read_is_judged(office: Office) -> None:
    with office.site.database.reading() as tx:
        assert [row.id for row in inbox.undecided(tx)] == [UNREAD]
    outcome = receive.handle(office.site, UNREAD, office.at)
    assert (outcome.verdict, outcome.request) == ("fired", ORDER)
    assert office.state(ORDER) != "received"
    assert whole(office.site) == []


def test_a_question_of_before_is_answered(office: Office) -> None:
    with office.site.database.reading() as tx:
        question = letters.get(tx, QUESTION)
    reply = f"In-Reply-To: {question.message_id}\r\n"
    outcome = office.mail(PLATFORM, f"SV: {question.subject}", "JA", headers=reply)
    assert (outcome.verdict, outcome.request) == ("fired", ASKED)
    assert office.state(ASKED) == "accepted"
    assert whole(office.site) == []


def test_tokens_of_before_count_and_a_loan_goes_on(office: Office) -> None:
    for address in (EXPERTS, LIAISON):
        letter = next(row for row in office.letters(address) if row.request == LOAN)
        subject = f"SV: Uttalelse [{LOAN}.{letter.token}]"
        outcome = office.mail(address, subject, "INGEN MERKNADER", aligned=False)
        assert (outcome.verdict, outcome.request) == ("fired", LOAN)
    assert office.state(LOAN) == "submitted"
    assert whole(office.site) == []


def test_deadlines_of_before_act_and_the_chain_goes_on_in_the_new_form(office: Office) -> None:
    swept = sweep(office.site, office.at + timedelta(days=60))
    assert swept.faults == ()
    assert swept.reminded + swept.escalated + swept.fired > 0
    office.at += timedelta(days=60)
    assert office.fire(NEW, "withdraw", "elaering@si.example", note="Vi venter.") is None
    with office.site.database.reading() as tx:
        rows = [row for row in tx.all("history_all") if row["request"] == 5]
        assert {row["format"] for row in rows} == {1, 2}
        assert queries.history(tx, NEW)[-1].event == "withdraw"
    assert whole(office.site) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE letter SET state = 'cancelled', sent_at = NULL WHERE id = 3",
        "UPDATE letter SET raw = NULL WHERE id = 3",
        "DELETE FROM letter WHERE id = 13",
        "UPDATE inbox SET verdict = 'not_ours' WHERE id = 2",
        "UPDATE timer SET status = 'done', occurrence = 1 WHERE status = 'armed'",
        "UPDATE contact SET email = 'other@si.example' WHERE email = 'fag@si.example'",
        "DELETE FROM agreement",
    ],
)
def test_what_is_changed_by_hand_after_the_upgrade_is_found(tmp_path: Path, sql: str) -> None:
    file = restored(tmp_path / "site")
    upgrade(str(file))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(sql).rowcount > 0
        connection.commit()
    site = open_site(tmp_path / "site")
    assert whole(site) != []
    site.database.close()


def test_a_backup_made_before_the_upgrade_takes_the_site_back(tmp_path: Path) -> None:
    file = restored(tmp_path / "site")
    before = contents(str(file))
    kept = tmp_path / "kept.db"
    with open_database(file) as database:
        write_backup(database, kept)
    upgrade(str(file))
    file.unlink()
    shutil.copy(kept, file)
    with open_database(file) as database:
        assert schema.version(database) == 1
    assert contents(str(file)) == before


def test_its_requests_go_over_to_the_present_routines_and_back(office: Office) -> None:
    sweep(office.site, office.at)
    with office.site.database.reading() as tx:
        before = [each.request for each in queries.cases(tx)]
    keys = []
    for name in sorted({each.workflow for each in before}):
        found = migrate(office.site, name, (), at=office.at)
        assert [each.reasons for each in found.moved if each.reasons] == []
        keys.append(found.key)
    assert whole(office.site) == []
    with office.site.database.reading() as tx:
        moved = [each.request for each in queries.cases(tx)]
    assert [(each.number, each.state, each.since) for each in moved] == [
        (each.number, each.state, each.since) for each in before
    ]
    assert {each.version for each in moved} == {2}
    for key in keys:
        back = migrate_back(office.site, key, at=office.at)
        assert not any(each.reasons for each in back.moved)
    assert whole(office.site) == []
    with office.site.database.reading() as tx:
        assert [each.request.version for each in queries.cases(tx)] == [e.version for e in before]

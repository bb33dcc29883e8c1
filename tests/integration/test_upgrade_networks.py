"""A year of networks that the release before began goes on: letters in `sending`, old tokens,
reports under way, and back again.

`schema_1/networks.sql` was written by that release: three networks whose reports on 2026 are asked
for, one of them delivered, and its two receipts in `sending`. The bytes of what had left are gone.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import settings as configuration
from engine.app import open_site
from engine.service.deliver import deliver
from engine.service.networks.rollup import view
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified
from engine.store import schema
from engine.store.backup import write_backup
from engine.store.mail_out import letters
from engine.store.migrations.upgrading import upgrade
from engine.store.opening import open_database
from tests.integration.network_office import ANNA, BODIL, FOUSAM
from tests.integration.office import SETTINGS, Office
from tests.integration.test_cycle_said import REPORT, answered, report_of
from tests.integration.two_areas import told

DUMP = Path(__file__).with_name("schema_1") / "networks.sql"
KEY = "604c5c563c2328481cac9c809c7e718e4a2e763dfb97076ba54d93a873e80736\n"
SENDING = (6, 7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The site as the release before left it."""
    made = tmp_path / "site"
    made.mkdir()
    configuration.write_default(made, SETTINGS)
    (made / "signing.key").write_text(KEY, encoding="utf-8")
    (made / "signing.key").chmod(0o600)
    with closing(sqlite3.connect(made / "kursdeling.db")) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return made


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """The site, upgraded, on 13 January."""
    assert upgrade(str(folder / "kursdeling.db")) == (1, schema.SCHEMA)
    made = Office(open_site(folder), at=datetime(2027, 1, 13, 8, tzinfo=UTC), written=100)
    yield made
    made.site.database.close()


def test_the_year_goes_on_to_its_rollup(office: Office) -> None:
    sweep(office.site, office.at)
    deliver(office.site, office.at)
    with office.site.database.reading() as tx:
        assert {letters.get(tx, letter).state for letter in SENDING} == {"sent"}
    # The word of today, in answer to a letter that asked for GODTEKE.
    assert answered(office, FOUSAM, "network_delivered", "GODKJEND").verdict == "fired"
    assert report_of(office, "Kreft").state == "received"
    both = "\n\n".join(REPORT.format(network=name) for name in ("Demens", "Rehabilitering"))
    assert len(answered(office, ANNA, "network_wanted", both).events) == 2
    assert answered(office, ANNA, "network_receipt", "Avvik (tal): 2").verdict == "fired"
    new = answered(office, BODIL, "network_receipt", "Ny leiar er Kari Li, kari@fonna.example")
    assert new.verdict == "suggested"
    answer = "kari@fonna.example, Helse Fonna"
    assert answered(office, FOUSAM, "network_question", answer).verdict == "answered"
    office.at = datetime(2027, 2, 22, 8, tzinfo=UTC)
    sweep(office.site, office.at)
    sent = answered(office, FOUSAM, "rollup_draft", "LÅS og SEND")
    assert [event for event, _, _ in sent.events] == ["lock", "send"]
    counted = told(view(office.site, 2026).rollup)
    assert counted["Kreft"] == ("in_time", (1, 1, 0), 4)
    assert sorted(str(deviations) for *_, deviations in counted.values()) == ["2", "4", "7"]
    # What had left before is whole but for its bytes.
    assert {each.found.code for each in verified(office.site).broken} == {"letter_bytes_gone"}


def test_the_site_goes_back_by_its_backup(folder: Path, tmp_path: Path) -> None:
    file, kept = folder / "kursdeling.db", tmp_path / "kept.db"
    with open_database(file) as database:
        write_backup(database, kept)
    upgrade(str(file))
    site = open_site(folder)
    sweep(site, datetime(2027, 2, 22, 8, tzinfo=UTC))
    site.database.close()
    for each in folder.glob("kursdeling.db*"):
        each.unlink()
    shutil.copy(kept, file)
    with open_database(file) as database:
        assert schema.version(database) == 1
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT id FROM letter WHERE state = 'sending' ORDER BY id")
        assert tuple(row[0] for row in rows) == SENDING

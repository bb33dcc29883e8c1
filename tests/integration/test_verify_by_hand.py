"""Changes by hand, each in a site that was played, and each found by `db verify`.

What none of them could find stands in `docs/security.md` by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from engine.service.deliver import deliver
from engine.service.mail import by_coordinator
from engine.service.time.sweep import sweep
from engine.service.upkeep.verifying import verified, verified_in
from engine.store.chain import hash_of
from engine.store.contacts import addresses, people
from engine.store.contacts.addresses import BounceRow
from engine.store.database import Transaction
from tests.integration.office import OWNER, PLATFORM, Office, new_office

CHANGES = [
    line
    for line in Path(__file__).with_name("changes_by_hand.sql").read_text("utf-8").splitlines()
    if not line.startswith("--")
]


class UndoneError(Exception):
    """Takes the change back."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A shared course, a request that waits, and something in each of the other tables."""
    there = new_office(tmp_path_factory.mktemp("by-hand") / "site")
    first = there.open()
    there.reply(PLATFORM, "GODTATT\n\nVi gleder oss.")
    there.reply(OWNER, "MERKET")
    assert there.state(first) == "shared"
    there.open(Kursets_kortnavn="SI-ANNET", Fullt_navn_på_kurset="Et annet kurs")
    third = there.open(Kursets_kortnavn="SI-TREDJE", Fullt_navn_på_kurset="Et tredje kurs")
    assert there.fire(third, "withdraw", OWNER, note="Vi venter.") is None
    with_file = (
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n'
        'Hei\r\n--x\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment; '
        'filename="a.txt"\r\n\r\nNoe\r\n--x--\r\n'
    )
    raw = there.raw(OWNER, "Et vedlegg", "")
    outcome = there.take(raw.partition(b"Content-Type")[0] + with_file.encode())
    by_coordinator.discard(there.site, outcome.mail, reason="Ikke til oss", at=there.at)
    letter = there.last(OWNER)
    with there.site.database.transaction() as tx:
        people.add_absence(
            tx,
            OWNER,
            since=there.at.date(),
            until=there.at.date() + timedelta(days=3),
            substitute="",
            recorded_at=there.at,
        )
        bounce = BounceRow(
            letter=letter.id,
            request=first,
            address="fag@si.example",
            outcome="hard",
            status="5.1.1",
            reason="ukjent",
            inbox=None,
            at=there.at,
        )
        addresses.keep(tx, bounce, recorded_at=there.at)
        addresses.suspend(tx, "fag@si.example", letter.id, there.at)
    deliver(there.site, there.at)
    sweep(there.site, there.at + timedelta(days=20))
    deliver(there.site, there.at + timedelta(days=20))
    assert verified(there.site).broken == ()
    yield there
    there.site.database.close()


def found_after(office: Office, change: Callable[[Transaction], None]) -> list[str]:
    """What `db verify` finds after the change, which is taken back."""
    found: list[str] = []
    with suppress(UndoneError), office.site.database.transaction() as tx:
        tx.define(["PRAGMA defer_foreign_keys = ON"])
        change(tx)
        found += [each.told("en") for each in verified_in(tx, office.site).broken]
        raise UndoneError
    return found


def by_hand(tx: Transaction, sql: str, params: Mapping[str, str]) -> int:
    """Run SQL that the program does not know; how many rows it touched."""
    return tx._session.run(sql, params)  # noqa: SLF001 – behind the program's back


@pytest.mark.parametrize("sql", CHANGES)
def test_a_change_by_hand_is_found(office: Office, sql: str) -> None:
    def change(tx: Transaction) -> None:
        *before, last = sql.split("; ")
        tx.define(before)
        assert by_hand(tx, last, {}) > 0

    assert found_after(office, change)


def test_a_chain_forged_by_its_hashes_alone_is_found(office: Office) -> None:
    def change(tx: Transaction) -> None:
        previous = ""
        for row in [row for row in tx.all("history_all") if row["request"] == 1]:
            at = "2026-09-06T09:00:00Z" if row["seq"] == 1 else row["at"]
            forged = {**row, "at": at, "contact": None, "previous": previous}
            values = {"before": previous, "at": at, "seq": row["seq"]}
            previous = hash_of(forged)
            by_hand(tx, FORGE, {**values, "hash": previous})
        by_hand(tx, "UPDATE request SET head = :hash WHERE id = 1", {"hash": previous})

    assert any("its actor, its values" in what for what in found_after(office, change))


FORGE = (
    "UPDATE history SET at = :at, contact = NULL, hash = :hash, previous = :before "
    "WHERE request = 1 AND seq = :seq"
)


def test_a_change_of_the_register_by_hand_is_not_hidden_by_the_programs_next_one(
    office: Office,
) -> None:
    def change(tx: Transaction) -> None:
        tx.define(["UPDATE agreement SET until = '2099-01-01'"])
        people.add_domain(tx, "si.example", "si")
        tx.settle()

    found = found_after(office, change)
    assert any(what.startswith("agreement was changed by hand") for what in found)

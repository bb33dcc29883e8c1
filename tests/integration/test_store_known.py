"""What is known of the register is what stands there, whoever changed it and whenever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from engine.model import Contact, Party
from engine.store.contacts import people, register
from engine.store.contacts.register import contacts_of_address
from engine.store.database import Database, Transaction
from engine.store.facts import Wanted, read_facts
from engine.store.opening import open_database
from engine.store.statements import SQLITE

AT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
DAY = date(2026, 9, 7)
ADDRESS = "ny@ahus.example"
REGISTER = ("party", "contact", "contact_alias", "agreement", "absence")


def _settled(tx: Transaction) -> None:
    register.add_contact(
        tx, party_id="ahus", duty="elearning", email=ADDRESS, valid_from=DAY, proof="provisional"
    )
    register.add_contact(tx, party_id="ahus", duty="elearning", email=ADDRESS, valid_from=DAY)


CHANGES: dict[str, Callable[[Transaction], object]] = {
    "party_upsert": lambda tx: register.upsert_parties(
        tx,
        [
            Party(
                id="ahus",
                kind="trust",
                side="trust",
                name="Et nytt navn",
                written_standard="nb",
                organisation_number="",
            )
        ],
    ),
    "contact_insert": lambda tx: register.add_contact(
        tx, party_id="ahus", duty="elearning", email=ADDRESS, valid_from=DAY
    ),
    "contact_settled": _settled,
    "alias_insert": lambda tx: register.add_contact(
        tx,
        party_id="ahus",
        duty="elearning",
        email=ADDRESS,
        valid_from=DAY,
        aliases=["annen@ahus.example"],
    ),
    "contact_end": lambda tx: register.end_contact(tx, _somebody(tx), date(2026, 9, 1)),
    "contact_language": lambda tx: register.set_language(tx, _somebody(tx), "en"),
    "contact_at_once": lambda tx: register.set_at_once(tx, _somebody(tx), at_once=True),
    "contact_main": lambda tx: _main(tx, register.contacts(tx)[0]),
    "agreement_insert": lambda tx: register.add_agreement(
        tx, date(2026, 9, 1), date(2030, 1, 1), recorded_at=AT
    ),
    "absence_insert": lambda tx: people.add_absence(
        tx, _somebody(tx), since=DAY, until=DAY, substitute="", recorded_at=AT
    ),
    "absence_end": lambda tx: people.end_absence(tx, people.absences(tx)[0], date(2026, 9, 6)),
    "absence_delete": lambda tx: people.end_absence(tx, people.absences(tx)[0], date(2026, 8, 1)),
    "contact_delete": lambda tx: register.end_period(
        tx, next(each for each in register.contacts(tx) if each.email == ADDRESS), DAY
    ),
}
"""A way to each statement that changes what facts are read from."""


def _away_for_a_week(tx: Transaction) -> None:
    since = date(2026, 9, 3)
    people.add_absence(tx, _somebody(tx), since=since, until=DAY, substitute="", recorded_at=AT)


BEFORE: dict[str, Callable[[Transaction], object]] = {
    "absence_end": _away_for_a_week,
    "absence_delete": _away_for_a_week,
    "contact_delete": lambda tx: register.add_contact(
        tx, party_id="ahus", duty="elearning", email=ADDRESS, valid_from=date(2026, 10, 1)
    ),
}
"""What must stand before some of them."""


def _somebody(tx: Transaction) -> str:
    return register.contacts(tx)[0].email


def _main(tx: Transaction, contact: Contact) -> None:
    register.set_main(tx, contact.id, contact.party, contact.duty)


def _seen(database: Database) -> object:
    with database.reading() as tx:
        found = [contacts_of_address(tx, each.email, DAY) for each in register.contacts(tx)]
        wanted = Wanted(parties=register.parties(tx), day=DAY, needs={"agreement", "parties"})
        return found, read_facts(tx, wanted)


@pytest.fixture
def other(url: str, database: Database) -> Iterator[Database]:
    """The same database, opened by somebody else."""
    del database
    with open_database(url) as opened:
        yield opened


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen_by_everybody_once_it_is_committed(
    name: str, database: Database, other: Database
) -> None:
    if name in BEFORE:
        with database.transaction() as tx:
            BEFORE[name](tx)
    before = _seen(database)
    assert _seen(other) == before
    with database.transaction() as tx:
        CHANGES[name](tx)
    after = _seen(database)
    assert after != before
    assert _seen(other) == after


def test_what_was_rolled_back_was_never_known(database: Database) -> None:
    before = _seen(database)
    with pytest.raises(RuntimeError):
        _away_but_not_for_good(database)
    assert _seen(database) == before


def _away_but_not_for_good(database: Database) -> None:
    with database.transaction() as tx:
        people.add_absence(tx, _somebody(tx), since=DAY, until=DAY, substitute="", recorded_at=AT)
        assert people.away(tx, DAY)
        raise RuntimeError


def test_every_statement_that_changes_the_register_is_among_these() -> None:
    changing = re.compile(
        rf"(INSERT( OR \w+)? INTO|UPDATE|DELETE FROM) \"?({'|'.join(REGISTER)})\b"
    )
    found = {name for name, sql in SQLITE.items() if changing.match(sql)}
    assert found == set(CHANGES)

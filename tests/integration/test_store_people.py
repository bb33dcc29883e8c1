"""Mail domains, absences and what was last heard from whom, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.errors import NotFoundError, StoreError
from engine.store.contacts import people, register
from engine.store.database import Database
from tests.integration.store_site import AT, DAY

YEAR = timedelta(days=365)
OFFICER = "kurs@ahus.example"


def test_a_domain_belongs_to_one_party_or_several(database: Database) -> None:
    with database.transaction() as tx:
        assert people.add_domain(tx, "@Ahus.Example ", "ahus")
        assert not people.add_domain(tx, "ahus.example", "ahus")
        people.add_domain(tx, "ahus.example", "ous")
        assert people.parties_of_domain(tx, "AHUS.example") == ("ahus", "ous")
        people.remove_domain(tx, "ahus.example", "ous")
        assert people.domains(tx) == (("ahus", "ahus.example"),)
        assert people.domains(tx, "ous") == ()
        with pytest.raises(NotFoundError):
            people.remove_domain(tx, "ahus.example", "ous")


@pytest.mark.parametrize("text", ["", "ahus", "a@b.example", "a b.example", ".", "x.example/y"])
def test_what_is_no_domain_is_refused(database: Database, text: str) -> None:
    with database.transaction() as tx, pytest.raises(StoreError):
        people.add_domain(tx, text, "ahus")


def test_a_domain_of_nobody_is_refused(database: Database) -> None:
    with pytest.raises(StoreError), database.transaction() as tx:
        people.add_domain(tx, "a.example", "atlantis")


def test_who_is_away_is_so_on_both_days_and_between(database: Database) -> None:
    last = DAY + timedelta(days=3)
    with database.transaction() as tx:
        people.add_absence(
            tx, OFFICER, since=DAY, until=last, substitute="v@ahus.example", recorded_at=AT
        )
        assert people.absences(tx)[0].substitute == "v@ahus.example"
        away = [bool(people.away(tx, DAY + timedelta(days=n))) for n in range(-1, 5)]
    assert away == [False, True, True, True, True, False]


def test_an_automatic_reply_counts_until_somebody_writes_or_four_weeks_have_gone(
    database: Database,
) -> None:
    with database.transaction() as tx:
        people.answered_automatically(tx, OFFICER, AT)
        people.answered_automatically(tx, OFFICER, AT)
        assert people.away(tx, DAY) == {OFFICER}
        assert people.away(tx, DAY + timedelta(days=28)) == {OFFICER}
        assert people.away(tx, DAY + timedelta(days=29)) == frozenset()
        people.wrote(tx, OFFICER)
        assert people.away(tx, DAY) == frozenset()


def test_holders_are_asked_a_year_after_they_were_first_seen(database: Database) -> None:
    def to_ask(day: date, limit: int = 10) -> tuple[str, ...]:
        at = AT + (day - DAY)
        with database.transaction() as tx:
            return people.to_ask(tx, at, day=day, before=at - YEAR, limit=limit)

    later = DAY + YEAR
    assert to_ask(DAY) == ()
    assert len(to_ask(later)) == 5
    assert len(to_ask(later, limit=2)) == 2
    with database.transaction() as tx:
        people.asked(tx, OFFICER, AT + YEAR)
        people.confirmed(tx, "kurs@ous.example", AT + YEAR)
        register.end_contact(tx, "laering@ks.example", later)
    assert to_ask(later + timedelta(days=1)) == (
        "koordinator@ks.example",
        "samhandling@ahus.example",
    )


def test_a_provisional_contact_is_settled_when_somebody_registers_it(database: Database) -> None:
    def add(proof: register.Proven) -> int:
        with database.transaction() as tx:
            return register.add_contact(
                tx,
                party_id="4645",
                duty="municipality",
                email="kurs@masfjorden.example",
                valid_from=DAY,
                proof=proof,
            )[0]

    contact = add("provisional")
    with database.reading() as tx:
        assert people.provisional(tx, DAY) == {contact}
        assert people.provisional(tx, DAY - timedelta(days=1)) == frozenset()
    assert add("mail") == contact
    with database.reading() as tx:
        assert people.provisional(tx, DAY) == {contact}
    assert add("site") == contact
    with database.reading() as tx:
        assert people.provisional(tx, DAY) == frozenset()

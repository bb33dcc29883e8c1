"""The register, and the facts and lists that are read from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.errors import ClaimTakenError, NotFoundError, StoreError
from engine.model import Agreement
from engine.store import workflows
from engine.store.cases import queries
from engine.store.cases.requests import load_request
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.facts import Wanted, read_facts
from tests.integration.store_site import AT, DAY, opening, step, write

EVERYTHING = frozenset({"agreement", "short_name", "shares", "history", "parties"})


def add(database: Database, **changes: Any) -> tuple[int, bool]:
    plain: dict[str, Any] = {
        "party_id": "4645",
        "duty": "municipality",
        "email": "post@masfjorden.example",
    }
    with database.transaction() as tx:
        return register.add_contact(tx, **{**plain, "valid_from": DAY, **changes})


def test_a_duty_is_found_by_address_or_alias_in_any_case_while_it_lasts(
    database: Database,
) -> None:
    add(database, aliases=["Kurs@Masfjorden.example"], valid_until=DAY)
    with database.reading() as tx:
        (found,) = register.contacts_of_address(tx, " POST@masfjorden.example", DAY)
        assert register.contacts_of_address(tx, "kurs@masfjorden.example", DAY) == (found,)
        for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
            assert register.contacts_of_address(tx, "post@masfjorden.example", day) == ()
    assert (found.party, found.duty, found.aliases) == (
        "4645",
        "municipality",
        ("kurs@masfjorden.example",),
    )


def test_the_same_contact_twice_is_one_and_gains_the_aliases(database: Database) -> None:
    first = add(database, aliases=["a@masfjorden.example"])
    again = add(database, aliases=["a@masfjorden.example", "b@masfjorden.example"])
    assert (first[1], again) == (True, (first[0], False))
    with database.reading() as tx:
        (found,) = register.contacts_of_address(tx, "b@masfjorden.example", DAY)
    assert found.aliases == ("a@masfjorden.example", "b@masfjorden.example")


def test_a_duty_ends_after_its_last_day_and_can_be_taken_up_again(database: Database) -> None:
    add(database)
    with database.transaction() as tx:
        (ended,) = register.end_contact(tx, "post@masfjorden.example", DAY)
        assert ended.valid_until is None
        with pytest.raises(NotFoundError):
            register.end_contact(tx, "post@masfjorden.example", DAY)
    later = DAY + timedelta(days=30)
    contact, new = add(database, valid_from=later)
    assert new
    with database.reading() as tx:
        (found,) = register.contacts_of_address(tx, "post@masfjorden.example", later)
        assert found.id == contact
        assert (
            register.contacts_of_address(tx, "post@masfjorden.example", later - timedelta(days=1))
            == ()
        )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"party_id": "9999"}, NotFoundError),
        ({"duty": "director"}, StoreError),
        ({"email": "not an address"}, StoreError),
        ({"email": "Kari <kari@x.example>"}, StoreError),
        ({"valid_until": DAY - timedelta(days=1)}, StoreError),
    ],
    ids=["party", "duty", "address", "name and address", "period"],
)
def test_a_contact_that_cannot_be_is_refused(
    database: Database, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(database, **changes)


def test_contacts_are_listed_ever_or_on_a_day(database: Database) -> None:
    contact, _ = add(database, valid_from=DAY + timedelta(days=1))
    with database.reading() as tx:
        assert contact in [row.id for row in register.contacts(tx)]
        assert contact not in [row.id for row in register.contacts(tx, DAY)]
        assert contact in [row.id for row in register.contacts(tx, DAY + timedelta(days=1))]


def test_a_party_has_one_active_contact_point(database: Database) -> None:
    add(database, duty="contact_point", email="en@masfjorden.example")
    with pytest.raises(ClaimTakenError):
        add(database, duty="contact_point", email="to@masfjorden.example")
    with database.transaction() as tx:
        register.end_contact(tx, "en@masfjorden.example", DAY)
    add(database, duty="contact_point", email="to@masfjorden.example")


def test_a_holder_chooses_a_language(database: Database) -> None:
    add(database)
    with database.transaction() as tx:
        assert register.set_language(tx, "post@masfjorden.example", "nb")
        assert not register.set_language(tx, "ingen@masfjorden.example", "nb")
        (found,) = register.contacts_of_address(tx, "post@masfjorden.example", DAY)
    assert found.language == "nb"


def test_parties_are_written_over_by_id(database: Database) -> None:
    with database.transaction() as tx:
        before = register.parties(tx)
        register.upsert_parties(tx, before.values())
        assert register.parties(tx) == before
        assert register.party(tx, "ks-laering").name == "KS Læring"
        with pytest.raises(NotFoundError):
            register.party(tx, "9999")


def test_the_agreement_is_half_open(database: Database) -> None:
    def on(day: date) -> Agreement | None:
        with database.reading() as tx:
            wanted = Wanted(parties=frozenset(), day=day, needs=frozenset({"agreement"}))
            return read_facts(tx, wanted).agreement

    with database.reading() as tx:
        (agreement,) = register.agreements(tx)
    assert on(date(2026, 6, 30)) is None
    assert on(date(2026, 7, 1)) == agreement
    assert on(date(2027, 6, 30)) == agreement
    assert on(date(2027, 7, 1)) is None


def test_an_agreement_that_ends_before_it_begins_is_refused(database: Database) -> None:
    with database.transaction() as tx, pytest.raises(StoreError):
        register.add_agreement(tx, DAY, DAY, recorded_at=AT)


def test_facts_hold_what_was_asked_for(database: Database) -> None:
    first = opening(share="start", direction="to_ks")
    (outcome, _) = write(database, first, step(first.after, "submit", "submitted", "s"))
    wanted = Wanted(
        parties=frozenset({"ahus"}),
        day=DAY,
        needs=EVERYTHING,
        course=1,
        short_name="ANNET",
        request=outcome.request_id,
        neutral_language="nn",
    )
    with database.reading() as tx:
        facts = read_facts(tx, wanted)
    assert set(facts.parties) == {"ahus", "ous", "ks-laering", "4645"}
    assert {contact.email for contact in facts.contacts} == {
        "kurs@ahus.example",
        "samhandling@ahus.example",
        "koordinator@ks.example",
    }
    assert facts.neutral_language == "nn"
    assert facts.course is not None
    assert (facts.course.short_name, facts.course.claimed) == ("AHUS-LEGUT", True)
    assert facts.short_name_taken_by is None
    assert [(share.direction, share.request) for share in facts.shares] == [
        ("to_ks", "KD-2026-0001")
    ]
    assert facts.history == (("open", None, "draft"), ("submit", "draft", "submitted"))


def test_facts_that_nobody_asked_for_are_empty(database: Database) -> None:
    write(database, opening())
    with database.reading() as tx:
        facts = read_facts(tx, Wanted(parties=frozenset({"ous"}), day=DAY, short_name="AHUS-LEGUT"))
    assert set(facts.parties) == {"ous"}
    assert (facts.agreement, facts.course, facts.short_name_taken_by) == (None, None, None)
    assert (facts.shares, facts.history) == ((), ())


def test_another_holder_of_a_short_name_is_named_in_any_case(database: Database) -> None:
    (outcome,) = write(database, opening())
    needs = frozenset({"short_name"})

    def taken_by(**more: int) -> str | None:
        with database.reading() as tx:
            wanted = Wanted(
                parties=frozenset(),
                day=DAY,
                needs=needs,
                short_name="ahus-LEGUT",
                **more,
            )
            return read_facts(tx, wanted).short_name_taken_by

    assert taken_by() == "KD-2026-0001"
    assert taken_by(course=1, request=outcome.request_id) is None


def test_a_request_that_is_unknown_is_none_or_not_found(database: Database) -> None:
    with database.reading() as tx:
        assert load_request(tx, "KD-2026-0001") is None
        assert queries.history(tx, "KD-2026-0001") == ()
        assert queries.last_event_at(tx) is None
        with pytest.raises(NotFoundError):
            queries.case(tx, "KD-2026-0001")


def test_requests_are_listed_by_workflow_and_state(database: Database) -> None:
    first = opening("a", "A")
    write(database, first, step(first.after, "submit", "submitted", "a.1"))
    write(database, opening("b", "B"))
    with database.reading() as tx:
        assert [row.request.number for row in queries.cases(tx)] == ["KD-2026-0001", "KD-2026-0002"]
        (row,) = queries.cases(tx, workflow="hf_to_ks", state="draft")
        assert queries.cases(tx, workflow="another") == ()
        assert queries.counts(tx) == {("hf_to_ks", "draft"): 1, ("hf_to_ks", "submitted"): 1}
        assert queries.last_event_at(tx) == AT
        opened, submitted = queries.history(tx, "KD-2026-0001")
    assert row.course is not None
    assert (row.request.number, row.course.short_name) == ("KD-2026-0002", "B")
    assert (opened.from_state, opened.to_state, submitted.from_state) == (None, "draft", "draft")


def test_a_workflow_that_changed_needs_a_new_version(database: Database) -> None:
    def remember(version: int, sha256: str) -> bool:
        wanted = workflows.StoredVersion(name="w", version=version, text="t", sha256=sha256)
        with database.transaction() as tx:
            return workflows.remember(tx, wanted, recorded_at=AT)

    assert remember(1, "one")
    assert not remember(1, "one")
    with pytest.raises(StoreError, match="give it version 2"):
        remember(1, "two")
    assert remember(2, "two")
    with database.reading() as tx:
        assert [(row.name, row.version) for row in workflows.listed(tx)] == [
            ("hf_to_ks", 1),
            ("w", 1),
            ("w", 2),
        ]

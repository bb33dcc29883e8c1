"""A small site for the store's tests: three parties, their people, and plans to write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from engine.model import (
    SYSTEM,
    Act,
    Actor,
    Cause,
    Contact,
    CourseChange,
    LetterDraft,
    Party,
    Plan,
    Proof,
    Request,
    TimerDraft,
)
from engine.store.apply import Applied, apply
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.mail_out.outbox import Outbox
from engine.store.workflows import StoredVersion, remember

AT = datetime(2026, 9, 7, 8, 15, tzinfo=UTC)
DAY = date(2026, 9, 7)
EMPTY_TEXT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
OUTBOX = Outbox(
    sign=lambda seed: (f"<{seed}@kursdeling.example>", seed[-12:]),
    state_of=lambda _workflow, _party: "waiting",
    subject=lambda envelope: f"{envelope.template} {envelope.number}",
    undo_minutes=15,
)


def fill(database: Database) -> None:
    """Write the parties, their people, the agreement and the routine's version."""
    with database.transaction() as tx:
        register.upsert_parties(
            tx,
            [
                _party("ahus", "trust", "Akershus universitetssykehus HF", "nb"),
                _party("ous", "trust", "Oslo universitetssykehus HF", "neutral"),
                _party("ks-laering", "municipal", "KS Læring", "neutral"),
                _party("4645", "municipal", "Masfjorden", "nn"),
            ],
        )
        for party, duty, email in (
            ("ahus", "elearning", "kurs@ahus.example"),
            ("ahus", "cooperation_unit", "samhandling@ahus.example"),
            ("ous", "elearning", "kurs@ous.example"),
            ("ks-laering", "ks_laering", "laering@ks.example"),
            ("ks-laering", "coordinator", "koordinator@ks.example"),
        ):
            register.add_contact(
                tx, party_id=party, duty=duty, email=email, valid_from=date(2026, 1, 1)
            )
        register.add_agreement(tx, date(2026, 7, 1), date(2027, 7, 1), recorded_at=AT)
        version = StoredVersion(name="hf_to_ks", version=1, text="", sha256=EMPTY_TEXT)
        remember(tx, version, recorded_at=AT)


def _party(party_id: str, side: Any, name: str, standard: str) -> Party:
    return Party(id=party_id, kind="any", side=side, name=name, written_standard=standard)


def holder(database: Database, address: str) -> Actor:
    """The actor behind a registered address."""
    with database.reading() as tx:
        return Actor(name=address, contacts=register.contacts_of_address(tx, address, DAY))


def contact(**changes: Any) -> Contact:
    """A contact that stands in no database."""
    plain = Contact(id=1, party="ahus", duty="elearning", email="kurs@ahus.example", valid_from=DAY)
    return replace(plain, **changes)


def act(event: str, key: str, **changes: Any) -> Act:
    """An act by the engine itself, on command."""
    plain = Act(
        event=event, actor=SYSTEM, proof=Proof.SITE, cause=Cause("command", key), key=f"cli:{key}"
    )
    return replace(plain, **changes)


def course(short_name: str = "AHUS-LEGUT", **changes: Any) -> CourseChange:
    """A course of Ahus that claims its short name."""
    plain = CourseChange(
        owner="ahus",
        short_name=short_name,
        full_name="Trygg legemiddelhåndtering",
        claimed=True,
        licence="CC BY-NC-SA",
        link="",
        information={"full_name": "Trygg legemiddelhåndtering", "short_name": short_name},
    )
    return replace(plain, **changes)


def letter(receiver: str = "kurs@ahus.example", **changes: Any) -> LetterDraft:
    """A letter to the owner."""
    plain = LetterDraft(
        role="owner", party="ahus", receiver=receiver, template="receipt", language="nb",
        variables={"due": DAY},
    )  # fmt: skip
    return replace(plain, **changes)


def timer(due_at: datetime, **changes: Any) -> TimerDraft:
    """A timer that fires `give_up`."""
    plain = TimerDraft(
        position=0, action="fire", target="give_up", roles=(), due_at=due_at, every="",
        at_most=1, rule="after 60 days", calendar="no 2026.1",
    )  # fmt: skip
    return replace(plain, **changes)


def opening(key: str = "open", short_name: str = "AHUS-LEGUT", **changes: Any) -> Plan:
    """The plan that opens a request of Ahus."""
    request = Request(
        id=0, number="", workflow="hf_to_ks", version=1, state="draft", since=AT, owner="ahus",
        borrower="ks-laering", requester=None, course=None, opened_at=AT, changed_at=AT,
        form={"full_name": "Trygg legemiddelhåndtering"},
    )  # fmt: skip
    plain = Plan(
        act=act("open", key), at=AT, before=None, after=request, role="system",
        course=course(short_name),
    )  # fmt: skip
    return replace(plain, **changes)


def step(before: Request, event: str, state: str, key: str, **changes: Any) -> Plan:
    """The plan that takes `before` to `state` by `event`."""
    plain = Plan(
        act=act(event, key), at=AT, before=before, role="system",
        after=replace(before, state=state, since=AT, changed_at=AT),
    )  # fmt: skip
    return replace(plain, **changes)


def write(database: Database, *plans: Plan) -> tuple[Applied, ...]:
    """Apply the plans in a transaction of their own."""
    with database.transaction() as tx:
        return apply(tx, plans, recorded_at=AT, outbox=OUTBOX)


def read(database: Database, name: str, **params: Any) -> list[Any]:
    """The rows of a named statement."""
    with database.reading() as tx:
        return tx.all(name, params)

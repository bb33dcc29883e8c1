"""The register: parties, who holds which duty at them, and the agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from engine.domain.register.duties import DUTIES
from engine.domain.register.mail_domains import in_ascii, known_form
from engine.errors import NotFoundError, StoreError
from engine.model import Agreement, Contact, Language, Party, Reason
from engine.store.contacts.known import changed, known
from engine.store.database import Row, Transaction
from engine.store.encoding import canonical, instant, maybe_day, read_as

__all__ = [
    "Proven", "add_agreement", "add_contact", "add_period", "agreements", "contacts",
    "contacts_of_address", "end_contact", "parties", "party", "set_at_once", "set_language",
    "set_main", "upsert_parties",
]  # fmt: skip

Proven = Literal["site", "mail", "provisional"]
"""How a holder came to be registered: by a coordinator, by mail, or until a coordinator looks."""


def upsert_parties(tx: Transaction, wanted: Iterable[Party]) -> None:
    """Write the parties, each in place of the one with the same id."""
    changed(tx)
    tx.run_many(
        "party_upsert",
        [
            {
                "id": party.id,
                "kind": party.kind,
                "side": party.side,
                "name": party.name,
                "written_standard": party.written_standard,
                "organisation_number": party.organisation_number,
            }
            for party in wanted
        ],
    )


def parties(tx: Transaction) -> dict[str, Party]:
    """Every party by id, in the order of the ids."""
    return {row["id"]: read_as(Party, row) for row in tx.all("parties")}


def party(tx: Transaction, party_id: str) -> Party:
    """The party with that id; NotFoundError when there is none."""
    row = tx.one("parties_by_ids", {"ids": canonical([party_id])})
    if row is None:
        raise NotFoundError(
            f"there is no party {party_id}", reason=Reason("party_missing", {"party": party_id})
        )
    return read_as(Party, row)


def add_contact(
    tx: Transaction,
    *,
    party_id: str,
    duty: str,
    email: str,
    valid_from: date,
    name: str = "",
    valid_until: date | None = None,
    aliases: Sequence[str] = (),
    language: Language | None = None,
    proof: Proven = "site",
) -> tuple[int, bool]:
    """Let an address hold a duty at a party from a day on; (id, whether it is new).

    One that holds the duty still, on that day or later, stays as it is and gains the aliases,
    so that the same file can be imported twice; one that was provisional is so no longer.
    NotFoundError for an unknown party, StoreError for an unknown duty or a period that ends before
    it begins.
    """
    party(tx, party_id)
    if duty not in DUTIES:
        raise StoreError(f"there is no duty {duty}", reason=Reason("duty_missing", {"text": duty}))
    changed(tx)
    address = _bare(email)
    day = valid_from.isoformat()
    held = tx.one("contact_same", {"party": party_id, "duty": duty, "email": address, "day": day})
    contact = (
        int(held["id"])
        if held
        else add_period(
            tx,
            party_id=party_id,
            duty=duty,
            email=address,
            valid_from=valid_from,
            valid_until=valid_until,
            name=name,
            language=language,
            proof=proof,
        )
    )
    if held and proof == "site":
        tx.run("contact_settled", {"of_contact": contact})
    tx.run_many(
        "alias_insert", [{"contact": contact, "address": _bare(alias)} for alias in aliases]
    )
    return contact, held is None


def add_period(
    tx: Transaction,
    *,
    party_id: str,
    duty: str,
    email: str,
    valid_from: date,
    valid_until: date | None,
    name: str = "",
    language: Language | None = None,
    proof: Proven = "site",
) -> int:
    """Let an address hold a duty in just that period, whatever it holds before or after; the id.

    StoreError for an unknown duty or a period that ends before it begins.
    """
    changed(tx)
    return tx.insert(
        "contact_insert",
        {
            "party": party_id,
            "duty": duty,
            "email": _bare(email),
            "name": name.strip(),
            "valid_from": valid_from.isoformat(),
            "valid_until": maybe_day(valid_until),
            "language": language,
            "proof": proof,
            "main": 0,
        },
    )


def end_contact(tx: Transaction, email: str, last_day: date) -> tuple[Contact, ...]:
    """Let an address hold its duties up to and including `last_day`; what it held until then.

    A duty that would begin after that day is ended on its first. NotFoundError when the
    address holds no duty beyond `last_day`.
    """
    address = _bare(email)
    held = [
        contact
        for contact in read_contacts(tx.all("contacts_ever_of_address", {"address": address}))
        if contact.email == address
        and (contact.valid_until is None or contact.valid_until > last_day)
    ]
    if not held:
        raise NotFoundError(
            f"{address} holds no duty after {last_day}",
            reason=Reason("holds_nothing_after", {"address": address, "day": last_day}),
        )
    changed(tx)
    for contact in held:
        day = max(last_day, contact.valid_from).isoformat()
        tx.run("contact_end", {"of_contact": contact.id, "last_day": day})
    return tuple(held)


def end_period(tx: Transaction, contact: Contact, day: date) -> None:
    """Let a contact hold its duty no longer on `day`; one that began that day holds it until the
    next, since it may have acted, and one that would begin later is gone.
    """
    changed(tx)
    if contact.valid_from > day:
        tx.run("contact_delete", {"of_contact": contact.id})
        return
    last_day = max(day - timedelta(days=1), contact.valid_from)
    tx.run("contact_end", {"of_contact": contact.id, "last_day": last_day.isoformat()})


def contacts(tx: Transaction, day: date | None = None) -> tuple[Contact, ...]:
    """Every contact ever registered, or those active on `day`, oldest first."""
    if day is None:
        return read_contacts(tx.all("contacts"))
    return read_contacts(tx.all("contacts_on_day", {"day": day.isoformat()}))


def set_language(tx: Transaction, email: str, language: Language) -> bool:
    """Write to an address in `language` from now on; False when nobody has the address."""
    changed(tx)
    return tx.run("contact_language", {"address": _bare(email), "language": language}) > 0


def set_at_once(tx: Transaction, email: str, *, at_once: bool) -> bool:
    """Gather what only tells for an address from now on, or not; False when nobody has it."""
    changed(tx)
    return tx.run("contact_at_once", {"address": _bare(email), "at_once": int(at_once)}) > 0


def set_main(tx: Transaction, contact: int, party_id: str, duty: str) -> None:
    """Let the contact with that id get the duty's letters at the party alone."""
    changed(tx)
    tx.run("contact_main", {"of_contact": contact, "party": party_id, "duty": duty})


def add_agreement(tx: Transaction, since: date, to: date, *, recorded_at: datetime) -> Agreement:
    """Record the agreement for a half-open period (R4).

    StoreError when it does not end after it begins.
    """
    if to <= since:
        raise StoreError(
            f"the agreement cannot end on {to}: it begins on {since}",
            reason=Reason("agreement_backwards", {"day": since, "latest": to}),
        )
    changed(tx)
    params = {
        "since": since.isoformat(),
        "until": to.isoformat(),
        "recorded_at": instant(recorded_at),
    }
    return Agreement(id=tx.insert("agreement_insert", params), since=since, to=to)


def agreements(tx: Transaction) -> tuple[Agreement, ...]:
    """Every recorded period of the agreement, in the order in which they were recorded."""
    return tuple(read_agreement(row) for row in tx.all("agreements"))


def _bare(address: str) -> str:
    bare = known_form(address)
    local, at, domain = bare.rpartition("@")
    if not (local and at and domain) or any(letter in bare for letter in " <>,;"):
        raise StoreError(
            f"{address!r} is no mail address", reason=Reason("no_mail_address", {"text": address})
        )
    return bare


def contacts_of_address(tx: Transaction, address: str, day: date) -> tuple[Contact, ...]:
    """Every duty that `address` (any case), or an alias of it, holds on `day`."""
    bare = known_form(address)
    local, at, domain = bare.rpartition("@")
    coded = local + at + in_ascii(domain)

    def read() -> tuple[Contact, ...]:
        params = {"address": bare, "day": day.isoformat()}
        found = tx.all("contacts_of_address", params)
        if not found and coded != bare:  # as registered before addresses had one form
            found = tx.all("contacts_of_address", {**params, "address": coded})
        return read_contacts(found)

    return known(tx, ("contacts of", bare, day), read)


def agreement_on(tx: Transaction, day: date) -> Agreement | None:
    """The agreement in force on `day` (R4); the latest where periods overlap."""

    def read() -> Agreement | None:
        row = tx.one("agreement_on_day", {"day": day.isoformat()})
        return None if row is None else read_agreement(row)

    return known(tx, ("agreement", day), read)


def read_agreement(row: Row) -> Agreement:
    """The agreement that a row stands for."""
    return Agreement(
        id=row["id"], since=date.fromisoformat(row["since"]), to=date.fromisoformat(row["until"])
    )


def read_contacts(rows: Iterable[Row]) -> tuple[Contact, ...]:
    """The contacts that rows stand for, where each alias gave a row of its own."""
    found: dict[int, tuple[Row, list[str]]] = {}
    for row in rows:
        _, aliases = found.setdefault(row["id"], (row, []))
        if row["address"] is not None:
            aliases.append(row["address"])
    return tuple(_contact(row, tuple(aliases)) for row, aliases in found.values())


def _contact(row: Row, aliases: tuple[str, ...]) -> Contact:
    return read_as(
        Contact, row, aliases=aliases, main=bool(row["main"]), at_once=bool(row["at_once"])
    )


def all_parties(tx: Transaction) -> Mapping[str, Party]:
    """The whole register of parties by id."""
    return known(
        tx, "parties", lambda: {row["id"]: read_as(Party, row) for row in tx.all("parties")}
    )

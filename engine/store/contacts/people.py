"""The people behind the register: mail domains, absences, and what we last heard from whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from engine.domain.register.mail_domains import known_form
from engine.errors import NotFoundError, StoreError
from engine.model import Reason
from engine.store.contacts.known import changed, known
from engine.store.database import Transaction
from engine.store.encoding import instant, read_as

AUTOMATIC_COUNTS = timedelta(weeks=4)
"""How long an automatic reply tells that nobody reads, unless somebody writes before that."""


class AbsenceRow(Struct, frozen=True, kw_only=True):
    """A period in which whoever reads an address is away, both days included."""

    id: int
    address: str
    since: date
    until: date
    substitute: str
    """The address of the substitute, or empty."""


def add_domain(tx: Transaction, domain: str, party: str) -> bool:
    """Let mail from `domain` count as the party's; False when it did already.

    StoreError when the text is no mail domain, or the database's own for an unknown party.
    """
    changed(tx)
    return tx.run("domain_insert", {"domain": _domain(domain), "party": party}) == 1


def remove_domain(tx: Transaction, domain: str, party: str) -> None:
    """Let mail from `domain` count as the party's no longer; NotFoundError when it never did."""
    changed(tx)
    if tx.run("domain_delete", {"domain": _domain(domain), "party": party}) != 1:
        raise NotFoundError(
            f"{party} has no domain {domain}",
            reason=Reason("domain_missing", {"party": party, "domain": domain}),
        )


def domains(tx: Transaction, party: str = "") -> tuple[tuple[str, str], ...]:
    """(party, domain) for every party, or for one."""
    return tuple((row["party"], row["domain"]) for row in tx.all("domains", {"of_party": party}))


def parties_of_domain(tx: Transaction, domain: str) -> tuple[str, ...]:
    """The ids of the parties whose mail comes from `domain`."""
    rows = tx.all("domain_parties", {"domain": known_form(domain)})
    return tuple(row["party"] for row in rows)


def provisional(tx: Transaction, day: date) -> frozenset[int]:
    """The contacts on `day` that nobody has looked at since their first mail made them."""
    rows = tx.all("contacts_provisional", {"day": day.isoformat()})
    return frozenset(row["id"] for row in rows)


def add_absence(
    tx: Transaction,
    address: str,
    *,
    since: date,
    until: date,
    substitute: str,
    recorded_at: datetime,
) -> int:
    """Record that whoever reads `address` is away, both days included; the absence's id."""
    changed(tx)
    return tx.insert(
        "absence_insert",
        {
            "address": address,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "substitute": substitute,
            "recorded_at": instant(recorded_at),
        },
    )


def end_absence(tx: Transaction, absence: AbsenceRow, last_day: date) -> None:
    """Let the absence end with `last_day`; one that would only begin later has never been."""
    changed(tx)
    if absence.since > last_day:
        tx.run("absence_delete", {"of_absence": absence.id})
    else:
        tx.run("absence_end", {"of_absence": absence.id, "until": last_day.isoformat()})


def absences(tx: Transaction) -> tuple[AbsenceRow, ...]:
    """Every recorded absence, oldest first."""
    return tuple(read_as(AbsenceRow, row) for row in tx.all("absences"))


def away(tx: Transaction, day: date) -> frozenset[str]:
    """The addresses that nobody reads on `day`, as far as we have been told."""
    lately = f"{day - AUTOMATIC_COUNTS}T00:00:00Z"
    return known(
        tx,
        ("away", day),
        lambda: frozenset(
            row["address"]
            for row in tx.all("away_on_day", {"day": day.isoformat(), "lately": lately})
        ),
    )


def answered_automatically(tx: Transaction, address: str, at: datetime) -> None:
    """Keep that only a machine answered from `address`."""
    changed(tx)
    tx.run("correspondent_automatic", {"of_address": address, "at": instant(at)})


def wrote(tx: Transaction, address: str) -> None:
    """Forget an automatic reply from `address`, now that a person has written from it."""
    if tx.run("correspondent_wrote", {"of_address": address}):
        changed(tx)


def to_ask(
    tx: Transaction, at: datetime, *, day: date, before: datetime, limit: int
) -> tuple[str, ...]:
    """At most `limit` addresses that hold a duty on `day` and have neither been asked nor confirmed
    since `before`, whom we have known for longest first.

    Who holds a duty for the first time is known from `at` on.
    """
    tx.run("correspondents_insert", {"at": instant(at), "day": day.isoformat()})
    params = {"day": day.isoformat(), "before": instant(before), "at_most_rows": limit}
    return tuple(row["address"] for row in tx.all("correspondents_to_ask", params))


def asked(tx: Transaction, address: str, at: datetime) -> None:
    """Keep that the address was asked whether what the register says of it is right."""
    tx.run("correspondent_asked", {"of_address": address, "at": instant(at)})


def confirmed(tx: Transaction, address: str, at: datetime) -> None:
    """Keep that the address has confirmed what the register says of it."""
    tx.run("correspondent_confirmed", {"of_address": address, "at": instant(at)})


def _domain(text: str) -> str:
    domain = known_form(text.strip().removeprefix("@"))
    if "." not in domain.strip(".") or any(letter in domain for letter in " @<>,;/"):
        raise StoreError(
            f"{text!r} is no mail domain", reason=Reason("no_mail_domain", {"text": text})
        )
    return domain

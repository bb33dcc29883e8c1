"""A site with its contacts, and mail as people write it, for the tests of the services."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from config import settings as configuration
from engine.app import make_site, open_site
from engine.definition import read
from engine.errors import RefusedError
from engine.service import receive
from engine.service.acts import commands
from engine.service.deliver import deliver
from engine.service.letters.posting import envelope_of
from engine.service.mail.verdict import MailOutcome
from engine.service.requests.read_only import Look
from engine.service.site import Site
from engine.store.cases import queries
from engine.store.contacts import register
from engine.store.mail_out import letters
from engine.store.mail_out.letters import LetterRow
from engine.store.opening import is_address
from tests.integration import postgres

AT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
AGREEMENT_ENDS = date(2027, 7, 1)
"""The first day that the agreement no longer covers."""
PAST_THE_AGREEMENT = (AGREEMENT_ENDS - AT.date()).days
"""So many days after `AT`."""
OURS = "kursdeling@kursdeling.example"
SERVER = "mx.kursdeling.example"
SETTINGS = {
    "mail.addresses": OURS,
    "mail.trusted_servers": SERVER,
    # Tests of other things open as many as they like.
    "mail.openings_per_day": "10000",
    "letters.mode": "live",
    "letters.undo_minutes": "0",
    "letters.digest": "",
}
OWNER = "elaering@si.example"
EXPERTS = "fag@si.example"
LIAISON = "samhandling@si.example"
LENDER = "kurs@kongsvinger.example"
PLATFORM = "kslaring@ks.example"
COORDINATOR = "koordinator@ks.example"
REQUESTER = "kurs@lillehammer.example"
"""A municipality that orders; no contact of every office."""
CONTACTS = (
    ("si", "elearning", OWNER),
    ("si", "subject_experts", EXPERTS),
    ("si", "cooperation_unit", LIAISON),
    ("ahus", "elearning", "elaering@ahus.example"),
    ("ks-laering", "ks_laering", PLATFORM),
    ("ks", "coordinator", COORDINATOR),
)
FORM = {
    "Fullt navn på kurset": "Fallforebygging i sykehjem",
    "Kursets kortnavn": "SI-FALL1",
    "Studiekategori": "Helse og velferd",
    "Dato for studiestart": "1.3.2027",
    "Opprett hjemmeside": "JA",
    "Mål": "Deltakeren kan forebygge fall.",
    "Innhold": "Tre moduler og en test.",
    "Målgrupper": "Ansatte i sykehjem",
    "Kurssammendrag": "Kort kurs om fall.",
    "Forutsetninger": "Ingen",
    "Produsert av": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
    "Tidsbruk": "45 min",
    "Kurskoordinator": "e-læringsansvarlig",
    "Unntak": "Fagmiljøet er nedlagt",
}
SUBJECT = "Deling til KS Læring: Fallforebygging"


def form(**changes: str | None) -> str:
    """The complete form as lines; keys are labels with `_` for blanks, None leaves a line out."""
    wanted = FORM | {key.replace("_", " "): value for key, value in changes.items()}
    return "\n".join(f"{label}: {value}" for label, value in wanted.items() if value is not None)


@dataclass(slots=True)
class Office:
    """One site and the people who write to it."""

    site: Site
    at: datetime = AT
    written: int = 0
    seen: list[MailOutcome] = field(default_factory=list)

    def later(self, **span: int) -> None:
        """Let time pass."""
        self.at += timedelta(**span)

    def raw(
        self, sender: str, subject: str, body: str, *, headers: str = "", aligned: bool = True
    ) -> bytes:
        """One message as it would arrive."""
        self.written += 1
        domain = sender.rpartition("@")[2]
        vouched = f"Authentication-Results: {SERVER}; dmarc=pass header.from={domain}\r\n"
        return (
            f"{vouched if aligned else ''}"
            f"From: <{sender}>\r\nTo: <{OURS}>\r\nSubject: {subject}\r\n"
            f"Message-ID: <m{self.written}@{domain}>\r\n"
            f"Date: {self.at:%a, %d %b %Y %H:%M:%S} +0000\r\n{headers}"
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
        ).encode()

    def take(self, raw: bytes) -> MailOutcome:
        """Let the message arrive, and send what it causes."""
        outcome = receive.handle(self.site, receive.take(self.site, raw, "test", self.at), self.at)
        deliver(self.site, self.at)
        self.seen.append(outcome)
        return outcome

    def mail(
        self, sender: str, subject: str, body: str, *, headers: str = "", aligned: bool = True
    ) -> MailOutcome:
        """A new mail."""
        return self.take(self.raw(sender, subject, body, headers=headers, aligned=aligned))

    def reply(self, sender: str, body: str, *, aligned: bool = True) -> MailOutcome:
        """An answer to the last letter that `sender` had, by its Message-ID."""
        letter = self.last(sender)
        headers = f"In-Reply-To: {letter.message_id}\r\n"
        return self.mail(sender, f"SV: {letter.subject}", body, headers=headers, aligned=aligned)

    def fire(
        self, number: str, event: str, email: str, *, note: str = "", **values: str
    ) -> RefusedError | None:
        """Why a command was refused; None when it moved the request."""
        return refusal(
            lambda: commands.fire(
                self.site, number, event, email=email, at=self.at, note=note, values=values
            )
        )

    def letters(self, receiver: str = "") -> list[LetterRow]:
        """Every letter, or those to `receiver`, oldest first."""
        with self.site.database.reading() as tx:
            return [row for row in letters.listed(tx) if receiver in ("", row.receiver)]

    def last(self, receiver: str) -> LetterRow:
        """The newest letter to `receiver`."""
        return self.letters(receiver)[-1]

    def text(self, receiver: str) -> str:
        """The newest letter to `receiver` as they read it."""
        return self.site.letters.text(envelope_of(self.last(receiver)))

    def look(self) -> Look:
        """The site as a list looks at it."""
        return Look(
            database=self.site.database, whole=lambda: self.site, read=read.workflow, close=bool
        )

    def state(self, number: str) -> str:
        """The state that the request is in."""
        with self.site.database.reading() as tx:
            return next(row.to_state for row in reversed(queries.history(tx, number)))

    def events(self, number: str) -> list[str]:
        """What has happened to the request, oldest first."""
        with self.site.database.reading() as tx:
            return [row.event for row in queries.history(tx, number)]

    def open(self, **changes: str | None) -> str:
        """A request opened by a complete mail; its number."""
        return self.mail(OWNER, SUBJECT, form(**changes)).request


def refusal(attempt: Callable[[], object]) -> RefusedError | None:
    """Why the attempt was refused; None when it was not."""
    try:
        attempt()
    except RefusedError as error:
        return error
    return None


def lending_office(folder: Path) -> Office:
    """An office that knows a municipality too, which orders courses and lends its own."""
    there = new_office(folder)
    with there.site.database.transaction() as tx:
        register.add_contact(
            tx, party_id="3401", duty="municipality", email=LENDER, valid_from=date(2016, 1, 1)
        )
    return there


def new_office(folder: Path, **settings: str) -> Office:
    """An office on a new site in `folder`, with an agreement in force; settings as
    `letters__mode`.
    """
    overrides = SETTINGS | {key.replace("__", "."): text for key, text in settings.items()}
    folder.mkdir(exist_ok=True)
    configuration.write_default(folder, overrides)
    place = overrides.get("database", str(folder))
    if is_address(place):
        postgres.become(place, like=_proved_on_server(place.rpartition("/")[0]))
    else:
        shutil.copy(_proved_database(), place)
    return Office(open_site(folder))


@cache
def _proved_database() -> Path:
    """A site's database, made once: proving every routine takes most of a test's time."""
    folder = _passing_folder()
    _furnished(make_site(folder / "site", SETTINGS)).database.close()
    return folder / "site" / "kursdeling.db"


@cache
def _proved_on_server(address: str) -> str:
    """The name of the same on a PostgreSQL server."""
    url = postgres.new_database(address, "proved")
    site = make_site(_passing_folder() / "site", SETTINGS | {"database": url})
    _furnished(site).database.close()
    return "proved"


def _passing_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kursdeling-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _furnished(site: Site) -> Site:
    with site.database.transaction() as tx:
        for party, duty, email in CONTACTS:
            register.add_contact(
                tx, party_id=party, duty=duty, email=email, valid_from=date(2016, 1, 1)
            )
        register.add_agreement(tx, date(2026, 1, 1), AGREEMENT_ENDS, recorded_at=AT)
    return site

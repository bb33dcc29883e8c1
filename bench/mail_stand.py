"""A site with two hundred requests at KS Læring, five hundred mails that come to it, and how the
program and the bound take them in one process.
"""

from __future__ import annotations

import email
import json
import shutil
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from bench import bound
from bench.mails import (
    NEW,
    OURS,
    PLATFORM,
    REPLIES,
    SERVER,
    TRUSTS,
    WITH_FILE,
    Mail,
    Thread,
    courses,
    generated,
    owner_of,
)
from bench.stand import AT
from engine.app import make_site, open_site
from engine.domain.fields import field_by_label
from engine.service import receive
from engine.service.acts import commands
from engine.service.letters.posting import envelope_of
from engine.service.site import Site
from engine.store.contacts import register
from engine.store.database import Database
from engine.store.mail_out import letters
from engine.store.statements import SQLITE

LATER = AT + timedelta(hours=2)
OPENED, MOVED = ("opened", 2), ("fired", 1)
"""(verdict, events) of every new mail and of every reply."""
LETTERS = 2
"""So many letters are written for every mail, whichever: to its writer, and to the other side."""


@dataclass(slots=True)
class Stand:
    """A site with two hundred requests at KS Læring, and the mails that come to it."""

    place: Path
    mails: Sequence[Mail]
    threads: Sequence[Thread]
    written: Sequence[Sequence[bound.Written]] = ()
    rows: dict[str, int] | None = None
    letters_before: int = 0

    def ours(self) -> float:
        """Mails per second of the program in one process."""
        if not self.written:
            self._record()
        site = self.reopened("ours")
        spent = self._taken(site)
        site.database.close()
        self.same_rows("ours")
        return len(self.mails) / spent

    def theirs(self) -> float:
        """Mails per second of a bare driver that knows what to write."""
        path = self.copied("theirs") / "kursdeling.db"
        connection = bound.sqlite(path)
        work = iter(self.written)
        began = time.perf_counter()
        for mail in self.mails:
            stored = next(work)
            bound.write(connection, stored)
            parsed(mail.raw)
            bound.write(connection, next(work))
        spent = time.perf_counter() - began
        connection.close()
        self.same_rows("theirs")
        return len(self.mails) / spent

    def copied(self, name: str) -> Path:
        """A fresh copy of the site's folder."""
        target = self.place / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.place / "site", target)
        return target

    def reopened(self, name: str) -> Site:
        """A fresh copy of the site, open."""
        return open_site(self.copied(name))

    def same_rows(self, name: str) -> None:
        """Whoever wrote them: as many rows as the program wrote when it was recorded."""
        assert counted(self.place / name) == self.rows

    def _record(self) -> None:
        site = self.reopened("recording")
        recorder = bound.Recorder(site.database, SQLITE)
        self._taken(replace(site, database=cast("Database", recorder)))
        self.written = recorder.written
        site.database.close()
        assert len(self.written) == 2 * len(self.mails)
        self.rows = counted(self.place / "recording")
        assert self.rows["inbox"] == len(self.mails)
        assert self.rows["request"] == NEW + REPLIES
        assert self.rows["letter"] == self.letters_before + LETTERS * len(self.mails)

    def _taken(self, site: Site) -> float:
        found: Counter[tuple[str, int]] = Counter()
        began = time.perf_counter()
        for mail in self.mails:
            stored = receive.take(site, mail.raw, "bench", LATER)
            outcome = receive.handle(site, stored, LATER, mail.raw)
            found[outcome.verdict, len(outcome.events)] += 1
        spent = time.perf_counter() - began
        assert found == {OPENED: NEW, MOVED: REPLIES}, found
        return spent


def parsed(raw: bytes) -> list[bytes]:
    """The decoded parts of a mail by the standard library's own parser."""
    parts = (part for part in email.message_from_bytes(raw).walk() if not part.is_multipart())
    return [cast("bytes", part.get_payload(decode=True)) for part in parts]


def counted(site: Path) -> dict[str, int]:
    """How many rows stand in each table that mail in writes, and what they add up to."""
    tables = ("inbox", "attached", "attachment", "mail_claim", "request")
    connection = bound.sqlite(site / "kursdeling.db")
    found = dict(bound.counted(connection)) | {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
    }
    connection.close()
    return found


def made(place: Path) -> Stand:
    settings = {
        "mail.addresses": OURS,
        "mail.trusted_servers": SERVER,
        "mail.openings_per_day": "1000000",
        "letters.mode": "live",
    }
    site = make_site(place / "site", settings)
    holders = [(trust, "elearning", owner_of(trust)) for trust in TRUSTS]
    holders += [
        ("ks-laering", "ks_laering", PLATFORM),
        ("ks", "coordinator", "koordinator@ks.example"),
    ]
    with site.database.transaction() as tx:
        register.add_agreement(tx, date(2026, 1, 1), date(2028, 1, 1), recorded_at=AT)
        for party, duty, address in holders:
            register.add_contact(
                tx, party_id=party, duty=duty, email=address, valid_from=date(2026, 1, 1)
            )
    for n, (trust, form) in enumerate(courses(NEW, REPLIES)):
        values = {field_by_label(label) or "": text for label, text in form.items()}
        commands.open_by_command(
            site, "hf_to_ks", email=owner_of(trust), at=AT, values=values, key=f"before:{n}"
        )
    threads = _threads(site)
    site.database.close()
    before = counted(place / "site")["letter"]
    return Stand(
        place=place, threads=threads, mails=generated(threads, LATER), letters_before=before
    )


def _threads(site: Site) -> list[Thread]:
    with site.database.reading() as tx:
        sent = [envelope_of(each) for each in letters.listed(tx) if each.receiver == PLATFORM]
    return [
        Thread(
            message_id=each.message_id,
            subject=site.letters.subject(each),
            text=site.letters.text(each),
        )
        for each in sent
    ]


def described(stand: Stand, place: Path) -> None:
    """Write down the tracker that Roundup needs for the same mails, and the mails."""
    place.mkdir()
    domain = OURS.partition("@")[2]
    threads = [
        replace(each, subject=f"[issue{n}] {each.subject.rpartition(' [')[0]}")
        for n, each in enumerate(stand.threads, start=1)
    ]
    wanted = {
        "domain": domain,
        "users": [PLATFORM, *map(owner_of, TRUSTS)],
        "platform": PLATFORM,
        "letters": LETTERS,
        "threads": [
            {
                "message_id": each.message_id,
                "title": each.subject.partition("] ")[2],
                "text": each.text,
                "owner": owner_of("si"),
            }
            for each in threads
        ],
        "new": [each.new for each in stand.mails],
        "files": [n % WITH_FILE == 0 for n in range(len(stand.mails))],
    }
    (place / "tracker.json").write_text(json.dumps(wanted), encoding="utf-8")
    for n, mail in enumerate(generated(threads, LATER)):
        (place / f"{n:03d}.eml").write_bytes(mail.raw)

"""Mail in: five hundred mails stored, judged, carried out and answered, each committed for good.

The bound reads the same mails with the standard library's parser and writes the very same rows,
in the same two transactions a mail: stored first, then judged. Roundup's gateway takes the same
mails into a tracker of its own, where each opens an issue or moves one. One by one, each in a
process of its own, the first hundred come.
"""

from __future__ import annotations

import email
import json
import os
import pickle
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

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
from bench.peers.starting import Peer, missing, started
from bench.rows import Row, interleaved, row
from bench.stand import AT, folder
from engine.app import make_site, open_site
from engine.domain.fields import field_by_label
from engine.service import commands, receive
from engine.service.deliver import envelope_of
from engine.service.site import Site
from engine.store import letters, register
from engine.store.database import Database
from engine.store.statements import SQLITE

LATER = AT + timedelta(hours=2)
PROGRAM = Path(sys.executable).with_name("kursdeling")
BY_PROCESS = 100
"""So many of the mails, the first, have a process each."""
BLOCK = 25
"""So many processes of the program, then as many of the others: all see the same machine."""
OPENED, MOVED = ("opened", 2), ("fired", 1)
"""(verdict, events) of every new mail and of every reply."""
LETTERS = 2
"""So many letters are written for every mail, whichever: to its writer, and to the other side."""
_KILOBYTES_OF_A_MEGABYTE = 1024


def run() -> Iterator[Row]:
    """A row per case; those of Roundup's gateway where it is installed."""
    with folder() as place:
        stand = _stand(place)
        rate, least = interleaved(stand.ours, stand.theirs)
        yield row("mail", "one process", rate=rate, bound=least)
        if missing("Roundup, one process", "roundup"):
            yield from _by_process(stand, None)
            return
        _describe(stand, place / "roundup")
        with started("roundup_gateway", [str(place / "roundup")]) as peer:
            whole = json.dumps([0, len(stand.mails), False])
            rate, other = interleaved(stand.ours, lambda: len(stand.mails) / peer.round(whole))
            yield row("mail", "Roundup, one process", rate=rate, bound=other)
            yield from _by_process(stand, peer)


@dataclass(slots=True)
class _Stand:
    """A site with two hundred requests at KS Læring, and the mails that come to it."""

    place: Path
    mails: Sequence[Mail]
    threads: Sequence[Thread]
    written: Sequence[Sequence[bound.Written]] = ()
    rows: dict[str, int] | None = None

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
        assert _rows(self.place / name) == self.rows

    def _record(self) -> None:
        site = self.reopened("recording")
        recorder = bound.Recorder(site.database, SQLITE)
        self._taken(replace(site, database=cast("Database", recorder)))
        self.written = recorder.written
        site.database.close()
        assert len(self.written) == 2 * len(self.mails)
        self.rows = _rows(self.place / "recording")
        assert self.rows["inbox"] == len(self.mails)
        assert self.rows["request"] == NEW + REPLIES

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


def _rows(site: Path) -> dict[str, int]:
    """How many rows stand in each table that mail in writes, and what they add up to."""
    tables = ("inbox", "attached", "attachment", "mail_claim", "request")
    connection = bound.sqlite(site / "kursdeling.db")
    found = dict(bound.counted(connection)) | {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
    }
    connection.close()
    return found


def _stand(place: Path) -> _Stand:
    settings = {
        "mail.addresses": OURS,
        "mail.trusted_servers": SERVER,
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
    return _Stand(place=place, threads=threads, mails=generated(threads, LATER))


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


def _describe(stand: _Stand, place: Path) -> None:
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


def _by_process(stand: _Stand, peer: Peer | None) -> Iterator[Row]:
    """A process for each mail: the program's, a bare interpreter's, and the gateway's."""
    ours, bare = stand.copied("warm"), stand.copied("theirs")
    # The modules are compiled by the first process, as an installed program's are.
    _one_process(ours, stand.mails[0].raw)
    ours = stand.copied("ours")
    spent, least, other = 0.0, 0.0, 0.0
    for first in range(0, BY_PROCESS, BLOCK):
        span = range(first, first + BLOCK)
        spent += sum(_one_process(ours, stand.mails[n].raw) for n in span)
        least += sum(_one_bare(bare, stand, n) for n in span)
        other += peer.round(json.dumps([first, first + BLOCK, True])) if peer else 0.0
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KILOBYTES_OF_A_MEGABYTE
    assert _verdicts(ours) == _expected(stand.mails[:BY_PROCESS])
    assert _rows(ours) == _rows(bare)
    rate = BY_PROCESS / spent
    mine = row("mail", "one process per mail", rate=rate, bound=BY_PROCESS / least)
    yield replace(mine, peak_mb=round(peak, 1))
    if peer is None:
        missing("Roundup, one process per mail", "roundup")
        return
    peers = row("mail", "Roundup, one process per mail", rate=rate, bound=BY_PROCESS / other)
    yield replace(peers, peak_mb=round(peak, 1))


def _one_process(site: Path, raw: bytes) -> float:
    command = [str(PROGRAM), "--site", str(site), "--at", LATER.isoformat(), "mail", "take", "-"]
    began = time.perf_counter()
    compiled = {"PYTHONPYCACHEPREFIX": str(site.parent / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    environment = {**os.environ, **compiled}
    subprocess.run(command, input=raw, stdout=subprocess.DEVNULL, check=True, env=environment)
    return time.perf_counter() - began


def _one_bare(site: Path, stand: _Stand, n: int) -> float:
    """Seconds of an interpreter that does nothing but read the mail and write its rows."""
    rows = site / "rows.pickle"
    rows.write_bytes(pickle.dumps(stand.written[2 * n : 2 * n + 2]))
    command = [sys.executable, "-m", "bench.bare_mail", str(site / "kursdeling.db"), str(rows)]
    began = time.perf_counter()
    subprocess.run(command, input=stand.mails[n].raw, check=True)
    return time.perf_counter() - began


def _verdicts(site: Path) -> dict[tuple[str, int], int]:
    connection = bound.sqlite(site / "kursdeling.db")
    sql = "SELECT verdict, json_array_length(events), count(*) FROM inbox GROUP BY 1, 2"
    found = {(verdict, events): count for verdict, events, count in connection.execute(sql)}
    connection.close()
    return found


def _expected(mails: Sequence[Mail]) -> dict[tuple[str, int], int]:
    return dict(Counter(OPENED if each.new else MOVED for each in mails))

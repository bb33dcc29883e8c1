"""Mail out: letters per second to a mail server on loopback, against a bare aiosmtplib loop.

The loop sends the very same bytes over as many connections to the same server, in turns with the
program. The program claims each letter, stores its bytes, and commits what became of it before the
connection that carried it carries another.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiosmtplib
from msgspec.structs import replace

from bench import stand
from bench.rows import Row, row
from engine.service.deliver import deliver
from engine.service.site import Pace, Site
from engine.store.mail_out import letters
from notifiers.smtp import SmtpNotifier, SmtpSettings

LETTERS = 10_000
TURNS = 5
CONNECTIONS = 4
SENDER = "kursdeling@kursdeling.example"
PACE = Pace(brake_per_hour=1_000_000)
"""The brake counts, as on every site, but is not pulled."""

Sent = tuple[str, bytes]


def run() -> Iterator[Row]:
    """Letters that have been tried before, whose bytes are stored; and letters written first."""
    with stand.folder() as place, _server() as port:
        site = _site(place / "site", port)
        ids = _ids(site)
        first = _delivered(site, next(_turns(ids)), written=False)
        _copy_bytes(site, ids)
        again, bare = 0.0, 0.0
        for turn in _turns(ids):
            again += _delivered(site, turn, written=True)
            bare += asyncio.run(_bare(port, _bytes(site, turn)))
        bound = LETTERS / bare
        yield row("letters", "handed over", rate=LETTERS / again, bound=bound)
        rate = LETTERS / TURNS / first
        yield row("letters", "written and handed over", rate=rate, bound=bound)


def _site(place: Path, port: int) -> Site:
    site = stand.new_site(place, LETTERS)
    with site.database.transaction() as tx:
        tx.define(["UPDATE letter SET state = 'sent' WHERE state = 'waiting'"])
    notifier = SmtpNotifier(
        SmtpSettings(
            host="127.0.0.1", port=port, security="none", sender=SENDER, connections=CONNECTIONS
        )
    )
    return replace(site, notifier=lambda: notifier, pace=PACE)


def _ids(site: Site) -> list[int]:
    with site.database.reading() as tx:
        found = [each.id for each in letters.listed(tx, "sent") if each.receiver]
    return found[:LETTERS]


def _turns(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    size = LETTERS // TURNS
    return (ids[begins : begins + size] for begins in range(0, LETTERS, size))


def _delivered(site: Site, ids: Sequence[int], *, written: bool) -> float:
    """Seconds until all have been handed over."""
    forget = "" if written else ", raw = NULL"
    with site.database.transaction() as tx:
        tx.define(
            [
                "UPDATE letter SET state = 'waiting', tries = 0, claimed_at = NULL, sent_at = NULL"
                f"{forget} WHERE id BETWEEN {ids[0]} AND {ids[-1]} AND receiver <> ''"
            ]
        )
    began = time.perf_counter()
    count = deliver(site, stand.AT)
    spent = time.perf_counter() - began
    assert count == {"sent": len(ids)}, count
    return spent


def _copy_bytes(site: Site, ids: Sequence[int]) -> None:
    """Let every letter have the bytes of the first, as if all had been tried before."""
    with site.database.transaction() as tx:
        tx.define(
            [
                f"UPDATE letter SET raw = (SELECT raw FROM letter WHERE id = {ids[0]})"
                " WHERE raw IS NULL"
            ]
        )


def _bytes(site: Site, ids: Sequence[int]) -> list[Sent]:
    with site.database.reading() as tx:
        return [
            (letters.get(tx, each).receiver, letters.stored_bytes(tx, each) or b"") for each in ids
        ]


async def _bare(port: int, messages: Sequence[Sent]) -> float:
    """Seconds in which bare clients send the same: nothing is claimed, stored or recorded."""
    waiting = iter(messages)

    async def send() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for receiver, raw in waiting:
                await client.sendmail(SENDER, [receiver], raw)

    began = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
    return time.perf_counter() - began


@contextmanager
def _server() -> Iterator[int]:
    """The port of a mail server in a process of its own."""
    command = [sys.executable, "-m", "bench.mail_server"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate()

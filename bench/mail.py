"""Mail in: five hundred mails stored, judged, carried out and answered, each committed for good.

The bound reads the same mails with the standard library's parser and writes the very same rows,
in the same two transactions a mail: stored first, then judged. Roundup's gateway takes the same
mails into a tracker of its own, where each opens an issue or moves one and is told to the same two
people; what each side does beside that stands in `bench/peers/roundup_gateway.py`. One by one, each
in a process of its own, the first of them come.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from bench import bound
from bench.mail_stand import LATER, MOVED, OPENED, Stand, counted, described, made
from bench.mails import Mail
from bench.peers.starting import Peer, missing, started
from bench.rows import Row, in_turns, row
from bench.stand import folder

PROGRAM = Path(sys.executable).with_name("kursdeling")
BY_PROCESS = 60
"""So many of the mails, the first, have a process each."""
BLOCK = 15
"""So many processes of the program, then as many of the others: all see the same machine."""
_KILOBYTES_OF_A_MEGABYTE = 1024


def run() -> Iterator[Row]:
    """A row per case; those of Roundup's gateway where it is installed."""
    with folder() as place:
        stand = made(place)
        with _gateway(stand, place / "roundup") as peer:
            yield from _in_one_process(stand, peer)
            yield from _by_process(stand, peer)


@contextmanager
def _gateway(stand: Stand, place: Path) -> Iterator[Peer | None]:
    """Roundup's gateway, ready for the same mails; None where it is not installed."""
    if missing("Roundup, one process", "roundup"):
        yield None
        return
    described(stand, place)
    with started("roundup_gateway", [str(place)]) as peer:
        yield peer


def _in_one_process(stand: Stand, peer: Peer | None) -> Iterator[Row]:
    """All mails in one process: the program, the bound and the gateway in turns."""
    whole = json.dumps([0, len(stand.mails), False])
    gateway = [] if peer is None else [lambda: len(stand.mails) / peer.round(whole)]
    rate, least, *others = in_turns(stand.ours, stand.theirs, *gateway)
    yield row("mail", "one process", rate=rate, bound=least)
    for other in others:
        yield row("mail", "Roundup, one process", rate=rate, bound=other)


def _by_process(stand: Stand, peer: Peer | None) -> Iterator[Row]:
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
    assert counted(ours) == counted(bare)
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


def _one_bare(site: Path, stand: Stand, n: int) -> float:
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

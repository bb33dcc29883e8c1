"""Two hosts on this machine: a network namespace with a link to it that can be cut."""

from __future__ import annotations

import ipaddress
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
import pytest

from tests.integration.disks import REQUIRED

_OWN = os.getpid()
"""Others may run the same test on this machine."""
_NET = ipaddress.ip_network(f"10.213.{_OWN >> 6 & 255}.{_OWN << 2 & 255}/30")
HERE, THERE = (str(each) for each in _NET.hosts())
"""This host's end of the link, and the other host's."""
HOST = f"kursdeling-{_OWN}"
"""The other host's name."""
_LINK, _OTHER_END = f"kd-{_OWN}-a", f"kd-{_OWN}-b"


def ip(*words: str) -> None:
    """Run `ip`; only root may, for others the test is skipped."""
    done = subprocess.run(["ip", *words], capture_output=True, check=False)  # noqa: S607 – iproute2's place differs
    if done.returncode != 0:
        reason = f"ip {' '.join(words)}: {done.stderr.decode().strip()}"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def other_host() -> Iterator[None]:
    """A host that a link joins to this one."""
    ip("netns", "add", HOST)
    try:
        ip("link", "add", _LINK, "type", "veth", "peer", "name", _OTHER_END, "netns", HOST)
        ip("address", "add", f"{HERE}/30", "dev", _LINK)
        join()
        ip("-n", HOST, "address", "add", f"{THERE}/30", "dev", _OTHER_END)
        ip("-n", HOST, "link", "set", _OTHER_END, "up")
        ip("-n", HOST, "link", "set", "lo", "up")
        yield
    finally:
        subprocess.run(["ip", "netns", "del", HOST], check=False)  # noqa: S607 – as above


def cut() -> None:
    """Let nothing more pass between the hosts."""
    ip("link", "set", _LINK, "down")


def join() -> None:
    """Let everything pass again."""
    ip("link", "set", _LINK, "up")


def let_in(address: str) -> None:
    """Let the other host's clients into the PostgreSQL at `address`, which listens there."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        row = connection.execute("SHOW hba_file").fetchone()
        assert row is not None
        with Path(row[0]).open("a", encoding="utf-8") as rules:
            rules.write(f"host all all {_NET} trust\n")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def running(
    words: Sequence[object], told: IO[bytes] | None = None, *, there: bool = False, cwd: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process here, or on the other host with that host's name; gone in the end."""
    # Workers know each other by their hosts' names, which a network namespace does not change.
    host = ["ip", "netns", "exec", HOST, "unshare", "--uts", "sh", "-c"]
    named = [*host, f'hostname {HOST} && exec "$@"', "sh"] if there else []
    with subprocess.Popen(
        [*named, *(str(word) for word in words)], stdout=subprocess.PIPE, stderr=told, cwd=cwd
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()

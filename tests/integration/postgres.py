"""A private PostgreSQL for tests: Debian's programs, a folder of its own, a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

REQUIRED = "postgres" in os.environ.get("KURSDELING_REQUIRE", "").split(",")


def binaries() -> Path | None:
    """The folder of the newest installed server's programs; None when there is none."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3])
    )
    return found[-1].parent if found else None


def binaries_or_skip() -> Path:
    """As `binaries`, but skips the test (fails it when PostgreSQL is required)."""
    found = binaries()
    if found is not None:
        return found
    reason = "no PostgreSQL in /usr/lib/postgresql"
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def server(programs: Path, *, listens: str = "127.0.0.1") -> Iterator[str]:
    """A running server; the address of its first database, without the database's name."""
    folder = Path(tempfile.mkdtemp(prefix="kursdeling-postgresql-"))
    # The server refuses to run as root.
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    data, port = folder / "data", free_port()
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "kursdeling", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **as_user,
    )  # fmt: skip
    process = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-k", folder,
         "-c", f"listen_addresses={listens}", "-c", "fsync=off"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_user,
    )  # fmt: skip
    try:
        address = f"postgresql://kursdeling@127.0.0.1:{port}"
        _wait_for(f"{address}/postgres", process)
        yield address
    finally:
        process.send_signal(signal.SIGINT)  # fast: does not wait for clients that forgot to leave
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, name: str, *, like: str = "template1") -> str:
    """The address of a new database on the server: empty, or a copy of one that nobody uses."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    return f"{address}/{name}"


def become(url: str, *, like: str) -> None:
    """Let the database, which must be unused, be a copy of another on the same server."""
    address, _, name = url.rpartition("/")
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}"'.encode())
    new_database(address, name, like=like)


def free_port() -> int:
    """A port on loopback that nobody listens at now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PostgreSQL did not start")

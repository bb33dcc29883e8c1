"""A PostgreSQL server for the benches alone: installed programs, a folder of its own, a free port.

It is set as a careful site has it: what is committed is on the disk.
"""

from __future__ import annotations

import os
import pwd
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

_INSTALLED: Final = Path("/usr/lib/postgresql")
_TRIES: Final = 300
_GUARD: Final = '"$@" & read -r _; kill -INT $!; wait; rm -rf "$0"'
"""Runs the server until whoever holds the other end of its input goes, by whatever end, and stops
it then without waiting for clients (INT); a bench that is killed leaves neither it nor its folder.
"""


def programs() -> Path | None:
    """The folder of the newest server's programs; None where none is installed."""
    found = sorted(_INSTALLED.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def version() -> str:
    """The newest installed server's version; empty where there is none."""
    there = programs()
    if there is None:
        return ""
    told = subprocess.run(
        [there / "postgres", "--version"], check=True, capture_output=True, text=True
    )
    found = re.search(r"\d+(?:\.\d+)*", told.stdout)
    return found[0] if found else ""


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server, to which the name of a database is yet to be added;
    RuntimeError where none is installed or it does not start.
    """
    there = programs()
    if there is None:
        raise RuntimeError(f"no PostgreSQL in {_INSTALLED}")
    folder = Path(tempfile.mkdtemp(prefix="kursdeling-bench-postgresql-"))
    as_user = _not_as_root(folder)
    data, port = folder / "data", _free_port()
    subprocess.run(
        [there / "initdb", "-D", data, "-U", "kursdeling", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **as_user,
    )  # fmt: skip
    process = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, folder, there / "postgres", "-D", data, "-p", str(port),
         "-k", folder, "-c", "listen_addresses=127.0.0.1",
         "-c", "fsync=on", "-c", "synchronous_commit=on"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, cwd="/", **as_user,
    )  # fmt: skip
    try:
        address = f"postgresql://kursdeling@127.0.0.1:{port}"
        _wait_for(f"{address}/postgres", process)
        yield address
    finally:
        process.communicate(timeout=30)


def new_database(address: str, name: str, *, like: str = "template1") -> str:
    """The address of a new database on the server, with everything that `like` holds."""
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    return f"{address}/{name}"


def _not_as_root(folder: Path) -> Mapping[str, Any]:
    # The server refuses to run as root.
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(_TRIES):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")

"""A private PostgreSQL that a test can stop and start again."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.integration import postgres


@dataclass(slots=True)
class Server:
    """A server whose first process has been replaced by one that the test can handle."""

    programs: Path
    address: str
    """Without the database's name."""
    data: Path
    process: subprocess.Popen[bytes] | None = field(default=None)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT rolls back what is open, SIGQUIT is as good as a crash."""
        if self.process is None:
            first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            os.kill(first, how)
            os.waitpid(first, 0)
        else:
            self.process.send_signal(how)
            self.process.wait(timeout=30)

    def start(self) -> None:
        """Start it on the same data and port."""
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
        port = str(conninfo_to_dict(self.address)["port"])
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.data, "-p", port, "-k", self.data.parent,
             "-c", "listen_addresses=127.0.0.1"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.data.parent, **as_user,
        )  # fmt: skip
        postgres._wait_for(f"{self.address}/postgres", self.process)  # noqa: SLF001 – the same wait


@contextmanager
def server() -> Iterator[Server]:
    """A running server; skips the test where there is none (fails it when one is required)."""
    programs = postgres.binaries_or_skip()
    with postgres.server(programs) as address:
        with psycopg.connect(f"{address}/postgres") as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        again = Server(programs=programs, address=address, data=Path(row[0]))
        try:
            yield again
        finally:
            if again.process is not None:
                again.process.send_signal(signal.SIGINT)
                again.process.wait(timeout=30)

"""A process that takes letters on loopback, writes down for good what it has taken, and keeps its
answer back while a file says so.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Taken:
    """What one server has taken, and whether it may say so."""

    ledger: Path

    @property
    def gate(self) -> Path:
        """While this file is there, letters are taken and nobody is told."""
        return self.ledger.with_suffix(".gate")

    def entries(self) -> list[tuple[str, str]]:
        """(Message-ID, digest of the bytes) of each letter, in the order in which they came."""
        if not self.ledger.exists():
            return []
        lines = self.ledger.read_text("utf-8").splitlines()
        return [(name, sha) for name, sha in map(json.loads, lines)]

    def names(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(name for name, _ in self.entries())

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the letter, and say so when that is allowed."""
        content = envelope.original_content
        assert isinstance(content, bytes)
        entry = [message_from_bytes(content)["Message-ID"], hashlib.sha256(content).hexdigest()]
        with self.ledger.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())
        while self.gate.exists():  # noqa: ASYNC110 – whoever shuts it is another process
            await asyncio.sleep(0.02)
        return "250 2.0.0 Kept"


def main(port: str, ledger: str) -> None:
    """Listen until killed."""
    Controller(Taken(Path(ledger)), hostname="127.0.0.1", port=int(port)).start()
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Whoever waits for a mailbox to change, so that mail is judged soon after it came."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from engine.errors import KursdelingError
from engine.mailbox.imap import ImapMailbox

LONGEST: Final = 60.0
"""Seconds of one wait, after which the mailbox is looked at whatever the server has told."""
AGAIN: Final = 60.0
"""Seconds until a mailbox that could not be reached is tried again."""
PATIENCE: Final = 2.0
"""Seconds that `stop` waits; the thread ends with the program in any case."""


class Watch:
    """Tells `wake` when something comes to a mailbox, from `start` until `stop`.

    It reads and moves nothing. Where the server cannot tell, or is away, `wake` is told once a
    minute instead: polling stands behind it.
    """

    def __init__(self, mailbox: Callable[[], ImapMailbox], wake: Callable[[], None]) -> None:
        self._mailbox = mailbox
        self._wake = wake
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mailbox", daemon=True)

    def start(self) -> None:
        """Begin to watch, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no more; a server that hangs right now is not waited for."""
        self._stopping.set()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watched()
            except KursdelingError:
                self._wake()
                self._stopping.wait(AGAIN)

    def _watched(self) -> None:
        with self._mailbox() as mailbox:
            # What came while nobody was watching is told of too.
            self._wake()
            while not self._stopping.is_set():
                if mailbox.wait(LONGEST, self._stopping.is_set):
                    self._wake()

"""Stands between a client and PostgreSQL, and counts how often the client asks for answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

ASKS = (b"H", b"S")
"""Flush and Sync: a client sends one of them, or both, where it goes no further without answers."""


class Relay:
    """One client's way to a server."""

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.asked = 0
        """How often an answer has been asked for."""

    @property
    def url(self) -> str:
        """The address by which the server is reached through here."""
        way = self._target._replace(
            netloc=f"{self._target.username}@127.0.0.1:{self._door.getsockname()[1]}",
            query="sslmode=disable&gssencmode=disable",
        )
        return way.geturl()

    def serve(self) -> None:
        """Pass on what one client and the server say, until the client leaves."""
        client, _ = self._door.accept()
        server = socket.create_connection((self._target.hostname or "", self._target.port or 0))
        back = Thread(target=_pass_on, args=(server, client))
        back.start()
        with client, server, suppress(OSError):
            self._forward(client, server)
            server.shutdown(socket.SHUT_WR)
            back.join()

    def close(self) -> None:
        """Let nobody in any more."""
        self._door.close()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        heard, last = b"", b""
        first = True
        while more := client.recv(65536):
            heard += more
            while len(heard) >= 5:
                # The first message has no sign before its length.
                length = int.from_bytes(heard[:4] if first else heard[1:5])
                length += 0 if first else 1
                if len(heard) < length:
                    break
                sign = b"" if first else heard[:1]
                if sign in ASKS and last not in ASKS:
                    self.asked += 1
                heard, first, last = heard[length:], False, sign
            server.sendall(more)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while more := source.recv(65536):
            target.sendall(more)


@contextmanager
def relay(url: str) -> Iterator[Relay]:
    """A relay to the server at the address, for one connection."""
    between = Relay(url)
    serving = Thread(target=between.serve)
    serving.start()
    try:
        yield between
    finally:
        serving.join()
        between.close()

"""A mail server of this machine delivers to us by LMTP (RFC 2033): «250» means stored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from errno import EADDRINUSE
from pathlib import Path
from socket import AF_INET, AF_INET6, AF_UNIX, SO_REUSEADDR, SOL_SOCKET, socket
from typing import TYPE_CHECKING, Any, Final, cast

from aiosmtpd.controller import Controller, UnixSocketController
from aiosmtpd.lmtp import LMTP

from engine.errors import AddressTakenError, SettingsError

if TYPE_CHECKING:
    from aiosmtpd.controller import BaseThreadedController
    from aiosmtpd.smtp import SMTP, Envelope, Session

SOURCE: Final = "lmtp"
LONGEST_LINE: Final = 2**24
"""Some programs write a whole mail on one line, and refusing it would be for good."""
LARGEST: Final = 200_000_000
"""Beyond this a message is refused for good, in bytes: intake reads nothing near as large."""
STORED: Final = "250 2.0.0 Stored"
LATER: Final = "451 4.3.0 Not stored, try again later"

Take = Callable[[bytes, str, Mapping[str, Any]], None]
"""Store (message, source, envelope) for good; any exception means that it is not stored."""


class Listener:
    """Takes mail at `host:port` or at the path of a socket, from `start` until `stop`.

    Every message is handed to `take`, and its sender hears of success only after that returned;
    otherwise each receiver is answered 451, and the mail server keeps the mail. After a message
    `wake` is told, so that it can be judged soon.
    """

    def __init__(self, where: str, take: Take, wake: Callable[[], None] = lambda: None) -> None:
        self._where = where
        self._handler = _Handler(take, wake)

    def start(self) -> None:
        """Listen, in a thread of its own; AddressTakenError where somebody else does, SettingsError
        when the address cannot be had.
        """
        if self._where.startswith("/") and _answers(self._where):
            raise AddressTakenError(f"mail.lmtp: {self._where}: another process listens there")
        if not self._where.startswith("/"):
            _ask_for(self._where)
        self._controller = _controller(self._where, self._handler)
        try:
            self._controller.start()
        except OSError as error:
            self._controller.loop.close()
            kind = AddressTakenError if error.errno == EADDRINUSE else SettingsError
            raise kind(f"mail.lmtp: {self._where}: {error}") from error

    def stop(self) -> None:
        """Stop listening; whoever is in the middle of a message keeps it and comes again."""
        self._controller.stop()
        if self._where.startswith("/"):
            with suppress(OSError):
                Path(self._where).unlink()


def _answers(path: str) -> bool:
    """Whether somebody listens at a socket: asyncio would take it from them without a word."""
    with socket(AF_UNIX) as asking:
        try:
            asking.connect(path)
        except OSError:
            return False
    return True


def _ask_for(where: str) -> None:
    """AddressTakenError where somebody has the address: the library would tell after five seconds,
    and a worker that is told to stop waits for four.
    """
    host, _, port = where.rpartition(":")
    with socket(AF_INET6 if ":" in host else AF_INET) as asking:
        asking.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            asking.bind((host, int(port)))
        except OSError as error:
            if error.errno == EADDRINUSE:
                raise AddressTakenError(f"mail.lmtp: {where}: {error}") from error


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE


class _Handler:
    """What aiosmtpd asks when a message or a fault comes."""

    def __init__(self, take: Take, wake: Callable[[], None]) -> None:
        self._take = take
        self._wake = wake

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Store one message; one answer a receiver, since LMTP has no other (RFC 2033 §4.2)."""
        answer = await self._answer(envelope)
        return "\r\n".join([answer] * len(envelope.rcpt_tos))

    async def _answer(self, envelope: Envelope) -> str:
        raw = cast("bytes", envelope.original_content)
        known = {"from": envelope.mail_from or "", "to": list(envelope.rcpt_tos)}
        try:
            # In a thread: waiting for the database must not keep other senders waiting.
            await asyncio.to_thread(self._take, raw, SOURCE, known)
        except Exception:  # noqa: BLE001 – whatever it is, the message is not stored
            return LATER
        self._wake()
        return STORED

    async def handle_exception(self, error: Exception) -> str:
        """Answer a fault of our own: never one that makes the mail server give the mail up."""
        return LATER


def _controller(where: str, handler: _Handler) -> BaseThreadedController:
    if where.startswith("/"):
        return _AtSocket(handler, where, **_SETTINGS)
    host, _, port = where.rpartition(":")
    return _AtPort(handler, host, int(port), **_SETTINGS)


_SETTINGS: Final[Mapping[str, Any]] = {
    "server_hostname": "kursdeling",
    "data_size_limit": LARGEST,
    "ident": "Kursdeling",
}


class _AtPort(Controller):
    def factory(self) -> SMTP:
        return _Lmtp(self.handler, **self.SMTP_kwargs)


class _AtSocket(UnixSocketController):
    def factory(self) -> SMTP:
        return _Lmtp(self.handler, **self.SMTP_kwargs)

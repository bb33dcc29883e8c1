"""A mail server on loopback that keeps what it takes, and answers as it is told."""

from __future__ import annotations

import socket
import ssl
from asyncio import AbstractServer, run_coroutine_threadsafe, sleep
from base64 import b64decode
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True, slots=True)
class Taken:
    """One letter that the server answered for with 250."""

    sender: str
    receivers: tuple[str, ...]
    content: bytes
    peer: Any


@dataclass
class MailServer:
    """What the server has taken, and what it says next.

    `answers` are to whole letters, in their order, then 250: a reply, `lose` (takes it and hangs up
    without a word), `take and hang up`, or `hang`.
    """

    taken: list[Taken] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    """Every letter that was given to it whole, whatever it then said."""
    answers: list[str] = field(default_factory=list)
    sender_answers: list[str] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)
    most: int = 0
    """How many connections it takes in all, 0 for any number."""
    welcome: set[Any] = field(default_factory=set)

    def carried(self) -> Counter[Any]:
        """How many letters came over each connection."""
        return Counter(each.peer for each in self.taken)

    async def handle_EHLO(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Count the connection, and send away those that are too many."""
        if self.most and session.peer not in self.welcome and len(self.welcome) >= self.most:
            return ["421 4.7.0 Too many connections"]
        self.welcome.add(session.peer)
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_MAIL(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """What is said to the sender."""
        envelope.mail_from = address
        answer = self.sender_answers.pop(0) if self.sender_answers else "250 OK"
        if answer == "hang up":
            _hang_up(server)
        return answer

    async def handle_RCPT(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """What is said to a receiver, by the name."""
        if address.startswith("full"):
            return "452 4.2.2 Mailbox full"
        if address.startswith("gone"):
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """What is said to a whole letter."""
        content = envelope.original_content
        assert isinstance(content, bytes)
        self.heard.append(content)
        answer = self.answers.pop(0) if self.answers else "250 2.0.0 Taken"
        if answer == "hang":
            await sleep(30)
        if answer == "lose":
            _hang_up(server)
            return "250 never heard"
        if answer == "take and hang up":
            await server.push("250 2.0.0 Taken")
            _hang_up(server)
        if answer.startswith(("2", "take")):
            receivers = tuple(envelope.rcpt_tos)
            self.taken.append(Taken(envelope.mail_from or "", receivers, content, session.peer))
        return answer

    async def auth_XOAUTH2(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, args: list[str]
    ) -> AuthResult:
        """Whether the token is the last one that holds."""
        said = b64decode(args[1]).decode()
        self.logins.append(said)
        holds = said.endswith("auth=Bearer good\x01\x01")
        return AuthResult(success=holds, handled=holds)


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.close()


class _Server(Controller):
    """Listens on a socket that is bound already, so that nobody else can take the port."""

    def __init__(self, handler: MailServer, port: int, **options: Any) -> None:
        self.bound = socket.create_server(("127.0.0.1", port))
        self.made: list[SMTP] = []
        number = self.bound.getsockname()[1]
        super().__init__(handler, hostname="127.0.0.1", port=number, **options)

    def factory(self) -> SMTP:
        """As the controller's own, and remembered."""
        self.made.append(super().factory())
        return self.made[-1]

    def hang_up(self) -> None:
        """End every connection, so that none is left when the loop is gone."""
        run_coroutine_threadsafe(self._end_all(), self.loop).result(timeout=10)

    async def _end_all(self) -> None:
        for each in self.made:
            if each.transport is not None:
                each.transport.abort()
        for _ in range(3):
            await sleep(0)

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self.bound, ssl=self.ssl_context)


@contextmanager
def listening(server: MailServer, port: int = 0, **options: Any) -> Iterator[int]:
    """The port where `server` listens until the block ends; aiosmtpd's own `options`."""
    controller = _Server(server, port, **options)
    controller.start()
    try:
        yield controller.bound.getsockname()[1]
    finally:
        controller.hang_up()
        controller.stop()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def tls(certificate: Any) -> ssl.SSLContext:
    """What a server with that certificate speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    return context

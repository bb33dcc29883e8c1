"""A real SMTP server on this machine, which stands for everybody's mailbox in the demo."""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from aiosmtpd.controller import Controller
from msgspec import Struct

if TYPE_CHECKING:
    from asyncio import AbstractServer

    from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"


class Letter(Struct, frozen=True, kw_only=True):
    """A letter as it lies in its receiver's mailbox."""

    to: str
    subject: str
    message_id: str
    date: datetime
    language: str
    text: str


class Mailboxes:
    """Keeps every message that comes by SMTP: a file each in `folder`, and to be looked up."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self.letters: list[Letter] = []

    async def handle_DATA(  # noqa: N802 – the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take one message; told to the sender only after it lies in its file."""
        raw = cast("bytes", envelope.original_content)
        to = envelope.rcpt_tos[0].lower()
        self.letters.append(_read(to, raw))
        name = f"{len(self.letters):03}-{re.sub(r'[^a-z0-9.@-]', '_', to)}.eml"
        (self._folder / name).write_bytes(raw)
        return "250 2.0.0 Taken"

    def newest(self, to: str, number: str) -> Letter:
        """The newest letter to `to`, about request `number` where it is given; LookupError if none.

        People look for it in the same way: by the number in the subject.
        """
        found = [letter for letter in self.letters if letter.to == to and number in letter.subject]
        if not found:
            raise LookupError(f"{to} has had no letter about {number or 'anything'}")
        return found[-1]


@contextmanager
def receiving(folder: Path) -> Iterator[tuple[Mailboxes, int]]:
    """(the mailboxes, the port on loopback where they take mail), until the block ends."""
    boxes = Mailboxes(folder)
    server = _Server(boxes)
    server.start()
    try:
        yield boxes, server.port
    finally:
        server.stop()


class _Server(Controller):
    """Listens on a socket that is bound already, so that nobody else can take the port."""

    def __init__(self, handler: Mailboxes) -> None:
        self._socket = socket.create_server((LOOPBACK, 0))
        super().__init__(handler, hostname=LOOPBACK, port=self._socket.getsockname()[1])

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._socket)


def _read(to: str, raw: bytes) -> Letter:
    message = message_from_bytes(raw, policy=default)
    return Letter(
        to=to,
        subject=str(message["Subject"]),
        message_id=str(message["Message-ID"]),
        date=parsedate_to_datetime(str(message["Date"])),
        language=str(message["Content-Language"]),
        text=_text_of(message),
    )


def _text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")

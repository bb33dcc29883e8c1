"""Letters handed over to a mail server by SMTP; the only user of aiosmtplib."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from email.utils import parseaddr

from engine.errors import DeliveryFailedError, SettingsError
from engine.ports import Delivery, Message
from notifiers import cleaning
from notifiers.smtp.line import Line
from notifiers.smtp.pool import Pool
from notifiers.smtp.settings import SmtpSettings, secured

__all__ = ["SmtpNotifier", "SmtpSettings"]


class SmtpNotifier:
    """Hands letters over by SMTP, one envelope each; fulfils `engine.ports.Notifier`."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Raises SettingsError where letters or the password would cross a network in the clear."""
        self._tls = secured(settings)
        self._settings = settings
        try:
            self._sender = cleaning.address(parseaddr(settings.sender)[1])
        except DeliveryFailedError as error:
            raise SettingsError(f"the sender {settings.sender!r} holds no mail address") from error

    def send(self, messages: Iterable[Message]) -> Iterator[Sequence[tuple[int, Delivery]]]:
        """Hand over (letter id, receiver, bytes), yielding outcomes in groups as they are known.

        A few connections carry letters at the same time, each one letter after the other; a
        connection is dropped after any error. It takes the next letter only when more outcomes are
        asked for, so that a crash leaves at most one unrecorded letter per connection. Once the
        server cannot be reached at all, letters are put off without trying.
        """
        waiting = iter(messages)
        with Pool(self._line, self._settings.connections) as pool:
            while True:
                while pool.has_room and (message := next(waiting, None)) is not None:
                    pool.give(message)
                if not pool.is_busy:
                    return
                yield pool.outcomes()

    def reached(self) -> str:
        """The server, after a connection was secured and logged in to.

        Raises DeliveryDelayedError when that is impossible now.
        """
        asyncio.run(self._visited())
        how = "" if self._settings.security == "none" else f" ({self._settings.security})"
        return f"{self._settings.host}:{self._settings.port}{how}"

    async def _visited(self) -> None:
        line = self._line()
        try:
            await line.connect()
        finally:
            await line.close()

    def _line(self) -> Line:
        return Line(self._settings, self._sender, self._tls)

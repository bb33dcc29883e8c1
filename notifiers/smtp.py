"""Letters handed over to a mail server by SMTP; the only user of aiosmtplib."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Final, Literal

import aiosmtplib

from engine.errors import DeliveryDelayedError, DeliveryFailedError, SettingsError
from engine.ports import Delivery
from notifiers import cleaning

_FOR_GOOD: Final = 500
"""Replies from here on are for good (RFC 5321 §4.2.1); those below ask for another try."""

_TOO_LARGE: Final = 552
"""The letter is larger than the server takes (RFC 1870 §6.1), told in answer to the sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Where the mail server is, how the line is secured, and who the letters come from."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str
    """The envelope's sender; a display name is left out."""
    timeout: float = 30.0
    """Seconds for each step of the dialogue."""


class SmtpNotifier:
    """Hands letters over by SMTP, one envelope each; fulfils `engine.ports.Notifier`."""

    def __init__(self, settings: SmtpSettings) -> None:
        """Raises SettingsError where letters or the password would cross a network in the clear."""
        if settings.security == "none" and not _is_loopback(settings.host):
            raise SettingsError(
                f"smtp.security is none, but {settings.host!r} is not this machine: "
                "use starttls or tls"
            )
        self._settings = settings
        self._sender = parseaddr(settings.sender)[1]
        if "@" not in self._sender:
            raise SettingsError(f"the sender {settings.sender!r} holds no mail address")

    def send(self, messages: Iterable[tuple[int, str, bytes]]) -> Iterator[tuple[int, Delivery]]:
        """Hand over (letter id, receiver, bytes) one by one, yielding each outcome as it is known.

        One connection serves them all; after any error it is dropped, and the next letter opens
        another. Once the server cannot be reached at all, the rest is put off without trying.
        """
        with asyncio.Runner() as runner:
            line = _Line(self._settings, self._sender)
            out_of_reach: Delivery | None = None
            try:
                for letter, receiver, content in messages:
                    if out_of_reach is None:
                        try:
                            outcome = runner.run(line.hand_over(receiver, content))
                        except DeliveryDelayedError as error:
                            outcome = Delivery(state="retry", code=0, text=str(error))
                            out_of_reach = outcome
                    else:
                        outcome = out_of_reach
                    yield letter, outcome
            finally:
                runner.run(line.close())


class _Line:
    """One connection to the server at a time."""

    def __init__(self, settings: SmtpSettings, sender: str) -> None:
        self._settings = settings
        self._sender = sender
        self._client: aiosmtplib.SMTP | None = None

    async def hand_over(self, receiver: str, content: bytes) -> Delivery:
        """Hand one letter over and return what became of it.

        Raises DeliveryDelayedError when the server cannot be reached, secured or logged in to.
        """
        if self._client is None:
            self._client = await _connected(self._settings)
        try:
            address = cleaning.address(receiver)
            refused, answer = await self._client.sendmail(self._sender, [address], content)
        except DeliveryFailedError as error:
            return Delivery(state="dead", code=0, text=str(error))
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            await self.close()
            return _outcome(error)
        for code, text in refused.values():
            return _answered(code, text)
        return Delivery(state="sent", code=250, text=answer)

    async def close(self) -> None:
        """Say goodbye where the server still listens, and drop the line."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()
            client.close()


async def _connected(settings: SmtpSettings) -> aiosmtplib.SMTP:
    client = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        username=settings.user or None,
        password=settings.password or None,
        timeout=settings.timeout,
        use_tls=settings.security == "tls",
        # Left open, the client would take a line without TLS when the server offers none.
        start_tls=settings.security == "starttls",
    )
    try:
        await client.connect()
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        # Whatever the code: a wrong password or a bad certificate is no fault of this letter.
        client.close()
        raise DeliveryDelayedError(f"no connection to the mail server: {error}") from error
    return client


def _outcome(error: Exception) -> Delivery:
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[first, *_]):
            return _answered(first.code, first.message)
        case aiosmtplib.SMTPSenderRefused() if error.code != _TOO_LARGE:
            # We are refused, not the receiver: the settings are to be mended, and letters wait.
            return Delivery(state="retry", code=error.code, text=error.message)
        case aiosmtplib.SMTPResponseException():
            return _answered(error.code, error.message)
        case aiosmtplib.SMTPNotSupported() | ValueError():
            # This server, or SMTP itself, cannot carry the address: trying again is no use.
            return Delivery(state="dead", code=0, text=str(error))
        case _:
            return Delivery(state="retry", code=0, text=str(error) or type(error).__name__)


def _answered(code: int, text: str) -> Delivery:
    return Delivery(state="dead" if code >= _FOR_GOOD else "retry", code=code, text=text)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

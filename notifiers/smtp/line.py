"""One connection to the mail server, and what the server's answers mean for a letter."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, Literal

import aiosmtplib

from engine.errors import DeliveryDelayedError, DeliveryFailedError, KursdelingError
from engine.ports import Delivery
from notifiers import cleaning
from notifiers.smtp.settings import SmtpSettings, Token

_FOR_GOOD: Final = 500
"""Replies from here on are for good (RFC 5321 §4.2.1); those below ask for another try."""

_TOO_LARGE: Final = 552
"""The letter is larger than the server takes (RFC 1870 §6.1), told in answer to the sender."""

_CLOSING: Final = 421
"""The server closes the line (RFC 5321 §3.8), often since it has carried enough letters."""

_TAKEN: Final = (250, 251)
"""The receiver is taken, or the server forwards for them (RFC 5321 §4.2.3)."""

_ANSWERS_TO_DATA: Final = 2
"""One to the word, and one to the letter."""

_LETTERS_PER_LINE: Final = 100
"""Many servers take no more on one connection."""

_LONGEST: Final = 240.0
"""Seconds for one letter from connecting to the last answer, whatever each step may take; less
than half of the time after which another worker takes a claimed letter over.
"""

_GOODBYE: Final = 2.0
"""Seconds that a server has for its answer to QUIT."""

_TURNS_TO_CLOSE: Final = 3
"""A socket that is hung up is closed in one of the event loop's next turns."""

_FAILURES: Final = (aiosmtplib.SMTPException, OSError, ValueError)


class _Patience:
    """How long a server may take for its next answer, and for a letter as a whole."""

    def __init__(self, limit: asyncio.Timeout, answer: float) -> None:
        self._limit = limit
        self._answer = answer
        self._now = asyncio.get_running_loop().time
        self._until = self._now() + _LONGEST / 2

    def begins(self, answers: int = 1) -> None:
        """Wait for so many answers from now on: one alarm for all, put off again and again.

        The client's own, one for each answer, take a turn of the event loop each.
        """
        self._limit.reschedule(min(self._now() + answers * self._answer, self._until))

    def ends(self) -> None:
        """Wait for no answer, but for the letter as a whole."""
        self._limit.reschedule(self._until)


class _Client(aiosmtplib.SMTP):
    """Ends a connection at once: below TLS a goodbye waits for the server's, which may not come."""

    def close(self) -> None:
        transport = self.transport
        super().close()
        if isinstance(transport, asyncio.Transport):
            transport.abort()


class Line:
    """One connection at a time, dropped after any error and after a number of letters."""

    def __init__(self, settings: SmtpSettings, sender: str, tls: ssl.SSLContext | None) -> None:
        self._settings = settings
        self._sender = sender
        self._tls = tls
        self._client: aiosmtplib.SMTP | None = None
        self._carried = 0

    @property
    def stands(self) -> bool:
        """Whether it is connected, as far as we know."""
        return self._client is not None

    async def connect(self) -> None:
        """Open the line where it does not stand.

        DeliveryDelayedError when the server cannot be reached, secured or logged in to: no fault
        of a letter.
        """
        if self._client is not None:
            return
        try:
            async with asyncio.timeout(_LONGEST / 2):
                self._client = await _connected(self._settings, self._tls)
        except TimeoutError as error:
            raise DeliveryDelayedError("no connection to the mail server: too slow") from error
        self._carried = 0

    async def hand_over(self, receiver: str, content: bytes) -> Delivery:
        """Hand one letter over and return what became of it; the line is open already.

        DeliveryDelayedError when the line was closed meanwhile, and cannot be opened again.
        """
        try:
            address = cleaning.address(receiver)
            async with asyncio.timeout(_LONGEST / 2) as limit:
                return await self._tried(address, content, _Patience(limit, self._settings.timeout))
        except DeliveryFailedError as error:
            return Delivery(state="dead", code=0, text=str(error))
        except TimeoutError:
            self._drop()
            return Delivery(state="retry", code=0, text="timed out: the mail server was too slow")

    async def close(self) -> None:
        """Say goodbye where the server still listens, and drop the line."""
        if self._client is not None:
            with suppress(*_FAILURES):
                await self._client.quit(timeout=_GOODBYE)
        self._drop()
        for _ in range(_TURNS_TO_CLOSE):
            await asyncio.sleep(0)

    async def _tried(self, address: str, content: bytes, patience: _Patience) -> Delivery:
        try:
            answer = await self._dialogue(address, content, patience)
        except _FAILURES as error:
            self._drop()
            return _outcome(error)
        except BaseException:
            # Given up in the middle of a sentence: nothing more can be said on this line.
            self._drop()
            raise
        self._carried += 1
        if self._carried >= _LETTERS_PER_LINE:
            await self.close()
        return Delivery(state="sent", code=answer.code, text=answer.message)

    async def _dialogue(
        self, address: str, content: bytes, patience: _Patience
    ) -> aiosmtplib.SMTPResponse:
        """One envelope with one receiver; the server's answer to the letter."""
        size = len(content)
        try:
            patience.begins()
            await self._mail(size)
        except _FAILURES as error:
            if not self._carried or not _is_closed(error):
                raise
            # Nothing has been said of this letter: a server may close a line between two.
            self._drop()
            patience.ends()
            await self.connect()
            patience.begins()
            await self._mail(size)
        client = self._open
        patience.begins()
        await _said(client, b"RCPT", f"TO:<{address}>", receiver=address)
        patience.begins(_ANSWERS_TO_DATA)
        return await client.data(content, timeout=None)

    async def _mail(self, size: int) -> None:
        client = self._open
        told = f" size={size}" if client.supports_extension("size") else ""
        await _said(client, b"MAIL", f"FROM:<{self._sender}>{told}")

    @property
    def _open(self) -> aiosmtplib.SMTP:
        if self._client is None:
            raise aiosmtplib.SMTPServerDisconnected("the line is closed")
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


async def _connected(settings: SmtpSettings, tls: ssl.SSLContext | None) -> aiosmtplib.SMTP:
    """A new connection, secured and logged in."""
    client = _Client(
        hostname=settings.host,
        port=settings.port,
        username=settings.user or None,
        password=(settings.password or None) if settings.token is None else None,
        oauth_token_generator=None if settings.token is None else _in_a_thread(settings.token),
        timeout=settings.timeout,
        use_tls=settings.security == "tls",
        # Left open, the client would take a line without TLS when the server offers none.
        start_tls=settings.security == "starttls",
        tls_context=tls,
    )
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except (*_FAILURES, KursdelingError) as error:
        if settings.token is not None and isinstance(error, aiosmtplib.SMTPAuthenticationError):
            settings.token.forget()
        # Whatever the code: a wrong password or a bad certificate is no fault of this letter.
        client.close()
        raise DeliveryDelayedError(f"no connection to the mail server: {error}") from error
    except BaseException:
        client.close()
        raise
    return client


async def _said(client: aiosmtplib.SMTP, verb: bytes, what: str, receiver: str = "") -> None:
    """Say one line of the envelope; SMTPSenderRefused or SMTPRecipientRefused by its `receiver`.

    The client's own `mail` and `rcpt` take each address apart anew, though all of ours are bare and
    clean: that costs a fifth of all that a letter takes here.
    """
    answer = await client.execute_command(verb, what.encode("ascii"), timeout=None)
    if answer.code in _TAKEN:
        return
    if receiver:
        raise aiosmtplib.SMTPRecipientRefused(answer.code, answer.message, receiver)
    raise aiosmtplib.SMTPSenderRefused(answer.code, answer.message, what)


def _in_a_thread(token: Token) -> Callable[[], Awaitable[str]]:
    """The same token, asked for without stopping the other lines."""

    async def ask() -> str:
        return await asyncio.to_thread(token)

    return ask


def _is_closed(error: Exception) -> bool:
    closing = isinstance(error, aiosmtplib.SMTPResponseException) and error.code == _CLOSING
    return closing or isinstance(error, ConnectionError)


def _outcome(error: Exception) -> Delivery:
    match error:
        case aiosmtplib.SMTPSenderRefused() if error.code != _TOO_LARGE:
            # We are refused, not the receiver: the settings are to be mended, and letters wait.
            return Delivery(state="retry", code=error.code, text=error.message)
        case aiosmtplib.SMTPResponseException():
            state: Literal["dead", "retry"] = "dead" if error.code >= _FOR_GOOD else "retry"
            return Delivery(state=state, code=error.code, text=error.message)
        case aiosmtplib.SMTPNotSupported() | ValueError():
            # This server, or SMTP itself, cannot carry the address: trying again is no use.
            return Delivery(state="dead", code=0, text=str(error))
        case _:
            return Delivery(state="retry", code=0, text=str(error) or type(error).__name__)

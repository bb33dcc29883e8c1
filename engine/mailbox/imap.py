"""A mailbox read by IMAP: as our own, emptied message by message, or beside people who read it."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from types import TracebackType
from typing import Any, Final, Literal, Protocol

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError
from msgspec import Struct

from engine.errors import MailboxError, SettingsError, TokenError
from engine.model import Reason, Secret
from engine.ports import Arrived, Mark

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
LED_TO_NOTHING: Final = frozenset(
    {
        "unknown_sender", "unproved_sender", "not_ours", "automatic", "bounce", "bulk", "loop",
        "unreadable", "oversize", "repeated",
    }
)  # fmt: skip
"""The verdicts whose messages go to the folder for what is rejected."""
FAULTS: Final = (IMAPClientError, OSError, ValueError, LookupError)
"""What a connection that breaks raises, and reading an answer that follows no standard."""
TIMEOUT: Final = 60.0
"""Seconds until a server that says nothing is given up."""


class Token(Protocol):
    """Where access tokens come from."""

    def __call__(self) -> str:
        """A token to log in with; TokenError when none can be had."""

    def forget(self) -> None:
        """Called when the server has refused the token."""


class ImapAccess(Struct, frozen=True, kw_only=True):
    """Which folder of which mailbox is read, and how it is reached."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: Secret
    token: Token | None = None
    """Where it is known, an access token logs in instead of the password."""
    ca: str = ""
    """A file of certificates to trust instead of the machine's own."""
    folder: str = "INBOX"
    handled: str = "Behandlet"
    rejected: str = "Avvist"
    largest: int
    """How many bytes of a message are fetched; what is larger is told by being longer than that."""
    beside: bool = False
    """Whether people read the mailbox too: then nothing is moved and nothing marked."""


class ImapMailbox:
    """One folder, open while its `with` block lasts; MailboxError for whatever the server does."""

    def __init__(self, access: ImapAccess) -> None:
        if access.security == "none" and access.host.lower() not in LOOPBACK:
            raise SettingsError(
                f"imap.security must not be none: {access.host} is another machine",
                reason=Reason("mailbox_clear", {"text": access.host}),
            )
        self.name = f"imap:{access.user}@{access.host}/{access.folder}"
        self.beside = access.beside
        self._access = access
        self._client: Any = None
        self._validity = 0
        self._next = 1

    def __enter__(self) -> ImapMailbox:
        access = self._access
        with _ours(self.name):
            tls = _context(access)
            self._client = IMAPClient(
                access.host,
                access.port,
                ssl=access.security == "tls",
                ssl_context=tls,
                timeout=TIMEOUT,
            )
            try:
                if access.security == "starttls":
                    self._client.starttls(tls)
                self._log_in()
                self._select()
            except BaseException:
                self._hang_up()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._client.logout()
        except (IMAPClientError, OSError):
            self._hang_up()

    @property
    def mark(self) -> Mark:
        """Everything that lay in the folder when it was opened."""
        return Mark(validity=self._validity, last=self._next - 1)

    def messages(self, read: Mark | None, since: datetime) -> Iterator[Arrived]:
        """Every message of our own folder; beside people, those after `read`, or where that is
        not known or no longer holds, those that came on the day of `since` or later.

        Reading marks nothing. A message that the server does not hand over has its error instead.
        """
        for uid in self._waiting(read, since):
            raw = self._fetched(uid)
            # Servers have been known to give a number out again, so the bytes count too.
            mark = sha256(raw).hexdigest()[:16] if isinstance(raw, bytes) else ""
            yield Arrived(
                source=f"{self.name};{self._validity};{uid};{mark}",
                raw=raw,
                mark=Mark(validity=self._validity, last=uid),
            )

    def judged(self, source: str, verdict: str) -> None:
        """Move the message out of our own folder; told only after its verdict is committed."""
        if self.beside:
            return
        access = self._access
        validity, uid = (int(part) for part in source.rsplit(";", 3)[1:3])
        if validity != self._validity:
            return
        target = access.rejected if verdict in LED_TO_NOTHING else access.handled
        with _ours(self.name):
            self._move(uid, target)

    def wait(self, seconds: float, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Whether new messages have come: waits for the server to tell, for `seconds` at most
        (RFC 2177 wants less than 29 minutes), or until `stopped`.

        MailboxError where the server cannot tell, as for everything else that fails.
        """
        with _ours(self.name):
            if not self._client.has_capability("IDLE"):
                raise MailboxError(
                    f"{self.name}: the server has no IDLE",
                    reason=Reason("mailbox_no_idle", {"place": self.name}),
                )
            if self._more():
                return True
            self._client.idle()
            try:
                self._idle(seconds, stopped)
            finally:
                self._client.idle_done()
            # What the server told, it may have told before or after: only looking is certain.
            return self._more()

    def _more(self) -> bool:
        self._client.noop()  # lets the server look too, before it searches
        newest = max(self._client.search(["UID", f"{self._next}:*"]), default=0)
        came = newest >= self._next
        self._next = max(self._next, newest + 1)
        return came

    def _idle(self, seconds: float, stopped: Callable[[], bool]) -> None:
        while seconds > 0 and not stopped():
            if any(line[0] != b"OK" for line in self._client.idle_check(timeout=min(1.0, seconds))):
                return
            seconds -= 1.0

    def _hang_up(self) -> None:
        # Where the connection is broken already, there is nothing more to say about it.
        with suppress(IMAPClientError, OSError):
            self._client.shutdown()

    def _log_in(self) -> None:
        access = self._access
        if access.token is None:
            self._client.login(access.user, access.password)
            return
        token = access.token()
        try:
            self._client.oauth2_login(access.user, token)
        except LoginError:
            access.token.forget()
            raise

    def _select(self) -> None:
        if not self.beside:
            for folder in (self._access.handled, self._access.rejected):
                if not self._client.folder_exists(folder):
                    self._client.create_folder(folder)
        # EXAMINE where people read too: the server itself then lets nothing be marked.
        found = self._client.select_folder(self._access.folder, readonly=self.beside)
        self._validity = int(found[b"UIDVALIDITY"])
        self._next = int(found[b"UIDNEXT"])

    def _waiting(self, read: Mark | None, since: datetime) -> Sequence[int]:
        with _ours(self.name):
            if not self.beside:
                return sorted(self._client.search(["UNDELETED"]))
            if read is None or read.validity != self._validity:
                return sorted(self._client.search(["SINCE", since.date()]))
            # «5:*» names the last message even where it is older than 5 (RFC 3501 §9).
            found = self._client.search(["UID", f"{read.last + 1}:*"])
            return sorted(uid for uid in found if uid > read.last)

    def _fetched(self, uid: int) -> bytes | MailboxError:
        try:
            found = self._client.fetch([uid], [f"BODY.PEEK[]<0.{self._access.largest + 1}>"])
        except IMAPClient.AbortError as error:
            raise _fault(self.name, error) from error
        except FAULTS as error:
            return self._not_fetched(uid, str(error))
        raw = found.get(uid, {}).get(b"BODY[]<0>")
        if not isinstance(raw, bytes):
            return self._not_fetched(uid, "")
        return raw

    def _not_fetched(self, uid: int, why: str) -> MailboxError:
        return MailboxError(
            f"{self.name}: message {uid} was not handed over{why and ': '}{why}",
            reason=Reason("mailbox_mail", {"place": self.name, "mail": uid, "text": why}),
        )

    def _move(self, uid: int, target: str) -> None:
        if self._client.has_capability("MOVE"):
            self._client.move([uid], target)
            return
        self._client.copy([uid], target)
        self._client.delete_messages([uid])
        if self._client.has_capability("UIDPLUS"):
            # A plain EXPUNGE would take away whatever anybody has marked as deleted.
            self._client.uid_expunge([uid])


def _context(access: ImapAccess) -> ssl.SSLContext | None:
    if access.security == "none":
        return None
    return ssl.create_default_context(cafile=access.ca or None)


@contextmanager
def _ours(name: str) -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise _fault(name, error) from error


def _fault(name: str, error: Exception) -> MailboxError:
    values = {"place": name, "text": str(error) or type(error).__name__}
    reason = error.reason if isinstance(error, TokenError) else None
    return MailboxError(f"{name}: {error}", reason=reason or Reason("mailbox_fault", values))

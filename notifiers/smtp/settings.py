"""Where the mail server is, how the line is secured, and as whom we log in."""

from __future__ import annotations

import ssl
from ipaddress import ip_address
from typing import Literal, Protocol

from msgspec import Struct

from engine.errors import SettingsError
from engine.model import Secret


class Token(Protocol):
    """Where access tokens come from."""

    def __call__(self) -> str:
        """A token to log in with; TokenError when none can be had."""

    def forget(self) -> None:
        """Called when the server has refused the token."""


class SmtpSettings(Struct, frozen=True, kw_only=True):
    """Where the mail server is, how the line is secured, and who the letters come from."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str = ""
    password: Secret = Secret()
    token: Token | None = None
    """Where it is known, an access token logs in in place of the password (XOAUTH2)."""
    ca: str = ""
    """A file of certificates that are trusted in place of the machine's own."""
    sender: str
    """The envelope's sender; a display name is left out."""
    timeout: float = 30.0
    """Seconds for each step of the dialogue."""
    connections: int = 4
    """How many letters are handed over at the same time, each on a connection of its own."""


def secured(settings: SmtpSettings) -> ssl.SSLContext | None:
    """What the line is secured with, certificate and name checked; None where it is not.

    SettingsError where letters or the password would cross a network in the clear, or where the
    file of certificates cannot be read.
    """
    if settings.security == "none":
        if not _is_loopback(settings.host):
            raise SettingsError(
                f"smtp.security is none, but {settings.host!r} is not this machine: "
                "use starttls or tls"
            )
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca or None)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(f"smtp.ca cannot be read: {settings.ca}: {error}") from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

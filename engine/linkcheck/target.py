"""The address of a page, taken apart and judged before anything is asked of it."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from engine.linkcheck.answers import NotAskedError

PORTS: Final = {"http": 80, "https": 443}
SAFE: Final = "/%:@!$&'()*+,;=~?-._[]"
"""What stands in a path or a query as it is; all else is written as %XX (RFC 3986)."""
AGENT: Final = "Kursdeling (link check of shared courses)"


class Target(Struct, frozen=True, kw_only=True):
    """A page, as a server is asked for it."""

    url: str
    secure: bool
    host: str
    """In ASCII, without brackets."""
    port: int
    path: str
    """With its query, in ASCII."""

    def request(self) -> bytes:
        """The whole request (RFC 9112); GET, because many servers answer HEAD wrongly."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == PORTS["https" if self.secure else "http"]
        lines = (
            f"GET {self.path} HTTP/1.1",
            f"Host: {host if usual else f'{host}:{self.port}'}",
            f"User-Agent: {AGENT}",
            "Accept: */*",
            "Accept-Encoding: identity",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode("ascii")


def target(url: str, ports: frozenset[int]) -> Target:
    """The page at `url`; NotAskedError for what is no plain address of the web: another scheme, a
    user or password, or a port that is not among `ports`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:
        raise NotAskedError("link_unreadable") from error
    if parts.scheme not in PORTS:
        raise NotAskedError("link_scheme", parts.scheme)
    if "@" in parts.netloc:
        raise NotAskedError("link_user")
    if not host:
        raise NotAskedError("link_unreadable")
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise NotAskedError("link_port", str(port))
    query = f"?{parts.query}" if parts.query else ""
    return Target(
        url=url,
        secure=parts.scheme == "https",
        host=host,
        port=port,
        path=quote(f"{parts.path or '/'}{query}", safe=SAFE),
    )


def redirected(here: Target, location: str) -> str:
    """Where `location`, said by the server of `here`, leads; NotAskedError when nowhere."""
    try:
        return urljoin(here.url, location.strip())
    except ValueError as error:
        raise NotAskedError("link_unreadable") from error


def _ascii(host: str) -> str:
    """The host in ASCII; ValueError where it cannot be written so."""
    if host.isascii():
        if not host.isprintable() or " " in host:
            raise ValueError(f"{host!r} is no host")
        return host
    return host.encode("idna").decode("ascii")

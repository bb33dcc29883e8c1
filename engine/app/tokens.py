"""Access tokens for servers that want no password: OAuth 2.0 client credentials (RFC 6749 §4.4)."""

from __future__ import annotations

import json
import ssl
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from functools import lru_cache
from http.client import HTTPException
from typing import Any, Final

from msgspec import Struct

from engine.errors import SettingsError, TokenError
from engine.model import Reason, Secret

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
TIMEOUT: Final = 20.0
"""Seconds until a token endpoint that says nothing is given up."""
LARGEST: Final = 65_536
"""Bytes that are read of an answer; real ones are some kilobytes."""
UNTOLD: Final = 300.0
"""Seconds that a token is used for, where its server does not say how long it holds."""
EARLY: Final = 300.0
"""Seconds before its end that a token is renewed, but never more than a fifth of its life."""
SAID: Final = 300
"""Characters of a server's own explanation that an error repeats."""


class TokenAccess(Struct, frozen=True, kw_only=True):
    """Where tokens are asked for, and as whom."""

    url: str
    client_id: str
    secret: Secret
    scope: str = ""


class TokenSource:
    """A call returns a token that holds for a while yet; TokenError when none can be had.

    One token serves every caller until a fifth of its life, or five minutes, is left; where it
    cannot be renewed then, it is used to its end. Several threads may ask at once.
    """

    def __init__(
        self,
        access: TokenAccess,
        clock: Callable[[], float] = time.monotonic,
        timeout: float = TIMEOUT,
    ) -> None:
        _check(access)
        self._access = access
        self._clock = clock
        self._timeout = timeout
        self._lock = threading.Lock()
        self._token = ""
        self._renewed_at = self._ends_at = 0.0

    def __call__(self) -> str:
        """The token to log in with now."""
        with self._lock:
            now = self._clock()
            if self._token and now < self._renewed_at:
                return self._token
            try:
                self._token, lasts = _asked(self._access, self._timeout)
            except TokenError:
                if self._token and now < self._ends_at:
                    return self._token
                raise
            self._renewed_at = now + lasts - min(EARLY, lasts / 5)
            self._ends_at = now + lasts
            return self._token

    def forget(self) -> None:
        """Ask anew next time: a server has refused the token that it was given."""
        with self._lock:
            self._token = ""


@lru_cache(maxsize=8)
def token_source(access: TokenAccess) -> TokenSource:
    """The program's one source of tokens for `access`, so that every pass shares a token.

    SettingsError where the secret would cross a network in the clear.
    """
    return TokenSource(access)


def _check(access: TokenAccess) -> None:
    parts = urllib.parse.urlsplit(access.url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname:
        raise SettingsError(
            f"token_url must begin with https://, not {access.url!r}",
            reason=Reason("token_clear", {"text": access.url}),
        )


def _asked(access: TokenAccess, timeout: float) -> tuple[str, float]:
    """(a new token, for how many seconds it holds)."""
    form = {
        "grant_type": "client_credentials",
        "client_id": access.client_id,
        "client_secret": access.secret,
        **({"scope": access.scope} if access.scope else {}),
    }
    request = urllib.request.Request(  # noqa: S310 – its scheme is checked when the source is made
        access.url,
        data=urllib.parse.urlencode(form).encode(),
        headers={"Accept": "application/json"},
    )
    try:
        with _opener(access.url).open(request, timeout=timeout) as answer:
            said = answer.read(LARGEST)
    except urllib.error.HTTPError as error:
        with error:
            raise _fault(access, f"{error.code} {_reason(error)}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise _fault(access, str(error)) from error
    return _read(said, access)


def _fault(access: TokenAccess, why: str) -> TokenError:
    values = {"place": _place(access), "text": why}
    return TokenError(f"{_place(access)}: {why}", reason=Reason("token_fault", values))


def _unusable(access: TokenAccess, why: str) -> TokenError:
    reason = Reason("token_none", {"place": _place(access)})
    return TokenError(f"{_place(access)}: {why}", reason=reason)


def _read(said: bytes, access: TokenAccess) -> tuple[str, float]:
    found = _object(said)
    token, kind = found.get("access_token"), str(found.get("token_type", "Bearer"))
    # It is put between control characters when it is used, so it must hold none itself.
    if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
        raise _unusable(access, "the answer holds no access token")
    if kind.lower() != "bearer":
        raise _unusable(access, f"a token of type {kind[:SAID]!r} cannot be used")
    return token, _lasts(found.get("expires_in"))


def _lasts(said: object) -> float:
    try:
        lasts = float(str(said))
    except ValueError:
        return UNTOLD
    return lasts if 0 < lasts < float("inf") else UNTOLD


def _reason(error: urllib.error.HTTPError) -> str:
    """Why the endpoint refused, in its own words (RFC 6749 §5.2): never more than one line."""
    try:
        found = _object(error.read(LARGEST))
    except (OSError, HTTPException):
        found = {}
    said = [str(found[name]) for name in ("error", "error_description") if name in found]
    return " ".join(" ".join(said).split())[:SAID] or str(error.reason)


def _object(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _place(access: TokenAccess) -> str:
    return f"no token from {urllib.parse.urlsplit(access.url).hostname}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Another place is never told the secret: a redirection is an error."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [
        _NoRedirect(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
    ]
    if urllib.parse.urlsplit(url).hostname in LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)

"""Asks for a page over HTTP, reads no more than the head of the answer, and tells what it was.

The address that a name stands for is judged, and then connected to itself: a name that stands for
another address a moment later leads nowhere else.
"""

from __future__ import annotations

import errno
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from http import HTTPStatus
from typing import Any, Final

from msgspec import Struct

from engine.linkcheck.addresses import is_public
from engine.linkcheck.answers import (
    MOVED,
    DeadError,
    NotAskedError,
    UnansweredError,
    meaning,
)
from engine.linkcheck.target import PORTS, Target, redirected, target
from engine.ports import LinkAnswer

REDIRECTS: Final = 5
LIMIT: Final = 10.0
"""Seconds for a link, redirections and all."""
HEAD: Final = 32_768
"""Bytes that are read of an answer at the most: real heads are a few thousand."""
PIECE: Final = 4096
NAMELESS: Final = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
"""What the resolver says of a name that stands for no address; all else may pass."""
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?![^ \r\n])")
_END: Final = re.compile(rb"\r?\n\r?\n")
_LOCATION: Final = re.compile(rb"^location:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)

Place = tuple[int, Any]
"""The family of a network address, and the address as that family's sockets want it."""


def places(host: str, port: int) -> Sequence[Place]:
    """Every network address that `host` stands for; socket.gaierror when it stands for none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys((family, address) for family, *_, address in found))


class Web(Struct, frozen=True, kw_only=True):
    """How the web is reached. Only tests give anything but what stands here."""

    places: Callable[[str, int], Sequence[Place]] = places
    allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    limit: float = LIMIT


def ask(url: str, web: Web | None = None) -> LinkAnswer:
    """What `url` leads to, after at most five redirections and ten seconds.

    Looking up a name is not counted: the machine's resolver has a limit of its own.
    """
    web = web or Web()
    deadline = time.monotonic() + web.limit
    try:
        for _ in range(REDIRECTS + 1):
            page = target(url, web.ports)
            status, location = _answer(page, web, deadline)
            if status not in MOVED or not location:
                return meaning(status)
            url = redirected(page, location)
    except UnansweredError as error:
        return error.answer
    # A browser that keeps cookies may well come through.
    return LinkAnswer(state="unknown", why="link_round", detail=str(REDIRECTS))


def _answer(page: Target, web: Web, deadline: float) -> tuple[int, str]:
    """(the status, where else the server points to) of the answer to one request."""
    try:
        with closing(_line(page, web, deadline)) as line:
            line.settimeout(_left(deadline))
            line.sendall(page.request())
            return _head(line, page.host, deadline)
    except ssl.SSLCertVerificationError as error:
        raise DeadError("link_certificate", page.host) from error
    except ssl.SSLError as error:
        raise DeadError("link_garbled", page.host) from error
    except TimeoutError as error:
        raise DeadError("link_silent", page.host) from error
    except OSError as error:
        if error.errno == errno.ENETUNREACH:
            raise NotAskedError("link_no_network") from error
        raise DeadError("link_unreached", page.host) from error


def _line(page: Target, web: Web, deadline: float) -> socket.socket:
    line = _connected(_judged(page, web), deadline)
    if not page.secure:
        return line
    try:
        line.settimeout(_left(deadline))
        return web.trust().wrap_socket(line, server_hostname=page.host)
    except BaseException:
        line.close()
        raise


def _judged(page: Target, web: Web) -> Sequence[Place]:
    """The addresses of the page's host, none of which may be within anybody's walls."""
    try:
        found = web.places(page.host, page.port)
    except socket.gaierror as error:
        if error.errno in NAMELESS:
            raise DeadError("link_no_host", page.host) from error
        raise NotAskedError("link_no_answer_on_name", page.host) from error
    except UnicodeError as error:
        raise NotAskedError("link_unreadable") from error
    if not all(web.allowed(address[0]) for _, address in found):
        raise NotAskedError("link_inside", page.host)
    return found


def _connected(found: Sequence[Place], deadline: float) -> socket.socket:
    """A connection to the first address that takes one; OSError of the last where none does."""
    refused: OSError = OSError("a name without an address")
    for family, address in found:
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(deadline))
            line.connect(address)
        except OSError as error:
            line.close()
            refused = error
        else:
            return line
    raise refused


def _head(line: socket.socket, host: str, deadline: float) -> tuple[int, str]:
    for got in _growing(line, deadline):
        for status, fields in _read(got):
            if status not in MOVED:
                return status, ""
            if fields is not None:
                found = _LOCATION.search(fields)
                return status, found[1].decode("utf-8", "replace") if found else ""
    raise DeadError("link_garbled", host)


def _growing(line: socket.socket, deadline: float) -> Iterator[bytes]:
    """What has come so far, each time that more comes, and no more than a head may be long."""
    got = b""
    while len(got) < HEAD:
        line.settimeout(_left(deadline))
        piece = line.recv(PIECE)
        if not piece:
            return
        got += piece
        yield got


def _read(got: bytes) -> Iterator[tuple[int, bytes | None]]:
    """The status of the answer, once it is there, with its fields, once they all are.

    Answers before the answer (1xx) are passed over.
    """
    while (begins := _STATUS.match(got)) is not None:
        status, ends = int(begins[1]), _END.search(got)
        if status >= HTTPStatus.OK:
            yield status, None if ends is None else got[: ends.end()]
            return
        if ends is None:
            return
        got = got[ends.end() :]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the link's time is over")
    return left

"""A web server on this machine that answers as badly as servers do, one way for each path."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass(slots=True)
class Server:
    """What a running server was asked, and how much of what it wrote was taken."""

    port: int
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    written: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, scheme: str = "http", host: str = "127.0.0.1") -> str:
        """The address of a page of it."""
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for as long as the block lasts; each connection in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listening, server, tls), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.ended.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _accept(listening: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(line, server, tls), daemon=True).start()


def _serve(line: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    with line, suppress(OSError):
        if tls is not None:
            line = tls.wrap_socket(line, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head and (piece := line.recv(4096)):
            head += piece
        if b"\r\n\r\n" not in head:
            return
        path = head.split(b" ", 2)[1].decode()
        server.asked.append(path)
        server.heads.append(head.decode("latin-1"))
        _answer(line, server, path)
        line.close()


def _answer(line: socket.socket, server: Server, path: str) -> None:
    name, _, rest = path.strip("/").partition("/")
    if name in _LONG:
        _LONG[name](line, server)
    elif name.isdecimal():
        line.sendall(f"HTTP/1.1 {name} Whatever\r\n\r\n".encode())
    elif name == "to":
        line.sendall(f"HTTP/1.1 301 Moved\r\nServer: x\r\nLocation: {rest}\r\n\r\n".encode())
    elif name == "round":
        line.sendall(f"HTTP/1.1 302 Found\r\nlocation:/round/{rest}x\r\n\r\n".encode())
    else:
        line.sendall(_SHORT.get(name, OK))


def _hang(_: socket.socket, server: Server) -> None:
    server.ended.wait(20)


def _drip(line: socket.socket, server: Server) -> None:
    for letter in b"HTTP/1.1 200 OK":
        line.sendall(bytes([letter]))
        if server.ended.wait(0.2):
            return


def _endless_body(line: socket.socket, server: Server) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    _for_ever(line, server, b"x" * 65_536)


def _endless_head(line: socket.socket, server: Server) -> None:
    line.sendall(b"HTTP/1.1 302 Found\r\n")
    _for_ever(line, server, b"X-More: " + b"x" * 8_000 + b"\r\n")


def _for_ever(line: socket.socket, server: Server, piece: bytes) -> None:
    while not server.ended.is_set():
        line.sendall(piece)
        server.written += len(piece)


_SHORT: Mapping[str, bytes] = {
    "nowhere": b"HTTP/1.1 302 Found\r\n\r\n",
    "early": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK,
    "garbled": b"SSH-2.0-OpenSSH\r\n\r\n",
    "empty": b"",
}
_LONG: Mapping[str, Callable[[socket.socket, Server], None]] = {
    "hang": _hang,
    "drip": _drip,
    "endless": _endless_body,
    "fields": _endless_head,
}

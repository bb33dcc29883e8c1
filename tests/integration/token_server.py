"""A token endpoint on loopback that answers as it is told, and knows which tokens hold."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Answer = tuple[int, object]
"""(status, what is written as JSON, or the bytes themselves)."""


@dataclass(slots=True)
class TokenServer:
    """What the endpoint was asked, and what it answers; unless told otherwise, with new tokens."""

    port: int = 0
    user: str = "kursdeling@kursdeling.example"
    lasts: object = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    valid: set[str] = field(default_factory=set)
    slow: float = 0.0

    @property
    def url(self) -> str:
        """Where tokens are asked for."""
        return f"http://127.0.0.1:{self.port}/token"

    def answer(self, form: dict[str, str]) -> Answer:
        """The next answer that was laid ready, or a new token."""
        self.asked.append(form)
        time.sleep(self.slow)
        if self.answers:
            return self.answers.pop(0)
        token = f"token-{len(self.asked)}"
        self.valid.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}

    def introspect(self, token: str) -> Answer:
        """Whether a token holds, as a mail server asks (RFC 7662)."""
        if token not in self.valid:
            return 200, {"active": False}
        return 200, {"active": True, "username": self.user}


@contextmanager
def token_server() -> Iterator[TokenServer]:
    """A running endpoint."""
    told = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(said).items()}
            token = form.get("token")
            self._tell(*(told.answer(form) if token is None else told.introspect(token)))

        def _tell(self, status: int, said: object) -> None:
            raw = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{told.port}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()

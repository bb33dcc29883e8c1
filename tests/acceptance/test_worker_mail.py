"""The worker takes mail by LMTP, and judges it soon after it came."""

from __future__ import annotations

import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.acceptance.site import FORM, OURS, OWNER, PROGRAM, Program, mail


@pytest.fixture
def port(program: Program) -> int:
    """A free port, on which the site's settings ask for LMTP."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = program.folder / "kursdeling.toml"
    text = settings.read_text("utf-8").replace('lmtp = ""', f'lmtp = "127.0.0.1:{port}"')
    settings.write_text(text, "utf-8")
    return port


@pytest.fixture
def worker(program: Program, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that listens, and would otherwise look once an hour."""
    words = ["--site", str(program.folder), "--at", program.at, "run", "--interval", "3600"]
    with subprocess.Popen([PROGRAM, *words], stderr=subprocess.PIPE) as process:
        try:
            wait_for_listener(port)
            yield process
        finally:
            process.kill()


def wait_for_listener(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the worker does not listen")


def test_a_delivered_mail_opens_a_request_at_once(
    program: Program, port: int, worker: subprocess.Popen[bytes]
) -> None:
    raw = mail(body=FORM, subject="Deling til KS Læring: Trygg")
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail(OWNER, [OURS], raw)

    for _ in range(100):
        listed = program.list("mail", "list")
        if listed and listed[0]["verdict"]:
            break
        time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)

    assert [(each["verdict"], each["source"]) for each in listed] == [("opened", "lmtp")]
    assert worker.wait(timeout=10) == 0

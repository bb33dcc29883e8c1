"""The worker takes mail by LMTP, and judges it soon after it came."""

from __future__ import annotations

import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.acceptance.hostile_mails import MAILS
from tests.acceptance.site import FORM, OURS, OWNER, PROGRAM, Program, mail
from tests.acceptance.test_hostile_mail import hostile

ANSWERED_WITHIN = 100.0
"""Tenfold the ten seconds within which a mail behind hostile ones is to be answered."""
STOPPED_WITHIN = 50.0
"""Tenfold the five seconds within which a worker is to end."""
DOZEN = (
    "combining marks in a page", "long own words", "commands alone", "labels", "links in links",
    "nested parts", "many pages", "rules and tags", "tables in tables",
    "a document of nested rows", "a zip of zeros", "a type of parameters",
)  # fmt: skip


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


@contextmanager
def working(program: Program, port: int, interval: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that listens, and otherwise looks every `interval` seconds."""
    words = ["--site", str(program.folder), "--at", program.at, "run", "--interval", str(interval)]
    with subprocess.Popen([PROGRAM, *words], stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_listener(port)
            yield process
        finally:
            process.kill()


@pytest.fixture
def worker(program: Program, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that listens, and would otherwise look once an hour."""
    with working(program, port, 3600) as process:
        yield process


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


def deliver_behind_a_dozen(port: int, number: str) -> None:
    """Give the worker twelve hostile mails and then one that opens a request."""
    assert set(DOZEN) <= set(MAILS)
    good = mail(body=FORM, subject="Deling til KS Læring: Nytt kurs", name="god")
    with smtplib.LMTP("127.0.0.1", port, timeout=ANSWERED_WITHIN) as client:
        for raw in (*(hostile(name, number) for name in DOZEN), good):
            client.sendmail(OWNER, [OURS], raw)


def answered(program: Program) -> bool:
    """Whether a letter that answers the good mail has left."""
    sent = program.folder.glob("outbox/*.eml")
    return any(b"In-Reply-To: <god@ahus.example>" in each.read_bytes() for each in sent)


def test_a_good_mail_behind_a_dozen_hostile_ones_is_judged_and_answered(
    program: Program, port: int
) -> None:
    number = program.opened()
    with working(program, port, 1):
        deliver_behind_a_dozen(port, number)
        end = time.monotonic() + ANSWERED_WITHIN
        while not answered(program):
            assert time.monotonic() < end
            time.sleep(0.1)
    rows = program.list("mail", "list")
    assert [each["verdict"] for each in rows if "<god@" in each["message_id"]] == ["opened"]
    assert len(rows) == 2 + len(DOZEN)


def test_told_to_stop_over_hostile_mails_it_ends_soon(program: Program, port: int) -> None:
    number = program.opened()
    with working(program, port, 1) as process:
        deliver_behind_a_dozen(port, number)
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOPPED_WITHIN) in (0, 1)

"""A mail server delivers by LMTP: «250» means stored, and nothing else ever does."""

from __future__ import annotations

import smtplib
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.app.listening import Listening, listening
from engine.errors import AddressTakenError, SettingsError
from engine.mailbox.lmtp import Listener
from engine.service import receive
from engine.store import sqlite
from engine.store.mail_in import inbox
from engine.store.mail_in.inbox import MailRow
from tests.integration.office import OURS, OWNER, SUBJECT, Office, form, new_office

SERVING = """
import sys, time
from pathlib import Path
from engine.app import open_site
from engine.app.listening import Listening, listening
(listener,) = listening(open_site(Path(sys.argv[1])))
listener.start()
print("ready", flush=True)
time.sleep(60)
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def office(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    return new_office(tmp_path / "site", mail__lmtp=f"127.0.0.1:{port}")


@pytest.fixture
def woken() -> list[str]:
    return []


@pytest.fixture
def listener(office: Office, woken: list[str]) -> Iterator[Listening]:
    (found,) = listening(office.site, lambda: woken.append("mail"))
    found.start()
    yield found
    found.stop()


def stored(office: Office) -> list[tuple[MailRow, bytes | None]]:
    with office.site.database.reading() as tx:
        return [(row, inbox.raw_of(tx, row.id)) for row in inbox.listed(tx)]


def deliver(port: int, raw: bytes, *to: str) -> list[int]:
    """The server's answers to one message, one a receiver."""
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("noen@hf.example")
        receivers = to or (OURS,)
        for each in receivers:
            client.rcpt(each)
        return [client.data(raw)[0], *(client.getreply()[0] for _ in receivers[1:])]


@pytest.mark.usefixtures("listener")
def test_a_message_is_stored_byte_for_byte_and_opens_a_request(
    office: Office, port: int, woken: list[str]
) -> None:
    raw = office.raw(OWNER, SUBJECT, form() + "\r\n.\r\n..to punktum\r\n" + "æ" * 5_000)

    assert deliver(port, raw) == [250]

    ((row, kept),) = stored(office)
    assert (kept, row.source, row.verdict) == (raw, "lmtp", None)
    assert row.envelope == {"from": "noen@hf.example", "to": [OURS]}
    assert woken == ["mail"]
    assert receive.handle(office.site, row.id, office.at).verdict == "opened"


@pytest.mark.usefixtures("listener")
def test_each_receiver_gets_an_answer_of_its_own(office: Office, port: int) -> None:
    assert deliver(port, office.raw(OWNER, "Hei", "Hei"), OURS, "andre@ks.example") == [250, 250]
    assert len(stored(office)) == 1


@pytest.mark.usefixtures("listener")
def test_mail_to_a_receiver_who_is_not_named_in_it_is_ours_all_the_same(
    office: Office, port: int
) -> None:
    raw = office.raw(OWNER, SUBJECT, form())
    hidden = raw.replace(f"To: <{OURS}>".encode(), b"To: <noen@andre.example>")
    deliver(port, hidden, OURS)
    deliver(port, hidden.replace(b"<m1@", b"<m2@"), "kslaring@andre.example")

    verdicts = [receive.handle(office.site, row.id, office.at).verdict for row, _ in stored(office)]
    assert verdicts == ["opened", "not_ours"]


@pytest.mark.usefixtures("listener")
def test_while_the_database_is_locked_the_mail_server_keeps_the_mail(
    office: Office, port: int, woken: list[str]
) -> None:
    raw = office.raw(OWNER, "Hei", "Hei")
    with closing(sqlite3.connect(office.site.folder / "kursdeling.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert deliver(port, raw, OURS, "andre@ks.example") == [451, 451]
    assert (stored(office), woken) == ([], [])

    assert deliver(port, raw) == [250]
    assert len(stored(office)) == 1


@pytest.mark.usefixtures("listener")
def test_a_message_that_is_cut_off_is_not_stored(office: Office, port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as client:
        lines = ["LHLO a", "MAIL FROM:<a@b.example>", f"RCPT TO:<{OURS}>", "DATA"]
        client.sendall("".join(f"{line}\r\n" for line in lines).encode())
        while b"354" not in client.recv(4_096):
            pass
        client.sendall(b"From: a@b.example\r\n\r\nHalve brevet")
    deliver(port, office.raw(OWNER, "Hei", "Hei"))

    assert [row.envelope["from"] for row, _ in stored(office)] == ["noen@hf.example"]


def test_whatever_goes_wrong_the_answer_is_to_come_again(port: int) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    found = Listener(f"127.0.0.1:{port}", fails)
    found.start()
    try:
        assert deliver(port, b"From: a@b.example\r\n\r\nHei\r\n") == [451]
    finally:
        found.stop()


def test_a_socket_serves_as_well_and_is_taken_away_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "lmtp"
    taken: list[bytes] = []
    found = Listener(str(path), lambda raw, source, envelope: taken.append(raw))
    found.start()
    with smtplib.LMTP(str(path)) as client:
        client.sendmail("a@b.example", [OURS], b"Subject: a\r\n\r\na\r\n")
    found.stop()

    assert taken == [b"Subject: a\r\n\r\na\r\n"]
    assert not path.exists()


def test_an_address_in_use_is_a_fault_of_the_settings(port: int) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(SettingsError, match=r"mail\.lmtp"):
            Listener(f"127.0.0.1:{port}", lambda *_: None).start()


def test_an_address_in_use_is_told_at_once_and_holds_no_turn_up(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIOSMTPD_CONTROLLER_TIMEOUT", "60")
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(AddressTakenError):
        Listener(f"127.0.0.1:{port}", lambda *_: None).start()
    assert time.monotonic() - began < 30


def test_without_the_setting_nobody_listens(tmp_path: Path) -> None:
    assert listening(new_office(tmp_path / "site").site) == ()


def test_what_was_answered_with_success_survives_a_kill(office: Office, port: int) -> None:
    answered = []
    for round_ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", SERVING, str(office.site.folder)], stdout=subprocess.PIPE
        ) as server:
            assert server.stdout is not None
            assert server.stdout.readline() == b"ready\n"
            for n in range(4 + round_):
                raw = office.raw(OWNER, f"Runde {round_}", str(n))
                if deliver(port, raw) == [250]:
                    answered.append(raw)
            with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as client:
                client.sendall(b"LHLO a\r\nMAIL FROM:<a@b.example>\r\n")
                server.kill()
    assert len(answered) == 15
    assert [raw for _, raw in stored(office)] == answered


def wait_for(what: Callable[[], bool]) -> None:
    for _ in range(100):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


@pytest.mark.usefixtures("listener")
def test_a_sender_that_hangs_up_before_the_answer_and_comes_again_changes_nothing_twice(
    office: Office, port: int
) -> None:
    raw = office.raw(OWNER, SUBJECT, form())
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as client:
        lines = ["LHLO a", "MAIL FROM:<a@b.example>", f"RCPT TO:<{OURS}>", "DATA"]
        client.sendall("".join(f"{line}\r\n" for line in lines).encode())
        while b"354" not in client.recv(4_096):
            pass
        client.sendall(raw + b".\r\n")
        wait_for(lambda: len(stored(office)) == 1)
    assert deliver(port, raw) == [250]

    verdicts = [receive.handle(office.site, row.id, office.at).verdict for row, _ in stored(office)]
    assert verdicts == ["opened", "repeated"]

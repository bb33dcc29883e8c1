"""A disk that takes no more, as a limit on how large a file may grow: the mail stays outside, and
comes in when there is room again.
"""

from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
from contextlib import closing

from tests.acceptance.site import OURS, PROGRAM, Program, mail

LIMITED = ["/bin/sh", "-c", 'ulimit -f "$0"; exec "$@"']
BLOCKS = "4096"
"""Of 512 bytes: two megabytes."""
LARGE = mail(body="x" * 3_000_000, subject="Stor", name="stor")
SMALL = mail(body="Hei", subject="Liten", name="liten")
SERVING = """
import sys, time
from pathlib import Path
from engine.app import open_site
from engine.app.listening import listening
(listener,) = listening(open_site(Path(sys.argv[1])))
listener.start()
print("ready", flush=True)
time.sleep(60)
"""


def test_a_mail_that_the_disk_does_not_take_is_kept_by_the_mail_server(program: Program) -> None:
    words = [PROGRAM, "--site", program.folder, "mail", "take", "-"]
    full = subprocess.run(
        [*LIMITED, BLOCKS, *words], input=LARGE, capture_output=True, check=False, timeout=60
    )
    assert full.returncode == 75
    assert program.list("mail", "list") == []

    assert program.take(LARGE)["verdict"]
    assert len(program.list("mail", "list")) == 1
    assert program.one("db", "verify")["ok"]


def test_by_lmtp_it_is_refused_for_now_and_smaller_mail_goes_on(program: Program) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = program.folder / "kursdeling.toml"
    text = settings.read_text("utf-8").replace('lmtp = ""', f'lmtp = "127.0.0.1:{port}"')
    settings.write_text(text, "utf-8")

    with subprocess.Popen(
        [*LIMITED, BLOCKS, sys.executable, "-c", SERVING, program.folder], stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        try:
            answers = [delivered(port, raw) for raw in (LARGE, SMALL, LARGE)]
        finally:
            server.kill()

    assert answers == [451, 250, 451]
    assert [row["verdict"] for row in program.list("mail", "list")] == [None]


def delivered(port: int, raw: bytes) -> int:
    """The server's answer to one message."""
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("noen@hf.example")
        client.rcpt(OURS)
        return client.data(raw)[0]

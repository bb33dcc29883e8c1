"""A clock that is far ahead (INTERFACE §2, `--leap`): nothing acts, mail is taken, and what it let
happen can be mended.
"""

from __future__ import annotations

import re
import signal
import smtplib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.site import FORM, OURS, OWNER, PROGRAM, Program, mail
from tests.integration import dovecot

NEAR, PAST = "2026-06-05T07:00:00Z", "2026-06-05T07:00:01Z"
"""92 days after the last thing stored, and a second more."""
YEAR_ON = "2027-03-05T07:00:00Z"
PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def setting(program: Program, before: str, after: str) -> None:
    file = program.folder / "kursdeling.toml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


@contextmanager
def worker(program: Program, at: str, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """`kursdeling run` on the site; what it tells stands in a file beside it."""
    told = program.folder.parent / f"told-{len([*program.folder.parent.glob('told-*')])}"
    with told.open("wb") as stderr:
        process = subprocess.Popen(
            [PROGRAM, "--site", program.folder, "--at", at, "run", "--interval", "1", *more],
            stderr=stderr,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def told(program: Program) -> str:
    return "".join(file.read_text() for file in sorted(program.folder.parent.glob("told-*")))


def looked_at(program: Program, check: str) -> list[tuple[str, str]]:
    found = program.run("--json", "--lang", "en", "doctor").lines
    return [(each["state"], each["what"]) for each in found if each["check"] == check]


def draft(program: Program) -> str:
    """The number of a request whose form lacks an answer: it lapses if nobody sends it."""
    body = FORM.replace("Tidsbruk: 30 minutter\n", "")
    return str(program.take(mail(body=body, subject="Deling til KS Læring: T"))["request"])


@pytest.mark.parametrize("command", ["sweep", "tick"])
def test_what_is_far_past_all_that_is_stored_is_refused(program: Program, command: str) -> None:
    number = draft(program)
    fresh = "draft"

    refused = program.run("--lang", "en", command, at=YEAR_ON)
    assert refused.code == 1
    assert "--leap" in refused.err
    assert refused.out == b""
    assert program.one("request", "show", number)["state"] == fresh

    assert program.run(command, "--leap", at=YEAR_ON).code == 0
    assert program.one("request", "show", number, at=YEAR_ON)["state"] != fresh


def test_the_limit_is_92_days_to_the_second(program: Program) -> None:
    program.opened()
    assert program.run("sweep", "--dry-run", at=PAST).code == 1
    assert program.run("sweep", "--dry-run", at=NEAR).code == 0
    assert program.run("sweep", at=PAST).code == 1
    assert program.run("sweep", at=NEAR).code == 0


def test_a_quiet_site_is_not_refused_for_its_quiet(program: Program) -> None:
    program.opened()
    for day in ("2026-05-01", "2026-07-20", "2026-10-10", "2026-12-31", "2027-03-20"):
        assert program.run("tick", at=day).code == 0, day


def test_a_site_on_which_nothing_has_happened_has_no_limit(program: Program) -> None:
    assert program.run("tick", at="2031-01-01").code == 0


def test_a_strangers_mail_does_not_move_the_limit(program: Program) -> None:
    program.opened()
    stranger = mail(body="Hei", subject="Hei", sender="en@fremmed.example", name="f", aligned=False)
    program.take(stranger, at=YEAR_ON)
    assert program.run("tick", at=YEAR_ON).code == 1


def test_what_a_clock_let_happen_is_mended_at_once(program: Program) -> None:
    number = draft(program)
    stood = "draft"
    program.done("sweep", "--leap", at=YEAR_ON)
    program.done("sweep", "--leap", at="2027-09-05T07:00:00Z")
    ended = program.one("request", "show", number)
    assert ended["final"]

    day = "2026-03-06T07:00:00Z"
    program.done("request", "reopen", number, "--reason", "klokken gikk feil", at=day)
    if program.one("request", "show", number)["state"] != stood:
        program.done("request", "correct", number, "--to", stood, "--reason", "feil", at=day)
    last = program.list("request", "history", number)[-1]
    assert last["at"] == ended["changed_at"]
    written = [each for each in program.list("letter", "list") if each["template"] == "corrected"]
    assert written
    program.done("letter", "send", at=day)
    states = {each["id"]: each["state"] for each in program.list("letter", "list")}
    assert {states[each["id"]] for each in written} == {"sent"}
    assert program.one("db", "verify")["ok"]


def test_a_worker_goes_on_taking_mail_and_tells_the_doctor(program: Program) -> None:
    number = draft(program)
    stood = "draft"
    port = free_port()
    setting(program, 'lmtp = ""', f'lmtp = "127.0.0.1:{port}"')
    with worker(program, YEAR_ON):
        until(lambda: "broken" in {state for state, _ in looked_at(program, "workers")})
        with smtplib.LMTP("127.0.0.1", port) as server:
            body = FORM.replace("LEGUT", "LEGIN")
            raw = mail(body=body, subject="Deling til KS Læring: To", name="to")
            assert server.sendmail(OWNER, [OURS], raw) == {}
        time.sleep(2)
        assert "--leap" in looked_at(program, "workers")[0][1]
    assert [each["verdict"] for each in program.list("mail", "list")] == ["opened", None]
    assert program.one("request", "show", number)["state"] == stood
    assert "--leap" in told(program)
    # The next one has the right time.
    with worker(program, "2026-03-06"):
        until(lambda: all(each["verdict"] for each in program.list("mail", "list")))
        until(lambda: looked_at(program, "workers")[0][0] == "ok")
    assert [each["verdict"] for each in program.list("mail", "list")] == ["opened", "opened"]


def test_a_worker_takes_a_leap_that_is_meant(program: Program) -> None:
    number = draft(program)
    stood = "draft"
    with worker(program, YEAR_ON, "--leap"):
        until(lambda: program.one("request", "show", number)["state"] != stood)


def test_a_worker_begins_each_line_with_the_time(program: Program) -> None:
    program.opened()
    with worker(program, YEAR_ON):
        until(lambda: told(program))
    for line in told(program).splitlines():
        assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ", line), line


def test_a_full_disk_is_told_and_is_no_success(program: Program, tmp_path: Path) -> None:
    """A limit on what a file may hold is to a program what a full disk is."""
    program.opened()
    small = tmp_path / "small.py"
    small.write_text(
        "import resource, sys\n"
        "from engine import cli\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "sys.argv[0] = 'kursdeling'\n"
        "cli.main()\n"
    )
    python = PROGRAM.with_name("python")
    for command in ("sweep", "tick"):
        words = ["--site", program.folder, "--json", "--at", "2026-03-25", command]
        done = subprocess.run([python, small, *words], capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        assert b'"due"' not in done.stdout
        assert done.stderr
    assert program.one("sweep", at="2026-03-25")["due"] > 0


def test_a_worker_goes_on_fetching_mail_too(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(program)
    with dovecot.server(dovecot.program_or_skip()) as post:
        monkeypatch.setenv("KURSDELING_IMAP_PASSWORD", dovecot.PASSWORD)
        file = program.folder / "kursdeling.toml"
        values = {"host": "127.0.0.1", "port": post.port, "user": dovecot.USER, "security": "none"}
        text = file.read_text("utf-8")
        before, section = text.split("[imap]\n")
        for name, value in values.items():
            told = f'"{value}"' if isinstance(value, str) else value
            line = re.compile(rf"^{name} = .*$", re.MULTILINE)
            section = line.sub(f"{name} = {told}", section, count=1)
        file.write_text(f"{before}[imap]\n{section}", encoding="utf-8")
        body = FORM.replace("LEGUT", "LEGIN")
        post.deliver(mail(body=body, subject="Deling til KS Læring: To", name="to"))

        def verdicts() -> list[str | None]:
            return [each["verdict"] for each in program.list("mail", "list")]

        with worker(program, YEAR_ON):
            until(lambda: len(verdicts()) == 2)
            time.sleep(2)
        assert verdicts() == ["opened", None]
        with worker(program, "2026-03-06"):
            until(lambda: verdicts() == ["opened", "opened"])
            until(lambda: len(post.listed("Behandlet")) == 1)

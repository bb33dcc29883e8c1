"""The installed program, run on real sites, and mails to give it."""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine import cli

PROGRAM = Path(sys.executable).with_name("kursdeling")
OURS = "kursdeling@kursdeling.example"
OWNER = "elaering@ahus.example"
PLATFORM = "kslaring@ks.example"
MARCH = "2026-03-05"
"""A day within the agreement."""
DEMO_ENDS = "2026-11-30T12:00:00+01:00"
"""When the demo is played, and its year ends."""
CONTACTS = f"""\
party,duty,email,name
ahus,elearning,{OWNER},E-læringsansvarlig ved Ahus
ahus,subject_experts,fag@ahus.example,
ahus,cooperation_unit,samhandling@ahus.example,
ks-laering,ks_laering,{PLATFORM},
ks,coordinator,koordinator@kursdeling.example,
"""
FORM = """\
Fullt navn på kurset: Trygg legemiddelhåndtering
Kursets kortnavn: AHUS-LEGUT
Studiekategori: Legemidler
Dato for studiestart: 2026-04-01
Opprett hjemmeside: JA
Mål: Deltakerne håndterer legemidler trygt.
Innhold: Tre moduler og en prøve.
Målgrupper: Sykepleiere
Kurssammendrag: Kort kurs om utskrivning.
Forutsetninger: ingen
Produsert av: Fagansvarlig legemidler, rådgiver, Kompetanseavdelingen, Ahus
Tidsbruk: 30 minutter
Kurskoordinator: e-læringsansvarlig
Fagmiljø: Ingen merknader
Samhandlingsenhet: Ingen merknader
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run of the program came to."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text."""
        return self.out.decode()

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.text.splitlines()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program on one site."""

    folder: Path
    at: str = MARCH
    environment: Mapping[str, str] = field(default_factory=dict)
    """What each command, then a process of its own, finds in its environment."""
    apart: bool = False
    """Whether each command is a process of its own even so, which takes ten times as long."""

    def run(self, *arguments: str, stdin: bytes = b"", at: str = "") -> Ran:
        """Run one command, whatever it comes to."""
        words = ("--site", str(self.folder), "--at", at or self.at, *arguments)
        if self.apart or self.environment:
            return run(*words, stdin=stdin, environment=self.environment)
        return run_here(*words, stdin=stdin)

    def done(self, *arguments: str, stdin: bytes = b"", at: str = "") -> Ran:
        """Run one command that must be done."""
        ran = self.run(*arguments, stdin=stdin, at=at)
        assert ran.code == 0, ran.err
        return ran

    def list(self, *arguments: str, stdin: bytes = b"", at: str = "") -> list[Any]:
        """The rows that a command answers with."""
        return self.done("--json", *arguments, stdin=stdin, at=at).lines

    def one(self, *arguments: str, stdin: bytes = b"", at: str = "") -> Any:
        """The one object that a command answers with."""
        (found,) = self.list(*arguments, stdin=stdin, at=at)
        return found

    def take(self, raw: bytes, at: str = "") -> Any:
        """What one mail, given on standard input, came to."""
        return self.one("mail", "take", "-", stdin=raw, at=at)

    def opened(self) -> str:
        """The number of a request that one complete mail has opened and submitted."""
        taken = self.take(mail(body=FORM, subject="Deling til KS Læring: Trygg"))
        assert taken["verdict"] == "opened", taken
        return str(taken["request"])

    def shared(self) -> str:
        """The number of a request that has been accepted and labelled."""
        number = self.opened()
        self.done("request", "fire", number, "accept", "--as", PLATFORM)
        self.done("request", "fire", number, "confirm_label", "--as", OWNER)
        return number


def run(*arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Ran:
    """Run the installed program from another folder than the project's."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=600,
        cwd=PROGRAM.parent,
        env={**os.environ, **(environment or {})},
    )
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr.decode())


def run_here(*arguments: str, stdin: bytes = b"") -> Ran:
    """As `run`, in this process: for tests of what a command says and does, not of its process."""
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [str(PROGRAM), *arguments])
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        patch.chdir(PROGRAM.parent)
        try:
            with _collecting_waste():
                cli.main()
        except SystemExit as ended:
            code = ended.code
        else:
            code = None
    said = [stream.buffer.getvalue() for stream in (out, err)]  # type: ignore[attr-defined] # BytesIO
    assert isinstance(code, int), code
    return Ran(code=code, out=said[0], err=said[1].decode())


@contextmanager
def _collecting_waste() -> Iterator[None]:
    """Takes back what the program does about waste for a process that ends soon."""
    before = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def mail(
    *,
    body: str,
    subject: str,
    sender: str = OWNER,
    name: str = "en-mail",
    aligned: bool = True,
    more: str = "",
) -> bytes:
    """A mail as the site's own server hands it over."""
    results = "mx.kursdeling.example; dmarc=pass header.from=" + sender.partition("@")[2]
    lines = [
        f"Authentication-Results: {results}" if aligned else "Received: from nowhere.example",
        f"From: {sender}",
        f"To: {OURS}",
        f"Subject: {subject}",
        "Date: Thu, 05 Mar 2026 09:00:00 +0100",
        f"Message-ID: <{name}@{sender.partition('@')[2]}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *more.splitlines(),
        "",
        body,
    ]
    return "\r\n".join(lines).encode()


@pytest.fixture(scope="session")
def finished_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with contacts and an agreement, to be copied and never used itself."""
    folder = tmp_path_factory.mktemp("finished") / "site"
    settings = {
        "mail.addresses": OURS,
        "mail.trusted_servers": "mx.kursdeling.example",
        "mail.strips_results": "true",
        "mail.openings_per_day": "10000",
        "letters.mode": "live",
        "letters.undo_minutes": "0",
        "letters.digest": "",
    }
    made = run("init", str(folder), *(f"--set={key}={text}" for key, text in settings.items()))
    assert made.code == 0, made.err
    contacts = folder.parent / "contacts.csv"
    contacts.write_text(CONTACTS, encoding="utf-8")
    program = Program(folder=folder)
    program.done("contact", "import", str(contacts))
    program.done("agreement", "add", "--from", "2026-01-01", "--to", "2027-01-01")
    return folder


@pytest.fixture(scope="session")
def played_demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """(the site that one run of the demo left, what the run said); to be copied or read."""
    site = tmp_path_factory.mktemp("demo") / "site"
    strict = (sys.executable, "-W", "error", "-c", "from engine.cli import main; main()")
    done = subprocess.run(
        [*strict, "--at", DEMO_ENDS, "demo", "--keep", str(site)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return site, done.stdout


@pytest.fixture
def program(finished_site: Path, tmp_path: Path) -> Program:
    """The program on a fresh site: live letters to files, nothing waiting, five contacts."""
    folder = tmp_path / "site"
    shutil.copytree(finished_site, folder)
    return Program(folder=folder)

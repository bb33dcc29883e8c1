"""The README's first screen shows what the program really says on the site that the demo leaves."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from engine.cli import main; main()")
AT = "2026-11-30"
TOKEN = re.compile(r"(KD-\d+-\d+)\.[0-9A-Z]{8}\]")
"""Each site signs with a key of its own."""


def kursdeling(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*PROGRAM, "--at", AT, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has left `demo-site`, as `make demo` does."""
    folder = tmp_path_factory.mktemp("readme")
    kursdeling(folder, "demo")
    return folder


def shown() -> list[str]:
    """The lines of the five minutes that quote the program or a mail, commands included."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    five_minutes = text.partition("## A coordinator's five minutes")[2].partition("\n## ")[0]
    lines = [line.strip() for line in five_minutes.splitlines() if line.startswith("    ")]
    return [line for line in lines if line and line != "…"]


def message(raw: bytes) -> str:
    parsed = message_from_bytes(raw, policy=default)
    part = parsed.get_body(("plain",))
    said = "" if part is None else part.get_content()
    return f"To: {parsed['To']}\nSubject: {parsed['Subject']}\n{said}"


def test_every_line_of_the_five_minutes_is_real(folder: Path) -> None:
    lines = shown()
    commands = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    mail = (ROOT / "config" / "demo" / "mails" / "si-skjema.eml").read_bytes()
    texts = [message(mail.removeprefix(b"{{received}}\n"))]
    texts += [message(file.read_bytes()) for file in (folder / "demo-site" / "received").iterdir()]
    texts += [kursdeling(folder, *shlex.split(command)[1:]) for command in commands]
    real = {TOKEN.sub(r"\1]", line.strip()) for text in texts for line in text.splitlines()}

    assert len(commands) == 2
    assert [
        line for line in lines if not line.startswith("$ ") and TOKEN.sub(r"\1]", line) not in real
    ] == []

"""What a short command loads: nothing heavy that it has no use for.

`python -m bench start` measures what it costs beside what it may; here is counted, as a machine
that is busy counts the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from engine.app import make_site
from tests.acceptance.site import run

MAIL = (
    b"From: Kari <kari@ahus.example>\r\nTo: kurs@kursdeling.example\r\nSubject: Hei\r\n"
    b"Message-ID: <1@ahus.example>\r\nDate: Mon, 07 Sep 2026 10:00:00 +0200\r\n\r\nHei\r\n"
)
HEAVY = {
    "aiosmtpd", "aiosmtplib", "alembic", "asyncio", "dkim", "dns", "docx", "flufl.bounce",
    "icalendar", "imapclient", "jinja2", "lxml", "psycopg", "sqlalchemy", "sqlmodel", "transitions",
    "urllib.request", "yaml",
}  # fmt: skip
"""What costs more to load than most commands to run, and no short command has any use for."""
OF_JINJA = {"jinja2", "asyncio"}
"""What comes with the templates."""
OF_TOOLS = {"rich", "pygments", "markdown_it", "mdurl"}
"""What structlog loads for terminals where the tools of a developer have brought it."""
OF_LOG = {"asyncio"}
"""What comes with structlog: a mail that is taken is logged."""
OURS = {"engine.app", "engine.service", "engine.store", "sqlite3"}
"""What help has no use for either."""
COMMANDS = [
    (("--help",), 205, HEAVY | OURS),
    (("request", "list"), 460, HEAVY | {"ssl"}),
    (("request", "show", "KD-2026-0001"), 470, HEAVY | {"ssl"}),
    (("mail", "take", "-"), 640, HEAVY - OF_LOG),
]
"""(the command, how many modules it loads at the most, what it has no use for)."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site."""
    folder = tmp_path_factory.mktemp("start") / "site"
    make_site(folder, {}).database.close()
    return folder


def loaded(site: Path, arguments: Collection[str]) -> set[str]:
    """The modules that a fresh process of the program has run when it has done the command."""
    script = (
        "import sys\n"
        "from engine.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*(name for name, module in sys.modules.items() if module is not None),"
        " sep='\\n', file=sys.stderr)\n"
    )
    plain = {key: text for key, text in os.environ.items() if not key.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", script, "--site", str(site), *arguments],
        check=True,
        input=MAIL,
        capture_output=True,
        env=plain,
    )
    found = set(done.stderr.decode().split())
    return {name for name in found if name.partition(".")[0] not in OF_TOOLS}


@pytest.mark.parametrize(
    ("arguments", "most", "without"), COMMANDS, ids=[" ".join(c[0][:2]) for c in COMMANDS]
)
def test_a_short_command_loads_no_more_than_it_needs(
    site: Path, arguments: tuple[str, ...], most: int, without: set[str]
) -> None:
    found = loaded(site, arguments)

    assert found & without == set()
    assert "engine.cli.program" in found
    assert len(found) <= most, len(found)


def test_a_mail_that_is_answered_loads_what_writes_the_subject_of_the_answer_and_no_more(
    tmp_path: Path,
) -> None:
    """A subject is stored when its letter is written, so this one command needs the templates."""
    site = tmp_path / "site"
    make_site(site, {}).database.close()
    command = ("--at", "2026-09-07T10:00", "contact", "add", "ahus", "e-læringsansvarlig")
    added = run("--site", str(site), *command, "kari@ahus.example")
    assert added.code == 0, added.err

    found = loaded(site, ("--at", "2026-09-07T11:00", "mail", "take", "-"))

    assert "jinja2" in found
    assert found & (HEAVY - OF_JINJA) == set()


def test_what_was_loaded_late_does_the_work_all_the_same(site: Path) -> None:
    taken = run("--site", str(site), "mail", "take", "-", stdin=MAIL)
    said = (site / "log" / "kursdeling.log").read_text(encoding="utf-8")

    assert taken.code == 0
    assert '"what": "mail.judged"' in said
    assert '"logged_at": "' in said

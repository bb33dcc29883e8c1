"""The command line itself: quick, explained, and honest about wrong usage."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from engine.cli.commands import COMMANDS, help_key
from engine.cli.given import read_at
from engine.cli.usage import LETTER_STATES, VERDICTS
from engine.wording.catalogue import say
from tests.acceptance.site import PROGRAM, run

HEAVY = ("engine.app", "engine.store", "sqlite3", "email", "yaml", "jinja2")


def cpu_seconds_of_help() -> float:
    """The processor time of one `kursdeling --help`, without what tests measure it with."""
    plain = {key: text for key, text in os.environ.items() if not key.startswith("COV")}
    before = os.times()
    subprocess.run([PROGRAM, "--help"], check=True, capture_output=True, env=plain)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def test_help_takes_less_than_150_ms_of_cpu() -> None:
    assert min(cpu_seconds_of_help() for _ in range(5)) < 0.15


def test_help_imports_nothing_that_works() -> None:
    script = (
        "import sys; sys.argv = ['kursdeling', '--help']\n"
        "from engine.cli import main\n"
        "try: main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )

    assert set(HEAVY) & set(done.stderr.split()) == set()


def test_every_group_says_what_its_commands_do() -> None:
    whole = " ".join(run("--lang", "en", "--help").text.split())
    inner = {path.split()[0] for path in COMMANDS if " " in path}

    helps = {group: " ".join(run("--lang", "en", group, "--help").text.split()) for group in inner}

    for path in COMMANDS:
        assert say(help_key(path), "en") in helps.get(path.split()[0], whole), path


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("request", "show"),
        ("request", "list", "--no-such-option"),
        ("--lang", "sv", "request", "list"),
        ("--at", "5.3.2026", "request", "list"),
        ("request", "open", "hf_to_ks"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refusal(arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)

    assert (ran.code, ran.out) == (2, b"")
    assert "Bruk:" in ran.err


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-05", datetime(2026, 3, 5, 7, tzinfo=UTC)),
        ("2026-07-05", datetime(2026, 7, 5, 6, tzinfo=UTC)),
        ("2026-03-05T10:15", datetime(2026, 3, 5, 9, 15, tzinfo=UTC)),
        ("2026-03-05T10:15:30.9Z", datetime(2026, 3, 5, 10, 15, 30, tzinfo=UTC)),
        ("2026-03-05 10:15+05:00", datetime(2026, 3, 5, 5, 15, tzinfo=UTC)),
    ],
)
def test_the_time_of_a_command_is_in_oslo_unless_it_says_otherwise(
    text: str, instant: datetime
) -> None:
    assert read_at(text) == instant


def test_options_offer_the_words_that_the_tables_hold() -> None:
    from engine.store import tables

    assert VERDICTS == tables.mail.VERDICTS
    assert LETTER_STATES == tables.letters.LETTER_STATES


def test_the_version_is_told_without_a_site(tmp_path: Path) -> None:
    ran = run("--site", str(tmp_path), "--version")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.decode() == f"kursdeling {version('kursdeling')}\n"

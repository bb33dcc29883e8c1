"""The page about operation names commands, options and settings that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config import settings
from engine.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = ("operations.md", "security.md", "own-area.md", "own-routine.md")
WORDS = re.compile(
    r"(?m)^(?:\S*/)?kursdeling(?: --(?:site|at|lang) \S+| --json)*((?: (?!unix)[a-z]+){1,3})"
)
"""The program, its own options, and the words of a command."""
FILES = ("password", "secret")
"""What stands in files of these names, `imap.password`, and is no setting."""


def commands_in(text: str) -> list[str]:
    """What stands as code on the page and calls the program."""
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"(?m)^    (.+)$", text)
    return [found[1].strip() for each in code for found in WORDS.finditer(each)]


@pytest.mark.parametrize("page", PAGES)
def test_each_command_is_one(page: str) -> None:
    said = commands_in((ROOT / "docs" / page).read_text(encoding="utf-8"))
    known = set(COMMANDS)
    strange = [
        words
        for words in said
        if not any(words == each or words.startswith(f"{each} ") for each in known)
    ]
    assert strange == []
    assert said or page != "operations.md"


@pytest.mark.parametrize("page", PAGES)
def test_each_setting_is_one(page: str) -> None:
    """A key of the template's sections, as `mail.mode`, that stands as code."""
    known = settings.defaults()
    sections = {key.partition(".")[0] for key in known}
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+)\.([a-z_0-9]+)(?: = [^`]*)?`", text)
    strange = [
        f"{section}.{key}"
        for section, key in named
        if section in sections and key not in FILES and f"{section}.{key}" not in known
    ]
    assert strange == []

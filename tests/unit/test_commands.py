"""No command without help, and each of them in docs/commands.md, as the help tells it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine.cli.commands import AUDIENCES, COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
EIGHT = 8
"""How many commands a coordinator reads first."""
PROMISED = {"init", "demo", "doctor", "tick", "mail take", "request list", "workflow check"}


def below(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every group and command below `group`, with its whole name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{name} is listed, but cannot be had"
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from below(command, *path, name)


@pytest.fixture(scope="module")
def every() -> dict[str, click.Command]:
    from engine.cli.program import program

    return dict(below(program()))


@pytest.fixture(scope="module")
def commands(every: dict[str, click.Command]) -> dict[str, click.Command]:
    return {
        name: one
        for name, one in every.items()
        if not isinstance(one, click.Group) or one.invoke_without_command
    }


def test_there_are_the_commands_that_the_main_job_needs(commands: dict[str, click.Command]) -> None:
    assert commands.keys() >= PROMISED


def test_every_group_and_command_says_what_it_does(every: dict[str, click.Command]) -> None:
    assert [name for name, command in every.items() if not command.help] == []


def test_everything_stands_once_under_those_who_need_it() -> None:
    daily, *others = AUDIENCES.values()
    listed = [name for names in others for name in names]
    assert sorted(listed) == sorted({path.split()[0] for path in COMMANDS})
    assert set(daily) <= set(COMMANDS)
    assert len(daily) == EIGHT


def test_the_page_of_commands_says_what_the_help_says() -> None:
    spec = importlib.util.spec_from_file_location("commands_page", DOCS / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page == script.page(), "run: make commands"
    assert [path for path in COMMANDS if page.count(f"| `{path}") < 1] == []

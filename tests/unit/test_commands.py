"""No command without help, and none without its line in the README."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine.cli import program

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below `group` that does something itself, with its whole name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{name} is listed, but cannot be had"
        if isinstance(command, click.Group):
            assert command.help, f"the group {name} has no help"
            yield from commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


ALL = dict(commands(program))


def test_there_are_commands() -> None:
    assert {"init", "demo", "mail take", "request list", "workflow check"} <= ALL.keys()


@pytest.mark.parametrize("name", ALL)
def test_a_command_says_what_it_does(name: str) -> None:
    assert ALL[name].help


@pytest.mark.parametrize("name", ALL)
def test_every_option_of_a_command_says_what_it_is_for(name: str) -> None:
    silent = [p.name for p in ALL[name].params if isinstance(p, click.Option) and not p.help]

    assert silent == []


@pytest.mark.parametrize("name", ALL)
def test_a_command_has_its_line_in_the_readme(name: str) -> None:
    lines = [line for line in README.splitlines() if line.startswith(f"| `{name}")]

    assert [line for line in lines if line[len(name) + 3] in " `["], f"no line: | `{name}` | …"

"""No command without help, and none without its line in the README."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
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


def in_readme(name: str) -> bool:
    """Whether a row of the README's table begins with the command, with or without arguments."""
    return any(line.startswith((f"| `{name}`", f"| `{name} ")) for line in README.splitlines())


def test_there_are_the_commands_that_the_main_job_needs(commands: dict[str, click.Command]) -> None:
    assert commands.keys() >= PROMISED


def test_every_group_and_command_says_what_it_does(every: dict[str, click.Command]) -> None:
    assert [name for name, command in every.items() if not command.help] == []


def test_every_option_says_what_it_is_for(commands: dict[str, click.Command]) -> None:
    silent = [
        f"{name} {option.opts[0]}"
        for name, command in commands.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]

    assert silent == []


def test_every_command_has_its_line_in_the_readme(commands: dict[str, click.Command]) -> None:
    assert [name for name in commands if not in_readme(name)] == []


def test_the_readme_names_no_command_that_is_not_there(commands: dict[str, click.Command]) -> None:
    table = README.partition("| command | what it does |")[2].partition("\n\n")[0]
    named = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]

    assert named
    assert [n for n in named if not any(f"{n} ".startswith(f"{c} ") for c in commands)] == []

"""Write the tables of docs/commands.md from the command line's own help: `make commands`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli import speaking
from engine.cli.commands import AUDIENCES, COMMANDS, help_key
from engine.cli.program import program

PLACE = Path(__file__).with_name("commands.md")


def page() -> str:
    """The whole page; what stands above its first table is written by hand."""
    speaking.speak("en")
    try:
        head, _, _ = PLACE.read_text(encoding="utf-8").partition("\n## ")
        return "\n".join([head, *_parts()])
    finally:
        speaking.speak("nb")


def _parts() -> Iterator[str]:
    first, *others = AUDIENCES
    yield from _table(first, AUDIENCES[first])
    for audience in others:
        paths = [path for name in AUDIENCES[audience] for path in _leaves(name)]
        yield from _table(audience, [path for path in paths if path not in AUDIENCES[first]])


def _table(audience: str, paths: tuple[str, ...] | list[str]) -> Iterator[str]:
    yield from (f"## {speaking.helped(f'audiences.{audience}')}", "")
    yield from ("| command | what it does |", "| --- | --- |")
    for path in paths:
        words = " ".join([path, *_arguments(path)]).replace("|", "\\|")
        yield f"| `{words}` | {speaking.helped(help_key(path))} |"
    yield ""


def _leaves(name: str) -> list[str]:
    return [path for path in COMMANDS if path == name or path.startswith(f"{name} ")]


def _arguments(path: str) -> list[str]:
    command: click.Command = program()
    context = click.Context(command)
    for name in path.split():
        if isinstance(command, click.Group):
            command = command.get_command(context, name) or command
    given = [each for each in command.params if isinstance(each, click.Argument)]
    return [each.make_metavar(context) for each in given]


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")

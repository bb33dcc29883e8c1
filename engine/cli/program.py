"""The command line: options before the command, groups that load late, and exit codes."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

import click

from engine.cli.commands import AUDIENCES, COMMANDS, below, help_key
from engine.cli.failing import tell
from engine.cli.given import Given, read_at
from engine.cli.speaking import LANGUAGES, helped, language_of, speak, spoken, translated
from engine.cli.usage import said
from engine.errors import KursdelingError
from engine.model import Language
from engine.plain import plain

WRONG_USAGE = 2
_PATHS = ("FILE", "DIR", "PATH")
"""What a parameter that names a file is called."""
REFUSED = 1


class Option(click.Option):
    """An option; `help` is what its line is called in the catalogue."""

    def __init__(self, *names: Any, help: str, **attributes: Any) -> None:  # noqa: A002 – as click calls it
        super().__init__(*names, **attributes)
        self.about = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line."""
        self.help = helped(f"options.{self.about}")
        return super().get_help_record(ctx)


option = partial(click.option, cls=Option)
"""Gives a command an option, as `click.option` does."""


class Helped(click.Command):
    """A command whose `--help` is an option of ours too."""

    _help: click.Option | None = None

    def get_help_option(self, _: click.Context) -> click.Option:
        """The option, which is the same each time that click asks for it."""
        if self._help is None:
            click.help_option("--help", cls=Option, help="help")(self)
            self._help = cast("click.Option", self.params.pop())
        return self._help

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was given; every text in it enters as all text does, but for paths of files."""
        left = super().parse_args(ctx, args)
        for each in self.params:
            if each.name and isinstance(each.type, click.types.StringParamType):
                is_path = any(name in (each.metavar or "") for name in _PATHS)
                given = ctx.params.get(each.name)
                ctx.params[each.name] = given if is_path else _plain(given)
        return left

    def format_help_text(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(helped(help_key(self.help or "")))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the command's name, in the reader's language."""
        return [translated(each) for each in super().collect_usage_pieces(ctx)]


def _plain(given: Any) -> Any:
    if isinstance(given, str):
        return plain(given)
    return tuple(map(_plain, given)) if isinstance(given, tuple) else given


class LateGroup(Helped, click.Group):
    """A group whose commands are imported when they are called; its help needs none of them."""

    def __init__(self, path: str = "", **attributes: Any) -> None:
        super().__init__(**attributes)
        self.path = path

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the table's order."""
        return list(below(self.path))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; None for a name that the table does not have."""
        path = f"{self.path} {cmd_name}".strip()
        if any(below(path)):
            alone = _also(_imported(path)) if path in COMMANDS else {}
            return LateGroup(path, name=cmd_name, help=path, **alone)
        return _imported(path) if path in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their help lines, from the table alone."""
        if self.path:
            told = {translated("Commands"): [f"{self.path} {name}" for name in below(self.path)]}
        else:
            told = {helped(f"audiences.{who}"): list(what) for who, what in AUDIENCES.items()}
        for heading, paths in told.items():
            rows = [(each.removeprefix(f"{self.path} "), helped(help_key(each))) for each in paths]
            with formatter.section(heading):
                formatter.write_dl(rows)


def _imported(path: str) -> click.Command:
    module, _, name = COMMANDS[path].partition(":")
    found: click.Command = getattr(importlib.import_module(module), name)
    return found


def _also(command: click.Command) -> dict[str, Any]:
    """What makes a group do as `command` where none of its own commands follows."""

    @click.pass_context
    def called(context: click.Context, /, **options: Any) -> Any:
        return None if context.invoked_subcommand else context.invoke(command, **options)

    return {"callback": called, "params": command.params, "invoke_without_command": True}


class Instant(click.ParamType[datetime]):
    """An instant or a day in ISO 8601."""

    name = "ISO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The instant in UTC; wrong usage when the text is none."""
        try:
            return read_at(str(value))
        except (ValueError, OverflowError):
            self.fail(said("time_wanted", text=value), param)


def program() -> click.Group:
    """The whole command line as click sees it."""
    return LateGroup(
        name="kursdeling",
        help="kursdeling",
        callback=_options,
        params=[
            Option(
                ["--site"],
                metavar="DIR",
                envvar="KURSDELING_SITE",
                default=".",
                help="site",
            ),
            Option(["--json", "as_json"], is_flag=True, help="json"),
            Option(["--at"], type=Instant(), help="at"),
            Option(
                ["--lang"],
                type=click.Choice(LANGUAGES),
                help="language",
            ),
            Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help="version",
            ),
        ],
    )


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"kursdeling {version('kursdeling')}")
        context.exit()


@click.pass_obj
def _options(call: Given, site: str, as_json: bool, at: Any, lang: Language | None) -> None:
    call.folder, call.json, call.language = Path(site), as_json, lang or spoken()
    if at is not None:
        call.at = at


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code (0 done, 1 refused or not found, 2 wrong usage)."""
    call = Given(language=language_of(arguments, os.environ.get("KURSDELING_SITE")))
    speak(call.language)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A name that a stranger spoilt is shown so, and stops nothing.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with call.closing:
            code = program().main(
                list(arguments), prog_name="kursdeling", obj=call, standalone_mode=False
            )
    except click.ClickException as error:
        with suppress(OSError):  # nobody reads what is wrong with it
            error.show()
        return WRONG_USAGE
    except click.Abort:
        return REFUSED
    except (KursdelingError, OSError) as error:
        tell(call, error)
        return REFUSED
    return code if isinstance(code, int) else 0

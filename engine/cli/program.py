"""The command line: options before the command, groups that load late, and exit codes."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from engine.cli.call import Call, read_at
from engine.cli.commands import COMMANDS, Group, Leaf, leaf
from engine.cli.speaking import LANGUAGES, language_of, speak, spoken, translated
from engine.cli.usage import said
from engine.errors import KursdelingError
from engine.plain import plain

if TYPE_CHECKING:
    from engine.model import Language

WRONG_USAGE = 2
_PATHS = ("FILE", "DIR", "PATH")
"""What a parameter that names a file is called."""
REFUSED = 1


class Option(click.Option):
    """An option whose help is told as it is written: click would load `inspect` to tidy it."""

    def __init__(self, *names: Any, help: str | None = None, **attributes: Any) -> None:  # noqa: A002 – as click calls it
        super().__init__(*names, **attributes)
        self.help = help

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line, in the reader's language."""
        found = super().get_help_record(ctx)
        if found is None or not self.help:
            return found
        return found[0], found[1].replace(self.help, translated(self.help), 1)


option = partial(click.option, cls=Option)
"""Gives a command an option, as `click.option` does."""


class _Helped(click.Command):
    """A command whose `--help` is an option of ours too."""

    _help: click.Option | None = None

    def get_help_option(self, _: click.Context) -> click.Option:
        """The option, which is the same each time that click asks for it."""
        if self._help is None:
            click.help_option("--help", cls=Option, help="Show this message and exit.")(self)
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
        """Write what the command does, as it stands in the table."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translated(self.help or ""))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the command's name, in the reader's language."""
        return [translated(each) for each in super().collect_usage_pieces(ctx)]


def _plain(given: Any) -> Any:
    if isinstance(given, str):
        return plain(given)
    return tuple(map(_plain, given)) if isinstance(given, tuple) else given


class LateGroup(_Helped, click.Group):
    """A group whose commands are imported when they are called; its help needs none of them."""

    def __init__(self, entries: Mapping[str, Group | Leaf], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the table's order."""
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; None for a name that the table does not have."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        if isinstance(entry, Leaf):
            return _imported(entry)
        alone = {} if entry.alone is None else _also(_imported(entry.alone))
        return LateGroup(entry.commands, name=cmd_name, help=entry.help, **alone)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their help lines, from the table alone."""
        with formatter.section(translated("Commands")):
            helps = [(name, translated(entry.help)) for name, entry in self.entries.items()]
            formatter.write_dl(helps)


def _imported(entry: Leaf) -> click.Command:
    module, _, name = entry.target.partition(":")
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


def command(path: str) -> Callable[[Callable[..., int | None]], click.Command]:
    """Make a function, which gets the Call, the command at `path` (`mail take`) of the table."""
    entry = leaf(path)

    def made(function: Callable[..., int | None]) -> click.Command:
        name = path.rpartition(" ")[2]
        return click.command(name, cls=_Helped, help=entry.help)(click.pass_obj(function))

    return made


def program() -> click.Group:
    """The whole command line as click sees it."""
    return LateGroup(
        COMMANDS,
        name="kursdeling",
        help="Sharing of e-learning courses between hospital trusts and municipalities, by mail.",
        callback=_options,
        params=[
            Option(
                ["--site"],
                metavar="DIR",
                envvar="KURSDELING_SITE",
                default=".",
                help="The site's folder; the current one, or KURSDELING_SITE, if not given.",
            ),
            Option(["--json", "as_json"], is_flag=True, help="Answer in JSON (Lines)."),
            Option(["--at"], type=Instant(), help="The command's time; now if not given."),
            Option(
                ["--lang"],
                type=click.Choice(LANGUAGES),
                help="The language of answers; the site's if not given.",
            ),
            Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help="Show the version, and nothing else.",
            ),
        ],
    )


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        # What reads the installed package's data is needed for nothing else.
        from importlib.metadata import version

        print(f"kursdeling {version('kursdeling')}")
        context.exit()


@click.pass_obj
def _options(call: Call, site: str, as_json: bool, at: Any, lang: Language | None) -> None:
    call.folder, call.json, call.language = Path(site), as_json, lang or spoken()
    if at is not None:
        call.at = at


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code (0 done, 1 refused or not found, 2 wrong usage)."""
    call = Call(language=language_of(arguments, os.environ.get("KURSDELING_SITE")))
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
        from engine.cli.failing import tell

        tell(call, error)
        return REFUSED
    return code if isinstance(code, int) else 0

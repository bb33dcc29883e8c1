"""The command line in bokmål and nynorsk: every help line, and every word of click's own."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from engine.cli import speaking
from engine.cli.call import Call
from engine.cli.commands import COMMANDS, Group, leaves
from engine.cli.program import program
from engine.cli.speaking import language_of, translated
from engine.cli.usage import request_number
from engine.cli.words_click import CLICK
from engine.cli.words_commands import COMMANDS as ABOUT_REQUESTS
from engine.cli.words_options import OPTIONS
from engine.cli.words_register import COMMANDS as ABOUT_THE_REGISTER
from engine.model import Language
from tests.unit.test_commands import below
from tests.unit.test_wording import BOKMAAL_ONLY, NYNORSK_ONLY

ALL = {**CLICK, **ABOUT_REQUESTS, **ABOUT_THE_REGISTER, **OPTIONS}
NEVER_SAID = {
    "(dynamic)", "Argument {name!r} takes {nargs} values.", "Choice({choices})",
    "Could not determine name for option with declarations {decls!r}",
    "Could not open file {filename!r}: {message}", "Did you mean {possibility}?",
    "Name '{name}' defined twice", "Positional arguments", "Show the version and exit.",
    "Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given.",
    "Value must be an iterable.", "default: {default}", "deprecated", "env var: {var}",
    "unknown error", "Do you want to continue?", "Confirm the action without prompting.",
    "{value!r} is not a valid UUID.", "{name} {filename!r} is not executable.",
    "Invalid start character for option ({option})", "%(prog)s, version %(version)s",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.", "file", "directory", "path",
}  # fmt: skip
"""What click says only to programmers, or of kinds of values that no command here takes."""
PROGRAMMERS = ("Warning:", "Boolean option", "No options defined", "Arguments take exactly",
               "not a valid boolean")  # fmt: skip


@pytest.fixture
def _nynorsk() -> Iterator[None]:
    speaking.speak("nn")
    yield
    speaking.speak("nb")


def help_lines() -> set[str]:
    """Every English line of help that a command, a group or an option has."""
    found = {leaf.help for _, leaf in leaves()} | {str(program().help)}
    found |= {entry.help for entry in COMMANDS.values() if isinstance(entry, Group)}
    commands = [program(), *(command for _, command in below(program()))]
    for command in commands:
        options = (each for each in command.params if isinstance(each, click.Option))
        found |= {str(option.help) for option in options}
    return found


def words_of_click() -> set[str]:
    """Every text that the installed click hands to gettext, in the modules that it speaks from."""
    found: set[str] = set()
    for name in speaking.MODULES:
        tree = ast.parse((Path(str(click.__file__)).parent / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                found |= {
                    arg.value
                    for arg in node.args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return found


def test_every_line_of_help_has_its_words_in_both_standards() -> None:
    assert help_lines() - set(ALL) == set()


def test_no_words_are_kept_that_no_help_says() -> None:
    kept = {*ABOUT_REQUESTS, *ABOUT_THE_REGISTER, *OPTIONS}
    assert kept - help_lines() == set()


def test_every_word_that_click_may_say_to_people_is_known() -> None:
    said = {word for word in words_of_click() if not any(each in word for each in PROGRAMMERS)}
    assert len(said) > 30
    assert said - set(CLICK) - NEVER_SAID == set()


@pytest.mark.parametrize("english", sorted(ALL))
def test_the_standards_do_not_mix(english: str) -> None:
    nb, nn = ALL[english]
    assert not NYNORSK_ONLY.search(nb.lower())
    assert not BOKMAAL_ONLY.search(nn.lower())


@pytest.mark.usefixtures("_nynorsk")
def test_click_speaks_as_the_reader_does() -> None:
    assert translated("Commands") == "Kommandoar"
    with pytest.raises(click.UsageError) as told:
        program().main(["request", "lst"], obj=Call(), standalone_mode=False)
    assert told.value.format_message() == "Det finst ingen kommando lst."


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "nn"),
        (["--lang", "en", "request"], "en"),
        (["--lang=nb", "request"], "nb"),
        (["request", "--lang", "en"], "nn"),
        (["--site", "nowhere", "request"], "nb"),
        (["--lang", "sv"], "nn"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_sites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], language: Language
) -> None:
    (tmp_path / "kursdeling.toml").write_text('[language]\nneutral = "nn"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert language_of(arguments, None) == language
    assert language_of(["doctor"], os.devnull) == "nb"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("kd-2026-0001", "KD-2026-0001"),
        (" KD-2026-1 ", "KD-2026-0001"),
        ("[KD-2026-0001.7K2Q9M4D]", "KD-2026-0001"),
        ("KD-2026-12345", "KD-2026-12345"),
        ("tull", "tull"),
        ("KD-2026-" + "9" * 5000, "KD-2026-" + "9" * 5000),
    ],
)
def test_a_request_is_found_by_its_number_as_people_write_it(text: str, number: str) -> None:
    assert request_number(text) == number

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
from engine.cli.commands import COMMANDS, help_key
from engine.cli.program import Option, program
from engine.cli.speaking import language_of, translated
from engine.cli.usage import request_number
from engine.model import Language
from engine.wording.catalogue import texts
from tests.unit.test_commands import below
from tests.unit.test_wording import BOKMAAL_ONLY, NYNORSK_ONLY

SECTIONS = ("commands", "options", "click")
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
    "{value!r} does not match the formats {formats}.", "Show this message and exit.",
    "file", "directory", "path",
}  # fmt: skip
"""What click says only to programmers, or of kinds of values that no command here takes."""
PROGRAMMERS = ("Warning:", "Boolean option", "No options defined", "Arguments take exactly",
               "not a valid boolean")  # fmt: skip


@pytest.fixture
def _nynorsk() -> Iterator[None]:
    speaking.speak("nn")
    yield
    speaking.speak("nb")


def named_by_options() -> set[str]:
    """What every option is called in the catalogue."""
    commands = [program(), *(command for _, command in below(program()))]
    strange = [
        each
        for command in commands
        for each in command.params
        if isinstance(each, click.Option) and not isinstance(each, Option)
    ]
    assert strange == []
    return {
        option.about
        for command in commands
        for option in (*command.params, command.get_help_option(click.Context(command)))
        if isinstance(option, Option)
    }


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


def test_every_command_and_option_has_its_line_and_no_line_is_for_nothing() -> None:
    groups = {path.split()[0] for path in COMMANDS}
    wanted = {help_key(path).partition(".")[2] for path in {*COMMANDS, *groups, "kursdeling"}}
    assert set(texts("commands", "nb")) == wanted
    assert set(texts("options", "nb")) == named_by_options()


def test_every_word_that_click_may_say_to_people_is_known() -> None:
    said = {word for word in words_of_click() if not any(each in word for each in PROGRAMMERS)}
    assert len(said) > 30
    assert said - set(texts("click", "en").values()) - NEVER_SAID == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_the_standards_do_not_mix(section: str) -> None:
    for name in texts(section, "nb"):
        assert not NYNORSK_ONLY.search(texts(section, "nb")[name].lower()), name
        assert not BOKMAAL_ONLY.search(texts(section, "nn")[name].lower()), name


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

"""What people read: every text in three languages, with the same values, and each of them used."""

from __future__ import annotations

import ast
import errno
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from engine.model import LANGUAGES, Language
from engine.wording.catalogue import asked_for, begun, filled, say, sections, texts

ROOT = Path(__file__).parents[2]
PROGRAM = ("engine", "workflows", "notifiers", "config")
BY_THE_HELP = ("commands", "options", "click")
"""The sections that `test_cli_speaking` holds to the commands that there are."""
READ = (
    "engine/intake/",
    "engine/domain/",
    "engine/plan/understanding.py",
    "engine/service/answering/",
    "notifiers/context.py",
)
"""Where words stand that people write to us; whole sentences are none."""
STORY = {"engine/demo/year.py"}
"""What the networks of the demo are called."""
PRINTS = {"print", "document", "click.echo", "sys.stderr.write", "sys.stdout.write"}
WAYS = {"say"}
"""The functions that take `section.name`, a language and values."""


@cache
def trees() -> dict[Path, ast.Module]:
    """Every Python file of the program, read."""
    return {
        path: ast.parse(path.read_text("utf-8"))
        for folder in (*PROGRAM, "docs")
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


@cache
def whole() -> dict[Language, dict[str, str]]:
    """Every text by `section.name`, in each language."""
    return {
        language: {
            f"{section}.{name}": words
            for section in sections(language)
            for name, words in texts(section, language).items()
        }
        for language in LANGUAGES
    }


def said() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every call that names its text in full, with where it stands."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in WAYS:
                key = node.args[0]
                if isinstance(key, ast.Constant) and "." in str(key.value):
                    yield path, node, str(key.value)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_of_the_catalogue_is_a_section_a_text_or_a_remark(language: Language) -> None:
    lines = (ROOT / "engine" / "wording" / f"{language}.txt").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        fits = re.fullmatch(r"|#.*|\[[a-z_]+\]|[\w-]+ = \S(.*\S)?", line)
        assert fits, f"{language}.txt, line {number}: {line}"
    names = re.findall(r"(?m)^\[(.+)\]$", "\n".join(lines))
    assert len(names) == len(set(names))
    texts_written = [line for line in lines if " = " in line and not line.startswith("#")]
    assert len(texts_written) == len(whole()[language]), "a text stands twice in its section"


def test_no_text_is_missing_in_a_language() -> None:
    assert list(whole()["nb"]) == list(whole()["nn"]) == list(whole()["en"])


def test_a_text_asks_for_the_same_values_in_every_language() -> None:
    for key in whole()["nb"]:
        if key.startswith("click."):  # which fills in what it knows, whether or not it is told
            continue
        asked = [asked_for(whole()[language][key].lower()) for language in LANGUAGES]
        assert asked[0] == asked[1] == asked[2], key


def test_what_is_said_is_in_the_catalogue_and_gets_the_values_that_it_asks_for() -> None:
    found = list(said())
    assert found
    for path, call, key in found:
        assert key in whole()["nb"], f"{path.name}:{call.lineno} says {key}"
        if all(word.arg for word in call.keywords):
            given = {word.arg for word in call.keywords}
            wanted = asked_for(whole()["nb"][key].lower())
            assert given == wanted, f"{path.name}:{call.lineno} gives {key} {given}"


def test_no_text_stands_in_the_catalogue_for_nothing() -> None:
    constants = [
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    data = [
        path.read_text("utf-8")
        for folder in ("workflows", "notifiers/templates", "config")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".yaml", ".txt", ".html", ".toml", ".csv"}
    ]
    words = {word for each in constants + data for word in re.findall(r"[\w-]+", each)}
    words |= {str(number) for number in range(13)} | set(errno.errorcode.values())
    made = re.compile("|".join(sorted(_made())))
    idle = [
        key
        for key in whole()["nb"]
        for section, _, name in [key.partition(".")]
        if section not in (*words, *BY_THE_HELP)
        or not (section in BY_THE_HELP or name in words or made.fullmatch(name))
    ]
    assert not idle


def _made() -> Iterator[str]:
    """The shapes of names that are put together, such as `{field}_missing`."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [getattr(part, "value", None) for part in node.values]
                parts = [
                    each.rpartition(".")[2] if isinstance(each, str) else each for each in parts
                ]
                fixed = [part for part in parts if part and isinstance(part, str)]
                if any(len(part) > 2 for part in fixed) and all(map(str.isidentifier, fixed)):
                    yield "".join(part if isinstance(part, str) else r"\w+" for part in parts)


def test_no_sentence_for_people_stands_in_python() -> None:
    found = [
        f"{place}:{node.lineno}: {node.value}"
        for path, tree in trees().items()
        for place in [str(path.relative_to(ROOT))]
        for node in _said_in(tree)
        if place not in STORY
        if not place.startswith(READ) or re.fullmatch(r"[A-ZÆØÅ«].* .*[.?!:]", node.value)
    ]
    assert found == []


def _said_in(tree: ast.Module) -> Iterator[ast.Constant]:
    """Texts with a blank and a Norwegian letter, and sentences that are printed; no docstrings."""
    explained = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    printed = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTS
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            norwegian = " " in node.value.strip() and re.search(r"[æøåÆØÅ]", node.value)
            sentence = node in printed and re.search(r"[^\W\d]{2,} [^\W\d]{2,} ", node.value)
            if node not in explained and (norwegian or sentence):
                yield node


def test_an_optional_part_goes_where_there_is_nothing_to_fill_in() -> None:
    pattern = "No {text}.{nearest: Did you mean {nearest}?}{place: {Place} has it.}"
    assert filled(pattern, {"text": "x", "nearest": ""}) == "No x."
    assert filled(pattern, {"text": "x", "nearest": "y|z", "place": "oslo"}) == (
        "No x. Did you mean y|z? Oslo has it."
    )
    with pytest.raises(KeyError):
        filled(pattern, {"nearest": "y"})


@pytest.mark.parametrize(("n", "words"), [(1, "én dag"), (0, "0 dager"), (21, "21 dager")])
def test_a_text_is_chosen_by_the_number(n: int, words: str) -> None:
    assert say("spans.day", "nb", n=n) == words


def test_what_a_stranger_wrote_is_filled_in_as_it_is() -> None:
    assert filled("«{text}»", {"text": "{x} [y] | z"}) == "«{x} [y] | z»"


def test_a_sentence_that_begins_with_an_address_leaves_it_as_it_is() -> None:
    assert begun("ola@si.example har ingen oppgave") == "ola@si.example har ingen oppgave"
    assert begun("saken er lukket") == "Saken er lukket"

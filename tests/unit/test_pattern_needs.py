"""A pattern that names what it needs has no match without it: proved on the pattern's own tree."""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.intake import machine_words, ownwords, quotes
from engine.pattern import pattern

parser: Any = importlib.import_module("re._parser")
ANY = "\0"
"""Stands for whatever is no letter that must be there."""
PATTERNS: dict[str, Any] = {
    f"{module.__name__}.{name}": found
    for module in (machine_words, ownwords, quotes)
    for name, found in vars(module).items()
    if "needs" in getattr(found, "__dict__", {})
}


def texts(tree: Any, needs: tuple[str, ...]) -> Iterator[str]:
    """What every match must hold, each way through the pattern once; no further than to a need."""
    so_far = [""]
    for kind, value in tree:
        ways = list(dict.fromkeys(way(str(kind), value, needs)))
        joined = [
            text if holds(text, needs) else text + each
            for text, each in itertools.product(so_far, ways)
        ]
        so_far = list(dict.fromkeys(joined))
    yield from so_far


def holds(text: str, needs: tuple[str, ...]) -> bool:
    """Whether one of the needs stands in the text."""
    return any(each in text for each in needs)


def way(kind: str, value: Any, needs: tuple[str, ...]) -> Iterator[str]:
    """The texts of one part of a pattern; `ANY` for what can be many things."""
    match kind:
        case "LITERAL":
            yield chr(value).lower()
        case "BRANCH":
            for branch in value[1]:
                yield from texts(branch, needs)
        case "SUBPATTERN":
            yield from texts(value[3], needs)
        case "MAX_REPEAT" | "MIN_REPEAT":
            yield from repeated(*value, needs)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            yield ""
        case _:
            yield ANY


def repeated(least: int, most: int, inner: Any, needs: tuple[str, ...]) -> Iterator[str]:
    """As often as it must be, or once; what may follow of the same is anything."""
    if least == 0:
        yield ""
    times = max(least, 1)
    for each in texts(inner, needs):
        yield each * times + ANY * (most > times)


@pytest.mark.parametrize("name", PATTERNS)
def test_no_way_through_a_pattern_is_without_what_it_needs(name: str) -> None:
    found = PATTERNS[name]
    needs = found.needs
    tree = parser.parse(*found.given)

    assert all(each and each == each.lower() for each in needs)
    assert [each for each in texts(tree, needs) if not holds(each, needs)] == []


def test_the_longest_patterns_say_what_they_need() -> None:
    assert len(PATTERNS) >= 12


def test_the_proof_finds_a_need_that_is_not_met() -> None:
    tree = parser.parse(r"a(?:bc|bd)?e{2,}|.x", re.IGNORECASE)

    assert [each for each in texts(tree, ("ee",)) if not holds(each, ("ee",))] == ["\0x"]
    assert [each for each in texts(tree, ("be", "x")) if not holds(each, ("be", "x"))] != []


@pytest.mark.parametrize(
    "text", ["KORT", "kort", "et kort til", "ſkort", "ıkort", "KORT nei", "", "nei", "İSKORT"]
)
@pytest.mark.parametrize("question", ["match", "search", "fullmatch"])
def test_a_pattern_with_needs_answers_as_one_without(question: str, text: str) -> None:
    quick = pattern(r"(?:is)?kort\b", re.IGNORECASE, needs="kort")
    plain = re.compile(r"(?:is)?kort\b", re.IGNORECASE)

    for _ in range(2):
        assert repr(getattr(quick, question)(text)) == repr(getattr(plain, question)(text))
    assert quick.search("et kort", 3) is not None
    assert quick.search("et kort", 4) is None


@pytest.mark.parametrize("letter", ["s", "i", "k", "å"])
def test_letters_that_count_as_alike_are_not_missed(letter: str) -> None:
    for number in range(0x2200):  # beyond are no letters that are like those of ASCII
        other = chr(number)
        if re.fullmatch(letter, other, re.IGNORECASE):
            quick = pattern(letter, re.IGNORECASE, needs=letter)
            assert quick.search(other) is not None, hex(number)

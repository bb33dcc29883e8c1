"""Every pattern of intake is tried with strings made to be slow; new ones are found by themselves.

From each pattern's own structure come strings that its repetitions match again and again and that
fail in the end. How long a search takes may grow with a string's length, never with its square.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from re import _constants as sre
from re import _parser as parser
from typing import Any

import pytest

from engine import intake
from engine.intake import mime

ROOT = Path(intake.__file__).parents[1]
METHODS = frozenset({"match", "fullmatch", "search", "sub", "split", "findall", "finditer"})
SHORT, BASE = 22, 250
LENGTHS = (SHORT, BASE, 1_250, 12_000)
"""The first is for what doubles with each letter, the next is what the longer ones compare with."""
GUARD = 10
"""So many times more than in proportion to its length a string may take; a square takes 48."""
FAST = 0.02
"""Seconds of processor time that are not compared: no clock tells such short times apart."""
MANY = 20
"""A repetition that may be longer than this is worth trying."""
FAILING = "\x01"
"""What a repetition meets in the end: nothing that it wants, or what must not stand there."""


@cache
def patterns() -> dict[str, tuple[Any, frozenset[str]]]:
    """By name: each pattern that a module of intake has, and what it is asked."""
    found: dict[str, tuple[Any, frozenset[str]]] = {}
    for info in pkgutil.walk_packages(intake.__path__, "engine.intake."):
        module = importlib.import_module(info.name)
        short = info.name.removeprefix("engine.intake.")
        for name, value in vars(module).items():
            many = value if isinstance(value, tuple) else (value,)
            for place, each in enumerate(many):
                if isinstance(each, re.Pattern):
                    found[f"{short}.{name}.{place}"] = each, asked(info.name, name)
        for place, call in enumerate(inline(info.name)):
            found[f"{short}.inline.{place}"] = call
    return found


@cache
def methods_by_name(module: str) -> dict[str, set[str]]:
    """What is asked of each name: in `module`, or everywhere if that is empty."""
    found: dict[str, set[str]] = {}
    for file in [Path(sys.modules[module].__file__ or "")] if module else ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = getattr(node.value, "id", getattr(node.value, "attr", ""))
                found.setdefault(name, set()).add(node.attr)
    return found


def asked(module: str, name: str) -> frozenset[str]:
    """The methods that a pattern of that name is asked; all of them where none is seen."""
    return frozenset(methods_by_name(module if name.startswith("_") else "").get(name, METHODS))


def inline(module: str) -> Iterator[tuple[Any, frozenset[str]]]:
    """What stands in `re.search(…)` and the like."""
    tree = ast.parse(Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called = node.func
        if getattr(called.value, "id", "") == "re" and called.attr in METHODS:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield re.compile(first.value), frozenset({called.attr})


def slow_strings(text: str, flags: int) -> Iterator[tuple[str, str]]:
    """(what comes first, what is repeated) for every repetition in a pattern."""
    tree = parser.parse(text, flags & ~re.DEBUG)
    whole = sample(tree)
    yield "", whole or "a"
    yield "", whole[:-1] or "a"
    for letter in sorted(set(whole[:12]) | set(" -a")):
        yield "", letter
        yield whole[: len(whole) // 2], letter
    yield from repetitions(tree, "")


def repetitions(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    for op, given in tree:
        if op in REPEATS:
            _, most, inner = given
            repeated = sample(inner) or "a"
            if most > MANY:
                yield before, repeated
                yield "", before + repeated
                for other in letters(inner):
                    yield before, other
                    yield before, repeated + other
            yield from repetitions(inner, before)
        elif op is sre.SUBPATTERN:
            yield from repetitions(given[3], before)
        elif op is sre.BRANCH:
            for each in given[1]:
                yield from repetitions(each, before)
        before += sample([(op, given)])


def endings(text: str, flags: int) -> list[str]:
    """What may stand last: something unwanted, and what the pattern says must not follow."""
    found, waiting = [FAILING], [parser.parse(text, flags & ~re.DEBUG)]
    while waiting:
        for op, given in waiting.pop():
            if op is sre.ASSERT_NOT:
                found.append(sample(given[1]) + FAILING)
            elif op in REPEATS:
                waiting.append(given[2])
            elif op is sre.SUBPATTERN:
                waiting.append(given[3])
            elif op is sre.BRANCH:
                waiting.extend(given[1])
    return list(dict.fromkeys(found))


def letters(tree: Any) -> list[str]:
    """Some letters that may stand at the start of what is repeated."""
    op, given = next(iter(tree), (None, None))
    if op is not sre.IN:
        return []
    return [chr(value) for kind, value in given if kind is sre.LITERAL][:3]


CATEGORIES = {
    sre.CATEGORY_DIGIT: "0",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "a",
    sre.CATEGORY_NOT_DIGIT: "a",
    sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_WORD: " ",
}


REPEATS = frozenset({sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT})


def sample(tree: Any) -> str:
    """A short string that the tree matches, as far as that is easily said."""
    return "".join(one(op, given) for op, given in tree)


def one(op: Any, given: Any) -> str:
    if op in REPEATS:
        return sample(given[2]) * max(1, min(given[0], 4))
    if op is sre.BRANCH:
        return sample(given[1][0])
    return SIMPLE[op](given) if op in SIMPLE else ""


def of_class(given: Any) -> str:
    kinds = [(kind, value) for kind, value in given if kind is not sre.NEGATE]
    if len(kinds) < len(given):
        banned = {chr(v) for kind, v in kinds if kind is sre.LITERAL}
        banned |= set(" \t\n") if any(v is sre.CATEGORY_SPACE for _, v in kinds) else set()
        return next((letter for letter in "a0 x-\x02" if letter not in banned), "æ")
    for kind, value in kinds:
        if kind is sre.LITERAL:
            return chr(value)
        if kind is sre.RANGE:
            return chr(value[0])
        if kind is sre.CATEGORY and value in CATEGORIES:
            return CATEGORIES[value]
    return "a"


SIMPLE: dict[Any, Callable[[Any], str]] = {
    sre.LITERAL: chr,
    sre.NOT_LITERAL: lambda given: "a" if given != ord("a") else "b",
    sre.ANY: lambda _: "a",
    sre.IN: of_class,
    sre.CATEGORY: lambda given: CATEGORIES.get(given, ""),
    sre.SUBPATTERN: lambda given: sample(given[3]),
}


def ask(compiled: Any, method: str, text: Any) -> None:
    if method == "sub":
        compiled.sub("" if isinstance(text, str) else b"", text)
    elif method == "finditer":
        for _ in compiled.finditer(text):
            pass
    else:
        getattr(compiled, method)(text)


def how_slow(compiled: Any, methods: frozenset[str]) -> str:
    """The first string whose time grows far faster than its length; empty if there is none."""
    text = compiled.pattern
    given = text if isinstance(text, str) else text.decode("latin-1")
    flags = compiled.flags & ~re.UNICODE
    for (first, repeated), last, method in product(
        dict.fromkeys(slow_strings(given, flags)), endings(given, flags), sorted(methods & METHODS)
    ):
        made: list[Any] = [first + repeated * max(1, n // len(repeated)) + last for n in LENGTHS]
        if isinstance(text, bytes):
            made = [each.encode("latin-1", errors="replace") for each in made]
        for string in made:
            took = timed(compiled, method, string)
            if took > FAST and took > GUARD * proportional(compiled, method, made[:2], string):
                return f"{method} of {first[:40]!r} {repeated[:40]!r} {last!r}: {len(string)}"
    return ""


def proportional(compiled: Any, method: str, short: list[Any], long: Any) -> float:
    """What a string takes where time grows as length does; of short ones, nothing at all."""
    if long in short:
        return 0
    times = max(1, len(long) // len(short[-1]))
    return max(timed(compiled, method, short[-1], times) for _ in range(3))


def timed(compiled: Any, method: str, text: Any, times: int = 1) -> float:
    """Seconds of processor time for so many questions."""
    begun = time.thread_time()
    for _ in range(times):
        ask(compiled, method, text)
    return time.thread_time() - begun


@pytest.mark.parametrize("name", sorted(patterns()))
def test_no_pattern_is_slow(name: str) -> None:
    found, methods = patterns()[name]
    assert how_slow(found, methods) == ""


def test_as_many_patterns_are_found_as_intake_has() -> None:
    assert len(patterns()) > 150


@pytest.mark.parametrize(
    "slow", [r"(a+)+$", r"\s+(?![^(]*\))", r"a*a*b", r"(\w+\s?)*:", r"[ \t]+\n", r"<[^>]*>x"]
)
def test_a_pattern_that_is_slow_is_told(slow: str) -> None:
    assert how_slow(re.compile(slow), frozenset({"search"}))


def test_a_new_pattern_is_found_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mime, "_PLANTED", re.compile(r"(?:x+)+y"), raising=False)
    found, methods = patterns.__wrapped__()["mime._PLANTED.0"]
    assert how_slow(found, methods)

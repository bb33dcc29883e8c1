"""A pattern answers as the standard library's, and is compiled when it is first asked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.pattern import pattern

TEXT = "Hei, KARI 12 og Ola 7"


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        ("match", (TEXT,)),
        ("match", (TEXT, 5)),
        ("search", (TEXT,)),
        ("search", (TEXT, 3, 9)),
        ("fullmatch", ("kari 5",)),
        ("fullmatch", (TEXT,)),
        ("sub", (r"<\1>", TEXT)),
        ("split", (TEXT,)),
        ("findall", (TEXT,)),
    ],
)
def test_every_question_has_the_librarys_answer(question: str, arguments: tuple[Any, ...]) -> None:
    written = r"([a-z]+) (\d+)", re.IGNORECASE
    late, ready = pattern(*written), re.compile(*written)
    for _ in range(2):  # the first is the one that compiles
        assert repr(getattr(late, question)(*arguments)) == repr(
            getattr(ready, question)(*arguments)
        )


def test_what_else_a_pattern_knows_can_be_asked_too() -> None:
    found = pattern(rb"(?P<day>\d)x")

    assert [each["day"] for each in found.finditer(b"1x 2x")] == [b"1", b"2"]
    assert (found.pattern, found.groups, dict(found.groupindex)) == (
        rb"(?P<day>\d)x",
        1,
        {"day": 1},
    )


def test_a_pattern_with_a_fault_says_so_when_it_is_asked() -> None:
    wrong = pattern("(")

    for _ in range(2):
        with pytest.raises(re.error):
            wrong.search("x")

"""Words that keep a sentence in people's own words from being understood: not, perhaps, if, who,
but; in whichever language they stand.
"""

from __future__ import annotations

import re
from typing import Final

from engine.wording.listed import listed

BLOCKING: Final = frozenset(listed("blocking", "blocking"))
"""Negation, contrast, condition, doubt, future, question, hearsay, other people, and irony; the
English «no» is «now» in nynorsk.
"""

TAKING_BACK: Final = frozenset(listed("blocking", "taking_back"))
"""The few words that take a plain JA back when they stand beside it, in whoever's signature."""

STEMS: Final = listed("blocking", "stems")
"""What a blocking word may begin with, whatever its ending."""

RUNS: Final = listed("blocking", "runs")
"""Words that block only together: «om» alone may mean «about»."""

HARMLESS: Final = listed("blocking", "harmless")
"""Turns of speech that hold a blocking word and take nothing back."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_MARKS = re.compile(
    r"\?|…|\.\s?\.|[“”„\"‘]|[;:]-?[(/\\|DPp](?!\w)|;-?\)|^\s*>|[🙄😏😒😉😂🤣🤔🙃😬😅👎❌]|(?<!\w)/s\b",
    re.MULTILINE,
)
HARMLESS_MARK: Final = "·"
"""Stands for a harmless turn of speech once it has been read."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of `text`, small letters, without marks."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(text.casefold()))


def takes_back(text: str) -> bool:
    """Whether `text`, written beside a JA, makes it less than one."""
    return "?" in text or bool(TAKING_BACK & set(words_of(text)))


def blocks(text: str, but: frozenset[str] = frozenset()) -> bool:
    """Whether anything in `text`, the words `but` left out, keeps it from being understood."""
    if _MARKS.search(text):
        return True
    rest = tuple(word for word in without_harmless(words_of(text)) if word not in but)
    if any(_place(rest, run) is not None for run in _RUNS):
        return True
    return any(word in BLOCKING or word.startswith(STEMS) for word in rest)


def without_harmless(words: tuple[str, ...]) -> tuple[str, ...]:
    """`words` with a mark in place of each harmless turn of speech, the longest first."""
    rest = words
    for run in _HARMLESS:
        while (place := _place(rest, run)) is not None:
            rest = (*rest[:place], HARMLESS_MARK, *rest[place + len(run) :])
    return rest


def _place(words: tuple[str, ...], run: tuple[str, ...]) -> int | None:
    if run[0] not in words:
        return None
    length = len(run)
    places = range(len(words) - length + 1)
    return next((place for place in places if words[place : place + length] == run), None)


_RUNS: Final = tuple(dict.fromkeys(words_of(run) for run in RUNS))
_HARMLESS: Final = tuple(sorted({words_of(run) for run in HARMLESS}, key=len, reverse=True))

"""Phrases that would have caught what somebody wrote, found in what they and others wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from engine.domain.own_words import is_courtesy, meant, says, sentences

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W_]+)*")
_LENGTHS: Final = (2, 3, 1)
"""How many words a phrase has, the best first: one word alone says much besides."""
_LONG_ENOUGH: Final = 4
"""So many letters its longest word has; a phrase of one word two more."""
MOST: Final = 3


def phrases_for(text: str, others: Collection[str]) -> tuple[str, ...]:
    """At most three phrases that `text` says and none of `others`, which meant something else, the
    best first; none where something in it takes back whatever it says.
    """
    found: list[str] = []
    for phrase in _phrases(text):
        known = any(set(phrase.split()) <= set(each.split()) for each in found)
        if known or not meant(text, {"": (phrase,)}):
            continue
        if not any(says(other, (phrase,)) for other in others):
            found.append(phrase)
        if len(found) == MOST:
            break
    return tuple(found)


def _phrases(text: str) -> Iterator[str]:
    told = [_words(each) for each in sentences(text) if not is_courtesy(each)]
    for length in _LENGTHS:
        for words in told:
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                longest = max(map(len, part))
                if "" not in part and longest >= _LONG_ENOUGH + (2 if length == 1 else 0):
                    yield " ".join(part)


def _words(sentence: str) -> list[str]:
    """The words in small letters; empty for what may be a name, which no phrase should hold."""
    words = _WORD.findall(sentence)
    return [
        "" if place and word[:1].isupper() else word.casefold() for place, word in enumerate(words)
    ]

"""Which known courses a text may mean: by short name, or by the words of the full name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from engine.model import KnownCourse
from engine.plain import composed

LIKELY: Final = 0.55
"""From this likeness on (0 to 1), a course is worth proposing to somebody who did not ask."""
POSSIBLE: Final = 0.35
"""From this likeness on, a course is worth showing to somebody who searches."""

_NO_MEANING: Final = frozenset(
    """av at de den det du en et ei ein eit er for fra frå hos i inn innen innan kurs kurset
    e-læring e-læringskurs elæring elæringskurs grunnkurs grunnleggende grunnleggjande innføring
    innføringskurs med og om på som til ved a an and course e-learning for in of on the to with
    """.split()
)
"""Words that say nothing about what a course is about."""
_NYNORSK: Final = (
    ("sjuk", "syk"),
    ("heim", "hjem"),
    ("føre", "fore"),
    ("frå", "fra"),
    ("skul", "skol"),
    ("vald", "vold"),
)
"""Nynorsk on the left; words are compared as if all were bokmål."""
_SAME: Final = 0.8
"""Two words that are this alike are forms or misspellings of one."""
_PART: Final = 0.8
"""What it counts that one word is the beginning or the end of the other: fall, fallforebygging."""
_SHORTEST_PART: Final = 4
_STEM: Final = 0.6
"""What it counts that most of the shorter word begins the other: legemidler, legemiddelskrin."""
_SHORTEST_STEM, _MOST = 6, 0.7
_WANTED, _KNOWN = 0.7, 0.3
"""How much it counts that all that was asked for is there, and that nothing else is."""


def similar(
    text: str, courses: Iterable[KnownCourse], *, at_least: float = LIKELY
) -> tuple[KnownCourse, ...]:
    """Return the courses that `text` may mean, the likest first; of equal ones, shared ones first.

    `text` is a short name, a full name, or some words of one; bokmål and nynorsk may meet. A course
    that stands there twice, with one owner and one name, is told of once.
    """
    known = tuple(courses)
    wanted = _words(text)
    spelled = frozenset({_folded(text), *(_folded(part) for part in text.split())})
    vocabulary = {word for course in known for word in _words(course.full_name)}
    likeness = {(one, two): _alike(one, two) for one in wanted for two in vocabulary}
    scored = [(_score(spelled, wanted, course, likeness), course) for course in known]
    likely = [(score, course) for score, course in scored if score >= at_least]
    likely.sort(key=lambda each: (-each[0], each[1].since is None, _folded(each[1].full_name)))
    once: dict[tuple[str, str], KnownCourse] = {}
    for _, course in likely:
        once.setdefault((course.owner, _folded(course.full_name)), course)
    return tuple(once.values())


def _score(
    spelled: frozenset[str],
    wanted: frozenset[str],
    course: KnownCourse,
    likeness: Mapping[tuple[str, str], float],
) -> float:
    """How like the course is, from 0 to 1; long words say more than short ones."""
    if course.short_name and _folded(course.short_name) in spelled:
        return 1.0
    known = _words(course.full_name)
    if not wanted or not known:
        return 0.0
    there = sum(len(one) * max(likeness[one, two] for two in known) for one in wanted)
    asked = sum(len(two) * max(likeness[one, two] for one in wanted) for two in known)
    return _WANTED * there / _length(wanted) + _KNOWN * asked / _length(known)


def _length(words: Iterable[str]) -> int:
    return sum(len(word) for word in words)


def _alike(one: str, two: str) -> float:
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short)):
        return _PART
    if one[0] != two[0]:
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    if matcher.real_quick_ratio() >= _SAME and matcher.ratio() >= _SAME:
        return matcher.ratio()
    stem = next((n for n, pair in enumerate(zip(short, long, strict=False)) if len({*pair}) > 1), 0)
    return _STEM if stem >= max(_SHORTEST_STEM, _MOST * len(short)) else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The words that say what a course is about, as if written in bokmål."""
    found = re.findall(r"\w+(?:-\w+)*", _folded(text))
    return frozenset(_as_bokmaal(word) for word in found if word not in _NO_MEANING)


def _as_bokmaal(word: str) -> str:
    for nynorsk, bokmaal in _NYNORSK:
        word = word.replace(nynorsk, bokmaal)
    return word


def _folded(text: str) -> str:
    return " ".join(composed(text).casefold().split()).strip("«»\"'.,:;!?()")

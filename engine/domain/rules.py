"""What the agreement says on what people ask about again and again, and who asks it in their own
words: resale, ownership, licence, ending, support, contact (R4, R6–R11, R14–R16, R24–R29).

Words and quotes stand in `workflows/rules.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from engine.domain import beside
from engine.domain.own_words import is_courtesy, sentences, speaks_of, words_of
from engine.model import Side

FILE: Final = "rules.toml"
RESALE: Final = "resale"
_LONGEST: Final = 4000
"""Characters of a text that may ask about a rule: longer ones are for people, as work grows."""
_SHORT: Final = 6
"""As many words a sentence has that says nothing more."""


class Quote(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule in its source's own words; for one side's people alone, where `side` says so."""

    words: str
    source: str
    rule: str
    side: Side | None = None


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the agreement says of one thing, and the phrases by which people ask about it."""

    quotes: tuple[Quote, ...]
    asks: tuple[str, ...]
    tells: tuple[str, ...]
    perhaps: tuple[str, ...]
    alone: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words beside which nothing of `tells` is told: «Vi skal ikke selge kurset»."""


class _Known(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    begins: frozenset[str]
    wonders: tuple[str, ...]
    reasons: tuple[str, ...]
    idle: tuple[str, ...]
    prices: tuple[str, ...]
    free: frozenset[str]
    rules: dict[str, Rule]


def rules() -> Mapping[str, Rule]:
    """The rules by name, in the file's order."""
    return _known().rules


@cache
def _known() -> _Known:
    text = files("workflows").joinpath(FILE).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Known)


def asked_about(text: str, but: Collection[str] = (), *, alone: bool = False) -> tuple[str, ...]:
    """The rules that `text` surely asks about, those `but` left out, in the file's order; `alone`
    for a mail about no case.
    """
    found = {name for each in _read(text) for name in _asked(each, alone=alone)} - set(but)
    return tuple(name for name in rules() if name in found)


def perhaps_about(text: str) -> tuple[str, ...]:
    """The rules that the questions of `text`, a mail about no case, may be about."""
    asking = [each for each in _read(text) if _is_question(each)]
    return tuple(
        name
        for name, rule in rules().items()
        if any(speaks_of(each, (*rule.asks, *rule.alone, *rule.perhaps)) for each in asking)
    )


def besides(text: str, *, alone: bool = False) -> str:
    """`text` without the sentences that ask about a rule, and without those that say nothing."""
    if len(text) > _LONGEST:
        return text
    kept = (
        each
        for each in sentences(text)
        if not (is_courtesy(each) or _is_idle(each) or _asked(each, alone=alone))
    )
    return "\n".join(kept)


def sells(texts: Iterable[str], said: str) -> bool:
    """Whether one of `texts` sets a price on a course, or its sender says in `said` that they
    will sell it on.
    """
    if any(map(_is_priced, texts)):
        return True
    return any(_tells(rules()[RESALE], each) for each in _read(said) if not _is_question(each))


def quoted(name: str, sides: Collection[str]) -> tuple[Quote, ...]:
    """What rule `name` says to somebody who works on one of `sides`; all of it to whoever works on
    neither (R15: the asker's employer counts, not the course's owner).
    """
    quotes = rules()[name].quotes
    mine = tuple(each for each in quotes if each.side is None or each.side in sides)
    return mine if {"trust", "municipal"} & set(sides) else quotes


def _read(text: str) -> Sequence[str]:
    return sentences(text) if len(text) <= _LONGEST else ()


def _is_idle(sentence: str) -> bool:
    return len(words_of(sentence)) <= _SHORT and speaks_of(sentence, _known().idle)


def _asked(sentence: str, *, alone: bool) -> frozenset[str]:
    asks = _is_question(sentence)
    found = (
        name
        for name, rule in rules().items()
        if _tells(rule, sentence)
        or (asks and speaks_of(sentence, rule.asks))
        or (asks and alone and speaks_of(sentence, rule.alone))
    )
    return _narrowed(found)


def _tells(rule: Rule, sentence: str) -> bool:
    return speaks_of(sentence, rule.tells) and not speaks_of(sentence, rule.unless)


def _is_priced(text: str) -> bool:
    return any(_costs(found[1]) for found in _price().finditer(text))


def _costs(said: str) -> bool:
    """Whether an amount stands first in what stands behind the label, or anything but «gratis»."""
    words = words_of(said)[:_SHORT]
    if any(word.isdecimal() for word in words):
        return any(word.isdecimal() and word.strip("0") for word in words)
    return bool(words) and not _known().free & set(words)


@cache
def _price() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, _known().prices))
    return re.compile(rf"(?:^|[\s*•])(?:{labels})\s*:[ \t]*([^\n]*)", re.IGNORECASE | re.MULTILINE)


def _narrowed(names: Iterable[str]) -> frozenset[str]:
    found = frozenset(names)
    return found - frozenset(_overruled(found))


def _overruled(found: frozenset[str]) -> Iterator[str]:
    for name in found:
        yield from rules()[name].before


def _is_question(sentence: str) -> bool:
    known = _known()
    if speaks_of(sentence, known.reasons):
        return False
    begins = words_of(sentence)[0] in known.begins
    return beside.asks(sentence) or begins or speaks_of(sentence, known.wonders)

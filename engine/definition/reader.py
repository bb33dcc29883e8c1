"""Reads one block of a file against the keys that it may have, and its nodes as plain values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TypeVar, cast, get_args

from msgspec import Struct

from engine.definition.keys import Keys
from engine.definition.problems import Problems, did_you_mean, shown
from engine.definition.source import Block, Listing, Node, Scalar
from engine.definition.types import Mark, Span, Titles, Unit, Words
from engine.model import LANGUAGES, Language

T = TypeVar("T")

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", re.ASCII)
NUMBER = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)*")
UNITS = cast(tuple[Unit, ...], get_args(Unit))
LONGEST_NAME = 60
LONGEST_WORD = 40
LONGEST_PHRASE = 80


class Known(Struct, frozen=True):
    """The names that a file defines itself, for references to them."""

    states: frozenset[str]
    roles: frozenset[str]
    events: frozenset[str]
    relations: frozenset[str]


class Entry:
    """One block of the file; unknown and missing keys are noted when it is made."""

    def __init__(
        self,
        node: Node,
        what: str,
        problems: Problems,
        keys: Keys,
    ) -> None:
        self.mark = node.mark
        self.problems = problems
        self._entries = dict(named(node, what, problems))
        for key in keys.required:
            if key not in self._entries:
                problems.add(node.mark, "missing-key", f"{what} needs «{key}»")
        for key, (scalar, _) in tuple(self._entries.items()):
            if key not in keys.all:
                hint = did_you_mean(key, keys.all)
                problems.add(scalar.mark, "unknown-key", f"{what} has no {shown(key)}{hint}")
                del self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def node(self, key: str) -> Node | None:
        """The node under `key`, or None."""
        found = self._entries.get(key)
        return found[1] if found else None

    def key_mark(self, key: str) -> Mark:
        """Where `key` stands; the block itself if it has no such key."""
        found = self._entries.get(key)
        return found[0].mark if found else self.mark

    def marks(self) -> dict[str, Mark]:
        """Where each known key stands."""
        return {key: scalar.mark for key, (scalar, _) in self._entries.items()}

    def text(self, key: str) -> str:
        """The text under `key`, empty when it is not there."""
        node = self.node(key)
        return "" if node is None else text_of(node, self.problems)

    def name(self, key: str, known: Collection[str] | None = None, what: str = "name") -> str:
        """The plain name under `key`, which must be one of `known` if that is given."""
        node = self.node(key)
        return "" if node is None else name_of(node, self.problems, known, what)

    def names(
        self, key: str, known: Collection[str] | None = None, what: str = "name"
    ) -> tuple[str, ...]:
        """The name or list of names under `key`; empty when it is not there."""
        node = self.node(key)
        return () if node is None else names_of(node, self.problems, known, what)

    def flag(self, key: str) -> bool:
        """Whether `true` stands under `key`."""
        if key not in self:
            return False
        return self.name(key, ("true", "false"), "value") == "true"

    def number(self, key: str) -> int:
        """The whole number from 1 to 9999 under `key`, 0 when it is not there."""
        node = self.node(key)
        if node is None:
            return 0
        text = text_of(node, self.problems)
        if NUMBER.fullmatch(text):
            return int(text)
        self.problems.add(
            node.mark, "not-a-number", f"{shown(text)} is not a whole number from 1 to 9999"
        )
        return 0

    def span(self, key: str) -> Span | None:
        """The length of time under `key`."""
        node = self.node(key)
        return None if node is None else span_of(node, self.problems)

    def titles(self, key: str) -> Titles:
        """The title under `key` in every language."""
        return self._in_languages(key, lambda node: text_of(node, self.problems))

    def words(self, key: str) -> Words:
        """The mail words under `key` in every language; empty when there are none."""
        return self._in_languages(key, lambda node: _mail_words(node, self.problems))

    def phrases(self, key: str) -> Words:
        """People's own words for something, in every language; empty when there are none."""
        return self._in_languages(key, lambda node: _phrases(node, self.problems))

    def _in_languages(self, key: str, read: Callable[[Node], T]) -> dict[Language, T]:
        node = self.node(key)
        if node is None:
            return {}
        entry = Entry(node, f"«{key}»", self.problems, Keys(required=LANGUAGES))
        found = {language: entry.node(language) for language in LANGUAGES}
        return {language: read(node) for language, node in found.items() if node is not None}


def named(node: Node, what: str, problems: Problems) -> tuple[tuple[str, tuple[Scalar, Node]], ...]:
    """The entries of a block by their keys; none (and a problem) if the node is no block."""
    if isinstance(node, Block):
        return tuple((key.text, (key, value)) for key, value in node.entries)
    problems.add(node.mark, "not-a-block", f"{what} must be «key: value» entries")
    return ()


def items_of(node: Node, problems: Problems) -> tuple[Node, ...]:
    """The nodes of a list; none (and a problem) if the node is no list."""
    if isinstance(node, Listing):
        return node.items
    problems.add(node.mark, "not-a-list", "a list «[…]» must stand here")
    return ()


def text_of(node: Node, problems: Problems) -> str:
    """The node's text; empty (and a problem) if it is no text or says nothing."""
    if not isinstance(node, Scalar):
        problems.add(node.mark, "not-text", "a text must stand here, not a list or a block")
        return ""
    if not node.text.strip():
        problems.add(node.mark, "empty-value", "a value must stand here")
    return node.text


def name_of(
    node: Node, problems: Problems, known: Collection[str] | None = None, what: str = "name"
) -> str:
    """The node's text as a plain name; anything dotted, dunder or unknown is a problem."""
    text = text_of(node, problems)
    if not text.strip():
        return ""
    if len(text) > LONGEST_NAME or not NAME.fullmatch(text):
        problems.add(
            node.mark,
            "bad-name",
            f"{shown(text)} is no {what}: names are small letters a–z, digits and single «_»",
        )
        return ""
    if known is not None and text not in known:
        hint = did_you_mean(text, known)
        problems.add(node.mark, f"unknown-{what}", f"there is no {what} {shown(text)}{hint}")
        return ""
    return text


def names_of(
    node: Node, problems: Problems, known: Collection[str] | None = None, what: str = "name"
) -> tuple[str, ...]:
    """The names of a list, or the one name that stands alone; a repeat is a problem."""
    nodes = node.items if isinstance(node, Listing) else (node,)
    found: list[str] = []
    for item in nodes:
        name = name_of(item, problems, known, what)
        if name and name in found:
            problems.add(item.mark, "repeated", f"{shown(name)} stands twice in the list")
        elif name:
            found.append(name)
    if not nodes:
        problems.add(node.mark, "empty-value", f"the list needs at least one {what}")
    return tuple(found)


def span_of(node: Node, problems: Problems) -> Span | None:
    """The node's length of time, such as `5 working days` or `1 month`."""
    text = text_of(node, problems)
    amount, _, unit = text.partition(" ")
    for known in UNITS:
        if unit in (known, known.removesuffix("s")) and NUMBER.fullmatch(amount):
            return Span(int(amount), known)
    if text.strip():
        hint = did_you_mean(unit, UNITS)
        problems.add(
            node.mark, "not-a-span", f"{shown(text)} is no time like «5 working days»{hint}"
        )
    return None


def _mail_words(node: Node, problems: Problems) -> tuple[str, ...]:
    return _texts(node, problems, LONGEST_WORD, ("bad-word", "is no mail word"))


def _phrases(node: Node, problems: Problems) -> tuple[str, ...]:
    return _texts(node, problems, LONGEST_PHRASE, ("bad-phrase", "is no phrase"))


def _texts(
    node: Node, problems: Problems, longest: int, refused: tuple[str, str]
) -> tuple[str, ...]:
    rule, what = refused
    nodes = node.items if isinstance(node, Listing) else (node,)
    found: list[str] = []
    for item in nodes:
        text = text_of(item, problems)
        if len(text) > longest or (text.strip() and not _WORD.fullmatch(text)):
            problems.add(item.mark, rule, f"{shown(text)} {what}: letters, «-» and spaces")
        elif text.casefold() in (word.casefold() for word in found):
            problems.add(item.mark, "repeated", f"{shown(text)} stands twice in the list")
        else:
            found.append(text)
    return tuple(found)

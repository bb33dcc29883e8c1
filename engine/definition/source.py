"""The text of a workflow file as a tree of nodes with places, and nothing that YAML could hide.

Only the event stream of PyYAML is used: no constructor exists, so that nothing in a file is ever
made, imported or called, and every scalar stays the text that was written (`NO` is text).
"""

from __future__ import annotations

import re

import yaml
from msgspec import Struct, field

from engine.definition.problems import Problems, shown
from engine.definition.types import Mark

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_ENTRIES = 100

# C0 and C1 but tab and line ends; surrogates; a byte-order mark inside; marks that turn the
# direction of writing, with which a line can read otherwise than it is.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]"
)


class Scalar(Struct, frozen=True):
    """A text, as written."""

    text: str
    mark: Mark


class Listing(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    mark: Mark


class Block(Struct, frozen=True):
    """Keys with their nodes, in the order of the file; no key comes twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    mark: Mark


Node = Scalar | Listing | Block


class _Open(Struct):
    """A list or block whose end has not come yet."""

    keyed: bool
    mark: Mark
    nodes: list[Node] = field(default_factory=list)
    keys: list[Scalar] = field(default_factory=list)

    def wants_key(self) -> bool:
        return self.keyed and len(self.keys) == len(self.nodes)

    def closed(self) -> Node:
        if self.keyed:
            return Block(tuple(zip(self.keys, self.nodes, strict=True)), self.mark)
        return Listing(tuple(self.nodes), self.mark)


def tree(text: str, problems: Problems) -> Node:
    """The one document of `text` as nodes.

    Raises DefinitionError for text that is too long or too deep, several documents, tags, anchors,
    aliases, merge keys, directives, duplicate keys and control characters.
    """
    hidden = _HIDDEN.search(text)
    if hidden:
        mark = place_of(text, hidden.start())
        problems.stop(mark, "control-character", f"the character U+{ord(hidden[0]):04X} is hidden")
    builder = _Builder(problems)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        problems.stop(_error_mark(error), "not-yaml", _error_text(error))
    problems.raise_any()
    return builder.document()


def decoded(raw: str | bytes, problems: Problems) -> str:
    """The file's text; raises DefinitionError for more than 256 KB and for what is not UTF-8."""
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    start = Mark(1, 1)
    if size > MAX_BYTES:
        problems.stop(start, "too-big", f"the file has {size} bytes; at most {MAX_BYTES} are read")
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    try:
        # Windows' own editors put a byte-order mark in front; that one is harmless.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        problems.stop(place_of(before, len(before)), "not-utf-8", "the file is not UTF-8 here")


def place_of(text: str, index: int) -> Mark:
    """The line and column of a position in a text, counted from 1."""
    line = text.count("\n", 0, index)
    return Mark(line + 1, index - text.rfind("\n", 0, index))


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _error_mark(error: yaml.YAMLError) -> Mark:
    mark = getattr(error, "problem_mark", None)
    return Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)


def _error_text(error: yaml.YAMLError) -> str:
    return f"this is not YAML: {getattr(error, 'problem', None) or 'it cannot be read'}"


class _Builder:
    """Puts events together to nodes, with a list of its own instead of the call stack."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._open: list[_Open] = []
        self._root: Node | None = None

    def document(self) -> Node:
        if self._root is None:
            self._problems.stop(Mark(1, 1), "empty", "the file holds nothing")
        return self._root

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, event.tag)
            self._place(Scalar(event.value, _mark(event)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_marks(event, event.tag)
            self._start(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._place(self._open.pop().closed())
        elif isinstance(event, yaml.AliasEvent):
            self._problems.add(
                _mark(event), "alias", f"aliases are not allowed: write «*{event.anchor}» out"
            )
            self._place(Scalar("", _mark(event)))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._start_document(event)

    def _start_document(self, event: yaml.DocumentStartEvent) -> None:
        if self._root is not None:
            self._problems.stop(
                _mark(event), "several-documents", "one file holds one routine: leave out «---»"
            )
        if event.version or event.tags:
            self._problems.add(_mark(event), "directive", "directives («%…») are not allowed")

    def _refuse_marks(self, event: yaml.NodeEvent, tag: str | None) -> None:
        if event.anchor is not None:
            self._problems.add(
                _mark(event), "anchor", f"anchors are not allowed: leave out «&{event.anchor}»"
            )
        if tag is not None:
            self._problems.add(_mark(event), "tag", f"tags are not allowed: leave out {shown(tag)}")

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        mark = _mark(event)
        if self._open and self._open[-1].wants_key():
            self._problems.stop(mark, "key-not-text", "a key must be a word")
        if len(self._open) >= MAX_DEPTH:
            self._problems.stop(mark, "too-deep", f"more than {MAX_DEPTH} levels deep")
        self._open.append(_Open(isinstance(event, yaml.MappingStartEvent), mark))

    def _place(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if parent.wants_key() and isinstance(node, Scalar):
            self._check_key(parent, node)
            parent.keys.append(node)
            return
        parent.nodes.append(node)
        if len(parent.nodes) > MAX_ENTRIES:
            self._problems.stop(
                node.mark, "too-long", f"more than {MAX_ENTRIES} entries in one list"
            )

    def _check_key(self, parent: _Open, key: Scalar) -> None:
        if key.text == "<<":
            self._problems.add(key.mark, "merge-key", "merge keys («<<») are not allowed")
        for earlier in parent.keys:
            if earlier.text == key.text:
                self._problems.add(
                    key.mark,
                    "duplicate-key",
                    f"{shown(key.text)} stands already on line {earlier.mark.line}",
                )
                return

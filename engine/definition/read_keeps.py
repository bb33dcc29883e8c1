"""What the events of a workflow file keep: forms, opinions, days, texts, links, parties, parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engine.definition import keys
from engine.definition.problems import Problems, did_you_mean, shown
from engine.definition.reader import Entry, name_of, named, span_of, text_of
from engine.definition.source import Block, Listing, Node, Scalar
from engine.definition.types import RELATIONS, Keep, Span, Words

IF_ANY = " if any"
"""What a text, a link or a party may end in: the event happens without one, too."""

ALONE: Mapping[
    str,
    Literal[
        "opinion", "opinions_passed_on", "confirmed", "delivery", "reading", "voiding", "rollup"
    ],
] = {
    "opinion": "opinion",
    "opinions_passed_on": "opinions_passed_on",
    "confirmed": "confirmed",
    "delivery": "delivery",
    "reading": "reading",
    "voiding": "voiding",
    "rollup": "rollup",
}
KINDS: Mapping[str, Literal["text", "link", "party", "settled"]] = {
    "settled": "settled",
    "text": "text",
    "link": "link",
    "party": "party",
}


def keeps_of(node: Node, problems: Problems) -> tuple[Keep, ...]:
    """Everything that stands under `keeps`: a name, a block, or a list of them."""
    nodes = node.items if isinstance(node, Listing) else (node,)
    found: list[Keep] = []
    for item in nodes:
        for keep in _keeps(item, problems):
            if keep.name in (earlier.name for earlier in found):
                problems.add(item.mark, "repeated", f"{shown(keep.name)} is kept twice")
            found.append(keep)
    return tuple(found)


def _keeps(node: Node, problems: Problems) -> tuple[Keep, ...]:
    if isinstance(node, Block):
        return tuple(_kept_as(key, value, problems) for key, value in node.entries)
    name = name_of(node, problems, what="form")
    return (Keep(name=name, kind=ALONE.get(name, "form")),) if name else ()


def _kept_as(key: Scalar, value: Node, problems: Problems) -> Keep:
    name = name_of(key, problems, what="name")
    if name in ALONE:
        problems.add(key.mark, "bad-keep", f"«{name}» stands alone: write «keeps: {name}»")
    if isinstance(value, Block):
        return _in_a_block(name, value, problems)
    text = text_of(value, problems)
    kind = text.removesuffix(IF_ANY)
    if kind not in KINDS:
        problems.add(
            value.mark,
            "bad-keep",
            f"{shown(text)} is no kind of value{did_you_mean(text, KINDS)}"
            "; a day is {within: 1 year}",
        )
    if kind == "party" and name not in RELATIONS:
        hint = did_you_mean(name, RELATIONS)
        problems.add(key.mark, "unknown-relation", f"there is no relation {shown(name)}{hint}")
    return Keep(name=name, kind=KINDS.get(kind, "text"), optional=text != kind)


def _in_a_block(name: str, block: Block, problems: Problems) -> Keep:
    """A day, parts, or a text that stands behind words of its own."""
    if any(key.text == "says" for key, _ in block.entries):
        entry = Entry(block, f"the text {shown(name)}", problems, keys.SAID)
        return Keep(name=name, kind="text", says=entry.words("says"), optional=True)
    if any(key.text == "parts" for key, _ in block.entries):
        entry = Entry(block, f"the parts of {shown(name)}", problems, keys.PARTS)
        return Keep(name=name, kind="parts", parts=_parts(entry))
    entry = Entry(block, f"the day {shown(name)}", problems, keys.DAY)
    return Keep(name=name, kind="day", within=_within(entry), titles=entry.titles("title"))


def _parts(entry: Entry) -> dict[str, Words]:
    node = entry.node("parts")
    if node is None:
        return {}
    rows = Entry(
        node,
        "«parts»",
        entry.problems,
        keys.Keys(optional=tuple(key for key, _ in named(node, "«parts»", entry.problems))),
    )
    return {
        key: rows.words(key)
        for key, (scalar, _) in named(node, "«parts»", entry.problems)
        if name_of(scalar, entry.problems)
    }


def _within(entry: Entry) -> Span | None:
    node = entry.node("within")
    return None if node is None else span_of(node, entry.problems)

"""YAML's traps: what is written is what is read, as text, at its place."""

from __future__ import annotations

import pytest

from engine.definition.problems import Problems
from engine.definition.source import Block, Listing, Node, Scalar, tree
from engine.definition.types import Mark


def plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


@pytest.mark.parametrize(
    "text",
    [
        *("NO", "no", "on", "off", "yes", "Y", "null", "~", "true", "12:30", "010", "0x1f", "1e3"),
        *("1_000", "2026-11-30", "1.0", ".inf", "+4", "KS Læring", "æøå", "=", "a: b"[:1]),
    ],
)
def test_a_plain_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert plain(tree(f"key: {text}", Problems("x"))) == {"key": text}
    assert plain(tree(f"{text}: value", Problems("x"))) == {text: "value"}


def test_quotes_and_folded_texts_are_texts_too() -> None:
    text = "a: 'NO'\nb: \"12:30\"\nc: >-\n  one\n  two\nd: |\n  one\n  two\n"
    assert plain(tree(text, Problems("x"))) == {
        "a": "NO",
        "b": "12:30",
        "c": "one two",
        "d": "one\ntwo\n",
    }


def test_keys_that_yaml_would_take_for_the_same_are_two() -> None:
    assert plain(tree("on: a\nyes: b\ntrue: c\n1: d\n01: e", Problems("x"))) == {
        "on": "a",
        "yes": "b",
        "true": "c",
        "1": "d",
        "01": "e",
    }


def test_every_node_knows_its_line_and_column_counted_in_characters() -> None:
    root = tree("å: [ø, {æ: x}]\nb:\n  - c\n", Problems("x"))
    assert isinstance(root, Block)
    (first, listing), (_, rows) = root.entries
    assert isinstance(listing, Listing)
    assert isinstance(rows, Listing)
    assert first.mark == Mark(1, 1)
    assert [item.mark for item in listing.items] == [Mark(1, 5), Mark(1, 8)]
    assert rows.items[0].mark == Mark(3, 5)


def test_windows_line_ends_are_read_like_others() -> None:
    assert plain(tree("a: b\r\nc:\r\n  - d\r\n", Problems("x"))) == {"a": "b", "c": ["d"]}

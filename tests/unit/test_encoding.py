"""The canonical form is the standard library's JSON: sorted, compact, letters as they are."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store.encoding import as_it_stands, canonical, json_text, kept, structure

TEXTS = st.text(max_size=12)
WHOLE = st.integers(-(2**63), 2**63 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def by_the_library(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@given(VALUES)
def test_every_structure_stands_as_the_library_would_write_it(value: Any) -> None:
    text = canonical(value)
    assert text == by_the_library(value) == json_text(value)
    assert structure(text) == value


def test_what_json_lacks_stands_as_text_lists_and_objects() -> None:
    value = {
        "since": datetime(2026, 9, 7, 8, tzinfo=UTC),
        "day": date(2026, 9, 7),
        "names": frozenset({"å", "b"}),
        "form": MappingProxyType({"b": ("x", 1), "a": None}),
    }
    assert canonical(value) == (
        '{"day":"2026-09-07","form":{"a":null,"b":["x",1]},"names":["b","å"],'
        '"since":"2026-09-07T08:00:00Z"}'
    )


def test_what_was_read_is_written_back_as_it_stood_alone_and_within_another() -> None:
    text = '{"b":"æ","a":[1]}'
    read = kept(text)
    assert canonical(read) == text
    assert canonical({"form": as_it_stands(read)}) == f'{{"form":{text}}}'
    assert as_it_stands({"b": 1}) == {"b": 1}


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical(object())
    with pytest.raises(ValueError, match="truncated"):
        structure("{")

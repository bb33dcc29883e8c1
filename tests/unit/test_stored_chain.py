"""History as it was stored by the first release: its canonical form holds, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.store.chain import grounds_digest, hash_of, note_digest
from engine.store.encoding import canonical, structure

STORED = json.loads(Path(__file__).with_name("stored_chain.json").read_text(encoding="utf-8"))
"""Every event of four invented requests of the demo's, with what it was decided on."""


@pytest.mark.parametrize(
    "row", STORED, ids=lambda row: f"{row['event']['request']}-{row['event']['seq']}"
)
def test_an_event_that_was_stored_has_the_same_form_and_the_same_hash(row: dict[str, Any]) -> None:
    event, grounds = row["event"], row["grounds"]
    for name in ("said", "facts", "outcome"):
        assert canonical(structure(grounds[name])) == grounds[name]
    assert note_digest(grounds["salt"], event["note"]) == event["note_digest"]
    assert grounds_digest(grounds, event) == event["values_digest"]
    assert hash_of(event) == event["hash"]


def test_each_event_holds_the_hash_of_the_one_before() -> None:
    heads: dict[int, str] = {}
    for row in STORED:
        event = row["event"]
        assert event["previous"] == heads.get(event["request"], event["previous"])
        heads[event["request"]] = event["hash"]
    assert len(heads) == 4

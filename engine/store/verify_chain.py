"""What is wrong with one request's chain of history, and with where the request stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from engine.store.chain import (
    SALTED,
    digest,
    grounds_digest,
    hash_of,
    note_digest,
    request_digest,
)
from engine.store.database import Row
from engine.store.encoding import structure

Fault = tuple[int | None, str]
"""(the event that it is about, or None, what is wrong)."""


def chain_faults(
    chain: Sequence[Row], grounds: Mapping[int, Row], addresses: Mapping[int, set[str]]
) -> Iterator[Fault]:
    """Events that are missing, changed or out of place, and words that were exchanged."""
    previous: Row | None = None
    for row in chain:
        yield from _link_faults(row, previous)
        if row["format"] >= SALTED:
            yield from _grounds_faults(row, grounds.get(row["seq"]))
        elif row["note"] is not None and row["note_digest"] != digest(row["note"]):
            yield row["seq"], "its note was changed"
        yield from _words_faults(row, addresses)
        previous = row
    for seq in sorted(grounds.keys() - {row["seq"] for row in chain}):
        yield seq, "the event is gone, and only what it was decided on stands"


def _grounds_faults(row: Row, grounds: Row | None) -> Iterator[Fault]:
    seq = row["seq"]
    if grounds is None:
        # Who acted and what was said go with it, where somebody is forgotten.
        if row["note"] is not None or row["actor"] is not None:
            yield seq, "what it was decided on is gone"
        return
    if row["note_digest"] != note_digest(grounds["salt"], row["note"]):
        yield seq, "its note was changed"
    if row["values_digest"] != grounds_digest(grounds, row):
        yield seq, "its actor, its values or what it was decided on was changed"


def outcomes_of(
    chain: Sequence[Row], grounds: Mapping[int, Row]
) -> Iterator[tuple[Row, Mapping[str, Any]]]:
    """(the event, what it left) for each event whose grounds stand as they were written."""
    for row in chain:
        beside = grounds.get(row["seq"])
        if beside is None or row["format"] < SALTED:
            continue
        if row["values_digest"] == grounds_digest(beside, row):
            yield row, structure(beside["outcome"])


def outcome_faults(
    request: Row,
    chain: Sequence[Row],
    outcomes: Mapping[int, Mapping[str, Any]],
    tokens: Collection[str],
) -> Iterator[Fault]:
    """Where the request is not as its last event left it, and letters of its events that are
    gone.
    """
    for seq, outcome in outcomes.items():
        gone = [token for token in outcome["letters"] if token not in tokens]
        if gone:
            yield seq, f"letters that it wrote are gone: {len(gone)} of {len(outcome['letters'])}"
    last = outcomes.get(chain[-1]["seq"]) if chain else None
    if last is None:
        return
    if last["request"] != request_digest(request):
        yield (
            chain[-1]["seq"],
            ("the request was changed since: its form, what was kept, its parties or its days"),
        )
    if last.get("number", request["number"]) != request["number"]:
        yield chain[-1]["seq"], f"the request had the number {last['number']}"


def _link_faults(row: Row, previous: Row | None) -> Iterator[Fault]:
    seq = row["seq"]
    before = 0 if previous is None else previous["seq"]
    if seq != before + 1:
        yield seq, f"an event is missing: {seq} follows {before}"
    if row["hash"] != hash_of(row):
        yield seq, "the event was changed: its hash does not fit"
    if row["previous"] != ("" if previous is None else previous["hash"]):
        yield seq, "the chain is broken: it does not continue the event before"
    if row["from_state"] != (None if previous is None else previous["to_state"]):
        yield seq, f"it starts in {row['from_state']}, where the event before did not end"
    if previous is not None and row["at"] < previous["at"]:
        yield seq, "it happened before the event before"


def _words_faults(row: Row, addresses: Mapping[int, set[str]]) -> Iterator[Fault]:
    # What may be removed may not be exchanged.
    actor, contact = row["actor"], row["contact"]
    if actor is None:
        return
    if contact is not None and actor not in addresses.get(contact, set()):
        yield row["seq"], "its actor is not the contact that acted"
    if row["role"] in {"system", "time"} and actor != row["role"]:
        yield row["seq"], f"its actor was changed: the {row['role']} acted"


def state_faults(request: Row, chain: Sequence[Row]) -> Iterator[Fault]:
    """Where the request does not stand as its last event left it."""
    if not chain:
        yield None, "it has no history"
        return
    last = chain[-1]
    if request["seq"] != last["seq"]:
        yield last["seq"], f"history ends at {last['seq']}, the request stands at {request['seq']}"
    if request["head"] != last["hash"]:
        yield last["seq"], "the request's head is not the last event's hash"
    if request["state"] != last["to_state"]:
        yield last["seq"], f"the state is {request['state']}, history says {last['to_state']}"
    if request["version"] != last["version"] or request["workflow"] != last["workflow"]:
        yield last["seq"], "the workflow or its version is not the one that history names"
    if request["changed_at"] != last["at"]:
        yield last["seq"], "the request's last change is not its last event's"
    if request["opened_at"] != chain[0]["at"] and chain[0]["seq"] == 1:
        yield 1, "the request's opening is not its first event's"

"""What is wrong with one request's chain of history, and with where the request stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.store.chain import digest, hash_of
from engine.store.database import Row

Fault = tuple[int | None, str]
"""(the event that it is about, or None, what is wrong)."""


def chain_faults(chain: Sequence[Row], addresses: Mapping[int, set[str]]) -> Iterator[Fault]:
    """Events that are missing, changed or out of place, and words that were exchanged."""
    previous: Row | None = None
    for row in chain:
        yield from _link_faults(row, previous)
        yield from _words_faults(row, addresses)
        previous = row


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
    if row["note"] is not None and row["note_digest"] != digest(row["note"]):
        yield row["seq"], "its note was changed"
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

"""What is wrong with one request's chain of history, and with where the request stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from engine.model import Reason
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

Fault = tuple[int | None, Reason]
"""(the event that it is about, or None, what is wrong)."""


def chain_faults(
    chain: Sequence[Row],
    grounds: Mapping[int, Row],
    addresses: Mapping[int, set[str]],
    left: Mapping[int, Mapping[str, Any]],
) -> Iterator[Fault]:
    """Events that are missing, changed or out of place, and words that were exchanged; `left` is
    what each event left.
    """
    previous: Row | None = None
    for row in chain:
        yield from _link_faults(row, previous)
        if row["format"] >= SALTED:
            yield from _grounds_faults(row, grounds.get(row["seq"]))
        elif row["note"] is not None and row["note_digest"] != digest(row["note"]):
            yield row["seq"], Reason("event_note")
        yield from _words_faults(row, left.get(row["seq"], {}), addresses)
        previous = row
    for seq in sorted(grounds.keys() - {row["seq"] for row in chain}):
        yield seq, Reason("event_gone")


def _grounds_faults(row: Row, grounds: Row | None) -> Iterator[Fault]:
    seq = row["seq"]
    if grounds is None:
        # Who acted and what was said go with it, where somebody is forgotten.
        if row["note"] is not None or row["actor"] is not None:
            yield seq, Reason("event_grounds_gone")
        return
    if row["note_digest"] != note_digest(grounds["salt"], row["note"]):
        yield seq, Reason("event_note")
    if row["values_digest"] != grounds_digest(grounds, row):
        yield seq, Reason("event_grounds")


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
            yield (
                seq,
                Reason("event_letters", {"count": len(gone), "total": len(outcome["letters"])}),
            )
    last = outcomes.get(chain[-1]["seq"]) if chain else None
    if last is None:
        return
    if last["request"] != request_digest(request):
        yield (
            chain[-1]["seq"],
            Reason("request_changed"),
        )
    if last.get("number", request["number"]) != request["number"]:
        yield chain[-1]["seq"], Reason("request_number", {"number": last["number"]})


def _link_faults(row: Row, previous: Row | None) -> Iterator[Fault]:
    seq = row["seq"]
    before = 0 if previous is None else previous["seq"]
    if seq != before + 1:
        yield seq, Reason("event_missing", {"seq": seq, "before": before})
    if row["hash"] != hash_of(row):
        yield seq, Reason("event_hash")
    if row["previous"] != ("" if previous is None else previous["hash"]):
        yield seq, Reason("event_chain")
    if row["from_state"] != (None if previous is None else previous["to_state"]):
        yield seq, Reason("event_start", {"state": row["from_state"]})
    if previous is not None and row["at"] < previous["at"]:
        yield seq, Reason("event_early")


def _words_faults(
    row: Row, outcome: Mapping[str, Any], addresses: Mapping[int, set[str]]
) -> Iterator[Fault]:
    # What may be removed may not be exchanged.
    actor, contact = row["actor"], row["contact"]
    if actor is None:
        return
    if contact is not None and outcome.get("for", actor) not in addresses.get(contact, set()):
        yield row["seq"], Reason("event_contact")
    if row["role"] in {"system", "time"} and actor != row["role"]:
        yield row["seq"], Reason("event_actor", {"who": row["role"]})


def state_faults(request: Row, chain: Sequence[Row]) -> Iterator[Fault]:
    """Where the request does not stand as its last event left it."""
    if not chain:
        yield None, Reason("no_history")
        return
    last = chain[-1]
    if request["seq"] != last["seq"]:
        yield last["seq"], Reason("request_seq", {"seq": last["seq"], "found": request["seq"]})
    if request["head"] != last["hash"]:
        yield last["seq"], Reason("request_head")
    if request["state"] != last["to_state"]:
        yield (
            last["seq"],
            Reason("request_state", {"found": request["state"], "state": last["to_state"]}),
        )
    if request["version"] != last["version"] or request["workflow"] != last["workflow"]:
        yield last["seq"], Reason("request_version")
    if request["changed_at"] != last["at"]:
        yield last["seq"], Reason("request_last")
    if request["opened_at"] != chain[0]["at"] and chain[0]["seq"] == 1:
        yield 1, Reason("request_opening")

"""Proves that what is stored hangs together, and names every place where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from engine.calendar import oslo_day
from engine.store.chain import digest, hash_of
from engine.store.database import Row, Transaction
from engine.store.encoding import read_instant

LabelOf = Callable[[str, int, str], str | None]
"""(workflow, version, state) → the direction in which a course is shared there, or None.

LookupError when there is no such workflow, version or state.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One place where the stored rows contradict themselves."""

    request: str
    """The request's number; empty for what is about no single request."""
    seq: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was looked at, and what is broken."""

    requests: int
    events: int
    broken: tuple[Broken, ...]

    @property
    def ok(self) -> bool:
        """Whether everything hangs together."""
        return not self.broken


def verify(tx: Transaction, label_of: LabelOf) -> Verification:
    """Check every request's chain, state, version and share, and the numbers that were given."""
    requests = tx.all("requests_all")
    entries = tx.all("history_all")
    chains = {key: list(rows) for key, rows in groupby(entries, key=lambda row: row["request"])}
    addresses = _addresses(tx)
    shared = _shared(tx)
    broken: list[Broken] = []
    for request in requests:
        chain = chains.pop(request["id"], [])
        faults = (
            *_chain_faults(chain, addresses),
            *_state_faults(request, chain),
            *_share_faults(request, shared.get(request["id"], []), label_of),
        )
        number = request["number"] or ""
        broken += [Broken(request=number, seq=seq, what=what) for seq, what in faults]
    broken += [
        Broken(request="", seq=None, what=f"history of a request {key} that is gone")
        for key in chains
    ]
    broken += _number_faults(tx, requests)
    broken += _version_faults(tx, requests)
    return Verification(requests=len(requests), events=len(entries), broken=tuple(broken))


def heads(tx: Transaction) -> tuple[tuple[str, int, str], ...]:
    """(request, seq, hash) of each request's last event, to be kept somewhere else."""
    return tuple((row["number"], row["seq"], row["head"]) for row in tx.all("requests_all"))


Fault = tuple[int | None, str]


def _chain_faults(chain: Sequence[Row], addresses: Mapping[int, set[str]]) -> Iterator[Fault]:
    previous: Row | None = None
    for row in chain:
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
        yield from _words_faults(row, addresses)
        previous = row


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


def _state_faults(request: Row, chain: Sequence[Row]) -> Iterator[Fault]:
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


def _share_faults(request: Row, shares: Sequence[Row], label_of: LabelOf) -> Iterator[Fault]:
    state = request["state"]
    try:
        wanted = label_of(request["workflow"], request["version"], state)
    except LookupError:
        yield None, f"{request['workflow']} {request['version']} has no state {state}"
        return
    if wanted is None:
        for share in shares:
            yield None, f"it is {state}, but a share {share['direction']} is active"
        return
    if [share["direction"] for share in shares] != [wanted]:
        found = ", ".join(share["direction"] for share in shares) or "none"
        yield None, f"it is {state}, which is shared {wanted}; active shares: {found}"
    for share in shares:
        if (share["course"], share["lender"], share["borrower"]) != (
            request["course"],
            request["owner"],
            request["borrower"],
        ):
            yield None, "its share is of another course, owner or borrower"


def _number_faults(tx: Transaction, requests: Sequence[Row]) -> Iterator[Broken]:
    given: dict[int, set[str]] = {row["year"]: set() for row in tx.all("counters")}
    for row in requests:
        year = oslo_day(read_instant(row["opened_at"])).year
        given.setdefault(year, set()).add(row["number"] or "")
    last = {row["year"]: row["last"] for row in tx.all("counters")}
    for year, numbers in sorted(given.items()):
        wanted = {f"KD-{year}-{place:04d}" for place in range(1, last.get(year, 0) + 1)}
        for number in sorted(numbers ^ wanted):
            what = "was given, but is gone" if number in wanted else "was never given"
            yield Broken(request=number, seq=None, what=f"the number {what}")


def _version_faults(tx: Transaction, requests: Sequence[Row]) -> Iterator[Broken]:
    kept = {(row["name"], row["version"]) for row in tx.all("workflow_versions")}
    used = {(row["workflow"], row["version"]) for row in requests}
    for name, version in sorted(used - kept):
        yield Broken(request="", seq=None, what=f"the text of {name} {version} is not kept")
    for row in tx.all("workflow_versions"):
        if sha256(row["text"].encode()).hexdigest() != row["sha256"]:
            what = f"the text of {row['name']} {row['version']} was changed"
            yield Broken(request="", seq=None, what=what)


def _addresses(tx: Transaction) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in tx.all("contacts"):
        found.setdefault(row["id"], {row["email"]}).add(row["address"] or row["email"])
    return found


def _shared(tx: Transaction) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in tx.all("active_shares"):
        found.setdefault(row["request"], []).append(row)
    return found

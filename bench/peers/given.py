"""What the peers are given: a copy of the program's own database, and what each transition writes.

The program carries every transition out once, on another copy; the rows that it wrote are what the
peers write, in the same columns of the same tables, so that all do the same work: the request with
what an undoing would bring back, a link in the chain of its history, timers that end and timers
that begin, and letters with everything that stands in them. What must be decided for it (who is
written to, in which words, when deadlines are due) is given, as it is given to the bound. What a
transition must read, and what it makes of the request as it stands then, is made anew: its state is
asked, its form is read, its act gets a key that no other has, and hashes, seals and Message-IDs are
worked out.
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

EVENT: Final = "acknowledge"
AFTER: Final = "received"
_MOVES: Final = ("state", "since", "changed_at", "due_at", "escalated_at", "done")
"""The columns of a request that a transition changes, besides those that are worked out."""
_OF_AN_ACT: Final = (
    "SELECT {0}.* FROM {0} JOIN history h ON h.request = {0}.request AND {1} ORDER BY {0}.id"
)
_ASKED: Final = {
    "request": f"SELECT * FROM request WHERE state = '{AFTER}' ORDER BY id",
    "history": f"SELECT * FROM history WHERE event = '{EVENT}'",
    "timer": _OF_AN_ACT.format("timer", f"h.event = '{EVENT}' AND timer.status = 'armed'"),
    "letter": _OF_AN_ACT.format(
        "letter", f"h.event = '{EVENT}' AND letter.cause_ref = h.cause_ref"
    ),
    "void": "SELECT timer.request, count(*) AS rows FROM timer JOIN history h"
    f" ON h.request = timer.request AND h.event = '{EVENT}' AND h.from_state = timer.state"
    " WHERE timer.status = 'void' GROUP BY timer.request",
    "before": "SELECT event FROM history WHERE request = 1 AND from_state IS NOT NULL"
    f" AND event <> '{EVENT}' ORDER BY seq",
}
_COUNTED: Final = {
    "history": "SELECT count(*) FROM history",
    "timer": "SELECT count(*) FROM timer",
    "void": "SELECT count(*) FROM timer WHERE status = 'void'",
    "letter": "SELECT count(*) FROM letter",
    "letters of": "SELECT sum(length(variables)) FROM letter",
    "seq": "SELECT sum(seq) FROM request",
    "moved": f"SELECT count(*) FROM request WHERE state = '{AFTER}'",
    "acts of": f"SELECT coalesce(sum(length(last_act)), 0) FROM request WHERE state = '{AFTER}'",
    "course": "SELECT count(*) FROM course",
    "share": "SELECT count(*) FROM share",
}
_SEALED: Final = (
    "request", "inbox", "cause_kind", "cause_ref", "role", "party", "receiver", "template",
    "language", "variables", "message_id", "token", "in_reply_to", "at_once", "written_at",
    "recorded_at",
)  # fmt: skip
_KEY: Final = b"of the bench alone"
_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))

Ask = Callable[[str], Sequence[Mapping[str, Any]]]
"""What gives the rows of one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What one transition writes: the request's changed columns, and new rows."""

    request: Mapping[str, Any]
    history: Mapping[str, Any]
    timers: Sequence[Mapping[str, Any]]
    letters: Sequence[Mapping[str, Any]]


def give(place: Path, ask: Ask, routine: Mapping[str, Any]) -> Path:
    """Write down what the peers need: every transition that has been made in the database that
    `ask` asks, and the `routine` that the requests follow.
    """
    found = {name: [dict(row) for row in ask(sql)] for name, sql in _ASKED.items()}
    moves = {row["id"]: {"request": row, "timers": [], "letters": []} for row in found["request"]}
    for row in found["history"]:
        moves[row["request"]]["history"] = row
    for table in ("timer", "letter"):
        for row in found[table]:
            del row["id"]
            moves[row["request"]][f"{table}s"].append(row)
    for row in found["void"]:
        if row["request"] in moves:
            moves[row["request"]]["void"] = row["rows"]
    before = [row["event"] for row in found["before"]]
    file = place / "given.json"
    whole = {"moves": list(moves.values()), "routine": routine, "before": before}
    file.write_text(json.dumps(whole), encoding="utf-8")
    return file


class Given:
    """What stands in the file that `give` has written."""

    def __init__(self, file: str) -> None:
        whole = json.loads(Path(file).read_text(encoding="utf-8"))
        self.routine: dict[str, Any] = whole["routine"]
        self.before: list[str] = whole["before"]
        """The events that brought each request where it stands."""
        self.moves = [Move(each) for each in whole["moves"]]


class Move:
    """One transition of one request."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.request: int = told["request"]["id"]
        self._moved = {name: told["request"][name] for name in _MOVES}
        self._act = json.loads(told["request"]["last_act"])
        self._history = told["history"]
        self._timers = told["timers"]
        self._letters = [
            {**letter, "variables": json.loads(letter["variables"])} for letter in told["letters"]
        ]
        self.counted = {
            "history": 1,
            "timer": len(told["timers"]),
            "void": told.get("void", 0),
            "letter": len(told["letters"]),
            "letters of": sum(len(letter["variables"]) for letter in told["letters"]),
            "seq": 1,
            "moved": 1,
            "acts of": len(told["request"]["last_act"]),
        }
        """What it adds to each of the sums that `counted` gives."""

    def rows(self, *, state: str, seq: int, head: str, form: str, kept: str) -> Rows:
        """What is to be written about the request as it was read just now; ValueError where its
        state does not allow it.
        """
        if state != self._history["from_state"]:
            raise ValueError(f"request {self.request} cannot be received")
        cause = str(uuid.uuid4())
        key = f"cli:{cause}"
        entry = {
            **self._history, "seq": seq + 1, "key": key, "cause_ref": cause, "previous": head,
        }  # fmt: skip
        del entry["hash"]
        entry["hash"] = digest(entry)
        act = {
            **self._act,
            "cause": ["command", cause],
            "state": state,
            "form": json.loads(form),
            "kept": json.loads(kept),
        }
        return Rows(
            request={
                **self._moved, "seq": seq + 1, "head": entry["hash"], "last_act": text(act),
            },
            history=entry,
            timers=self._timers,
            letters=[self._letter(each, cause, key) for each in self._letters],
        )  # fmt: skip

    def _letter(self, letter: Mapping[str, Any], cause: str, key: str) -> Mapping[str, Any]:
        signed = hmac.new(_KEY, f"{key}|{letter['receiver']}".encode(), sha256).hexdigest()
        row = {
            **letter,
            "cause_ref": cause,
            "variables": text(letter["variables"]),
            "message_id": f"<{signed[:24]}@kursdeling.example>",
            "token": signed[-8:].upper(),
        }
        row["seal"] = digest({name: row[name] for name in _SEALED})
        return row


class Counting:
    """Sees to it that as many rows, and as long ones, stand in the peer's database as in ours."""

    def __init__(self, ask: Callable[[str], int]) -> None:
        self._ask = ask
        self._before = self._counted()

    def check(self, moves: Sequence[Move]) -> None:
        """AssertionError unless just the moves have been written since the last time."""
        found = self._counted()
        wanted = {
            name: number + sum(move.counted.get(name, 0) for move in moves)
            for name, number in self._before.items()
        }
        assert found == wanted, (found, wanted)
        self._before = found

    def _counted(self) -> dict[str, int]:
        return {name: self._ask(sql) for name, sql in _COUNTED.items()}


def text(value: Any) -> str:
    """The value as JSON text, as it stands in the database."""
    return _ENCODER.encode(value)


def digest(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row."""
    return sha256(text(row).encode()).hexdigest()

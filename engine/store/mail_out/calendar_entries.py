"""The days that letters have put into calendars, so that a later letter can take them out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from engine.ports import Entry
from engine.store.database import Transaction
from engine.store.encoding import canonical
from engine.store.mail_out.letters import LetterRow

Whose = tuple[int | None, str, str]
"""A request, a role in it, and who has received letters as that role."""


def whose(row: LetterRow) -> Whose:
    """In whose calendar the letter's days stand."""
    return row.request_id, row.role, row.receiver


def keep(tx: Transaction, letter: int, entries: Iterable[Entry]) -> None:
    """Record what the letter puts into its receiver's calendar, and what it takes out."""
    for entry in entries:
        told = {"day": entry.day.isoformat(), "stands": int(entry.stands)}
        tx.run("calendar_entry_insert", {"letter": letter, "kind": entry.kind, **told})


def standing(tx: Transaction, rows: Iterable[LetterRow]) -> Mapping[Whose, tuple[Entry, ...]]:
    """What letters about the same requests have put into calendars and not taken out again."""
    requests = sorted({row.request_id for row in rows if row.request_id is not None})
    found: dict[Whose, dict[str, Entry]] = defaultdict(dict)
    for row in tx.all("calendar_entries", {"requests": canonical(requests)}) if requests else ():
        entry = Entry(
            kind=row["kind"], day=date.fromisoformat(row["day"]), stands=bool(row["stands"])
        )
        found[row["request"], row["role"], row["receiver"]][entry.kind] = entry
    return {
        each: tuple(entry for entry in kinds.values() if entry.stands)
        for each, kinds in found.items()
    }

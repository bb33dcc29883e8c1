"""The numbers of what waits: an item keeps its own until it is settled (INTERFACE §5.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from msgspec import Struct

from engine.errors import KursdelingError, StoreError
from engine.model import Language, Reason
from engine.plan.morning import FREE_AGAIN, UNHURRIED, Item, by_urgency, numbers_for
from engine.service.morning.items import Entry, entries
from engine.service.morning.network_items import network_entries
from engine.service.site import Site
from engine.store.database import Transaction
from engine.store.mail_out import mornings
from engine.store.mail_out.mornings import ItemRow
from engine.wording import morning as wording
from engine.wording import sentence


class Line(Struct, frozen=True, kw_only=True):
    """Something that waits, with its number."""

    number: int
    """0 where it needs none, since nobody has asked for what comes by itself."""
    entry: Entry
    taken_by: str
    """The address of whoever has said that it is theirs; empty where nobody has."""

    @property
    def kind(self) -> str:
        """What it is about."""
        return self.entry.item.kind

    @property
    def is_urgent(self) -> bool:
        """Whether it needs a person."""
        return self.kind not in UNHURRIED


def waiting(
    site: Site, tx: Transaction, day: date, at: datetime, *, unhurried: bool = False
) -> tuple[Line, ...]:
    """Everything that waits at `at`, the most urgent first, each with its number: those that have
    none get one, the `unhurried` too where they are asked for, and what waits no more gives up its
    own.
    """
    found = {
        each.item: each for each in chain(entries(site, tx, day, at), network_entries(site, tx, at))
    }
    standing = {Item(kind=row.kind, subject=row.subject): row for row in mornings.items(tx)}
    mornings.gone(tx, (row for item, row in standing.items() if item not in found), at)
    rows = {item: row for item, row in standing.items() if item in found}
    ordered = by_urgency({item: each.since for item, each in found.items()}, at)
    taken = {row.number for row in rows.values()} | mornings.numbers_since(tx, at - FREE_AGAIN)
    wanted = (each for each in ordered if unhurried or each.kind not in UNHURRIED)
    new = numbers_for((item for item in wanted if item not in rows), taken)
    mornings.number(tx, {n: (item.kind, item.subject) for item, n in new.items()}, at)
    return tuple(_lines(ordered, found, rows, new))


def _lines(
    ordered: Sequence[Item],
    found: Mapping[Item, Entry],
    rows: Mapping[Item, ItemRow],
    new: Mapping[Item, int],
) -> list[Line]:
    numbers = {item: row.number for item, row in rows.items()} | dict(new)
    return [
        Line(
            number=numbers.get(item, 0),
            entry=found[item],
            taken_by=rows[item].said_by if item in rows else "",
        )
        for item in ordered
        if item in numbers or item.kind in UNHURRIED
    ]


def told(line: Line, language: Language) -> str:
    """What the line says; what cannot be told stands with its number, and why, among the others.

    A database that goes away is no fault of the item.
    """
    entry = line.entry
    try:
        text = wording.line(line.kind, entry.values(language), language)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 – one item never costs anybody their letter
        reason = error.reason if isinstance(error, KursdelingError) else None
        why = sentence(reason, language) if reason else str(error) or type(error).__name__
        text = sentence(Reason("row_unreadable", {"row": entry.item.subject, "why": why}), language)
    return wording.taken(text, line.taken_by, language) if line.taken_by else text

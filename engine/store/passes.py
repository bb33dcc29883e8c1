"""Up to which instant business time has come, so that a clock that leaps ahead is noticed."""

from __future__ import annotations

from datetime import datetime

from engine.store.database import Transaction
from engine.store.encoding import instant, read_instant


def last(tx: Transaction) -> datetime | None:
    """The time of the last recorded pass; None before the first."""
    row = tx.one("pass_last")
    return None if row is None else read_instant(row["at"])


def newest(tx: Transaction) -> datetime | None:
    """The newest instant of business that is stored; None on a site where nothing has happened.

    Mail alone counts only where nothing has come of any: a stranger's would else set the clock.
    """
    found = tx.one("newest_instants") or {}
    passed = last(tx)
    known = [found[name] for name in ("request", "letter") if found.get(name)]
    known += [instant(passed)] if passed else []
    newest_of_all = max(known, default=found.get("mail"))
    return read_instant(newest_of_all) if newest_of_all else None


def record(tx: Transaction, at: datetime) -> None:
    """Remember that a pass was made at `at`."""
    tx.run("pass_record", {"id": 1, "at": instant(at)})


def reached(tx: Transaction) -> dict[str, int]:
    """The highest number of a mail and of a letter that has been given."""
    row = tx.one("reached") or {}
    return {name: row.get(name) or 0 for name in ("mail", "letter")}

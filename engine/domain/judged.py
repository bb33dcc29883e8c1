"""What judging one field gives: its normal form, or every fault; and warnings besides."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from engine.model import Reason


class Judged(Struct, frozen=True, kw_only=True):
    """One field after judging; `value` counts only without faults, and may be empty."""

    value: str = ""
    faults: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


def accepted(value: str, *warnings: Reason) -> Judged:
    """Return a field that is in order, with its normal form."""
    return Judged(value=value, warnings=warnings)


def faulty(code: str, **values: Any) -> Judged:
    """Return a field that has one fault."""
    return Judged(faults=(Reason(code, values),))

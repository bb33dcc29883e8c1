"""What one look at a part of a site came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `ok`, `warning` (works, but look), or `broken` (mend it)."""

    check: str
    state: Literal["ok", "warning", "broken"]
    what: str

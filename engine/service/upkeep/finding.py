"""What one look at a part of a site came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from engine.model import Language
from engine.wording.findings import found

State = Literal["ok", "warning", "broken"]


class Finding(Struct, frozen=True):
    """One thing that was looked at: `ok`, `warning` (works, but look), or `broken` (mend it)."""

    check: str
    state: State
    what: str
    code: str = ""
    """What it says in every language; empty where `what` is another program's own words."""
    values: Mapping[str, Any] = field(default_factory=dict)

    def in_words(self, language: Language) -> str:
        """What was found, in `language` where there are words for it."""
        return found(self.code, self.values, language) if self.code else self.what


def finding(check: str, state: State, code: str, **values: object) -> Finding:
    """What was found, with the words for it in every language."""
    return Finding(check, state, found(code, values, "en"), code, values)

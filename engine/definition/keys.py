"""The keys that each block of a workflow file may have: what the reader allows, and editors too."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Keys(Struct, frozen=True, kw_only=True):
    """The keys that a block needs, and those that it may have besides."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every key that the block may have."""
        return (*self.required, *self.optional)


WHEN: Final = ("after", "before", "at", "day")
"""A timer has exactly one of these."""
ACTIONS: Final = ("remind", "send", "fire", "escalate")
"""A timer has exactly one of these."""

BY_TIME: Final = "time"
"""What `by` says where no person acts."""

FILE: Final = Keys(
    required=(
        *("workflow", "version", "title", "source", "opens_with"),
        *("roles", "states", "events"),
    ),
    optional=("on_open", "timers"),
)
OPENING: Final = Keys(
    required=("by", "subject", "form", "state", "parties"),
    optional=("proof", "when", "letters", "forwarded"),
)
OPENING_BY_TIME: Final = Keys(
    required=("by", "each", "day", "days", "state", "parties"), optional=("letters",)
)
ROLE: Final = Keys(required=("side", "duty"), optional=("of", "party", "instead"))
STATE: Final = Keys(required=("title",), optional=("waits_for", "owes", "then", "label", "final"))
EVENT: Final = Keys(
    required=("from", "to", "by"),
    optional=("when", "needs", "asks", "keeps", "says", "phrases", "letters", "proof", "follows"),
)
LETTER: Final = Keys(required=("to", "send"), optional=("if",))
DAY: Final = Keys(required=("within",), optional=("title",))
PARTS: Final = Keys(required=("parts",))
SAID: Final = Keys(required=("says",))
TIMER: Final = Keys(optional=("once", *WHEN, *ACTIONS, "of", "to", "every", "at_most", "warn"))
WARNING: Final = Keys(required=("before", "to"))
FORM: Final = Keys(required=("form", "source"), optional=("required", "like", "fields", "apart"))
FIELD: Final = Keys(required=("label", "kind"), optional=("also", "hint", "parts", "words"))
DUTIES: Final = Keys(required=("duties",))
DUTY: Final = Keys(required=("title", "holder", "source"), optional=("also", "side", "several"))

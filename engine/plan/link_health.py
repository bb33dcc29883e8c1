"""How the link of a shared course stands, by what it has answered so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from engine.calendar import oslo_day
from engine.ports import LinkAnswer

ANSWERED: Final = frozenset({"link_status"})
"""Of the ways to fail, those in which a server of the web did answer."""
DAY: Final = timedelta(days=1)
"""After so long a link that failed is asked again, however seldom links are asked."""


class LinkHealth(Struct, frozen=True, kw_only=True):
    """What is known of one link since it was first asked for."""

    state: Literal["alive", "failing", "unknown"]
    """What the last look came to."""
    why: str
    detail: str
    checked_at: datetime
    failing_since: datetime | None
    """The first look that failed, with none since that succeeded."""
    broken_since: datetime | None
    """The look on another day that failed too: now people should know."""

    @property
    def shown(self) -> str:
        """The state as people are told it: `broken` once that is certain."""
        return "broken" if self.broken_since is not None else self.state


def judged(before: LinkHealth | None, answer: LinkAnswer, at: datetime) -> LinkHealth:
    """How the link stands after `answer` at `at`.

    One bad day is no news: a link is broken when it has failed on two days, and until it answers
    again. An answer from which nobody can tell changes neither.
    """
    failing = before.failing_since if before else None
    broken = before.broken_since if before else None
    if answer.state == "alive":
        failing = broken = None
    elif answer.state == "failing":
        failing = failing or at
        if broken is None and oslo_day(failing) < oslo_day(at):
            broken = at
    return LinkHealth(
        state=answer.state,
        why=answer.why,
        detail=answer.detail,
        checked_at=at,
        failing_since=failing,
        broken_since=broken,
    )


def is_due(known: LinkHealth | None, at: datetime, every: timedelta) -> bool:
    """Whether the link should be asked for at `at`, where fine ones are each `every`."""
    if known is None:
        return True
    wait = every if known.state == "alive" else min(every, DAY)
    return known.checked_at + wait <= at


def is_ours(known: Iterable[LinkHealth]) -> bool:
    """Whether all that fails may well be our own network: no server has answered at all."""
    known = tuple(known)
    answered = any(each.state == "alive" or each.why in ANSWERED for each in known)
    return not answered and any(each.state == "failing" for each in known)

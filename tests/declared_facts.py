"""In tests a guard is given facts that tell when it reads one which it does not declare.

The store reads only what the guards of a routine declare. A guard that looks at more is right
where another guard happens to ask for it, and wrong everywhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from msgspec.structs import replace

from engine.model import Facts, Party, Reason, Request, Situation
from engine.ports import Guard

NEED_OF = {
    "agreement": "agreement",
    "short_name_taken_by": "short_name",
    "shares": "shares",
    "same_course": "same_course",
    "similar": "similar",
    "history": "history",
    "rollup": "rollup",
}
"""What a guard must declare before it reads a fact; the others are always read."""


class UndeclaredReadError(AssertionError):
    """A guard has read a fact that it does not declare."""


class DeclaredFacts:
    """Facts of which only those in `needs` can be read; `undeclared` collects all other reads."""

    def __init__(
        self, facts: Facts, needs: Collection[str], own: Collection[str], undeclared: list[str]
    ) -> None:
        self._facts, self._needs, self._own, self._undeclared = facts, needs, own, undeclared

    def __getattr__(self, name: str) -> Any:
        need = NEED_OF.get(name)
        if need is not None and need not in self._needs:
            self._refuse(f"facts.{name}, which needs «{need}»")
        if name == "parties" and "parties" not in self._needs:
            return _OwnParties(self._facts.parties, self._own, self._refuse)
        return getattr(self._facts, name)

    def _refuse(self, what: str) -> None:
        self._undeclared.append(what)
        raise UndeclaredReadError(what)


class _OwnParties(Mapping[str, Party]):
    """The parties of the request itself, which are always read."""

    def __init__(self, every: Mapping[str, Party], own: Collection[str], refuse: Any) -> None:
        self._every, self._own, self._refuse = every, own, refuse

    def __getitem__(self, party: str) -> Party:
        if party and party not in self._own:
            self._refuse(f"facts.parties[{party!r}], which needs «parties»")
        return self._every[party]

    def __iter__(self) -> Iterator[str]:
        self._refuse("all of facts.parties, which needs «parties»")
        return iter(self._every)

    def __len__(self) -> int:
        self._refuse("all of facts.parties, which needs «parties»")
        return len(self._every)


def declaring(guard: Guard, undeclared: list[str]) -> Guard:
    """The guard, given no fact that it does not declare; others go to `undeclared`, by its name."""

    def check(situation: Situation) -> tuple[Reason, ...]:
        found: list[str] = []
        facts = DeclaredFacts(situation.facts, guard.needs, _own(situation.request), found)
        try:
            return guard.check(replace(situation, facts=cast("Facts", facts)))
        finally:
            undeclared.extend(f"{guard.name} reads {what}" for what in found)

    return replace(guard, check=check)


def _own(request: Request) -> frozenset[str]:
    related = (request.owner, request.borrower, request.requester, "ks-laering")
    return frozenset(party for party in related if party)

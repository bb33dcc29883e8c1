"""Requests that are decided one after the other and written together.

Deciding reads, and what is read must stand when it is decided on. What one request's event changes
of a course, other requests about that course or its name may have to know: before one of those is
decided, what waits is written.
"""

from __future__ import annotations

from typing import Final

from engine.plan.case import Case

Touched = tuple[str, str]
"""(what kind of thing, which one)."""
ANYTHING: Final[frozenset[Touched]] = frozenset({("anything", "")})
"""What a decision is about that may read whatever there is, as in a year of networks."""


class Batch:
    """What the requests that wait to be written have changed."""

    def __init__(self) -> None:
        self._touched: set[Touched] = set()
        self._looks: dict[str, bool] = {}
        """Whether a routine asks for courses of a like name, which may be any; by its text."""

    def concerns(self, case: Case) -> bool:
        """Whether a decision on the case may read what waits: it is to be written first."""
        if case.workflow.opens_with.by_time:
            return True
        around = self._about(case)
        return bool(self._touched) and (around == ANYTHING or not around.isdisjoint(self._touched))

    def add(self, case: Case) -> bool:
        """Note that what waits changes what the case is about; False where that may be anything,
        so that nothing more can wait beside it.
        """
        around = self._about(case)
        self._touched |= around
        return around != ANYTHING

    def written(self) -> bool:
        """Begin anew, since nothing waits any more; whether anything had been changed."""
        changed = bool(self._touched)
        self._touched.clear()
        return changed

    def _about(self, case: Case) -> frozenset[Touched]:
        """What a decision on the case reads or changes that other requests may be about too."""
        routine = case.workflow
        if routine.sha256 not in self._looks:
            self._looks[routine.sha256] = "similar" in case.needs(*routine.events.values())
        if routine.opens_with.by_time or self._looks[routine.sha256]:
            return ANYTHING
        course, form = case.facts.course, case.request.form
        names = {("short name", form.get("short_name", "").strip().casefold())}
        names.add(("full name", " ".join(form.get("full_name", "").casefold().split())))
        if course is not None:
            names |= {("course", str(course.id)), ("short name", course.short_name.casefold())}
            names.add(("full name", " ".join(course.full_name.casefold().split())))
        return frozenset((kind, name) for kind, name in names if name)

"""Several requests decided on before the first of them is written.

Deciding reads, and what is read must stand when it is decided on. What one request's event changes
of a course, other requests about that course or its name may have to know: before one of those is
decided, what waits is written.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.model import Plan
from engine.plan.case import Case

Touched = tuple[str, str]
"""(what kind of thing, which one)."""


def about(case: Case) -> frozenset[Touched] | None:
    """What a decision on the case reads or changes that other requests may be about too; None where
    that may be anything, as in a year of networks.
    """
    if case.workflow.opens_with.by_time or _looks_at_all(case):
        return None
    course, form = case.facts.course, case.request.form
    names = {("short name", form.get("short_name", "").strip().casefold())}
    names.add(("full name", " ".join(form.get("full_name", "").casefold().split())))
    if course is not None:
        names |= {("course", str(course.id)), ("short name", course.short_name.casefold())}
        names.add(("full name", " ".join(course.full_name.casefold().split())))
    return frozenset((kind, name) for kind, name in names if name)


def _looks_at_all(case: Case) -> bool:
    """Whether the routine asks for courses of a like name, which may be any."""
    events = case.workflow.events.values()
    return "similar" in case.needs(*events)


def changes_a_course(plans: Iterable[Plan]) -> bool:
    """Whether others who are about the same course may decide otherwise after these plans."""
    return any(plan.course or plan.share for plan in plans)

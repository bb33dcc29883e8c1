"""Statements that show requests, one or many, without changing anything."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ClauseElement, case, func, null, or_, select

from engine.store.description.sources import NO_TEXT, course, param, request

_with_course = request.outerjoin(course, course.c.id == request.c.course)
_of_course = {
    name: course.c[name].label(f"course_{name}")
    for name in (
        "owner", "short_name", "full_name", "platform", "licence", "link", "information",
    )
}  # fmt: skip

_case = select(request, *_of_course.values()).select_from(_with_course)

_line = select(
    request.c.id,
    request.c.number,
    request.c.workflow,
    request.c.version,
    request.c.state,
    request.c.owner,
    request.c.borrower,
    request.c.requester,
    request.c.since,
    request.c.due_at,
    request.c.escalated_at,
    request.c.opened_at,
    request.c.changed_at,
    request.c.form,
    *(column for name, column in _of_course.items() if name != "platform"),
).select_from(_with_course)
"""A request as a list tells of it, without what only decisions need."""
_named = course.c.full_name != NO_TEXT
_brief = _line.with_only_columns(
    *(
        case((_named, null()), else_=each).label(each.name)
        if each.name in {"form", "course_information"}
        else each
        for each in _line.selected_columns
    )
)
"""The same for a table: forms are most of a line, and only tell a name that no course has yet."""

_fitting = (
    or_(param("of_workflow") == NO_TEXT, request.c.workflow == param("of_workflow")),
    or_(param("of_state") == NO_TEXT, request.c.state == param("of_state")),
)

STATEMENTS: Mapping[str, ClauseElement] = {
    "request_cases": _case.where(*_fitting).order_by(request.c.id),
    "request_lines": _line.where(*_fitting).order_by(request.c.id),
    "request_numbers": select(request.c.number).order_by(request.c.id),
    "request_lines_brief": _brief.where(*_fitting).order_by(request.c.id),
    "request_case": _case.where(request.c.number == param("number")),
    "request_counts": select(request.c.workflow, request.c.state, func.count().label("number"))
    .group_by(request.c.workflow, request.c.state)
    .order_by(request.c.workflow, request.c.state),
}

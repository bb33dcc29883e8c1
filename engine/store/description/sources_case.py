"""Statements about requests, courses, shares, history and timers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import (
    ClauseElement,
    and_,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from engine.model import PLATFORM
from engine.store.description.constraints import one_of
from engine.store.description.sealing import changing
from engine.store.description.sources import (
    NO_TEXT,
    NOTHING_SKIPPED,
    among,
    counter,
    course,
    history,
    inserted,
    number,
    param,
    request,
    share,
    timer,
)

_one_request = select(request).where(request.c.number == param("number"))
# Whoever locks several takes them in the same order, so that no two wait for each other.
_several_requests = select(request).where(among(request.c.number, "numbers")).order_by(request.c.id)
_armed = one_of(timer.c.status, ("armed",))
_same_request = request.c.id == number("of_request")

_recorded = select(
    history.c.request,
    request.c.number,
    history.c.seq,
    history.c.hash,
    history.c.event,
    history.c.from_state,
    history.c.to_state,
).select_from(history.join(request, request.c.id == history.c.request))

_course_values = {
    name: param(name)
    for name in (
        "owner", "short_name", "short_name_key", "platform", "full_name", "licence", "link",
        "information",
    )
}  # fmt: skip

_timer_row = select(timer, request.c.number, request.c.workflow).select_from(
    timer.join(request, request.c.id == timer.c.request)
)
# A clock that was set back must not act on what has happened after it.
_timers_due = (
    _timer_row.where(
        _armed,
        timer.c.due_at <= param("at"),
        request.c.changed_at <= param("at"),
        not_(among(timer.c.request, "but", numbers=True)),
    )
    .order_by(timer.c.due_at, timer.c.id)
    .limit(number("at_most_rows"))
    .offset(NOTHING_SKIPPED)
)

_active_shares = select(
    share.c.request, share.c.course, share.c.direction, share.c.lender, share.c.borrower
).where(share.c.ended_at.is_(null()))

_request_values = {
    name: number(name) if name in {"course", "seq"} else param(name)
    for name in (
        "state", "since", "owner", "borrower", "requester", "course", "changed_at", "due_at",
        "escalated_at", "form", "kept", "done", "seq", "head", "last_act",
    )
}  # fmt: skip

_later = request.alias("later")
# The indexes on `request.course` and `share.course` find both for each course.
_last_about = select(func.max(_later.c.id)).where(_later.c.course == course.c.id).scalar_subquery()
_shared_since = (
    select(func.min(share.c.since))
    .where(share.c.course == course.c.id, share.c.ended_at.is_(null()))
    .scalar_subquery()
)

_next_number = insert(counter).values(year=number("year"), last=literal_column("1"))

STATEMENTS: Mapping[str, ClauseElement] = {
    # requests
    "request_insert": inserted(request, returning="id"),
    "request_update": update(request)
    .values(_request_values)
    .where(_same_request, request.c.seq == number("of_seq")),
    "request_by_number": _one_request,
    "request_by_number_locked": _one_request.with_for_update(),
    "requests_by_numbers": _several_requests,
    "requests_by_numbers_locked": _several_requests.with_for_update(),
    "request_escalated": update(request).values(escalated_at=param("at")).where(_same_request),
    "request_number": update(request).values(number=param("number")).where(_same_request),
    "request_number_of": select(request.c.number).where(_same_request),
    "counter_next": _next_number.on_conflict_do_update(
        index_elements=["year"], set_={"last": counter.c.last + literal_column("1")}
    ).returning(counter.c.last),
    "counters": select(counter).order_by(counter.c.year),
    # courses
    "course_insert": inserted(course, returning="id"),
    "course_update": update(course)
    .values(_course_values)
    .where(course.c.id == number("of_course")),
    "course_by_id": select(course).where(course.c.id == number("of_course")),
    "courses_by_ids": select(course).where(among(course.c.id, "ids", numbers=True)),
    "known_courses": select(
        request.c.number,
        course.c.full_name,
        course.c.short_name,
        course.c.owner,
        _shared_since.label("since"),
    )
    .select_from(course.join(request, request.c.id == _last_about))
    .order_by(course.c.id),
    "short_name_holder": select(request.c.number)
    .select_from(course.join(request, request.c.course == course.c.id))
    .where(
        course.c.platform == literal_column(f"'{PLATFORM}'"),
        course.c.short_name_key == param("short_name_key"),
        course.c.id != number("of_course"),
        request.c.id != number("of_request"),
    )
    .order_by(request.c.id.desc())
    .limit(literal_column("1"))
    .offset(NOTHING_SKIPPED),
    # shares
    "share_insert": inserted(share, returning="id"),
    "share_end": update(share)
    .values(ended_at=param("at"))
    .where(share.c.request == number("of_request"), share.c.ended_at.is_(null())),
    "shares_of_course": select(share, request.c.number)
    .select_from(share.join(request, request.c.id == share.c.request))
    .where(share.c.course == number("of_course"), share.c.ended_at.is_(null()))
    .order_by(share.c.id),
    "catalogue": select(
        request.c.number,
        course.c.full_name,
        course.c.short_name,
        course.c.licence,
        course.c.link,
        share.c.direction,
        share.c.lender,
        share.c.borrower,
        share.c.since,
    )
    .select_from(
        share.join(request, request.c.id == share.c.request).join(
            course, course.c.id == share.c.course
        )
    )
    .where(share.c.ended_at.is_(null()))
    .order_by(share.c.id),
    "shares_by_name": select(
        request.c.number,
        course.c.full_name,
        course.c.short_name,
        course.c.link,
        share.c.lender,
        share.c.borrower,
    )
    .select_from(
        share.join(request, request.c.id == share.c.request).join(
            course, course.c.id == share.c.course
        )
    )
    .where(
        share.c.ended_at.is_(null()),
        or_(
            and_(
                course.c.short_name_key == param("short_name_key"),
                param("short_name_key") != NO_TEXT,
            ),
            func.lower(course.c.full_name) == func.lower(param("full_name")),
        ),
    )
    .order_by(share.c.id),
    "active_shares": _active_shares.order_by(share.c.id),
    "shares_of_request": _active_shares.where(share.c.request == number("of_request")).order_by(
        share.c.id
    ),
    # history
    "history_insert": inserted(history),
    "history_by_key": _recorded.where(history.c.key == param("key")),
    "history_by_keys": _recorded.add_columns(history.c.key).where(among(history.c.key, "keys")),
    "history_by_cause": _recorded.where(
        history.c.cause_kind == param("cause_kind"), history.c.cause_ref == param("cause_ref")
    ).order_by(history.c.request, history.c.seq),
    "history_moves": select(
        history.c.event,
        history.c.from_state,
        history.c.to_state,
        history.c.cause_kind,
        history.c.cause_ref,
    )
    .where(history.c.request == number("of_request"))
    .order_by(history.c.seq),
    "history_moves_together": select(
        history.c.request,
        history.c.event,
        history.c.from_state,
        history.c.to_state,
        history.c.cause_kind,
        history.c.cause_ref,
    )
    .where(among(history.c.request, "requests", numbers=True))
    .order_by(history.c.request, history.c.seq),
    "history_of_request": select(history)
    .select_from(history.join(request, request.c.id == history.c.request))
    .where(request.c.number == param("number"))
    .order_by(history.c.seq),
    "history_all": select(history).order_by(history.c.request, history.c.seq),
    "requests_all": select(request).order_by(request.c.id),
    "last_event": select(func.max(request.c.changed_at).label("at")),
    # timers
    "timer_insert": inserted(timer, generated="id"),
    "timers_void": changing(timer, status=literal_column("'void'")).where(
        timer.c.request == number("of_request"), _armed
    ),
    "timers_due": _timers_due,
    # Everyone who changes a request locks its row first; so does whoever lets its timers act.
    # The timer is locked too, so that it is read as another worker has just left it.
    "timers_due_locked": _timers_due.with_for_update(of=[request, timer], skip_locked=True),
    "timers_of_request": _timer_row.where(_armed, timer.c.request == number("of_request")).order_by(
        timer.c.due_at, timer.c.id
    ),
    "timers_of_requests": _timer_row.where(
        _armed, among(timer.c.request, "requests", numbers=True)
    ).order_by(timer.c.due_at, timer.c.id),
    "timers_next": select(func.min(timer.c.due_at).label("at")).where(_armed),
    "timers_armed": _timer_row.where(
        _armed, or_(param("number") == NO_TEXT, request.c.number == param("number"))
    ).order_by(timer.c.due_at, timer.c.id),
    "timer_finish": changing(
        timer, status=literal_column("'done'"), occurrence=timer.c.occurrence + literal_column("1")
    ).where(timer.c.id == number("of_timer"), _armed),
    "timer_rearm": changing(
        timer, due_at=param("at"), occurrence=timer.c.occurrence + literal_column("1")
    ).where(timer.c.id == number("of_timer"), _armed),
}

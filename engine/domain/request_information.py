"""The course information of a request, judged with what the register says on the day."""

from __future__ import annotations

from datetime import date

from engine.domain.course_information import Context, CourseInformation, read
from engine.domain.duties import ELEARNING
from engine.domain.fields import FORMS
from engine.model import Facts, Request


def information_of(
    request: Request, facts: Facts, today: date, form: str, *, unique: bool = True
) -> CourseInformation:
    """Return the request's form judged for its owner by the named form's rules.

    An order's own words about the owner are not judged: the order may name the wrong one and move
    on to the right one (INTERFACE §4). Unless `unique`, nobody asks whether the short name is free.
    An unknown form raises KeyError.
    """
    ordered = request.requester is not None
    given = {name: text for name, text in request.form.items() if not (ordered and name == "owner")}
    context = Context(
        owner=facts.parties.get(request.owner or ""),
        parties=facts.parties,
        elearning=facts.holders(request.owner, ELEARNING) if request.owner else (),
        today=today,
        short_name_taken_by=facts.short_name_taken_by if unique else None,
        required=FORMS[form].required,
    )
    return read(given, context)

"""Which routine a mail opens, where that is certain."""

from __future__ import annotations

import re
from typing import Final

from engine.definition.types import Workflow
from engine.domain.fields import FIELDS, FORMS
from engine.intake.course_named import PREFIX, wants_course
from engine.model import Act, Cause
from engine.plan.opening import OPEN, sender_of
from engine.service.mail.verdict import Incoming

ENOUGH: Final = 3
"""So many points of a form say which routine is meant."""


def routine_of(incoming: Incoming) -> Workflow | None:
    """The routine that the mail names or can only mean; None where that is not certain.

    A line `Rutine:` goes first, then the subject, the routine's name in the writer's own words,
    and what the writer's duty may open and the form fits (INTERFACE §5.2).
    """
    workflows = _by_mail(incoming)
    named = incoming.reading.fields.get("routine", "")
    if named:
        return _only([each for each in workflows if _called(each, named)])
    subject = PREFIX.sub("", incoming.reading.subject)
    by_subject = [each for each in workflows if _subject_of(each, subject)]
    if by_subject:
        return _only(by_subject)
    by_words = [each for each in workflows if _named_in(each, incoming.reading.own_text)]
    if by_words:
        return _only(by_words)
    return _fitting(incoming)


def openable(incoming: Incoming) -> list[Workflow]:
    """The routines that the writer may open by mail."""
    actor = incoming.actor
    probe = Act(event=OPEN, actor=actor, proof=incoming.proof, cause=Cause("mail", ""), key="")
    return [each for each in _by_mail(incoming) if sender_of(each, probe) is not None]


def _by_mail(incoming: Incoming) -> list[Workflow]:
    routines = (each.workflow for each in incoming.site.routines.current.values())
    return [each for each in routines if not each.opens_with.by_time]


def _fitting(incoming: Incoming) -> Workflow | None:
    """Of what the writer may open, the one whose form the mail fills in furthest."""
    given = incoming.reading.fields.keys() & FIELDS.keys()
    theirs = openable(incoming)
    if len(theirs) == 1 and (given or _orders(theirs[0], incoming.reading.own_text)):
        return theirs[0]
    if not given:
        return None
    filled = {
        each.name: len(given & set(required))
        for each in theirs
        if len(given & set(required := FORMS[each.opens_with.form].required))
        >= min(ENOUGH, len(required))
    }
    most = max(filled.values(), default=0)
    return _only([each for each in theirs if most and filled.get(each.name) == most])


def _orders(workflow: Workflow, text: str) -> bool:
    """Whether the routine needs no more than a course's name, and a sentence asks for one."""
    return FORMS[workflow.opens_with.form].required == ("full_name",) and wants_course(text)


def _named_in(workflow: Workflow, text: str) -> bool:
    """Whether the writer's own words name the routine: «Det gjelder deling til KS Læring»."""
    folded = f" {' '.join(text.casefold().split())} "
    return any(
        re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", folded)
        for words in workflow.opens_with.subject.values()
        for word in words
    )


def _only(found: list[Workflow]) -> Workflow | None:
    return found[0] if len(found) == 1 else None


def _called(workflow: Workflow, text: str) -> bool:
    folded = text.strip().casefold()
    names = {workflow.name, *workflow.titles.values()}
    names |= {word for words in workflow.opens_with.subject.values() for word in words}
    return folded in {name.casefold() for name in names}


def _subject_of(workflow: Workflow, subject: str) -> bool:
    folded = " ".join(subject.casefold().split())
    return any(
        folded.startswith(word.casefold())
        for words in workflow.opens_with.subject.values()
        for word in words
    )

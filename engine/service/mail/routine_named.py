"""Which routine a mail opens, where that is certain."""

from __future__ import annotations

import re
from typing import Final

from engine.definition.types import Workflow
from engine.domain.fields import FIELDS, FORMS
from engine.model import Act, Actor, Cause
from engine.plan.opening import OPEN, sender_of
from engine.service.mail.verdict import Incoming

_IN_A_SENTENCE = re.compile(
    r"\b(?:e-?lærings)?kurset?\s+[«“”\"]([^«»“”\"\n]{3,150})[»“”\"]", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_]{3}")
_JOINTS: Final = ' :–—-«»"“”'
ENOUGH: Final = 3
"""So many points of a form say which routine is meant."""
_PREFIX = re.compile(r"^(?:\s*(?:re|sv|fwd?|vs|vb|aw)\s*:)+\s*", re.IGNORECASE)


def routine_of(incoming: Incoming) -> Workflow | None:
    """The routine that the mail names or can only mean; None where that is not certain.

    A line `Rutine:` goes first, then the subject, the routine's name in the writer's own words,
    and what the writer's duty may open and the form fits (INTERFACE §5.2).
    """
    workflows = _by_mail(incoming)
    named = incoming.reading.fields.get("routine", "")
    if named:
        return _only([each for each in workflows if _called(each, named)])
    subject = _PREFIX.sub("", incoming.reading.subject)
    by_subject = [each for each in workflows if _subject_of(each, subject)]
    if by_subject:
        return _only(by_subject)
    by_words = [each for each in workflows if _named_in(each, incoming.reading.own_text)]
    if by_words:
        return _only(by_words)
    return _fitting(incoming)


def openable(incoming: Incoming) -> list[Workflow]:
    """The routines that the writer may open by mail."""
    actor = Actor(name=incoming.reading.sender, contacts=incoming.contacts)
    probe = Act(event=OPEN, actor=actor, proof=incoming.proof, cause=Cause("mail", ""), key="")
    return [each for each in _by_mail(incoming) if sender_of(each, probe) is not None]


def _by_mail(incoming: Incoming) -> list[Workflow]:
    routines = (each.workflow for each in incoming.site.routines.current.values())
    return [each for each in routines if not each.opens_with.by_time]


def _fitting(incoming: Incoming) -> Workflow | None:
    """Of what the writer may open, the one whose form the mail fills in furthest."""
    given = incoming.reading.fields.keys() & FIELDS.keys()
    theirs = openable(incoming)
    if not given:
        return None
    if len(theirs) == 1:
        return theirs[0]
    filled = {
        each.name: len(given & set(required))
        for each in theirs
        if len(given & set(required := FORMS[each.opens_with.form].required))
        >= min(ENOUGH, len(required))
    }
    most = max(filled.values(), default=0)
    return _only([each for each in theirs if most and filled.get(each.name) == most])


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


def course_named(workflow: Workflow, subject: str, text: str) -> str:
    """The course that a mail names outside its form: behind the routine in the subject, or in a
    sentence («kurset «Smittevern i sykehjem»»); empty where it names none, or two.
    """
    rest = _after_routine(workflow, " ".join(_PREFIX.sub("", subject).split()))
    if _NAME.search(rest):
        return rest
    named = {" ".join(found[1].split()) for found in _IN_A_SENTENCE.finditer(text)}
    return named.pop() if len(named) == 1 else ""


def _after_routine(workflow: Workflow, subject: str) -> str:
    words = {word for said in workflow.opens_with.subject.values() for word in said}
    for word in sorted(words, key=len, reverse=True):
        if subject.casefold().startswith(word.casefold()):
            return subject[len(word) :].strip(_JOINTS)
    return ""

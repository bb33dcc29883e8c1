"""Which routine a mail opens, where that is certain."""

from __future__ import annotations

import re

from engine.definition.types import Workflow
from engine.domain.fields import FIELDS
from engine.model import Act, Actor, Cause
from engine.pattern import pattern
from engine.plan.opening import OPEN, sender_of
from engine.service.mail.verdict import Incoming

_PREFIX = pattern(r"^(?:\s*(?:re|sv|fwd?|vs|vb|aw)\s*:)+\s*", re.IGNORECASE)


def routine_of(incoming: Incoming) -> Workflow | None:
    """The routine that the mail names or can only mean; None where that is not certain."""
    routines = (each.workflow for each in incoming.site.routines.current.values())
    workflows = [each for each in routines if not each.opens_with.by_time]
    named = incoming.reading.fields.get("routine", "")
    if named:
        return _only([each for each in workflows if _called(each, named)])
    subject = _PREFIX.sub("", incoming.reading.subject)
    by_subject = [each for each in workflows if _subject_of(each, subject)]
    if by_subject:
        return _only(by_subject)
    if not set(incoming.reading.fields) & set(FIELDS):
        return None
    actor = Actor(name=incoming.reading.sender, contacts=incoming.contacts)
    probe = Act(event=OPEN, actor=actor, proof=incoming.proof, cause=Cause("mail", ""), key="")
    return _only([each for each in workflows if sender_of(each, probe) is not None])


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

"""SKJEMA, and «Er det et skjema?», about no case yet: the form of what the asker may open; and the
filled-in form that comes back (INTERFACE §5.2).
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.definition.types import Workflow
from engine.domain.fields import FIELDS, FORMS
from engine.domain.own_questions import asks_for_form
from engine.domain.words import all_general, general_meaning
from engine.intake.reply import commands
from engine.model import Language, Proof
from engine.service.answering.openings.opening_mail import open_by_mail
from engine.service.letters.posting import FORM_SENT
from engine.service.mail.routine_named import openable, routine_of
from engine.service.mail.verdict import Incoming, Judged, language_of, plain_letter
from engine.store.mail_out.letters import LetterRow


def form_sent(incoming: Incoming) -> Judged | None:
    """The letter with the form that the mail asks for; None where it asks for none, brings one, or
    is not proved.
    """
    text = incoming.reading.own_text
    found = commands(text, all_general())
    asked = any(general_meaning(each.word) == "form" for each in found) or asks_for_form(text)
    given = incoming.reading.fields.keys() & FIELDS.keys()
    if not asked or given or incoming.proof is Proof.NONE:
        return None
    theirs = sorted(openable(incoming), key=lambda each: -len(FORMS[each.opens_with.form].required))
    named = routine_of(incoming)
    workflow = named if named in theirs else next(iter(theirs), None)
    if workflow is None:
        return None
    language = language_of(incoming)
    others = [] if named else [_row(each, language) for each in theirs if each is not workflow]
    texts = {
        "form": [{"label": label, "value": ""} for label in _labels(workflow, language)],
        "extra": {**_row(workflow, language), "workflow": workflow.name, "others": others},
    }
    return Judged(verdict="answered", letters=(plain_letter(incoming, FORM_SENT, language, texts),))


def form_answered(incoming: Incoming, letter: LetterRow) -> Judged | None:
    """The opening that a form brings which was filled in below the letter that held it; None where
    nothing was, or the form belongs to a case.
    """
    name = letter.variables["extra"].get("workflow", "")
    routine = incoming.site.routines.current.get(name)
    reading = incoming.reading
    fields = {**reading.quoted_fields, **reading.fields}
    if routine is None or letter.request or not fields.keys() & FIELDS.keys():
        return None
    filled = replace(incoming, reading=replace(reading, fields=fields))
    meant = routine_of(filled) if reading.fields.get("routine") else None
    return open_by_mail(filled, meant or routine.workflow, proof=max(incoming.proof, Proof.ALIGNED))


def _labels(workflow: Workflow, language: Language) -> list[str]:
    required = FORMS[workflow.opens_with.form].required
    return [FIELDS[name].labels[language] for name in required]


def _row(workflow: Workflow, language: Language) -> dict[str, Any]:
    name = workflow.opens_with.subject[language][0]
    return {"routine": name, "labels": _labels(workflow, language)}

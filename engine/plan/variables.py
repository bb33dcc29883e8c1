"""The variables that every letter's text may rely on, in the receiver's language where they are
words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.calendar import (
    is_working_day,
    last_day,
    last_working_day_before,
    next_working_day,
    oslo_day,
)
from engine.domain.course_information import information_of, with_https
from engine.domain.days import looks_like_day
from engine.domain.fields import COURSE_INFORMATION, FIELDS, FORMS, called, shown
from engine.domain.opinions import is_opinion
from engine.domain.secrecy import masked, masked_values
from engine.model import LANGUAGES, Language, Reason
from engine.plan import yearly_letters
from engine.plan.answering import answers_left
from engine.plan.case import Case, Happening
from engine.plan.keeping import FORM_THEN, opinion_of, part_word
from engine.plan.naming import party_name, waited_for
from engine.plan.passing_on import reads_answer
from engine.plan.possible import form_asked_of, is_on_hold, owed_by
from engine.plan.standing_still import agreement_lacking, in_the_way, word_for_opinions
from engine.plan.timing import lapse_of
from engine.wording import sentence
from engine.wording.names import AGREEMENT_OWNERS, DUTY_NAMES, HOLDER_NAMES, all_of

EMPTY: Mapping[str, Any] = {
    "course_name": "",
    "short_name": "",
    "label": "",
    "licence": "",
    "link": "",
    "owner_name": "",
    "borrower_name": "",
    "requester_name": "",
    "workflow_title": "",
    "state_title": "",
    "event": "",
    "note": "",
    "acted_for": "",
    "acted_as": "",
    "receiver_duty": "",
    "receiver_name": "",
    "answers": [],
    "due": "",
    "lapses_on": "",
    "warned_on": "",
    "ends_on": "",
    "kept": {},
    "opinions": [],
    "parts_open": [],
    "similar": [],
    "faults": [],
    "fault_fields": [],
    "fault_labels": [],
    "form": [],
    "fine": 0,
    "total": len(COURSE_INFORMATION),
    "unfilled": 0,
    "warnings": [],
    "done": [],
    "not_done": [],
    "possible": [],
    "undo": "",
    "also": [],
    "intended_duty": "",
    "remark": "",
    "reads": {},
    "extra": {},
}
"""Every variable with the value that means «nothing to say»."""
SIMILAR_AT_MOST = 3
"""How many courses a letter proposes."""
MISSING_AT_MOST = 5
"""How many fields that are not filled in have a sentence each."""
FORM_AT_LEAST = 3
"""So many fields in one mail are a form (INTERFACE §5.2)."""


def variables(happening: Happening, role: str, language: Language) -> dict[str, Any]:
    """All variables for a letter to `role` in `language`."""
    case = happening.case
    told = happening.once(language, lambda: _told(happening, language))
    asked, by_time = form_asked_of(case, role), case.workflow.opens_with.by_time
    return {
        **told,
        # An area calls its two bodies what it wants.
        "receiver_duty": case.facts.bodies.get(case.duty_of(role))
        or DUTY_NAMES[case.duty_of(role)][language],
        "answers": answers_left(happening, role, language),
        "reads": reads_answer(happening, role, language),
        "form": happening.once((asked, language), lambda: _form(case, asked, language)),
        "opinions": happening.once(
            ("opinions", ours := _is_openers(case, role), language),
            lambda: _opinions(case, language, ours=ours),
        ),
        "extra": {
            **told["extra"],
            "party": party_name(case, case.party_of(case.workflow.roles[role])),
            "owed": role in happening.once("owed", lambda: owed_by(case)),
            **(yearly_letters.yearly(happening, role, language) if by_time else {}),
        },
    }


def _of_the_year(case: Case, language: Language) -> str:
    by_time = case.workflow.opens_with.by_time
    return yearly_letters.about(case, language) if by_time else ""


def _told(happening: Happening, language: Language) -> dict[str, Any]:
    """What letters in `language` tell alike, whoever gets them."""
    case = happening.case
    request, workflow = case.request, case.workflow
    state = workflow.states[request.state]
    lapses, warned = lapse_of(case.timers)
    label = state.label or next((s.label for s in workflow.states.values() if s.label), "")
    return {
        **EMPTY,
        "course_name": _of_the_year(case, language)
        or _text(case, "full_name")
        or called(workflow.opens_with.form, request.form),
        "short_name": _text(case, "short_name"),
        "licence": _text(case, "licence"),
        "link": request.kept.get("link") or with_https(_text(case, "link")),
        "label": label,
        "owner_name": party_name(case, request.owner),
        "borrower_name": party_name(case, request.borrower),
        "requester_name": party_name(case, request.requester),
        "workflow_title": workflow.titles[language],
        "state_title": state.titles[language],
        "event": happening.act.event,
        "note": _note(happening),
        **_actor(happening, language),
        "due": _answer_by(happening, request.due_at),
        "lapses_on": _answer_by(happening, lapses),
        "warned_on": _day(warned),
        "ends_on": request.kept.get("ends_on", ""),
        "kept": _kept(case),
        "parts_open": _parts_open(case, language),
        "similar": _similar(case),
        "extra": {
            "since": oslo_day(request.since).isoformat(),
            "waiting_on": _waiting_on(happening, language),
            "wanted": _wanted(case),
            "changed": _changed(case, language),
            "form_came": _form_came(happening),
            "of_a_course": "full_name" in FORMS[workflow.opens_with.form].fields,
            "held_back": in_the_way(case, language, happening.at),
            "agreement": agreement_lacking(case, language, happening.at),
            "asked": _asked(case, language),
            "to_read": word_for_opinions(case, language),
            "opener": _opener(case, language),
            "forwarded_by": request.kept.get("forwarded_by", ""),
            "wrote": request.kept.get("said", ""),
        },
    }


def _kept(case: Case) -> dict[str, str]:
    """The days, texts and links that the routine's events keep, by name; empty until they do."""
    names = (
        keep.name
        for event in case.workflow.events.values()
        for keep in event.keeps
        if keep.kind in ("day", "text", "link")
    )
    return {name: case.request.kept.get(name, "") for name in names}


def _wanted(case: Case) -> str:
    """What was asked for when the request came into its present state; empty for nothing."""
    asked = (
        case.request.kept.get(keep.name, "")
        for event in case.workflow.events.values()
        if event.to == case.request.state and "reason" in event.needs
        for keep in event.keeps
        if keep.kind == "text"
    )
    return next((text for text in asked if text), "")


def _changed(case: Case, language: Language) -> list[dict[str, str]]:
    """The rows of the form that are not as they were when something was last asked for."""
    then, form = case.request.kept.get(FORM_THEN), case.request.form
    if then is None or then == form:
        return []
    given = masked_values(form)
    return [
        {"label": FIELDS[name].labels[language], "value": shown(given.get(name, ""), language)}
        for name in FIELDS
        if form.get(name, "") != then.get(name, "")
    ]


def _waiting_on(happening: Happening, language: Language) -> str:
    case = happening.case
    if happening.once("on hold", lambda: is_on_hold(case, happening.at)):
        return AGREEMENT_OWNERS[language]
    return waited_for(case, happening.once("owed", lambda: owed_by(case)), language)


def _note(happening: Happening) -> str:
    """What was written with the act; a day that the act keeps is told of as a day alone."""
    event = happening.case.workflow.events.get(happening.act.event)
    if event is not None and any(keep.kind == "opinion" for keep in event.keeps):
        return opinion_of(happening.act)
    note = happening.act.note.strip()
    if not note:
        return ""
    days = event is not None and any(keep.kind == "day" for keep in event.keeps)
    return "" if days and looks_like_day(note) else note


def faults_variables(
    happening: Happening, reasons: tuple[Reason, ...], language: Language, form: str
) -> dict[str, Any]:
    """The part of a faults letter that says what is wrong, what is fine, and what to answer."""
    case = happening.case
    faulty = [str(reason.values["field"]) for reason in reasons if reason.values.get("field")]
    gathered = _gathered(reasons)
    asked = FORMS[form].required
    information = information_of(case.request, case.facts, oslo_day(happening.at), form)
    return {
        "faults": [sentence(reason, language) for reason in gathered],
        "fault_fields": [str(reason.values.get("field", "")) for reason in gathered],
        "fault_labels": [FIELDS[name].labels[language] for name in dict.fromkeys(faulty)],
        "fine": len([name for name in asked if name not in faulty]),
        "total": len(asked),
        "unfilled": len(reasons) if all(map(_is_empty, reasons)) else 0,
        "warnings": [sentence(reason, language) for reason in information.warnings],
    }


def _gathered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, with those that only say that something is not filled in as one, where they are
    so many that the form itself says it better.
    """
    empty = [each for each in reasons if _is_empty(each)]
    if len(empty) <= MISSING_AT_MOST:
        return tuple(reasons)
    fields = [str(each.values["field"]) for each in empty]
    labels = {
        language: tuple(FIELDS[name].labels[language] for name in fields) for language in LANGUAGES
    }
    return (
        *(each for each in reasons if each not in empty),
        Reason("fields_missing", {"labels": labels}),
    )


def _is_empty(reason: Reason) -> bool:
    return reason.code.endswith("_missing") and "field" in reason.values


def _form_came(happening: Happening) -> bool:
    """Whether the act brought so many fields that people would call it a form."""
    fields = FORMS[happening.case.workflow.opens_with.form].fields
    return sum(name in fields for name in happening.act.values) >= FORM_AT_LEAST


def _actor(happening: Happening, language: Language) -> dict[str, str]:
    """For whom the actor acted: the party may have left the role by what they did."""
    case, role = happening.case, happening.case.workflow.roles.get(happening.role)
    if role is None:
        return {"acted_for": "", "acted_as": ""}
    held = [each for each in happening.act.actor.contacts if each.duty in role.duties]
    standing = case.party_of(role)
    parties = [each.party for each in held]
    party = standing if standing in parties or not parties else parties[0]
    return {
        "acted_for": party_name(case, party),
        "acted_as": DUTY_NAMES[case.duty_of(role.name)][language],
    }


def _text(case: Case, name: str) -> str:
    given = case.request.form.get(name, "")
    return given or (case.facts.course.information.get(name, "") if case.facts.course else "")


def _day(instant: datetime | None) -> str:
    return "" if instant is None else oslo_day(instant).isoformat()


def _answer_by(happening: Happening, instant: datetime | None) -> str:
    """The working day by which an answer comes before the instant: the day itself, else the last
    one before it that is still ahead.
    """
    if instant is None:
        return ""
    calendar, day = happening.case.rules.calendar, last_day(instant)
    if happening.case.workflow.opens_with.by_time or is_working_day(calendar, day):
        return day.isoformat()
    before = last_working_day_before(calendar, day)
    today = oslo_day(happening.at)
    return (before if before > today else next_working_day(calendar, day)).isoformat()


def _is_openers(case: Case, role: str) -> bool:
    """Whether the role is held in the organisation that opened: opinions belong to it alone."""
    roles, opener = case.workflow.roles, case.workflow.opens_with.by
    return opener in roles and case.party_of(roles[role]) == case.party_of(roles[opener])


def _asked(case: Case, language: Language) -> str:
    """Who was asked for an opinion, where any has come; empty else."""
    roles = (
        role
        for event in case.workflow.events.values()
        if case.request.kept.get("opinions") and any(k.kind == "opinion" for k in event.keeps)
        for role in event.by
    )
    return all_of(tuple(DUTY_NAMES[case.duty_of(role)][language] for role in roles), language)


def _opener(case: Case, language: Language) -> dict[str, str]:
    """Who opened: by name where one person holds the role under one that is no title; nothing where
    time opens.
    """
    role = case.workflow.roles.get(case.workflow.opens_with.by)
    if role is None:
        return {}
    holders, duty = case.holders(role.name), case.duty_of(role.name)
    name = holders[0].name if len(holders) == 1 else ""
    titles = (title.casefold() for title in DUTY_NAMES[duty].values())
    return {
        "name": "" if any(title in name.casefold() for title in titles) else name,
        "duty": DUTY_NAMES[duty][language],
        "holder": HOLDER_NAMES[duty][language],
        "party": party_name(case, case.party_of(role)),
    }


def _opinions(case: Case, language: Language, *, ours: bool) -> list[dict[str, str]]:
    """What the opener's form says of opinions and what was said: to the opener's organisation, and
    to everybody once the opener has passed it on.
    """
    passed_on = "opinions_passed_on" in case.request.kept
    kept: Mapping[str, str] = case.request.kept.get("opinions", {}) if ours or passed_on else {}
    given = [
        {"who": DUTY_NAMES[case.duty_of(role)][language], "text": text if ours else masked(text)}
        for role, text in kept.items()
        if role in case.workflow.roles
    ]
    for name in ("experts", "liaison", "exception"):
        if is_opinion(case.request.form.get(name, "")):
            label = FIELDS[name].labels[language]
            given.append({"who": label, "text": masked(case.request.form[name])})
    return given


def _parts_open(case: Case, language: Language) -> list[str]:
    """The parts that are not there yet of what the routine gathers bit by bit."""
    return [
        part_word(keep, part, language)
        for event in case.workflow.events.values()
        for keep in event.keeps
        for part in keep.parts
        if part not in case.request.kept.get(keep.name, {}).get("given", ())
    ]


def _similar(case: Case) -> list[dict[str, str]]:
    """Courses that may be the one whose owner is wanted: those of parties that could own it, and
    of none that has said no.
    """
    request, parties = case.request, case.facts.parties
    if request.owner is not None:
        return []
    sides = {role.side for role in case.workflow.roles.values() if role.of == "owner"}
    likely = [
        course
        for course in case.facts.similar
        if course.request != request.number
        and course.owner not in request.kept.get("earlier_owner", ())
        and course.owner in parties
        and parties[course.owner].side in sides
    ]
    return [
        {
            "course": course.full_name,
            "short_name": course.short_name,
            "owner": party_name(case, course.owner),
        }
        for course in likely[:SIMILAR_AT_MOST]
    ]


def _form(case: Case, form: str, language: Language) -> list[dict[str, str]]:
    """The form as it stands: what the one of that name asks for, and all that was written."""
    if case.workflow.opens_with.by_time:
        return []
    given = masked_values(case.request.form)
    asked = FORMS[form].required
    names = dict.fromkeys([*asked, *(name for name in FIELDS if name in given)])
    names.pop("routine", None)
    return [
        {"label": FIELDS[name].labels[language], "value": shown(given.get(name, ""), language)}
        for name in names
    ]

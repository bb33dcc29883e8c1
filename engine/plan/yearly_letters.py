"""What letters about the year of the networks tell: which networks, which form, who asks."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.calendar import end_of_day, oslo_day
from engine.domain.networks.deliveries import warnings
from engine.domain.networks.network import DELIVERERS, DEPUTY, LEADER
from engine.domain.networks.network_correction import differences
from engine.domain.networks.network_form import rows
from engine.domain.networks.network_report import Contents, Delivery, Kind, Measure, deliveries_of
from engine.domain.networks.network_words import FORM
from engine.domain.networks.rollup import ROLLUP
from engine.domain.secrecy import may_be_about_a_patient
from engine.model import Language
from engine.plan.case import Case, Happening
from engine.plan.possible import blockers, events_with_roles, supposed
from engine.plan.timing import next_occurrence, timers_for
from engine.wording import sentence
from engine.wording.catalogue import texts
from engine.wording.network_changes import change, is_of_a_measure

KINDS: Final[dict[str, Kind]] = {"network_plan": "plan", "network_report": "report"}
"""What a network delivers, by routine."""
FOUSAM: Final = "fousam"
VOID: Final = "not_a_delivery"
"""FOUSAM's no to what came, which earlier versions of the routines do not have."""
OVERDUE: Final = "overdue"
_BOTH: Final = 2
CHASERS: Final = frozenset({"network_reminder", "network_overdue"})
"""The letters that ask once more for what has not been delivered."""


def yearly(happening: Happening, role: str, language: Language) -> dict[str, Any]:
    """Variables for a letter about a request that time has opened; none for any other."""
    case = happening.case
    if not case.workflow.opens_with.by_time:
        return {}
    return {
        "year": case.request.kept["year"],
        "bodies": dict(case.facts.bodies),
        "secretary": secretary(case),
        "networks": [_entry(happening, role, language)] if _kind(case) else [],
        ROLLUP: case.request.kept.get(ROLLUP) or case.facts.rollup.get(ROLLUP, {}),
        "area_name": _area_name(case),
    }


def _area_name(case: Case) -> str:
    opening = case.workflow.opens_with
    relation = next((name for name, whose in opening.parties.items() if whose == "area"), "owner")
    area = case.facts.parties.get(case.request.party_of(relation) or "")
    return area.name if area else ""


def about(case: Case, language: Language) -> str:
    """What a request that time has opened is about, in words; empty for any other."""
    if not case.workflow.opens_with.by_time:
        return ""
    title = f"{case.workflow.titles[language]} {case.request.kept['year']}"
    return f"{title}: {_name(case)}" if _kind(case) else title


def secretary(case: Case) -> str:
    """The name in which the area asks: its first FOUSAM contact's; empty where none has one."""
    areas = {case.request.requester, case.request.owner}
    held = [c for c in case.facts.contacts if c.duty == FOUSAM and c.party in areas and c.name]
    asking = [contact for contact in held if contact.party != case.request.owner]
    return next((contact.name for contact in (*asking, *held)), "")


def _kind(case: Case) -> Kind | None:
    return KINDS.get(case.workflow.name)


def _entry(happening: Happening, role: str, language: Language) -> dict[str, Any]:
    case, at = happening.case, happening.at
    request, kind = case.request, KINDS[case.workflow.name]
    versions = deliveries_of(request.kept)
    last = versions[-1].contents if versions else None
    read = [each.contents for each in versions if each.contents is not None]
    late_after = str(request.kept["late_after"])
    holders = case.facts.contacts
    leaders = [c for c in holders if c.party == request.owner and c.duty in DELIVERERS]
    return {
        "number": request.number,
        "name": _name(case),
        "kind": kind,
        "year": request.kept["year"],
        "state": case.workflow.states[request.state].titles[language],
        "deadline": request.kept["deadline"],
        "chased_on": _chased_on(case, at) if role == "secretary" else "",
        "late": oslo_day(at).isoformat() > late_after,
        "delivered": oslo_day(versions[0].at).isoformat() if versions else "",
        "in_time": bool(versions) and oslo_day(versions[0].at).isoformat() <= late_after,
        "version": len(versions),
        "unread": bool(versions) and last is None,
        "voidable": VOID in case.workflow.events,
        "received": case.workflow.states[request.state].final and bool(versions),
        "mail": versions[-1].source.removeprefix("mail:") if versions else "",
        "measures": len(last.measures) if last else 0,
        "no_activity": bool(last and last.no_activity),
        "faults": hindrances(case, at, language) if role in ("fousam", "secretary") else [],
        "warnings": [sentence(each, language) for each in warnings(request.kept)],
        "leader": _named([c for c in leaders if c.duty == LEADER]),
        "deputy": _named([c for c in leaders if c.duty == DEPUTY]),
        "changes": _changes(versions, language),
        "form": [list(row) for row in _form(case, read[-1] if read else None, language)],
        "priority_areas": list(case.facts.priority_areas),
    }


def _changes(versions: Sequence[Delivery], language: Language) -> list[str]:
    """What the last version changed in the one before it, line by line; nothing for a first one."""
    read = [each.contents for each in versions if each.contents is not None]
    if len(read) < _BOTH or versions[-1].contents is None:
        return []
    return [
        change(
            f"{FORM[name].labels[language]} {n}"
            if name == "measure"
            else FORM[name].labels[language],
            _worded(name, was, language),
            _worded(name, now, language),
            language,
            measure=f"{FORM['measure'].labels[language]} {n}" if is_of_a_measure(name) else "",
            hidden=may_be_about_a_patient(f"{was}\n{now}"),
        )
        for name, n, was, now in differences(read[-2], read[-1])
    ]


def _worded(name: str, said: str, language: Language) -> str:
    if name != "outcome":
        return said
    return texts("network_outcomes", language).get(said, said)


def _chased_on(case: Case, at: datetime) -> str:
    """The day on which those who have not delivered at `at` are written to next; empty for none."""
    request, calendar = case.request, case.rules.calendar
    late_from = end_of_day(date.fromisoformat(request.kept["late_after"]))
    late = replace(request, state=OVERDUE, since=max(request.since, late_from))
    instants = (
        next_occurrence(calendar, timer.due_at, timer.every, at) or timer.due_at
        for standing in {request.state: request, OVERDUE: late}.values()
        for timer in timers_for(case.workflow, standing, calendar)
        if timer.target in CHASERS
    )
    first = min((each for each in instants if each > at), default=None)
    return oslo_day(first).isoformat() if first else ""


def _named(contacts: list[Any]) -> str:
    return ", ".join(f"{c.name} ({c.email})" if c.name else str(c.email) for c in contacts)


def _name(case: Case) -> str:
    known = case.facts.parties.get(case.request.owner or "")
    return known.name if known else (case.request.owner or "")


def _form(case: Case, last: Contents | None, language: Language) -> tuple[tuple[str, str], ...]:
    kind = KINDS[case.workflow.name]
    year = int(case.request.kept["year"])
    measures = last.measures if last else _planned(case)
    return rows(kind, _name(case), year, measures, language, said=last)


def _planned(case: Case) -> tuple[Measure, ...]:
    """The measures of the plan that the form begins with; what became of them is yet to be said."""
    versions = deliveries_of(case.facts.earlier)
    read = [each.contents for each in versions if each.contents is not None]
    return (
        tuple(dataclasses.replace(each, outcome="unknown") for each in read[-1].measures)
        if read
        else ()
    )


def hindrances(case: Case, at: datetime, language: Language) -> list[str]:
    """What stands in the way of what FOUSAM would answer with at `at` if all were well."""
    for event, role in events_with_roles(case):
        if event.when and event.to in ("approved", "received") and role == event.by[0]:
            found = blockers(case, event, supposed(case, event, role), at)
            return [sentence(reason, language) for reason in found]
    return []

"""What an event's guards read of the facts: kept beside the event, so that it can be judged again.

The request, its history and the values of the act are kept anyway; of the register only what is
said of the request's own parties is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.domain.duties import ELEARNING
from engine.model import Facts, Request
from engine.plan.case import Case


def facts_read(case: Case, guards: Iterable[str]) -> Mapping[str, Any]:
    """The facts that the guards ask for, as plain values by the name of the need."""
    needs = frozenset[str]().union(*(case.rules.guards[name].needs for name in guards))
    return {need: _OF[need](case.facts, case.request) for need in sorted(needs & _OF.keys())}


def _agreement(facts: Facts, _request: Request) -> Any:
    agreement = facts.agreement
    if agreement is None:
        return None
    return {"id": agreement.id, "since": agreement.since, "to": agreement.to}


def _parties(facts: Facts, request: Request) -> Any:
    related = [party for party in (request.owner, request.borrower, request.requester) if party]
    known = {party: facts.parties[party] for party in related if party in facts.parties}
    return {
        "known": {
            each.id: [each.kind, each.side, each.name, each.organisation_number]
            for each in known.values()
        },
        "elearning": [contact.id for contact in facts.holders(request.owner, ELEARNING)],
    }


def _shares(facts: Facts, _request: Request) -> Any:
    return [[share.request, share.direction, share.borrower] for share in facts.shares]


_OF = {
    "agreement": _agreement,
    "short_name": lambda facts, _request: facts.short_name_taken_by,
    "shares": _shares,
    "same_course": lambda facts, _request: [
        [each.request, each.owner, each.borrower] for each in facts.same_course
    ],
    "similar": lambda facts, _request: [each.request for each in facts.similar],
    "rollup": lambda facts, _request: facts.rollup,
    "parties": _parties,
}

"""What the year of the networks asks of requests and letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.definition.types import Workflow
from engine.model import LetterDraft, Request
from engine.store.cases.requests import read_request
from engine.store.contacts.networks import areas
from engine.store.database import Transaction
from engine.store.encoding import canonical, instant, structure
from engine.store.mail_out.outbox import seal_of

PLAN = "network_plan"
"""The routine by which networks plan a year."""
NETWORKS = "networks"
"""The variable of a letter that lists the networks that it is about, under `extra`."""


def requests_of(tx: Transaction, workflow: str, party: str = "") -> tuple[Request, ...]:
    """Every request of the routine, or those whose owner is the party, oldest first."""
    if party:
        rows = tx.all("requests_of_party", {"of_workflow": workflow, "of_party": party})
    else:
        rows = tx.all("requests_of_routine", {"of_workflow": workflow})
    return tuple(read_request(row) for row in rows)


def about_year(requests: tuple[Request, ...], year: int) -> Request | None:
    """The one that is about `year`."""
    return next((each for each in requests if each.kept.get("year") == year), None)


def taken_up(tx: Transaction, draft: LetterDraft, at: datetime) -> bool:
    """Whether a letter from the same moment, to the same person and of the same kind, has taken up
    what `draft` is about; it then needs no letter of its own.
    """
    params = {"receiver": draft.receiver, "template": draft.template, "at": instant(at)}
    for row in tx.all("letter_taking", params):
        standing: Mapping[str, Any] = structure(row["variables"])
        mine, theirs = _entries(standing), _entries(draft.variables)
        if _about(mine) != _about(theirs):
            # A plan and a report that are asked for at one moment are two letters.
            continue
        known = {each["number"] for each in mine}
        more = [each for each in theirs if each["number"] not in known]
        extra = {**standing["extra"], NETWORKS: [*mine, *more]}
        changed = canonical({**standing, "extra": extra})
        seal = seal_of({**row, "variables": changed})
        taken = {"of_letter": row["id"], "variables": changed, "seal": seal}
        # Another worker may have begun to send it; then the draft needs a letter of its own.
        if tx.run("letter_take", taken) == 1:
            return True
    return False


def _about(entries: list[dict[str, Any]]) -> set[tuple[str, int]]:
    return {(each["kind"], each["year"]) for each in entries}


def _entries(variables: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(variables.get("extra", {}).get(NETWORKS, ()))


def bodies(tx: Transaction, area: str) -> Mapping[str, str]:
    """What the area's bodies are called there, by `fousam` and `su`."""
    found = areas(tx).get(area)
    return {} if found is None else {"fousam": found.fousam, "su": found.su}


def plan_kept(tx: Transaction, network: str, year: int) -> Mapping[str, Any]:
    """What the network's plan for `year` has kept; empty where there is none."""
    found = about_year(requests_of(tx, PLAN, network), year)
    return {} if found is None else found.kept


def about(workflow: Workflow, request: Request | None) -> dict[str, Any]:
    """What `Wanted` asks for about a request that time has opened; nothing for any other."""
    if request is None or not workflow.opens_with.by_time:
        return {}
    year = int(request.kept.get("year", 0))
    relation = next(
        (name for name, given in workflow.opens_with.parties.items() if given == "area"), "owner"
    )
    area = request.party_of(relation) or ""
    if workflow.opens_with.each == "area":
        return {"area": area, "year": year, "rolls_up": True}
    # A plan begins with the one before it, a report with the plan of its own year.
    before = year - 1 if workflow.name == PLAN else year
    return {"area": area, "year": year, "plan_of": request.owner or "", "plan_year": before}

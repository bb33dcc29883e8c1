"""A network's requests, built in memory for the tests of its routines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from engine.domain.networks.deliveries import values_of
from engine.domain.networks.network_report import Contents, Delivery, Kind, Measure, with_delivery
from engine.model import TIME, Act, Actor, Cause, Contact, Facts, Party, Proof, Request
from engine.plan.case import Case
from engine.plan.yearly import unopened
from tests.unit.cases import RULES, routine

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NETWORK, AREA = "demens", "helse-fonna"
LEADER, DEPUTY, FOUSAM, SECRETARY, SU = (
    *("network_leader", "network_deputy", "fousam", "secretary", "su"),
)
CLOCK = "time"
DECIDED = ("Tidleg innsats", "Barn og unge")
PLAN = Contents(
    kind="plan", year=2027, measures=(Measure(text="Kurs", priority_area="Tidleg innsats"),)
)
REPORT = Contents(kind="report", year=2027, measures=(Measure(text="Kurs", outcome="done"),))
HOLDERS = {
    LEADER: (NETWORK, "network_leader"),
    DEPUTY: (NETWORK, "network_deputy"),
    FOUSAM: (NETWORK, "fousam"),
    SECRETARY: (AREA, "fousam"),
    SU: (AREA, "su"),
}
CONTACTS = {
    who: Contact(
        id=n, party=party, duty=duty, email=f"{who}@x.example", valid_from=date(2020, 1, 1)
    )
    for n, (who, (party, duty)) in enumerate(HOLDERS.items(), start=1)
}
FACTS = Facts(
    parties={
        NETWORK: Party(id=NETWORK, kind="network", side="joint", name="D", written_standard="nn"),
        AREA: Party(id=AREA, kind="area", side="joint", name="A", written_standard="nn"),
    },
    contacts=tuple(CONTACTS.values()),
    priority_areas=DECIDED,
    bodies={"fousam": "FOUSAM", "su": "SU"},
)


def who_acts(who: str) -> Actor:
    """The holder of the role `who`, or time."""
    if who == CLOCK:
        return TIME
    return Actor(name=CONTACTS[who].email, contacts=(CONTACTS[who],))


def kept_with(contents: Contents | None) -> Mapping[str, Any]:
    """What a request keeps once `contents` has been delivered; None: it stands unread."""
    delivery = Delivery(version=0, at=AT, source="mail:1", by="x@x.example", contents=contents)
    return {"deliveries": with_delivery({}, delivery)}


def network_case(name: str, state: str, *, facts: Facts = FACTS, **kept: Any) -> Case:
    """A request of `name` about 2027 in `state`, with its one version read and in order."""
    workflow, table = routine(name)
    area = "" if name == "su_rollup" else NETWORK
    request: Request = unopened(workflow, RULES, AT, network=area, area=AREA, year=2027)
    contents = PLAN if name == "network_plan" else REPORT
    request = replace(
        request,
        id=1,
        number="KD-2026-0001",
        state=state,
        seq=3,
        kept={**request.kept, **kept_with(contents), **kept},
    )
    return Case(workflow=workflow, table=table, request=request, facts=facts, rules=RULES)


def network_act(event: str, who: Actor, contents: Contents | None, **changes: Any) -> Act:
    """An act as a command would bring it, delivering `contents`."""
    plain = Act(
        event=event,
        actor=who,
        proof=Proof.SITE,
        cause=Cause("command", "test"),
        key=f"cli:test-{event}",
        note="Grunn",
        values=values_of(contents),
    )
    return replace(plain, **changes)


def contents_for(name: str) -> Contents:
    """A form that is in order for the routine."""
    kinds: dict[str, Kind] = {"network_plan": "plan", "network_report": "report"}
    return REPORT if kinds.get(name) == "report" else PLAN

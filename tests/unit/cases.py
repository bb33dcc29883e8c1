"""Requests of the shipped routines, built in memory for the plan's tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec.structs import replace

from config.calendars import norwegian
from config.register import parties
from engine import machine
from engine.definition import read
from engine.model import (
    Act,
    Actor,
    Agreement,
    Cause,
    Contact,
    Facts,
    Proof,
    Request,
)
from engine.plan.case import Case, Rules
from workflows.guards import GUARDS
from workflows.phrases import phrases

AT = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
FORM: Mapping[str, str] = {
    "full_name": "Fallforebygging i sykehjem",
    "short_name": "SI-FALL1",
    "category": "Helse og velferd",
    "start_date": "2027-03-01",
    "home_page": "JA",
    "goal": "Deltakeren kan forebygge fall.",
    "content": "Tre moduler og en test.",
    "audience": "Ansatte i sykehjem",
    "summary": "Kort kurs om fall.",
    "prerequisites": "Ingen",
    "produced_by": "Testperson Alfa, fagsykepleier, Ortopedisk avdeling, Sykehuset Innlandet",
    "time_needed": "45 min",
    "coordinator": "e-læringsansvarlig",
}
EXCEPTION = {"exception": "Fagmiljøet er nedlagt"}
LOAN: Mapping[str, str] = {
    "full_name": "Hygiene i hjemmetjenesten",
    "owner": "Kongsvinger kommune",
    "link": "https://kurs.example/hygiene",
    "licence": "CC BY 4.0",
    "experts": "Ingen merknader.",
    "liaison": "Ingen merknader.",
}
"""What a trust says of a course that it wants from KS Læring, opinions included."""
HOLDERS = (
    ("si", "elearning"),
    ("si", "subject_experts"),
    ("si", "cooperation_unit"),
    ("ks-laering", "ks_laering"),
    ("ks", "coordinator"),
    ("3401", "municipality"),
)
CONTACTS = tuple(
    Contact(
        id=n,
        party=party,
        duty=duty,
        email=f"{duty}@{party}.example",
        valid_from=date(2020, 1, 1),
    )
    for n, (party, duty) in enumerate(HOLDERS, start=1)
)
FACTS = Facts(
    parties={party.id: party for party in parties()},
    contacts=CONTACTS,
    agreement=Agreement(id=1, since=date(2026, 1, 1), to=date(2027, 1, 1)),
)
RULES = Rules(guards=GUARDS, calendar=norwegian(), phrases=phrases)


@cache
def routine(name: str) -> tuple[Any, machine.Table]:
    """(workflow, decision table) of a shipped routine."""
    text = files("workflows").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    workflow = read.workflow(text, f"{name}.yaml")
    return workflow, machine.compile(workflow)


def case(state: str, *, name: str = "hf_to_ks", facts: Facts = FACTS, **changes: Any) -> Case:
    """A request of `name` in `state`, complete in every way that guards ask for."""
    workflow, table = routine(name)
    request = Request(
        id=1,
        number="KD-2026-0001",
        workflow=name,
        version=workflow.version,
        state=state,
        since=AT,
        owner="si",
        borrower="ks-laering",
        requester=None,
        course=1,
        opened_at=AT,
        changed_at=AT,
        form={**FORM, **EXCEPTION},
        seq=3,
        head="0" * 64,
    )
    return Case(
        workflow=workflow,
        table=table,
        request=replace(request, **changes),
        facts=facts,
        rules=RULES,
    )


def actor(duty: str) -> Actor:
    """The holder of `duty` among CONTACTS."""
    held = tuple(contact for contact in CONTACTS if contact.duty == duty)
    return Actor(name=held[0].email, contacts=held)


def act(event: str, who: Actor, proof: Proof = Proof.SITE, **changes: Any) -> Act:
    """An act as a command would bring it."""
    cause = Cause("command", "test")
    wanted = Act(event=event, actor=who, proof=proof, cause=cause, key=f"cli:test-{event}")
    return replace(wanted, **changes)
